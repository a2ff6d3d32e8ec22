"""Look: ask sources once, keep nothing -> how each of them does."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from aggregator import parse
from aggregator.flow.fetching import FOR_PEOPLE
from aggregator.flow.run import Fetcher
from aggregator.flow.scouting.checking import (
    Seen,
    SourceCheck,
    check,
    first_list,
    first_page,
)
from aggregator.model import Answer, Document, Further, Request, Robots, Source
from aggregator.text.urls import host_of

#: Sitemaps that are asked for beside an index: the first one it lists, and the first one of that,
#: since indexes stand in indexes.
_LISTS = 2


def look(
    sources: Sequence[Source], fetcher: Fetcher, before: Mapping[str, Document], now: datetime
) -> Iterator[SourceCheck]:
    """Yield how each source does: its own address is asked, and one item's page where it has any.

    *before* has, by source id, what the store last had; its bookmark tells from when on to ask, as
    a run would. All sources are asked at once, so the results come together, in the order of
    *sources*.
    """
    robots: dict[str, Robots] = {}
    bookmarks = {source_id: document.bookmark for source_id, document in before.items()}
    requests = [_request(source, bookmarks.get(source.id, ""), now) for source in sources]
    own = ask(requests, fetcher, robots)
    by_id = {source.id: source for source in sources}
    listed = descend(by_id, own, fetcher, robots, now)
    pages = []
    for source in sources:
        further = first_page(source, listed.get(source.id, own[source.id]), now)
        if further:
            pages.append(_further(source.id, further, source))
    told = ask(pages, fetcher, robots)
    for source in sources:
        answer = own[source.id]
        seen = Seen(
            own=answer,
            robots=_robots_of(answer.request.url, robots),
            listed=listed.get(source.id),
            page=told.get(source.id),
        )
        yield check(source, seen, before.get(source.id), now)


def descend(
    sources: Mapping[str, Source],
    own: Mapping[str, Answer],
    fetcher: Fetcher,
    robots: dict[str, Robots],
    now: datetime,
) -> dict[str, Answer]:
    """Return, for those whose own answer is an index of sitemaps, the first sitemap's answer.

    *sources* and *own* go by the same names.
    """
    found: dict[str, Answer] = {}
    for _ in range(_LISTS):
        requests = [
            _further(name, further, source)
            for name, source in sources.items()
            if (further := first_list(source, found.get(name, own[name]), now))
        ]
        found |= ask(requests, fetcher, robots)
    return found


def _further(name: str, further: Further, source: Source) -> Request:
    return Request(
        source_id=name,
        url=further.url,
        role=further.role,
        obeys_robots=True,
        referer=source.referer or "",
    )


def ask(
    requests: Sequence[Request], fetcher: Fetcher, robots: dict[str, Robots]
) -> dict[str, Answer]:
    """Return the answers by source id, one request each; notes in *robots* what hosts allow."""
    answers: dict[str, Answer] = {}
    for batch in fetcher.fetch(requests, robots) if requests else ():
        for each in batch:
            if isinstance(each, Robots):
                robots[each.origin] = each
            else:
                answers[each.request.source_id] = each
    return answers


def _request(source: Source, bookmark: str, now: datetime) -> Request:
    at = parse.address(source, bookmark, now)
    return Request(
        source_id=source.id,
        url=source.url,
        role="source",
        at="" if at == source.url else at,
        obeys_robots=source.format in FOR_PEOPLE,
        referer=source.referer or "",
    )


def _robots_of(url: str, robots: Mapping[str, Robots]) -> Robots | None:
    place = (urlsplit(url).scheme, host_of(url))
    return next((each for each in robots.values() if _place(each) == place), None)


def _place(robots: Robots) -> tuple[str, str]:
    return urlsplit(robots.origin).scheme, host_of(robots.origin)
