"""`aggregator run`: one pass over the live web."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from aggregator import wiring
from aggregator.cli.terminal import Watch, print_json, say, show, show_report
from aggregator.errors import UsageError
from aggregator.flow import run_once
from aggregator.flow.fetching import due
from aggregator.flow.replay import Replay
from aggregator.flow.replay import replay as read_again
from aggregator.flow.report import as_json, exit_code

#: Changes on the screen: more than anyone reads one by one.
SHOWN = 50


def run(
    pipelines: Annotated[list[str] | None, typer.Argument(help="Names; all by default.")] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be read; fetch nothing.")
    ] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Read sources that are not due yet as well.")
    ] = False,
    replay: Annotated[
        bool,
        typer.Option(
            "--replay", help="Read the stored bytes again; show what would change, change nothing."
        ),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if anything failed.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Fetch what is new, translate it, and publish: one pass over the pipelines."""
    if replay and (now or dry_run):
        other = "--now" if now else "--dry-run"
        raise UsageError(f"--replay asks no site: it cannot be combined with {other}")
    home = wiring.open_home(wiring.settings())
    with Watch(quiet=json or dry_run) as watch:
        planned = wiring.new_run(home, pipelines or (), watch.tell, early=now)
        if dry_run:
            asked = {source_id: planned.asked[source_id] for source_id in due(planned)}
            _show_plan(asked, len(planned.asked), json=json)
            return
        if replay:
            found = read_again(planned)
            _show_replay(found, json=json)
            raise typer.Exit(1 if strict and found.failures else 0)
        report = run_once(planned, wiring.clock)
    if json:
        print_json({**as_json(report), "home": str(home.settings.home)})
    else:
        show_report(report, str(home.settings.output / "index.html"))
    raise typer.Exit(exit_code(report, strict=strict))


def _show_replay(found: Replay, *, json: bool) -> None:
    if json:
        print_json(asdict(found))
        return
    for source_id, reason in found.failures:
        say(f"{source_id}: {reason}")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("source", "field", "before", "after"):
        table.add_column(column, overflow="fold")
    for each in found.changes[:SHOWN]:
        table.add_row(each.source_id, each.field, Text(each.before), Text(each.after))
    if found.changes:
        show(table)
    if len(found.changes) > SHOWN:
        say(f"… and {len(found.changes) - SHOWN} more: --json has them all")
    say(
        f"{found.documents} documents read again: {len(found.changes)} fields of articles and "
        f"{len(found.files)} files would change, {len(found.failures)} documents would fail"
    )


def _show_plan(asked: dict[str, str], every: int, *, json: bool) -> None:
    if json:
        print_json({"sources": [{"id": key, "url": url} for key, url in asked.items()]})
        return
    for source_id, url in asked.items():
        say(f"{source_id:<28} {url}")
    say(f"{len(asked)} of {every} sources would be read; the others are not due")
