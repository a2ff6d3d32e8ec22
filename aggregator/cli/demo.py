"""`aggregator demo`: the whole pipeline over the sample web, without network or model."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from aggregator import sample, wiring
from aggregator.cli.terminal import Watch, print_json, say, show_report
from aggregator.flow import run_once
from aggregator.flow.report import as_json, exit_code
from aggregator.store import memory
from aggregator.translate.tmx import read_tmx


def demo(
    *, json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False
) -> None:
    """Run everything on the bundled sample web: 29 sites in eight languages.

    The sites are served by a real server on this machine; nothing leaves it. What is published
    stands in `output/demo/`. The demo's clock stands still, so it looks the same every day.
    """
    place = sample.settle(wiring.settings())
    home = wiring.open_home(place)
    with home.database.begin() as db:
        memory.save_entries(db, read_tmx(sample.TMX))
    with sample.serve(sample.SITES) as web, Watch(quiet=json) as watch:
        report = run_once(
            wiring.sample_run(home, web.allowances, sample.NOW, watch.tell), lambda: sample.NOW
        )
    if json:
        print_json({**as_json(report), "home": str(place.home), "output": str(place.output)})
    else:
        show_report(report, str(place.output.resolve() / "index.html"))
        command = Path(sys.executable).with_name("aggregator")
        say(f"Every command works on it: AGGREGATOR_HOME={place.home} {command} …")
    raise typer.Exit(exit_code(report, strict=False))
