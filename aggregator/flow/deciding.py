"""An editor's decision -> its row, and what follows from it for the translation memory."""

from collections.abc import Sequence
from datetime import datetime

from aggregator import curate
from aggregator.errors import UsageError
from aggregator.flow.reading import field_key
from aggregator.model import (
    Decision,
    DecisionKind,
    Field,
    LinkKind,
    MemoryEntry,
    Origin,
    Story,
)
from aggregator.store import Connection, articles, decisions, memory, stories


def decide(
    db: Connection, story: Story, kind: DecisionKind, actor: str, now: datetime, text: str = ""
) -> int:
    """Append a decision on a story and return its number. An undo takes back the last one.

    Raises:
        UsageError: There is nothing to undo, or a note without text.
    """
    if kind == "note" and not text.strip():
        raise UsageError("a note needs a text")
    row = {**_row(story, kind, actor, now), "text": text}
    undone = _to_undo(db, story) if kind == "undo" else None
    if undone is not None:
        # It goes with what it takes back, wherever that goes: to both stories, or to a part.
        row |= {"undoes": undone.id, "story_id": undone.story_id, "other": undone.other}
    number = decisions.add(db, row)
    _sync_memory(db, story)
    if undone is not None and undone.other is not None:
        articles.unsettle(db, [undone.story_id, undone.other])
    return number


def link(
    db: Connection,
    story: Story,
    kind: LinkKind,
    others: Sequence[str],
    actor: str,
    now: datetime,
) -> list[int]:
    """Append decisions on a story and others, by articles' ids; return their numbers.

    An article that is not in the story stands for the one that founded its own.

    Raises:
        UsageError: There is no such article, or nothing of the kind to decide on it.
    """
    if not others:
        raise UsageError(f"{kind} needs the id of another story or article")
    ends = [_end(db, story, kind, other) for other in dict.fromkeys(others)]
    row = {**_row(story, kind, actor, now), "text": ""}
    numbers = [decisions.add(db, {**row, "other": end}) for end in dict.fromkeys(ends)]
    articles.unsettle(db, [story.id, *ends])
    return numbers


def _end(db: Connection, story: Story, kind: LinkKind, other: str) -> str:
    """Return the article that a link of the story leads to."""
    now_in = stories.of_article(db, other)
    if now_in is None:
        raise UsageError(f"there is no story or article {other}")
    if other == story.id and kind == "split":
        raise UsageError(f"{other} founded the story; split the others off")
    if other == story.id:
        raise UsageError(f"{other} is this story itself; name another one")
    if kind == "split" and now_in != story.id:
        raise UsageError(f"{other} is not in story {story.id} but in {now_in}: split it from that")
    if kind == "merge" and now_in == story.id:
        raise UsageError(f"{other} is in this story; to keep it there for good: decide always")
    return other if now_in == story.id else now_in


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


def _to_undo(db: Connection, story: Story) -> Decision:
    last = curate.last_effective(decisions.of_story(db, story.id))
    if last is None:
        raise UsageError(f"story {story.id} has no decision to undo")
    return last


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
