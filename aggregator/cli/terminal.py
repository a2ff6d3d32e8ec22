"""What the terminal shows: progress while a run works, and its report."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from rich.text import Text

from aggregator.flow.report import FailureGroup, grouped
from aggregator.model import (
    Cost,
    Failure,
    Fetched,
    NotModified,
    RunReport,
    SourceOutcome,
    Unfetched,
)

_OUT = Console(emoji=False, markup=False)
_ERR = Console(emoji=False, markup=False, stderr=True)

_STYLE = {"fetched": "green", "unchanged": "dim", "failed": "red", "waiting": "yellow"}


def complain(message: str) -> None:
    """Print an error for people: no traceback."""
    _ERR.print(Text.assemble(("error: ", "red"), message), soft_wrap=True)


def say(message: str) -> None:
    """Print a line of plain text."""
    _OUT.print(message, highlight=False, soft_wrap=True)


def show(thing: RenderableType) -> None:
    """Print something that rich knows how to draw."""
    _OUT.print(thing)


def print_json(value: Any) -> None:
    """Print a value as JSON, in its own script."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_written) + "\n")


def _written(value: Any) -> str:
    """Return a day or a moment as ISO 8601 writes it."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written as JSON")


@contextmanager
def downloading(label: str, *, quiet: bool) -> Iterator[Callable[[int, int | None], None]]:
    """Show on a terminal's standard error how a download goes on: bytes, and of how many."""
    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=_ERR,
        transient=True,
        disable=quiet or not _ERR.is_terminal,
    )
    with shown:
        task = shown.add_task(label, total=None)

        def tell(done: int, total: int | None) -> None:
            shown.update(task, completed=done, total=total)

        yield tell


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
        case Unfetched(request=request) if request.role in ("page", "attachment"):
            return None  # there may be many: the report counts them
        case Unfetched(request=request, reason=reason):
            where = request.source_id
            return Text.assemble("  ", (f"{step} failed", "red"), f" {where}: {reason}")
        case Failure() as failure:
            where = failure.source_id or failure.subject
            return Text.assemble("  ", (f"{step} failed", "red"), f" {where}: {failure.reason}")
        case _:
            return None


def show_report(report: RunReport, output: str) -> None:
    """Print what a run did, on one screen: what came, what failed and why, what is published."""
    read = [each for each in report.sources if each.outcome in ("fetched", "unchanged")]
    if read:
        _OUT.print(_sources(read))
    if waiting := [each for each in report.sources if each.outcome == "waiting"]:
        _OUT.print("\nNot asked (`run --now` asks before time, too):", style="bold")
        _OUT.print(_waiting(waiting))
    if report.failures:
        _OUT.print("\nFailed:", style="bold")
    for group in grouped(report.failures):
        _OUT.print(_failed(group), soft_wrap=True)
    _OUT.print(_summary(report), highlight=False, soft_wrap=True)
    _OUT.print(_where(report, output), soft_wrap=True)


def _failed(group: FailureGroup) -> Text:
    where = group.source_id or group.example
    line = Text.assemble("  ", (f"{group.stage} ", "red"), (where, "bold"), ": ", group.reason)
    if group.number > 1:
        line.append(f" ({group.number} times, such as {group.example})", "dim")
    elif where != group.example:
        line.append(f" ({group.example})", "dim")
    return line


def _sources(outcomes: Sequence[SourceOutcome]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("source", no_wrap=True)
    table.add_column("outcome")
    table.add_column("items", justify="right")
    table.add_column("new", justify="right")
    for each in outcomes:
        style = _STYLE[each.outcome]
        new = str(each.new) if each.new else ""
        table.add_row(each.source_id, Text(each.outcome, style=style), str(each.items), new)
    return table


def _waiting(outcomes: Sequence[SourceOutcome]) -> Table:
    """Return why sources were not asked, those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for each in outcomes:
        reasons.setdefault(each.reason, []).append(each.source_id)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("reason", ratio=2)
    table.add_column("sources", ratio=3)
    for reason, source_ids in sorted(reasons.items()):
        table.add_row(Text(reason, style=_STYLE["waiting"]), ", ".join(source_ids))
    return table


def _summary(report: RunReport) -> str:
    came = [str(outcome.outcome) for outcome in report.sources]
    outcomes = ", ".join(f"{came.count(name)} {name}" for name in _STYLE)
    lines = [
        f"\n{len(came)} sources: {outcomes}",
        f"{sum(each.new for each in report.sources)} new articles",
    ]
    if any(report.saved.values()):
        repeats, retold = report.saved["repeats"], report.saved["retold"]
        lines.append(f"{repeats} of them repeat others, {retold} tell a story that is there")
    costs = [(how, _cost(report.translating.get(how, {}))) for how in ("paid", "reused", "waiting")]
    if said := [f"{cost} {_COSTS[how]}" for how, cost in costs if cost]:
        lines.append(", ".join(said))
    if stories := sum(report.translation.values()):
        words = {_WORDS[state]: count for state, count in report.translation.items() if count}
        shown = ", ".join(f"{count} {state}" for state, count in words.items())
        lines.append(f"{stories} stories in the feeds, their titles: {shown}")
    return "\n".join(lines)


def _cost(by_pair: Mapping[str, Cost]) -> str:
    sentences = sum(each.sentences for each in by_pair.values())
    characters = sum(each.characters for each in by_pair.values())
    return f"{sentences:,} sentences ({characters:,} characters)" if sentences else ""


_COSTS = {
    "paid": "translated by machine",
    "reused": "known from before",
    "waiting": "not translated yet",
}

#: How a title came to its language, as `TranslationState` names it, in words.
_WORDS = {
    "original": "original",
    "untranslated": "untranslated",
    "doubted": "waiting for a look at a doubted translation",
    "memory": "translated by people",
    "machine": "translated by machine",
    "edited": "edited",
}


def _where(report: RunReport, output: str) -> Text:
    if report.files_written + report.files_unchanged == 0:
        if _is_published(Path(output).parent):
            return Text.assemble("Nothing was published; what was there before stands: ", output)
        unwritten = any(failure.stage == "publish" for failure in report.failures)
        why = "the files could not be written" if unwritten else _unread(report)
        return Text.assemble(("Nothing is published yet: ", "bold"), why)
    files = f" ({report.files_written} files written, {report.files_unchanged} unchanged)"
    return Text.assemble("Published: ", (output, "bold"), files)


def _is_published(folder: Path) -> bool:
    """Tell whether anything stands there beside what tells of the runs."""
    found = folder.iterdir() if folder.is_dir() else ()
    return any(path.name != "report.json" and path.name[:1] != "." for path in found)


def _unread(report: RunReport) -> str:
    came = [each.outcome for each in report.sources]
    waiting = "; the list above says until when the others wait" if "waiting" in came else ""
    return f"no source has been read so far, {came.count('failed')} of {len(came)} failed{waiting}"
