"""What it means: articles, what they are, and where they belong."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
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


#: How two articles are alike: one article at two places, one text with changes, or one story told
#: twice.
Bond = Literal["repeat", "copy", "story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """That two articles are alike, or, with negative odds, what looks like it."""

    one: str  #: the smaller of the two articles' ids
    other: str
    bond: Bond
    odds: float  #: the logarithm of how much likelier it is that they are one than that not
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """What was learned of when two articles tell one story, for the vectors of one engine."""

    engine: str  #: and its version
    bias: float
    features: Mapping[str, float]  #: weights by the names of `aggregator.dedupe.likelihood`

    @property
    def version(self) -> str:
        """Another text whenever a pair could get other odds."""
        return blake2b(repr(self).encode(), digest_size=8).hexdigest()

    def odds(self, features: Mapping[str, float]) -> float:
        """Return the log odds that a pair with these features tells one story."""
        return self.bias + math.fsum(self.features[name] * features[name] for name in features)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Which story an article belongs to; `same_as` names the article it repeats exactly."""

    article_id: str
    story_id: str
    same_as: str | None
    evidence: tuple[str, ...]
