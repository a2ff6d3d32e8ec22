"""Check: what a source answers now, beside what it said before -> what a person should know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from aggregator.errors import ParseError
from aggregator.flow.scouting.dating import ItemDate, dates_of
from aggregator.model import (
    Answer,
    Document,
    Fetched,
    Further,
    Item,
    NotModified,
    Parsed,
    Postponed,
    Robots,
    Source,
    Unfetched,
)
from aggregator.parse import parse
from aggregator.parse.html.unmatched import codec, unmatched
from aggregator.text.urls import without_credentials

#: Fields whose coming and going tells that a site was rebuilt.
_FIELDS = ("link", "title", "summary", "body", "published", "authors")

#: Share of the known items whose titles may be edited; beyond, they are written in another way.
_EDITED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came when a source was asked: its own address, and what completes it."""

    own: Answer
    robots: Robots | None = None  #: of its own address's host
    listed: Answer | None = None  #: of an index: the first sitemap that was reached by it
    page: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """How a source does."""

    source_id: str
    answer: Literal["ok", "unchanged", "failed"]
    reason: str = ""  #: why it could not be read
    items: int = 0
    newest: datetime | None = None  #: UTC; of the dates that could be read
    dated: int = 0  #: items whose date could be read
    silent: tuple[str, ...] = ()  #: selectors that found nothing
    charset: str = ""
    robots: str = "not asked"  #: what robots.txt says of the address
    write_url: str = ""  #: where it permanently moved
    page: str = ""  #: why the first item's page could not be read
    notes: tuple[str, ...] = ()  #: how the numbers are to be read
    changes: tuple[str, ...] = ()  #: against what the store last had of it

    @property
    def is_read(self) -> bool:
        """Whether it could be read."""
        return self.answer != "failed"


def check(source: Source, seen: Seen, before: Document | None, now: datetime) -> SourceCheck:
    """Return how the source does, from its answer and from the last document the store has.

    Nothing is asked and nothing kept here.
    """
    own, robots = seen.own, _verdict(seen)
    moved_to = own.moved_to or "" if isinstance(own, Fetched | NotModified) else ""
    document = document_of(own, now) or (before if isinstance(own, NotModified) else None)
    if document is None:
        return SourceCheck(
            source_id=source.id,
            answer="unchanged" if isinstance(own, NotModified) else "failed",
            reason=own.reason if isinstance(own, Unfetched | Postponed) else "",
            robots=robots,
            write_url=moved_to,
        )
    parsed = _parsed(document, source)
    page, page_reason = _told(seen.page, source, now)
    listed, list_reason = _told(seen.listed, source, now)
    own_items = parsed.items if isinstance(parsed, Parsed) else ()
    items = own_items or listed
    dates = dates_of(items, source, now)
    return SourceCheck(
        source_id=source.id,
        answer=_answer(own, parsed),
        reason=parsed if isinstance(parsed, str) else "",
        items=len(items),
        newest=max((each.at for each in (*dates, *dates_of(page, source, now))), default=None),
        dated=len(dates),
        silent=(*_silent(document, source), *_silent(document_of(seen.page, now), source)),
        charset=codec(document, source),
        robots=robots,
        write_url=moved_to,
        page=page_reason,
        notes=(
            *_index(parsed, seen.listed, list_reason),
            *_harvest(own, parsed, source),
            *_spans(dates),
        ),
        changes=_changes(own_items, before, source) if isinstance(own, Fetched) else (),
    )


def first_page(source: Source, answer: Answer, now: datetime) -> Further | None:
    """Return the page of the first item that the answer tells of; None if none is to be read."""
    document = document_of(answer, now)
    parsed = _parsed(document, source) if document and source.page else ""
    requests = parsed.requests if isinstance(parsed, Parsed) else ()
    return next((each for each in requests if each.role == "page"), None)


def first_list(source: Source, answer: Answer, now: datetime) -> Further | None:
    """Return the sitemap to look into first, where the answer is an index of them; else None."""
    document = document_of(answer, now) if source.format == "sitemap" else None
    parsed = _parsed(document, source) if document else ""
    lists = _lists(parsed)
    return lists[0] if lists else None


def document_of(answer: Answer | None, now: datetime) -> Document | None:
    """Return what just came as a document to be parsed; None if nothing came."""
    if not isinstance(answer, Fetched):
        return None
    return Document(
        source_id=answer.request.source_id,
        url=answer.request.url,
        role=answer.request.role,
        final_url=answer.final_url,
        content_type=answer.content_type,
        body=answer.body,
        key=answer.request.url if answer.request.role == "page" else "",
        fetched=now,
    )


def _answer(own: Answer, parsed: Parsed | str) -> Literal["ok", "unchanged", "failed"]:
    if isinstance(parsed, str):
        return "failed"
    return "unchanged" if isinstance(own, NotModified) else "ok"


def _parsed(document: Document, source: Source) -> Parsed | str:
    try:
        return parse(document, source)
    except ParseError as err:
        return str(err)


def _verdict(seen: Seen) -> str:
    if isinstance(seen.own, Unfetched) and seen.own.error == "DisallowedError":
        return "refused"
    if seen.robots is None:
        return "not asked"
    if seen.robots.text is None:
        return "could not be read"
    return "allowed" if seen.robots.text else "there is none"


def _lists(parsed: Parsed | str) -> Sequence[Further]:
    """Return the further documents that an answer without items of its own leads to."""
    if isinstance(parsed, str) or parsed.items:
        return ()
    return [each for each in parsed.requests if each.role == "list"]


def _index(parsed: Parsed | str, listed: Answer | None, reason: str) -> Iterable[str]:
    if listed is not None:
        yield f"an index of sitemaps ({len(_lists(parsed))} to follow); looked into the first one"
    if listed is not None and reason:
        yield f"{without_credentials(listed.request.url)}: {reason}"


def _harvest(own: Answer, parsed: Parsed | str, source: Source) -> Iterable[str]:
    """Say from when on a repository was asked: few records, or none, are no fault of it."""
    if source.format != "oai-pmh" or isinstance(parsed, str):
        return
    asked = parse_qs(urlsplit(own.request.at or own.request.url).query).get("from", [""])[0]
    if asked:
        yield f"asked for what changed since {asked}"
    if not parsed.items:
        yield "the repository has nothing new" if asked else "the repository has no records"


def _spans(dates: Sequence[ItemDate]) -> Iterable[str]:
    if number := sum(each.is_span for each in dates):
        yield f"{number} of {len(dates)} dates name only a year or a month"


def _told(answer: Answer | None, source: Source, now: datetime) -> tuple[Sequence[Item], str]:
    if isinstance(answer, Unfetched | Postponed):
        return (), answer.reason
    document = document_of(answer, now)
    parsed = _parsed(document, source) if document else Parsed(items=())
    return ((), parsed) if isinstance(parsed, str) else (parsed.items, "")


def _silent(document: Document | None, source: Source) -> tuple[str, ...]:
    try:
        return unmatched(document, source) if document else ()
    except ParseError:
        return ()  # parsing it has said so already


def _changes(items: Sequence[Item], before: Document | None, source: Source) -> tuple[str, ...]:
    """Return what differs from the last document, as far as it may be a mistake of ours or theirs.

    Feeds drop old items and bring new ones: that alone is no more than two numbers. A repository
    is asked for other records each time, so nothing follows from which ones come: only what is
    told of the same record is compared.
    """
    parsed = _parsed(before, source) if before else None
    if not isinstance(parsed, Parsed) or not items:
        return ()
    new = {item.key: item for item in items if not item.deleted}
    old = {item.key: item for item in parsed.items if not item.deleted}
    if source.format == "oai-pmh":
        said = [_other_titles(new, old)]
    else:
        said = [
            _came_and_went(new.keys() - old.keys(), old.keys() - new.keys()),
            _other_keys(new, old),
            *_fields(new, old),
            _other_titles(new, old),
        ]
    return tuple(filter(None, said))


def _came_and_went(came: Iterable[str], went: Iterable[str]) -> str:
    counts = {"new": len(set(came)), "gone": len(set(went))}
    told = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    return f"{told} since the last run" if told else ""


def _other_keys(new: dict[str, Item], old: dict[str, Item]) -> str:
    titles = {item.title for item in new.values()} & {item.title for item in old.values()}
    if new.keys() & old.keys() or not titles - {""}:
        return ""
    return "the same titles come under other ids: articles would be taken for new ones"


def _fields(new: dict[str, Item], old: dict[str, Item]) -> Iterable[str]:
    if not old:
        return
    for field in _FIELDS:
        now = any(getattr(item, field) for item in new.values())
        then = any(getattr(item, field) for item in old.values())
        if now != then:
            yield f"{field}: " + ("is told now" if now else "is not told any more")


def _other_titles(new: dict[str, Item], old: dict[str, Item]) -> str:
    both = new.keys() & old.keys()
    other = [key for key in both if new[key].title != old[key].title]
    if not both or len(other) <= len(both) * _EDITED:
        return ""
    return f"{len(other)} of {len(both)} known titles are written in another way"
