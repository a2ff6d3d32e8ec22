"""Stories, what editors decided on them, and the editions they appear in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aggregator.model.articles import Article, Field
from aggregator.model.sources import Kind, Pipeline, Source
from aggregator.model.topics import Subject
from aggregator.model.translations import Translation, TranslationState

Review = Literal["unreviewed", "approved", "rejected"]
DecisionKind = Literal["approve", "reject", "pin", "unpin", "note", "edit", "undo"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The present state of a story, derived from its decisions."""

    review: Review = "unreviewed"
    pinned: bool = False
    notes: tuple[str, ...] = ()
    check_again: bool = False  #: the source changed after the decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One article of a story with the source that published it."""

    article: Article
    source: Source


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
    standing: Standing = field(default_factory=Standing)


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
        own = (TranslationState.ORIGINAL, TranslationState.UNTRANSLATED)
        article = self.story.lead.article
        return article.language_of(field) if shown.state in own else self.target


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
