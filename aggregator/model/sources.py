"""Who is read, and what is made of it: the configuration."""

from dataclasses import dataclass
from typing import Literal

#: What a source or an article is about in the platform's own shelves.
Kind = Literal["news", "event", "article", "research", "book", "video", "notice"]


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
