"""What servers answered, and what the answers say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: What an address is to its source: its own one, a further page of its list, the page of one of
#: its articles, or a file that belongs to one.
Role = Literal["source", "list", "page", "attachment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address to fetch for a source, with what the server gave us last time."""

    source_id: str
    url: str  #: by which the answer is known; may hold {key}
    role: Role
    at: str = ""  #: the address to ask instead: where it moved to, or with its parameters
    etag: str | None = None
    last_modified: str | None = None
    obeys_robots: bool = False  #: feeds and APIs are made for programs; pages are not
    referer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A server's whole answer; header values are byte-exact, to be sent back unchanged."""

    request: Request
    final_url: str
    content_type: str  #: the header as sent, "" when there was none
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    max_age_s: int | None = None  #: how long the server calls the answer fresh
    moved_to: str | None = None  #: where the address permanently redirects


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server said that nothing changed (304); validators are those it sent with it."""

    request: Request
    etag: str | None = None
    last_modified: str | None = None
    max_age_s: int | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """The address was asked, or refused before it was, and gave no document."""

    request: Request
    reason: str  #: one sentence for people
    error: str  #: class of the error, for programs
    status: int = 0  #: of HTTP; 0 when there was no answer
    retry_after: str = ""  #: the header as sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """The address was not asked: its host wants to be left alone for now."""

    request: Request
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What a host lets robots do; it was asked for the sake of some request."""

    origin: str  #: scheme://host[:port]
    text: str | None  #: robots.txt, "" where there is none; None: it could not be read


#: One answer a request; `Robots` may come between them.
Answer = Fetched | NotModified | Unfetched | Postponed


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
    role: Role
    final_url: str
    content_type: str
    body: bytes
    key: str = ""  #: of a page or an attachment: the item it completes
    version: str = ""  #: as the request that led here named it
    fetched: datetime | None = None  #: when these bytes came
    bookmark: str = ""  #: where reading the source stands, in the words of its parser


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an item."""

    url: str  #: absolute
    type: str = ""  #: MIME type as told, "" if it is not
    length: int | None = None  #: bytes
    title: str = ""  #: plain text


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
    enclosures: tuple[Enclosure, ...] = ()
    #: What else the format says, as pairs of name and plain text; a name may come again. Events:
    #: starts, ends, place, status, recurs, occurs, organizer; records: doi, isbn, issn, journal,
    #: volume, issue, pages, publisher, type, rights, relation, source.
    details: tuple[tuple[str, str], ...] = ()
    deleted: bool = False  #: its source took it back; all but `key` is empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """An address that completes what a document says; fetched when its version is a new one."""

    url: str  #: absolute
    role: Literal["list", "page", "attachment"]
    key: str = ""  #: of a page or an attachment: the item it completes
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a document holds: items, and addresses that must be fetched to complete them."""

    items: tuple[Item, ...]
    requests: tuple[Further, ...] = ()
    bookmark: str | None = None  #: where reading the source stands now; None: as before
    refresh_s: int | None = None  #: how seldom the document asks to be fetched
