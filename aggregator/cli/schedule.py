"""`aggregator schedule`: the daemon that runs each pipeline when it is due."""

import threading
from collections.abc import Sequence

from aggregator import scheduler, wiring
from aggregator.cli.terminal import complain, say
from aggregator.errors import AggregatorError
from aggregator.flow import run_once
from aggregator.model import Failure, Unfetched


def schedule() -> None:
    """Run each pipeline when its YAML says, until SIGTERM.

    A run under way is completed first. Sources and pipelines are read anew for each run; a
    changed schedule or environment needs a restart.
    """
    stop = scheduler.stop_on_signals()
    home = wiring.open_home(wiring.settings())
    now = wiring.clock()
    table = scheduler.timetable(home.pipelines)
    for when, names in table.items():
        say(f"{', '.join(names)}: next at {scheduler.next_time(when, now):%Y-%m-%d %H:%M %Z}")
    if not table:
        say("no pipeline has a schedule")
        return
    scheduler.run_when_due(home.pipelines, lambda names: _run(names, stop), stop)
    say("stopped")


def _run(names: Sequence[str], stop: threading.Event) -> None:
    """Complete one run; the daemon outlives whatever it ends with."""
    if stop.is_set():
        return
    try:
        home = wiring.open_home(wiring.settings())
        report = run_once(wiring.new_run(home, names, _say_failure), wiring.clock)
        home.database.close()
    except AggregatorError as err:
        complain(str(err))
        return
    new = sum(outcome.new for outcome in report.sources)
    say(
        f"{report.finished:%Y-%m-%d %H:%M:%S} {', '.join(names)}: {new} new, "
        f"{len(report.failures)} failures, {report.files_written} files written"
    )


def _say_failure(step: str, result: object) -> None:
    match result:
        case Failure() as failure:
            complain(f"{step} {failure.source_id or failure.subject}: {failure.reason}")
        case Unfetched(request=request, reason=reason):
            complain(f"{step} {request.source_id}: {reason}")
        case _:
            pass
