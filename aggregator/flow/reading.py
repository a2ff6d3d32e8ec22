"""Stories and entries as they stand now: for publishing, the desk and the commands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

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
    TranslationState,
)
from aggregator.model.events import Event
from aggregator.model.records import Record
from aggregator.model.translations import OWN_WORDS
from aggregator.normalize.events import occasions
from aggregator.normalize.records import united
from aggregator.store import Connection, decisions, likenesses, memory, stories, studies
from aggregator.store.stories import StoredStory
from aggregator.text.keys import text_key
from aggregator.translate.memory import Best, assemble, best_of, is_known, through
from aggregator.translate.segments import segment_again

#: The language that most models translate from and to.
PIVOT = "en"

FIELDS: Sequence[Field] = ("title", "summary")


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
    words = Words(db, [story.lead.article for story in told], target)
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


#: A field of an article: its article's id, and its name.
_Piece = tuple[str, Field]


class Words:
    """The articles' segments and the best memory entry of each, read at once.

    Where nothing translates an article's language, its English translation is translated further,
    as it stands now: what an editor corrects there goes on into the other languages.
    """

    def __init__(self, db: Connection, articles: Sequence[Article], target: str) -> None:
        self._target = target
        own = target == "original"
        self._segments = {} if own else memory.segments_of(db, [each.id for each in articles])
        self._best = self._read(db, chain.from_iterable(self._segments.values()))
        self._english: dict[_Piece, tuple[Translation, list[Segment]]] = {}
        self._second: Best = {}
        if target not in ("original", PIVOT):
            self._english = dict(self._in_between(db, articles))
            steps = chain.from_iterable(steps for _, steps in self._english.values())
            self._second = self._read(db, steps)

    def _read(self, db: Connection, found: Iterable[Segment]) -> Best:
        keys = {key for each in found for key in (each.key, each.field_key)}
        return best_of(memory.entries_for(db, sorted(keys), self._target))

    def _in_between(
        self, db: Connection, articles: Sequence[Article]
    ) -> Iterator[tuple[_Piece, tuple[Translation, list[Segment]]]]:
        """Yield the English of each field that has no translation of its own, with its pieces."""
        lacking = [
            (article, field)
            for article in articles
            for field in FIELDS
            if self._direct(article, field).state is TranslationState.UNTRANSLATED
        ]
        words = Words(db, list({one.id: one for one, _ in lacking}.values()), PIVOT)
        for article, field in lacking:
            english = words.translate(article, field)
            if english.state not in OWN_WORDS:
                steps = segment_again(article.id, field, english.text, PIVOT)
                yield (article.id, field), (english, steps)

    def translate(self, article: Article, field: Field) -> Translation:
        """Return a field of one of the articles in the target language, as far as it is known."""
        direct = self._direct(article, field)
        if (article.id, field) not in self._english:
            return direct
        english, steps = self._english[article.id, field]
        second = assemble(english.text, steps, self._second, PIVOT, self._target)
        if second.state is TranslationState.UNTRANSLATED:
            return direct
        return through(direct.text, english, second, PIVOT)

    def _direct(self, article: Article, field: Field) -> Translation:
        pieces = [each for each in self._segments.get(article.id, []) if each.field == field]
        text = article.title if field == "title" else article.summary
        return assemble(text, pieces, self._best, article.language_of(field), self._target)

    def steps_lacking(self, known: Collection[tuple[str, str]]) -> list[Segment]:
        """Return the English sentences that nobody translated yet, each once, titles first.

        *known* are the engines and their versions whose translations count.
        """
        every = {
            step.key: step
            for _, steps in self._english.values()
            for step in steps
            if not is_known(self._second.get((PIVOT, step.key)), known)
            and not is_known(self._second.get((PIVOT, step.field_key)), known)
        }
        return sorted(every.values(), key=lambda each: each.field, reverse=True)


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
