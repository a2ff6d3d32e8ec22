"""Who is read, and what is made of it: the configuration."""

from dataclasses import dataclass
from typing import Literal

#: What a source or an article is about in the platform's own shelves.
Kind = Literal["news", "event", "article", "research", "book", "video", "notice"]


#: The form in which a source tells of its articles.
Format = Literal[
    "rss", "atom", "json-feed", "html-list", "sitemap", "oai-pmh", "json-api", "xml-api", "ical"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSelect:
    """CSS selectors on an article's own page; None: found without one, where that is possible.

    Title, date, author and body are found by what pages tell machines and by what looks like a
    text; an attachment only by a selector.
    """

    title: str | None = None
    date: str | None = None
    summary: str | None = None
    body: str | None = None
    author: str | None = None
    attachment: str | None = None  #: links to files that belong to the article
    remove: str | None = None  #: what is no part of the article, wherever it stands on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """CSS selectors on an HTML list: `item` finds the rows, the others look inside one row.

    `link` and `title` default to the first link of the row.
    """

    item: str
    link: str = "a[href]"
    #: For links that a script follows, `onclick="view('294', '7')"`: the address with {1}, {2} …
    #: for the call's arguments and {data-id} for an attribute of the link.
    address: str | None = None
    title: str | None = None
    date: str | None = None
    summary: str | None = None
    next: str | None = None  #: the link to the next page of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Oai:
    """What is harvested of an OAI-PMH repository."""

    prefix: str = "oai_dc"
    set: str | None = None
    since: str | None = None  #: YYYY-MM-DD: older records are not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Where the records stand in the answer of a JSON or XML API.

    Paths are JMESPath in JSON, ElementPath with `@attribute` as last step in XML, where a name
    fits in any namespace. `fields` are pairs of an item's field and a path inside a record; names
    that are no field of an item become details. A value with {path} in it is a template.
    """

    records: str
    fields: tuple[tuple[str, str], ...]
    next: str | None = None  #: path to the address of the next page
    parameter: str | None = None  #: else: the query parameter that counts pages or records
    step: int = 1  #: by which it grows


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site that is read, as `sources.yaml` describes it.

    `url` may hold {key}, which stands for a secret that only the fetcher knows.
    """

    id: str
    name: str
    name_en: str
    country: str  #: lower-case ISO 3166 code, "int" for the network itself
    language: str  #: "ja", "ko", "zh-Hans", "zh-Hant", "vi", "th", "id", "en"
    homepage: str
    url: str
    format: Format
    kinds: tuple[Kind, ...]  #: the first is the kind of an item that says nothing itself
    timezone: str  #: IANA name; dates without a zone are read in it
    select: Select | None = None  #: for html-list
    oai: Oai | None = None  #: for oai-pmh
    api: Api | None = None  #: for json-api and xml-api
    match: str | None = None  #: for sitemap: a regular expression that articles' addresses fit
    page: PageSelect | None = None  #: not None: each item's own page is read as well
    pages: int = 5  #: most further pages of a list that are read for one that is new
    referer: str | None = None  #: some servers answer only to visitors from this address
    charset: str | None = None  #: overrides what the server and the document say
    remove: tuple[str, ...] = ()  #: phrases that its site puts around titles and texts
    keep: tuple[str, ...] = ()  #: lines that are no boilerplate, though they look like it
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
    topics: tuple[str, ...] = ()  #: ids: a story has one of them; empty sets no limit
    relevance: float = 0.0  #: the least that a story must have
    targets: tuple[str, ...]  #: language codes and "original"; the first is the default tree
    schedule: Schedule | None
    review: Literal["none", "optional", "required"]
    outputs: Outputs
