"""Discover: the address of a site -> what it could be read by."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from aggregator.errors import FetchError
from aggregator.flow.run import Fetcher
from aggregator.flow.scouting.checking import document_of
from aggregator.flow.scouting.looking import ask
from aggregator.flow.scouting.offering import Offer, as_source, best, offers
from aggregator.flow.scouting.proposing import Given, Place
from aggregator.model import Answer, Postponed, Request, Robots, Unfetched
from aggregator.parse.discover import Found, discover, guesses
from aggregator.parse.html.about import about
from aggregator.parse.html.repeats import suggest_selectors

#: Most addresses of one site that are asked: a page may list a feed for each of its columns.
MOST = 12

_REMEDY = (
    "only this address was asked: look at it in a browser, and give the site's front page or the"
    " page that lists its news"
)


def discover_site(url: str, fetcher: Fetcher, given: Given, now: datetime) -> tuple[Offer, ...]:
    """Return what the page at the address offers, each asked once, the most telling formats first.

    An address that is a feed itself offers itself. Where a page names nothing, the addresses that
    systems usually have are tried. Where none of all that but a sitemap can be read, the page is
    taken as a list of articles, if anything repeats on it. Only the page at the address is asked
    whatever robots.txt says: a person asked for it. As a list it is offered only if a program may
    read it.

    Raises:
        FetchError: nothing came from the address.
        ParseError: what came is neither a page nor anything that is read.
    """
    answer = _answer(url, fetcher)
    page = document_of(answer, now)
    if page is None:
        said = answer.reason if isinstance(answer, Unfetched | Postponed) else "nothing came"
        raise FetchError(f"{url}: {said}\n  {_REMEDY}", url=url)
    told = about(page, as_source(Place(url=url, format="rss"), given))
    site = Place(
        url=page.final_url,
        format="html-list",
        homepage="" if told.format else page.final_url,
        title=told.title,
        language=told.language,
    )
    declared = discover(page)
    found = declared or tuple(_guessed(address) for address in guesses(page.final_url))
    places = [
        replace(site, url=each.url, format=each.format, title=told.title or each.title)
        for each in found[:MOST]
    ]
    offered = offers(places, fetcher, given, now)
    if not declared:
        offered = tuple(each for each in offered if not each.reason)
    taken = best(offered)
    if told.format or (taken and taken.place.format != "sitemap"):
        return offered
    select = suggest_selectors(page, as_source(site, given))
    listed = [replace(site, select=select)] if select else []
    return (*offered, *offers(listed, fetcher, given, now))


def tried(url: str) -> str:
    """Return what was looked for where nothing is offered, in words."""
    paths = ", ".join(dict.fromkeys(urlsplit(each).path for each in guesses(url)))
    return (
        "the page links no feed, repository, calendar or sitemap, nothing that can be read is at"
        f" {paths}, and nothing on the page repeats like a list of articles"
    )


def _answer(url: str, fetcher: Fetcher) -> Answer:
    # A person asks for this one address, as in a browser; robots.txt is for what goes on its own.
    request = Request(source_id="site", url=url, role="source")
    robots: dict[str, Robots] = {}
    return ask([request], fetcher, robots)["site"]


def _guessed(url: str) -> Found:
    return Found(url=url, format="sitemap" if url.endswith("sitemap.xml") else "rss")
