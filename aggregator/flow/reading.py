"""Stories and entries as they stand now: for publishing, the desk and the commands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator import curate
from aggregator.model import (
    Article,
    Decision,
    Entry,
    Field,
    Move,
    Place,
    Segment,
    Source,
    Story,
    Translation,
)
from aggregator.model.events import Event
from aggregator.model.records import Record
from aggregator.normalize.events import occasions
from aggregator.normalize.records import united
from aggregator.store import Connection, decisions, likenesses, memory, stories, studies
from aggregator.store.stories import StoredStory
from aggregator.text.keys import text_key
from aggregator.translate.memory import assemble, best_of


def read_stories(
    db: Connection, sources: Mapping[str, Source], story_id: str | None = None
) -> list[Story]:
    """Return all stories, or the one asked for, with places, events and their standing.

    Articles whose source is no longer configured have no place; a story without any is left out.
    """
    decided = decisions.by_story(db, story_id)
    events = studies.events_in(db, story_id)
    moved = stories.moved(db, story_id)
    found = []
    for stored in stories.read(db, story_id):
        places = tuple(
            Place(
                article=article,
                source=sources[article.source_id],
                because=stored.evidence[article.id],
            )
            for article in stored.articles
            if article.source_id in sources
        )
        if places:
            told = [each for place in places for each in events.get(place.article.id, ())]
            story = _story(stored, places, decided.get(stored.id, []), told)
            found.append(replace(story, formerly=tuple(moved.get(stored.id, ()))))
    return found


def _story(
    stored: StoredStory,
    places: tuple[Place, ...],
    decided: Sequence[Decision],
    events: Sequence[Event],
) -> Story:
    lead = places[0]
    standing = curate.standing(decided, lead.article.content_hash)
    return Story(
        id=stored.id,
        lead=lead,
        kind=stored.label.kind,
        because=stored.label.because,
        subject=stored.label.subject,
        places=places,
        backlog=all(place.article.backlog for place in places),
        standing=standing,
        occasions=curate.agreed(occasions(events), standing),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """All stories for one target's readers, and which of them changed since last published."""

    target: str
    every: tuple[Entry, ...]
    changed: tuple[tuple[str, str, datetime], ...]  #: story id, entry hash, time of change


def read_entries(db: Connection, told: Sequence[Story], target: str, now: datetime) -> Entries:
    """Return an entry for each story, translated as far as the memory reaches.

    An entry's `updated` is `now` only when what readers see differs from what they saw last; a
    story nobody has seen yet was updated when it was published.
    """
    words = Words(db, [story.lead.article.id for story in told], target)
    states = stories.entry_states(db, target, [story.id for story in told])
    every, changed = [], []
    for story in told:
        fresh = Entry(
            story=story,
            target=target,
            title=words.translate(story.lead.article, "title"),
            summary=words.translate(story.lead.article, "summary"),
            updated=story.lead.article.published,
        )
        digest = curate.entry_hash(fresh)
        known, updated = states.get(story.id, (None, fresh.updated))
        if known != digest:
            updated = updated if known is None else now
            changed.append((story.id, digest, updated))
        every.append(replace(fresh, updated=updated))
    return Entries(target=target, every=tuple(every), changed=tuple(changed))


class Words:
    """The articles' segments and the best memory entry of each, read at once."""

    def __init__(self, db: Connection, article_ids: Sequence[str], target: str) -> None:
        self._target = target
        self._segments = memory.segments_of(db, article_ids) if target != "original" else {}
        keys = {
            key
            for found in self._segments.values()
            for segment in found
            for key in (segment.key, segment.field_key)
        }
        self._best = best_of(memory.entries_for(db, sorted(keys), target))

    def translate(self, article: Article, field: Field) -> Translation:
        """Return a field of one of the articles in the target language, as far as it is known."""
        pieces = [each for each in self._of(article.id) if each.field == field]
        text = article.title if field == "title" else article.summary
        return assemble(text, pieces, self._best, article.language_of(field), self._target)

    def _of(self, article_id: str) -> list[Segment]:
        return self._segments.get(article_id, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Finds:
    """What a story leads to: works, other meetings, stories that it was joined with."""

    records: tuple[Record, ...]  #: one a work, however many services tell of it
    series: tuple[str, ...]  #: ids of other stories on meetings of the same series, oldest first
    moves: tuple[Move, ...]  #: what was joined to it or came out of it, oldest first


def read_finds(db: Connection, story: Story) -> Finds:
    """Return what the story leads to."""
    ids = [place.article.id for place in story.places]
    return Finds(
        records=united(studies.records_of(db, ids)),
        series=tuple(studies.kin_of(db, ids)),
        moves=tuple(likenesses.moves_of(db, story.id)),
    )


def field_key(story: Story, field: Field) -> str:
    """Return the translation memory's key of a story's whole field."""
    article = story.lead.article
    return text_key(article.title if field == "title" else article.summary)
