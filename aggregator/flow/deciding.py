"""An editor's decision -> its row, and what follows from it for the translation memory."""

from datetime import datetime

from aggregator import curate
from aggregator.errors import UsageError
from aggregator.flow.reading import field_key
from aggregator.model import Decision, DecisionKind, Field, MemoryEntry, Origin, Story
from aggregator.store import Connection, decisions, memory


def decide(
    db: Connection, story: Story, kind: DecisionKind, actor: str, now: datetime, text: str = ""
) -> int:
    """Append a decision on a story and return its number. An undo takes back the last one.

    Raises:
        UsageError: There is nothing to undo, or a note without text.
    """
    if kind == "note" and not text.strip():
        raise UsageError("a note needs a text")
    undoes = _to_undo(db, story) if kind == "undo" else None
    row = _row(story, kind, actor, now)
    number = decisions.add(db, {**row, "text": text, "undoes": undoes})
    _sync_memory(db, story)
    return number


def edit(
    db: Connection, story: Story, words: tuple[Field, str, str], actor: str, now: datetime
) -> int:
    """Append an edit of a story's field: (field, target language, new text); return its number.

    The text goes into the translation memory as a person's, so every article with the same
    original text has it, and no machine overwrites it.

    Raises:
        UsageError: The new text is empty.
    """
    field, target, text = words
    if not text.strip():
        raise UsageError(f"the edited {field} is empty")
    row = {**_row(story, "edit", actor, now), "field": field, "target": target}
    number = decisions.add(db, {**row, "text": text.strip()})
    _sync_memory(db, story)
    return number


def _row(story: Story, kind: DecisionKind, actor: str, now: datetime) -> dict[str, object]:
    return {
        "story_id": story.id,
        "kind": kind,
        "actor": actor,
        "at": now,
        "seen": story.lead.article.content_hash,
    }


def _to_undo(db: Connection, story: Story) -> int:
    last = curate.last_effective(decisions.of_story(db, story.id))
    if last is None:
        raise UsageError(f"story {story.id} has no decision to undo")
    return last.id


def _sync_memory(db: Connection, story: Story) -> None:
    """Make the memory hold the story's edits that stand, and none that was undone."""
    every = decisions.of_story(db, story.id)
    standing = {d.id for d in curate.effective(every)}
    edits = [d for d in every if d.kind == "edit"]
    memory.forget_decisions(db, [d.id for d in edits if d.id not in standing])
    seen = story.lead.article.content_hash
    memory.save_entries(
        db, [_entry(story, d) for d in edits if d.id in standing and d.seen == seen]
    )


def _entry(story: Story, decision: Decision) -> MemoryEntry:
    field, target = decision.field, decision.target
    assert field is not None and target is not None  # noqa: S101 - an edit has both
    article = story.lead.article
    return MemoryEntry(
        language=article.language_of(field),
        target=target,
        key=field_key(story, field),
        source_text=article.title if field == "title" else article.summary,
        target_text=decision.text,
        origin=Origin.PERSON,
        engine=decision.actor,
        version="",
        at=decision.at,
        decision_id=decision.id,
    )
