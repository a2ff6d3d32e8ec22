"""Stories, what editors decided on them, and the editions they appear in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from aggregator.model.articles import Article, Field
from aggregator.model.events import Occasion
from aggregator.model.sources import Kind, Pipeline, Source
from aggregator.model.topics import Subject
from aggregator.model.translations import OWN_WORDS, Translation

Review = Literal["unreviewed", "approved", "rejected"]

#: What is decided on two: whether they are one story.
LinkKind = Literal["split", "merge", "never", "always"]
DecisionKind = Literal[
    "approve", "reject", "pin", "unpin", "note", "edit", "undo", "split", "merge", "never", "always"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor decided on a story; never changed, only followed by another."""

    id: int
    story_id: str
    kind: DecisionKind
    actor: str
    at: datetime
    text: str = ""  #: the note, the reason, or the edited text
    field: Field | None = None  #: what was edited
    target: str | None = None  #: the language it was edited in
    seen: str = ""  #: content hash of the article the editor saw
    undoes: int | None = None
    other: str | None = None  #: id of the other article that it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That two articles are of one story for good, or never."""

    one: str  #: id of the article that founded the story decided on
    other: str
    together: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """That a story was joined to another, or came out of it again."""

    story_id: str  #: where the articles of *was* went
    was: str
    at: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The present state of a story, derived from its decisions."""

    review: Review = "unreviewed"
    pinned: bool = False
    notes: tuple[str, ...] = ()
    check_again: bool = False  #: the source changed after the decision


#: How well it is known when an article appeared: to the minute, by its day, as a "guess" of the
#: day, or only that it was "seen" by then and had appeared before.
Known = Literal["minute", "day", "guess", "seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One article of a story with the source that published it."""

    article: Article
    source: Source
    because: tuple[str, ...] = ()  #: why it is of its story; nothing for the one that began it

    @property
    def local(self) -> datetime:
        """When the article appeared, on the clock of its source."""
        return self.article.published.astimezone(ZoneInfo(self.source.timezone))

    @property
    def known(self) -> Known:
        """How well that is known."""
        if self.article.dated_by in ("first-seen", "future"):
            return "seen"
        if self.article.date_confidence == "guess":
            return "guess"
        # A date without a time is read as its day's beginning.
        return "day" if self.local.time() == time.min else "minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a story came to a country: the first of its articles from there."""

    place: Place
    after: timedelta | None  #: the story's first report; None: of a backlog, no report of news

    @property
    def country(self) -> str:
        """The country's code."""
        return self.place.source.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one thing. The lead is the oldest and gives title, summary and link."""

    id: str
    lead: Place
    kind: Kind
    places: tuple[Place, ...]  #: all, the lead first
    because: str = ""  #: why it is of that kind
    subject: Subject = field(default_factory=Subject)  #: of the lead
    backlog: bool = False
    formerly: tuple[str, ...] = ()  #: ids under which parts of it were published
    standing: Standing = field(default_factory=Standing)
    occasions: tuple[Occasion, ...] = ()  #: the events it tells of, the earliest first

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries that tell it, each once, in the order of its places."""
        return tuple(dict.fromkeys(place.source.country for place in self.places))

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it is told in, each once, in the order of its places."""
        return tuple(dict.fromkeys(place.article.language for place in self.places))

    @property
    def spread(self) -> tuple[Report, ...]:
        """Each country's first report of it, the earliest first.

        What a source had long before we read it is no report of news: a country that has nothing
        else comes last, and nothing is counted from it. A story that is all backlog is told by
        its dates like any other.
        """
        every = sorted(
            self.places, key=lambda place: (self._is_old(place), place.article.published)
        )
        start = every[0].article.published
        first: dict[str, Place] = {}
        for place in every:
            first.setdefault(place.source.country, place)
        return tuple(
            Report(
                place=place,
                after=None if self._is_old(place) else place.article.published - start,
            )
            for place in first.values()
        )

    def _is_old(self, place: Place) -> bool:
        return place.article.backlog and not self.backlog

    def silent(self, sources: Iterable[Source]) -> tuple[str, ...]:
        """Return the countries whose sites are read and do not tell it, sorted by code.

        The network itself is no country.
        """
        read = {source.country for source in sources if source.enabled}
        return tuple(sorted(read - {"int", *self.countries}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story as one target language's readers get it."""

    story: Story
    target: str  #: a language code, or "original"
    title: Translation
    summary: Translation
    updated: datetime  #: when the entry last changed for its readers (UTC)

    @property
    def language(self) -> str:
        """The language the title is really in."""
        return self._language("title", self.title)

    @property
    def summary_language(self) -> str:
        """The language most of the summary is really in; the title's may be another one."""
        return self._language("summary", self.summary)

    def _language(self, field: Field, shown: Translation) -> str:
        article = self.story.lead.article
        return article.language_of(field) if shown.state in OWN_WORDS else self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one pipeline publishes for one target: its entries, newest first."""

    pipeline: Pipeline
    target: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One file to be written: its path below `output/`, with forward slashes, and its bytes."""

    path: str
    body: bytes
