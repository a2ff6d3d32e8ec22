"""`aggregator sources discover`: what a site can be read by."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from aggregator import wiring
from aggregator.cli.sources.words import age, given, shown
from aggregator.cli.terminal import print_json, say, show
from aggregator.flow.scouting.discovering import discover_site
from aggregator.flow.scouting.offering import Offer


def discover_sources(
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of the site.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what the page at URL offers: feeds, repositories, calendars, sitemaps.

    Each is asked once. Where a page offers nothing that can be read, it is looked through for a
    list of articles. Exits with 1 if there is none either.
    """
    now = wiring.clock()
    found = discover_site(url, wiring.fetcher(wiring.settings(), {}), given(), now)
    if json:
        print_json({"url": url, "offers": [as_json(each) for each in found]})
    else:
        _show(found, now)
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


def _show(found: Sequence[Offer], now: datetime) -> None:
    if not found:
        say("nothing that can be read was found; is there another page with news or a list?")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("format", no_wrap=True)
    table.add_column("items", justify="right")
    table.add_column("newest", no_wrap=True)
    table.add_column("address; newest title", ratio=1, overflow="fold")
    for each in found:
        told = each.reason or (each.previews[0].title if each.previews else "")
        style = "red" if each.reason else "dim"
        place = Text.assemble(shown(each.place.url), "\n", (shown(told), style))
        newest = age(each.newest, now) if each.newest else ""
        table.add_row(each.place.format, str(each.items or ""), newest, place)
    show(table)
    if any(not each.reason for each in found):
        say("\nto read it: aggregator sources add URL")
