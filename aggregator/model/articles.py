"""What it means: articles, what they are, and where they belong."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aggregator.model.events import Event
from aggregator.model.items import Enclosure
from aggregator.model.records import Record
from aggregator.model.sources import Kind
from aggregator.model.topics import Subject

#: The field of an article that a person reads and a translation covers.
Field = Literal["title", "summary"]


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
    language: str  #: of the summary; of the title where there is no summary
    authors: tuple[str, ...]
    published: datetime  #: UTC; never later than first_seen
    dated_by: str  #: name of the rule that read the date, "first-seen" when there was none
    date_text: str  #: the date as the source wrote it
    first_seen: datetime  #: UTC
    backlog: bool  #: older than what may reach feeds, digests, trends and the translator
    content_hash: str  #: of title and summary, whatever their width, case and white space
    text_hash: str  #: of title and summary to the letter
    enclosures: tuple[Enclosure, ...] = ()
    held: str = ""  #: why it is not published until an editor approves it
    date_confidence: str = ""  #: how sure the rule is: sure, likely, guess; "" when first seen
    categories: tuple[str, ...] = ()  #: as its source calls them
    details: tuple[tuple[str, str], ...] = ()  #: what else its source says, as an item has it
    whole_hash: str = ""  #: of all that was read of it, to the letter
    title_language: str = ""  #: where it is another than the summary's

    def language_of(self, field: Field) -> str:
        """Return the language that a field is in; of a mixed summary, that of most of it."""
        return (self.title_language if field == "title" else "") or self.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What an article is and is about, and why we say so."""

    article_id: str
    kind: Kind
    because: str  #: of the kind
    subject: Subject = field(default_factory=Subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """All that one article tells of what catalogs and calendars have entries for."""

    article_id: str
    events: tuple[Event, ...] = ()
    series: str = ""  #: key of the series of meetings that its title names
    record: Record | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Which story an article belongs to; `same_as` names the article it repeats exactly."""

    article_id: str
    story_id: str
    same_as: str | None
    evidence: tuple[str, ...]
