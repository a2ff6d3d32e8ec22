"""A finished run -> its report."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from aggregator import polling
from aggregator.errors import PublishError
from aggregator.flow.run import Run
from aggregator.model import Cost, Failure, Rendered, RunReport, SourceOutcome
from aggregator.publish import write
from aggregator.store import Connection, articles, costs, items, polls, runs
from aggregator.text.urls import host_of

#: The outcomes of sources that were read.
_READ = frozenset({"fetched", "unchanged"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureGroup:
    """What failed at one stage for one reason: a source's many pages, or a thing of its own."""

    stage: str
    source_id: str | None
    reason: str
    error: str
    number: int
    example: str  #: the subject of one of them


def grouped(failures: Iterable[Failure]) -> list[FailureGroup]:
    """Return failures that differ in nothing but their subject as one, in their order."""
    groups: dict[tuple[str, ...], list[Failure]] = {}
    for each in failures:
        where = each.source_id or f"\n{each.subject}"
        groups.setdefault((each.stage, where, each.reason, each.error), []).append(each)
    return [
        FailureGroup(
            stage=first.stage,
            source_id=first.source_id,
            reason=first.reason,
            error=first.error,
            number=len(found),
            example=first.subject,
        )
        for found in groups.values()
        for first in found[:1]
    ]


def read_report(db: Connection, run: Run, steps: Mapping[str, int], ended: datetime) -> RunReport:
    """Return what the run did: each source's outcome, each step's results, every failure."""
    failures = runs.failures_of(db, run.id)
    written, unchanged = runs.files_of(db, run.id)
    return RunReport(
        run_id=run.id,
        pipelines=tuple(pipeline.name for pipeline in run.pipelines),
        started=run.now,
        finished=ended,
        sources=_outcomes(db, run, failures),
        steps=dict(steps),
        translation=runs.states_of(db, run.id),
        failures=tuple(failures),
        files_written=written,
        files_unchanged=unchanged,
        saved=articles.told_before(db, run.now),
        translating=_translating(db, run),
    )


def _translating(db: Connection, run: Run) -> dict[str, dict[str, Cost]]:
    waiting = {
        pair: cost
        for target in run.targets
        for pair, cost in costs.waiting(db, run.now, target).items()
    }
    paid, reused = costs.paid(db, run.now), costs.reused(db, run.now)
    return {"paid": dict(paid), "reused": dict(reused), "waiting": waiting}


def _outcomes(db: Connection, run: Run, failures: list[Failure]) -> tuple[SourceOutcome, ...]:
    waits = _Waits(db, run)
    came = runs.outcomes(db, run.id)
    told = items.count(db)
    new = runs.arrivals_of(db, run.id)
    reasons = {(f.source_id, f.subject): f.reason for f in reversed(failures)}
    found = []
    for source_id, url in run.asked.items():
        reason = reasons.get((source_id, url), "")
        outcome = "failed" if reason else came.get((source_id, url), "waiting")
        if outcome == "waiting":
            reason = waits.reason(source_id, url)
        found.append(
            SourceOutcome(
                source_id=source_id,
                outcome=outcome,
                items=told.get(source_id, 0),
                new=new.get(source_id, 0),
                reason=reason,
            )
        )
    return tuple(found)


class _Waits:
    """Why addresses were not asked."""

    def __init__(self, db: Connection, run: Run) -> None:
        self._polls = polls.of(db, run.asked.keys())
        self._hosts = polls.waiting_hosts(db, run.now)
        dates = articles.newest_dates(db, run.asked.keys(), polling.RHYTHM_DATES)
        self._rhythms = {key: polling.rhythm_s(found) for key, found in dates.items()}

    def reason(self, source_id: str, url: str) -> str:
        """Return why in one sentence, for people."""
        poll = self._polls.get((source_id, url))
        if poll and poll.stopped:
            return f"{poll.stopped}; it is asked again with --now"
        if until := self._hosts.get(host_of(url)):
            return f"Its server asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
        due = polling.due_at(poll, self._rhythms.get(source_id)) if poll else None
        if poll is None or due is None:
            return "It was not asked"
        failed = f", since it failed {poll.failures} times in a row" if poll.failures > 1 else ""
        return f"Not due before {due:%Y-%m-%d %H:%M} UTC{failed}"


def as_json(report: RunReport) -> dict[str, Any]:
    """Return the report as it stands in `report.json`: times in ISO 8601, UTC."""
    said = asdict(report)
    times = {"started": report.started.isoformat(), "finished": report.finished.isoformat()}
    groups = [asdict(group) for group in grouped(report.failures)]
    return {**said, **times, "failure_groups": groups}


def write_report(run: Run, report: RunReport) -> RunReport:
    """Write `report.json`; return the report, with a failure more where that is not possible."""
    text = json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"
    try:
        write(run.site.output, [Rendered(path="report.json", body=text.encode())])
    except PublishError as err:
        failure = Failure(
            stage="publish", subject="report.json", reason=str(err), error=type(err).__name__
        )
        return replace(report, failures=(*report.failures, failure))
    return report


def exit_code(report: RunReport, *, strict: bool) -> int:
    """Return the command's exit code.

    1 if a pipeline could not be completed or no source could be read (one that is not due could,
    unless none was ever read); with `strict`, also if anything else failed. Otherwise 0: failed
    sources are in the report.
    """
    if strict and report.failures:
        return 1
    unwritten = any(failure.stage == "publish" for failure in report.failures)
    return 1 if unwritten or _is_unread(report) else 0


def _is_unread(report: RunReport) -> bool:
    outcomes = {each.outcome for each in report.sources}
    unpublished = not report.steps.get("publish") and not outcomes & _READ
    return bool(outcomes) and (outcomes == {"failed"} or unpublished)
