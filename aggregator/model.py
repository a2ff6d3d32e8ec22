"""The values that flow: each stage takes one kind and gives the next.

Source -> Request -> Fetched | NotModified -> Document -> Parsed(Item, …) -> Article -> Label,
Verdict -> Segment -> MemoryEntry -> Story (with its Decisions) -> Entry -> Edition -> Rendered.
Whatever fails on the way is a Failure. Values are frozen; a later one holds the earlier one's id.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

#: What a source or an article is about in the platform's own shelves.
Kind = Literal["news", "event", "article", "research", "book", "video", "notice"]

#: The field of an article that a person reads and a translation covers.
Field = Literal["title", "summary"]


# --- who we read ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSelect:
    """CSS selectors on an article's own page; None: not read from there."""

    title: str | None = None
    date: str | None = None
    summary: str | None = None
    body: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """CSS selectors on an HTML list: `item` finds the rows, the others look inside one row.

    `link` and `title` default to the first link of the row. With `page`, each row's link is
    fetched as well, and what is found there wins over the row.
    """

    item: str
    link: str = "a[href]"
    title: str | None = None
    date: str | None = None
    summary: str | None = None
    page: PageSelect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site that is read, as `sources.yaml` describes it."""

    id: str
    name: str
    name_en: str
    country: str  #: lower-case ISO 3166 code, "int" for the network itself
    language: str  #: "ja", "ko", "zh-Hans", "zh-Hant", "vi", "th", "id", "en"
    homepage: str
    url: str
    format: str  #: "rss", "atom", "html-list"; others are listed but not read yet
    kinds: tuple[Kind, ...]  #: the first is the kind of an item that says nothing itself
    timezone: str  #: IANA name; dates without a zone are read in it
    select: Select | None = None
    charset: str | None = None  #: overrides what the server and the document say
    enabled: bool = True
    reason: str | None = None  #: why it is disabled


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a pipeline runs: a five-field cron expression in a time zone (IANA name)."""

    cron: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which sources a pipeline reads; an empty tuple sets no limit."""

    ids: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()

    def covers(self, source: Source) -> bool:
        """Tell whether the source is within this scope."""
        return (
            (not self.ids or source.id in self.ids)
            and (not self.countries or source.country in self.countries)
            and (not self.languages or source.language in self.languages)
            and (not self.kinds or bool(set(self.kinds) & set(source.kinds)))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What a pipeline writes below `output/`."""

    feeds: tuple[Literal["all", "country", "from", "picks"], ...] = ()
    digest: str | None = None  #: name of the folder below digests/
    opml: bool = False
    site: bool = False  #: index page, story pages and trends


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """One edition's recipe: which sources, in which languages, when, and what comes out."""

    name: str
    title: str
    description: str
    scope: Scope
    targets: tuple[str, ...]  #: language codes and "original"; the first is the default tree
    schedule: Schedule | None
    review: Literal["none", "optional", "required"]
    outputs: Outputs


# --- fetch and parse --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address to fetch for a source, with what the server gave us last time."""

    source_id: str
    url: str
    role: Literal["source", "page"]
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A server's whole answer; header values are byte-exact, to be sent back unchanged."""

    request: Request
    final_url: str
    content_type: str  #: the header as sent, "" when there was none
    body: bytes
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server said that nothing changed (304)."""

    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that went wrong, with its place and reason; the run went on."""

    stage: str
    subject: str  #: the URL, article id or path that failed
    reason: str  #: one sentence for people
    error: str  #: class of the error, for programs
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The stored bytes of one fetch, ready to be parsed."""

    source_id: str
    url: str
    role: Literal["source", "page"]
    final_url: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What one document says of one article, as written there: nothing is interpreted yet.

    Text fields may hold HTML where the format allows it; dates are raw strings.
    `key` is the item's own id at its source (GUID, atom:id), else its absolute link.
    """

    key: str
    link: str  #: absolute, as written otherwise; "" when the item has none
    title: str = ""
    summary: str = ""
    body: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a document holds: items, and addresses that must be fetched to complete them."""

    items: tuple[Item, ...]
    pages: tuple[str, ...] = ()  #: absolute URLs of article pages


# --- what it means ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of one source, understood."""

    id: str  #: UUID (version 5) of source and key; also the id of the story it may begin
    source_id: str
    key: str
    url: str  #: canonical
    title: str  #: plain text
    summary: str  #: plain text, paragraphs separated by newlines
    body: str  #: sanitized HTML; stays inside
    language: str
    authors: tuple[str, ...]
    published: datetime  #: UTC; never later than first_seen
    dated_by: str  #: name of the rule that read the date, "first-seen" when there was none
    date_text: str  #: the date as the source wrote it
    first_seen: datetime  #: UTC
    backlog: bool  #: older than what may reach feeds, digests, trends and the translator
    content_hash: str  #: of title and summary, whatever their width, case and white space
    text_hash: str  #: of title and summary to the letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What an article is, and why we say so."""

    article_id: str
    kind: Kind
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Which story an article belongs to; `same_as` names the article it repeats exactly."""

    article_id: str
    story_id: str
    same_as: str | None
    evidence: tuple[str, ...]


# --- translation ------------------------------------------------------------------------------


class Origin(StrEnum):
    """Who wrote a translation, most trusted first."""

    PERSON = "person"
    IMPORTED = "imported"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One sentence of an article's field; `tail` is the white space that follows it there."""

    article_id: str
    field: Field
    position: int
    language: str
    key: str  #: of the normalized text, the same in every article
    field_key: str  #: of the whole field: a translation of the whole wins over its sentences
    text: str
    tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryEntry:
    """One translated sentence or field, with who made it."""

    language: str
    target: str
    key: str
    source_text: str
    target_text: str
    origin: Origin
    engine: str  #: "argos", "tmx"; for a person, who it was
    version: str  #: of engine and model; "" for people
    at: datetime
    decision_id: int | None = None  #: the editor's decision it came from


class TranslationState(StrEnum):
    """How a shown text came about."""

    ORIGINAL = "original"  #: the source's own words, in the target language
    UNTRANSLATED = "untranslated"  #: the source's own words, since no translation is complete
    MEMORY = "memory"
    MACHINE = "machine"
    EDITED = "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A field in a target language: complete, or the original, never half of each."""

    text: str
    state: TranslationState
    missing: int = 0  #: sentences without a translation
    engine: str = ""
    version: str = ""


# --- stories, decisions, editions -------------------------------------------------------------

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
        untranslated = (TranslationState.ORIGINAL, TranslationState.UNTRANSLATED)
        return self.story.lead.article.language if self.title.state in untranslated else self.target


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


# --- runs -------------------------------------------------------------------------------------


Outcome = Literal["fetched", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """How one source fared in a run."""

    source_id: str
    outcome: Outcome
    items: int  #: in the document, when fetched
    new: int  #: articles seen for the first time
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run did: the last one stands in `output/report.json`."""

    run_id: int
    pipelines: tuple[str, ...]
    started: datetime
    finished: datetime
    sources: tuple[SourceOutcome, ...]
    steps: dict[str, int]  #: step -> rows that got their result
    translation: dict[str, int]  #: state -> entries of the default target
    failures: tuple[Failure, ...]
    files_written: int
    files_unchanged: int
