"""What the terminal shows: progress while a run works, and its report."""

import json
from typing import Any

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from aggregator.model import Failure, Fetched, NotModified, RunReport, SourceOutcome

_OUT = Console()
_ERR = Console(stderr=True)

_STYLE = {"fetched": "green", "unchanged": "dim", "failed": "red"}


def complain(message: str) -> None:
    """Print an error for people: no traceback."""
    _ERR.print(f"[red]error:[/red] {escape(message)}", highlight=False, soft_wrap=True)


def say(message: str) -> None:
    """Print a line of plain text."""
    _OUT.print(message, highlight=False, markup=False, soft_wrap=True)


def show(thing: RenderableType) -> None:
    """Print something that rich knows how to draw."""
    _OUT.print(thing)


def print_json(value: Any) -> None:
    """Print a value as JSON, in its own script."""
    _OUT.print(
        json.dumps(value, ensure_ascii=False, indent=2),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


class Watch:
    """Shows a run's progress on standard error: a line a source, a counter a step."""

    def __init__(self, *, quiet: bool) -> None:
        self._status = None if quiet else _ERR.status("starting")
        self._counts: dict[str, int] = {}

    def __enter__(self) -> "Watch":
        if self._status and _ERR.is_terminal:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def tell(self, step: str, result: object) -> None:
        """Take note of one result of a step."""
        if self._status is None:
            return
        self._counts[step] = self._counts.get(step, 0) + 1
        if line := _line(step, result):
            _ERR.print(line, soft_wrap=True)
        done = " · ".join(f"{name} {count}" for name, count in self._counts.items())
        self._status.update(done)


def _line(step: str, result: object) -> Text | None:
    match result:
        case Fetched(request=request) if request.role == "source":
            return Text.assemble("  ", ("fetched  ", "green"), f" {request.source_id}")
        case NotModified(request=request):
            return Text.assemble("  ", ("unchanged", "dim"), f" {request.source_id}")
        case (_, Failure() as failure) | (Failure() as failure):
            where = failure.source_id or failure.subject
            return Text.assemble("  ", (f"{step} failed", "red"), f" {where}: {failure.reason}")
        case _:
            return None


def show_report(report: RunReport, output: str) -> None:
    """Print what a run did, on one screen."""
    _OUT.print(_sources(report.sources))
    _OUT.print(_summary(report), highlight=False)
    for failure in report.failures:
        where = failure.source_id or failure.subject
        _OUT.print(
            Text.assemble((f"{failure.stage} ", "red"), (where, "bold"), f" {failure.reason}")
        )
    _OUT.print(Text.assemble("Published in ", (output, "bold")), soft_wrap=True)


def _sources(outcomes: tuple[SourceOutcome, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("source")
    table.add_column("outcome")
    table.add_column("items", justify="right")
    table.add_column("new", justify="right")
    for each in outcomes:
        style = _STYLE[each.outcome]
        new = str(each.new) if each.new else ""
        table.add_row(each.source_id, Text(each.outcome, style=style), str(each.items), new)
    return table


def _summary(report: RunReport) -> str:
    came = [outcome.outcome for outcome in report.sources]
    words = {name: count for name, count in report.translation.items() if count}
    return (
        f"\n{len(came)} sources: {came.count('fetched')} fetched, "
        f"{came.count('unchanged')} unchanged, {came.count('failed')} failed\n"
        f"{sum(each.new for each in report.sources)} new articles; titles: "
        + (", ".join(f"{count} {name}" for name, count in words.items()) or "none")
        + f"\n{report.files_written} files written, {report.files_unchanged} unchanged"
    )
