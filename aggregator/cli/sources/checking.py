"""`aggregator sources check`: how each source does, without keeping anything."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from aggregator import wiring
from aggregator.cli.sources.words import age, chosen
from aggregator.cli.terminal import print_json, say, show
from aggregator.flow.scouting.checking import SourceCheck
from aggregator.flow.scouting.looking import look
from aggregator.model import Document, Source
from aggregator.store.lookup import last_documents
from aggregator.store.sources import bookmarks
from aggregator.text.characters import scrub

_STYLES = {"ok": "green", "unchanged": "dim", "failed": "red"}


def check_sources(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]…", help="All enabled ones by default.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask each source once, and show how it does; nothing is kept.

    Shows what came, how new it is, which selectors found nothing, in which charset it was read,
    what robots.txt says, where an address has moved, and what changed since the last run. Exits
    with 1 if one could not be read.
    """
    home = wiring.open_home(wiring.settings())
    wanted = chosen(home.sources, ids or ())
    now = wiring.clock()
    before = _before(home, wanted)
    fetcher = wiring.fetcher(home.settings, home.sources)
    found = tuple(look(wanted, fetcher, before, now))
    if json:
        print_json({"sources": [as_json(each) for each in found]})
    else:
        _show(found, now)
    raise typer.Exit(any(not each.is_read for each in found))


def _before(home: wiring.Home, wanted: Sequence[Source]) -> dict[str, Document]:
    """Return what the store last had of the sources, with where reading each one stands."""
    with home.database.read() as db:
        documents = last_documents(db, {each.id: each.url for each in wanted})
        read_up_to = bookmarks(db)
    return {
        source_id: replace(document, bookmark=read_up_to.get(source_id, ""))
        for source_id, document in documents.items()
    }


def as_json(found: SourceCheck) -> dict[str, Any]:
    """Return a check as JSON has it."""
    newest = found.newest.isoformat() if found.newest else None
    return {**asdict(found), "newest": newest}


def _show(found: Sequence[SourceCheck], now: datetime) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("source", overflow="fold")
    table.add_column("answer", no_wrap=True)
    table.add_column("items", justify="right")
    table.add_column("newest", no_wrap=True)
    table.add_column("charset", no_wrap=True)
    for each in found:
        answer = Text(each.answer, style=_STYLES[each.answer])
        newest = age(each.newest, now) if each.newest else ""
        items = str(each.items) if each.is_read else ""
        table.add_row(each.source_id, answer, items, newest, each.charset)
    show(table)
    # Below the table, where an address of any length can be copied.
    remarks = [f"  {each.source_id}: {scrub(line)}" for each in found for line in _remarks(each)]
    if remarks:
        say("\n".join(["\nwhat to know:", *remarks]))
    failed = sum(not each.is_read for each in found)
    say(f"\n{len(found)} sources asked, {failed} could not be read")


def _remarks(found: SourceCheck) -> Iterator[str]:
    if found.reason:
        yield found.reason
    if found.robots in ("refused", "could not be read") and "robots.txt" not in found.reason:
        yield f"robots.txt: {found.robots}"
    if found.write_url:
        yield f"moved for good, write url: {found.write_url}"
    if found.silent:
        yield f"found nothing: {', '.join(found.silent)}"
    if found.page:
        yield f"an article's page: {found.page}"
    if found.is_read and found.items and found.newest is None:
        yield "no date could be read"
    yield from found.notes
    yield from found.changes
