"""Look: ask sources once, keep nothing -> how each of them does."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from aggregator import parse
from aggregator.flow.fetching import FOR_PEOPLE
from aggregator.flow.run import Fetcher
from aggregator.flow.scouting.checking import Seen, SourceCheck, check, first_page
from aggregator.model import Answer, Document, Request, Robots, Source
from aggregator.text.urls import host_of


def look(
    sources: Sequence[Source], fetcher: Fetcher, before: Mapping[str, Document], now: datetime
) -> Iterator[SourceCheck]:
    """Yield how each source does: its own address is asked, and one item's page where it has any.

    *before* has, by source id, what the store last had. All sources are asked at once, so the
    results come together, in the order of *sources*.
    """
    robots: dict[str, Robots] = {}
    own = ask([_request(source, now) for source in sources], fetcher, robots)
    pages = {}
    for source in sources:
        answer = own[source.id]
        further = first_page(source, answer, now)
        if further:
            pages[source.id] = Request(
                source_id=source.id,
                url=further.url,
                role="page",
                obeys_robots=True,
                referer=source.referer or "",
            )
    told = ask(list(pages.values()), fetcher, robots)
    for source in sources:
        answer = own[source.id]
        seen = Seen(
            own=answer,
            robots=_robots_of(answer.request.url, robots),
            page=told.get(source.id),
        )
        yield check(source, seen, before.get(source.id), now)


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


def _request(source: Source, now: datetime) -> Request:
    at = parse.address(source, "", now)
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
