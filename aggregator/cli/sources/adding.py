"""`aggregator sources add`: a site's address -> an entry in sources.yaml."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.sources.words import checked_address, given, lines, shown
from aggregator.cli.terminal import say
from aggregator.config import append_source, entry_yaml, sources_there
from aggregator.errors import FetchError, UsageError
from aggregator.flow.scouting.discovering import discover_site, tried
from aggregator.flow.scouting.offering import Offer, best
from aggregator.flow.scouting.proposing import propose
from aggregator.model import Source


def add_source(  # noqa: PLR0913 - each is an option
    url: Annotated[str, typer.Argument(metavar="URL", help="A page or a feed of the site.")],
    *,
    id: Annotated[str, typer.Option(help="By default from country and host.")] = "",
    name: Annotated[str, typer.Option(help="As the site calls itself.")] = "",
    name_en: Annotated[str, typer.Option(help="In English, with a word on what it is.")] = "",
    country: Annotated[str, typer.Option(help="jp, kr, … or int.")] = "",
    language: Annotated[str, typer.Option(help="ja, ko, zh-Hans, …")] = "",
    kind: Annotated[str, typer.Option(help="What its items are.")] = "news",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Add a site: its best feed, or the list of articles on the page.

    Shows the first items as they would arrive and the entry as it would be written, and asks.
    What options do not say is taken from the site; everything can be edited in sources.yaml later
    but the id. Exits with 1 if nothing there can be read.
    """
    checked_address(url)
    settings = wiring.settings()
    sources = {source.id: source for source in sources_there(settings.sources_file)}
    said = given(id=id, name=name, name_en=name_en, country=country, language=language, kind=kind)
    now = wiring.clock()
    found = discover_site(url, wiring.fetcher(settings, {}), said, now)
    offer = best(found)
    if offer is None:
        raise FetchError(_nothing(found, url))
    _refuse_known(offer, sources)
    entry = entry_yaml(propose(offer.place, said, sources))
    say(f"{offer.items} items, as they would arrive:")
    say("\n".join(lines(offer, now)))
    say(f"\n{entry}")
    if yes or typer.confirm(f"Add this to {settings.sources_file}?", default=True):
        say(f"written: {append_source(settings.sources_file, entry)}")


def _nothing(found: Sequence[Offer], url: str) -> str:
    reasons = "".join(f"\n  {shown(each.place.url)}: {shown(each.reason)}" for each in found)
    return (
        f"nothing at {shown(url)} can be read{reasons or f': {tried(url)}'}\n"
        "  name another page of the site, or write an entry with selectors into sources.yaml"
    )


def _refuse_known(offer: Offer, sources: Mapping[str, Source]) -> None:
    for source in sources.values():
        if source.url == offer.place.url:
            raise UsageError(f"{shown(source.url)} is there already, as {source.id}")
