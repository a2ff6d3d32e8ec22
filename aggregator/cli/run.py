"""`aggregator run`: one pass over the live web."""

from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.terminal import Watch, print_json, say, show_report
from aggregator.flow import run_once
from aggregator.flow.report import as_json, exit_code


def run(
    pipelines: Annotated[list[str] | None, typer.Argument(help="Names; all by default.")] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be read; fetch nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if anything failed.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Fetch what is new, translate it, and publish: one pass over the pipelines."""
    home = wiring.open_home(wiring.settings())
    with Watch(quiet=json or dry_run) as watch:
        planned = wiring.new_run(home, pipelines or (), watch.tell)
        if dry_run:
            _show_plan(planned.asked, json=json)
            return
        report = run_once(planned, wiring.clock)
    if json:
        print_json({**as_json(report), "home": str(home.settings.home)})
    else:
        show_report(report, str(home.settings.output / "index.html"))
    raise typer.Exit(exit_code(report, strict=strict))


def _show_plan(asked: dict[str, str], *, json: bool) -> None:
    if json:
        print_json({"sources": [{"id": key, "url": url} for key, url in asked.items()]})
        return
    for source_id, url in asked.items():
        say(f"{source_id:<28} {url}")
    say(f"{len(asked)} sources would be read")
