"""What servers answered, and what the answers say."""

from dataclasses import dataclass
from typing import Literal


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
