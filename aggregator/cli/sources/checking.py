"""`aggregator sources check`: how each source does, without keeping anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
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
from aggregator.model import Document
from aggregator.store.lookup import last_documents
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
    with home.database.read() as db:
        before: Mapping[str, Document] = last_documents(db, {each.id: each.url for each in wanted})
    fetcher = wiring.fetcher(home.settings, home.sources)
    found = tuple(look(wanted, fetcher, before, now))
    if json:
        print_json({"sources": [as_json(each) for each in found]})
    else:
        _show(found, now)
    raise typer.Exit(any(not each.is_read for each in found))


def as_json(found: SourceCheck) -> dict[str, Any]:
    """Return a check as JSON has it."""
    newest = found.newest.isoformat() if found.newest else None
    return {**asdict(found), "newest": newest}


def _show(found: Sequence[SourceCheck], now: datetime) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("source", no_wrap=True)
    table.add_column("answer", no_wrap=True)
    table.add_column("items", justify="right")
    table.add_column("newest", no_wrap=True)
    table.add_column("charset", no_wrap=True)
    table.add_column("what to know", ratio=1, overflow="fold")
    for each in found:
        answer = Text(each.answer, style=_STYLES[each.answer])
        newest = age(each.newest, now) if each.newest else ""
        items = str(each.items) if each.is_read else ""
        said = Text("\n".join(scrub(line) for line in _remarks(each)))
        table.add_row(each.source_id, answer, items, newest, each.charset, said)
    show(table)
    failed = sum(not each.is_read for each in found)
    say(f"\n{len(found)} sources asked, {failed} could not be read")


def _remarks(found: SourceCheck) -> Iterator[str]:
    if found.reason:
        yield found.reason
    if found.robots in ("refused", "could not be read"):
        yield f"robots.txt: {found.robots}"
    if found.write_url:
        yield f"moved for good, write url: {found.write_url}"
    if found.silent:
        yield f"found nothing: {', '.join(found.silent)}"
    if found.page:
        yield f"an article's page: {found.page}"
    if found.is_read and found.items and found.newest is None:
        yield "no date could be read"
    yield from found.changes
