"""`aggregator trends`: stories by country and week."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from aggregator import wiring
from aggregator.cli.story import local_day
from aggregator.cli.terminal import print_json, say, show
from aggregator.errors import UsageError
from aggregator.flow.publishing import TREND_WEEKS
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import Entry, Row, Trends
from aggregator.store import runs
from aggregator.trends import weekly


def trends(
    *,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="How many.")] = TREND_WEEKS,
    country: Annotated[str, typer.Option(help="List the stories of one country.")] = "",
    week: Annotated[str, typer.Option(help="And of one week: 2026-W47.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with story ids.")] = False,
) -> None:
    """Count stories by country and ISO week, up to the last run.

    Every number stands for stories: --country and --week list them.
    """
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        told = read_stories(db, home.sources)
        entries = read_entries(db, told, "en", wiring.clock()).every
        found = weekly(told, weeks=weeks, until=_until(runs.last(db)))
    _check(found, country, week)
    if json:
        print_json(asdict(found))
    elif country or week:
        _list({entry.story.id: entry for entry in entries}, found, country, week)
    else:
        _show(found)


def _until(report: dict[str, Any] | None) -> datetime:
    return datetime.fromisoformat(report["started"]) if report else wiring.clock()


def _check(found: Trends, country: str, week: str) -> None:
    """Raise UsageError for a country or week that the table does not have."""
    countries = [row.country for row in found.rows]
    for what, value, known in (("country", country, countries), ("week", week, found.weeks)):
        if value and value not in known:
            raise UsageError(f"no {what} {value!r} in the table; there are {', '.join(known)}")


def _list(entries: dict[str, Entry], found: Trends, country: str, week: str) -> None:
    for row in found.rows:
        for cell in reversed(row.cells):
            if country in ("", row.country) and week in ("", cell.week):
                for story_id in cell.stories:
                    entry = entries[story_id]
                    day = local_day(entry.story.lead)
                    say(f"{story_id[:8]}  {day}  {row.country:<3}  {entry.title.text}")


def _show(found: Trends) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("country")
    for week in found.weeks:
        table.add_column(week.split("-")[1], justify="right")
    table.add_column("all", justify="right", style="bold")
    for row in (*found.rows, found.totals):
        table.add_row(*_cells(row), style="bold" if row is found.totals else None)
    show(table)


def _cells(row: Row) -> list[str]:
    counts = [len(cell.stories) for cell in row.cells]
    return [row.country, *(str(count) if count else "·" for count in counts), str(sum(counts))]
