"""`aggregator sources discover`: what a site can be read by."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from aggregator import wiring
from aggregator.cli.sources.words import age, checked_address, given, shown
from aggregator.cli.terminal import print_json, say
from aggregator.flow.scouting.discovering import discover_site, tried
from aggregator.flow.scouting.offering import Offer

_REMEDY = (
    "give the page of the site that lists its news, or write an entry with selectors into\n"
    "sources.yaml"
)


def discover_sources(
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of the site.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what the page at URL offers: feeds, repositories, calendars, sitemaps.

    Each is asked once. Where a page offers nothing that can be read, it is looked through for a
    list of articles. Exits with 1 if there is none either.
    """
    checked_address(url)
    now = wiring.clock()
    found = discover_site(url, wiring.fetcher(wiring.settings(), {}), given(), now)
    if json:
        print_json({"url": url, "offers": [as_json(each) for each in found]})
    else:
        _show(found, url, now)
    raise typer.Exit(not any(not each.reason for each in found))


def as_json(offer: Offer) -> dict[str, Any]:
    """Return an offer as JSON has it."""
    return {
        "url": offer.place.url,
        "format": offer.place.format,
        "title": offer.place.title,
        "select": asdict(offer.place.select) if offer.place.select else None,
        "items": offer.items,
        "newest": offer.newest.isoformat() if offer.newest else None,
        "previews": [
            {
                "title": each.title,
                "published": each.published.isoformat() if each.published else None,
                "link": each.link,
            }
            for each in offer.previews
        ],
        "reason": offer.reason,
    }


def _show(found: Sequence[Offer], url: str, now: datetime) -> None:
    for each in found:
        say(_line(each, now))
        say(f"  {shown(each.place.url)}")
        told = each.reason or (each.previews[0].title if each.previews else "")
        if told:
            say(f"  {shown(told)}")
    if any(not each.reason for each in found):
        say("\nto read it: aggregator sources add URL")
        return
    if not found:
        say(f"nothing that can be read was found: {tried(url)}")
    say(f"\n{_REMEDY}")


def _line(offer: Offer, now: datetime) -> str:
    """Return what is shown of an offer above its address, which stands alone to be copied."""
    if offer.reason:
        return f"{offer.place.format}: cannot be read"
    newest = f", the newest: {age(offer.newest, now)}" if offer.newest else ""
    return f"{offer.place.format}: {offer.items} items{newest}"
