"""Stories + decisions -> their present state, and the editions they appear in. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aggregator.model import (
    Decision,
    Edition,
    Entry,
    Link,
    Pipeline,
    Review,
    Standing,
    TranslationState,
)
from aggregator.model.events import Event, Occasion
from aggregator.model.topics import Subject


def effective(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that nobody has undone, oldest first; an undo can itself be undone."""
    undone: set[int] = set()
    for decision in reversed(decisions):
        if decision.kind == "undo" and decision.undoes is not None and decision.id not in undone:
            undone.add(decision.undoes)
    return [d for d in decisions if d.kind != "undo" and d.id not in undone]


def last_effective(decisions: Sequence[Decision]) -> Decision | None:
    """Return the decision that an undo without a number takes back."""
    return next(reversed(effective(decisions)), None)


def standing(decisions: Sequence[Decision], content_hash: str) -> Standing:
    """Return where a story stands after all decisions.

    `content_hash` is that of the text as it is now: where the last review or edit saw another
    text, the story asks to be checked again. The decision itself stands.
    """
    review: Review = "unreviewed"
    pinned, notes, seen = False, [], content_hash
    for decision in effective(decisions):
        match decision.kind:
            case "approve" | "reject":
                review = "approved" if decision.kind == "approve" else "rejected"
                seen = decision.seen
            case "pin" | "unpin":
                pinned = decision.kind == "pin"
            case "note":
                notes.append(decision.text)
            case "edit":
                seen = decision.seen
            case "undo" | "split" | "merge" | "never" | "always":
                pass
    return Standing(
        review=review, pinned=pinned, notes=tuple(notes), check_again=seen != content_hash
    )


def links(decisions: Sequence[Decision]) -> tuple[Link, ...]:
    """Return which articles editors want in one story or never in one, in the order of decisions.

    *decisions* are those of all stories, oldest first. Of two on the same pair the later counts.
    """
    found: dict[frozenset[str], Link] = {}
    for decision in effective(decisions):
        if decision.other is None:
            continue
        pair = frozenset((decision.story_id, decision.other))
        found.pop(pair, None)
        found[pair] = Link(
            one=decision.story_id,
            other=decision.other,
            together=decision.kind in ("merge", "always"),
        )
    return tuple(found.values())


def agreed(occasions: Iterable[Occasion], standing: Standing) -> tuple[Occasion, ...]:
    """Return a story's events as editors left them.

    Whoever approves a story agrees to the events found in its text; when the text changes under
    the approval they wait again. So do those of which articles tell different times: there is
    nothing yet to agree to.
    """
    if standing.review != "approved" or standing.check_again:
        return tuple(occasions)
    return tuple(each if each.is_disputed else _confirmed(each) for each in occasions)


def _confirmed(occasion: Occasion) -> Occasion:
    best, *told = (
        replace(event, status="confirmed") if event.status == "found" else event
        for event in (occasion.best, *occasion.told)
    )
    return replace(occasion, best=best, told=tuple(told))


def edition(pipeline: Pipeline, target: str, entries: Iterable[Entry]) -> Edition:
    """Return what a pipeline publishes in one target, newest first.

    A story is in when any of its places is in the pipeline's scope, it is about what the pipeline
    is about, and its review allows it: a rejected one never is, an unreviewed one unless the
    pipeline requires review or its text is held. What editors approved is about the right thing.
    """
    chosen = [entry for entry in entries if _belongs(pipeline, entry)]
    chosen.sort(key=lambda entry: (entry.story.lead.article.published, entry.story.id))
    return Edition(pipeline=pipeline, target=target, entries=tuple(reversed(chosen)))


def _belongs(pipeline: Pipeline, entry: Entry) -> bool:
    review = entry.story.standing.review
    doubted = pipeline.review == "required" or entry.story.lead.article.held
    fits = _is_about(pipeline, entry.story.subject) and not doubted
    allowed = review == "approved" or (review == "unreviewed" and fits)
    return allowed and any(pipeline.scope.covers(place.source) for place in entry.story.places)


def _is_about(pipeline: Pipeline, subject: Subject) -> bool:
    topics = {label.topic for label in subject.topics}
    is_on_topic = not pipeline.topics or not topics.isdisjoint(pipeline.topics)
    return is_on_topic and subject.relevance >= pipeline.relevance


def entry_hash(entry: Entry) -> str:
    """Return a hash of all that readers see of an entry; when it differs, the entry changed.

    Strings only, spelled out one by one: a new field somewhere must not mark the archive changed.
    """
    standing = entry.story.standing
    seen = [entry.story.kind, standing.review, str(standing.pinned)]
    seen += [label.topic for label in entry.story.subject.topics]
    for field in (entry.title, entry.summary):
        seen += [field.text, field.state.value, field.engine, field.version]
    for place in entry.story.places:
        article, source = place.article, place.source
        seen += [article.id, article.url, article.title, *article.authors]
        seen += [source.name, source.name_en, source.country]
    for occasion in entry.story.occasions:
        seen += [part for event in occasion.told for part in _shown(event)]
    return hashlib.blake2b(repr(seen).encode(), digest_size=16).hexdigest()


def _shown(event: Event) -> Iterator[str]:
    """Yield what readers see of an event."""
    yield from (event.article_id, event.title, str(event.starts), str(event.ends), event.zone)
    yield from (event.place, event.online, str(event.is_online), event.status)
    for deadline in event.deadlines:
        yield from (deadline.kind, str(deadline.at))


def count_states(entries: Iterable[Entry]) -> dict[str, int]:
    """Return how many entries' titles came about in which way, by `TranslationState`."""
    found = dict.fromkeys(TranslationState, 0)
    for entry in entries:
        found[entry.title.state] += 1
    return {state.value: number for state, number in found.items()}
