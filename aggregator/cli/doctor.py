"""`aggregator doctor`: what is missing or unhealthy, and how to mend it."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Annotated, Literal

import typer
from rich.text import Text

from aggregator import wiring
from aggregator.cli.terminal import print_json, show
from aggregator.config import KEY_PREFIX, Settings, key_variable
from aggregator.errors import AggregatorError, EngineDownError
from aggregator.model import Source
from aggregator.store import polls, runs
from aggregator.text.urls import without_credentials

_MARK = {"good": ("ok  ", "green"), "warning": ("warn", "yellow"), "bad": ("bad ", "red")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    state: Literal["good", "warning", "bad"]
    what: str
    remedy: str = ""


def doctor(*, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Look at configuration, database, models and the last run.

    Says how to mend what is missing or unhealthy; exits with 1 if anything is bad.
    """
    findings = list(_examine())
    if json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            mark, style = _MARK[finding.state]
            remedy = f"\n      {finding.remedy}" if finding.remedy else ""
            show(Text.assemble((mark, style), f"  {finding.what}", (remedy, "dim")))
    raise typer.Exit(any(finding.state == "bad" for finding in findings))


def _examine() -> Iterator[Finding]:
    try:
        settings = wiring.settings()
        yield _home(settings)
        yield from _identity(settings)
        yield _output(settings)
        home = wiring.open_home(settings)
        yield Finding(state="good", what=f"database: {home.database.shown}")
        enabled = [source for source in home.sources.values() if source.enabled]
        yield _sources(home, len(enabled))
        yield from _keys(settings, enabled)
        yield from _models(home, {source.language for source in enabled})
        failing = _failing(home, enabled)
        yield from _unread(failing)
        yield _last_run(home, failing.keys())
    except AggregatorError as err:
        yield Finding(state="bad", what=str(err))


def _home(settings: Settings) -> Finding:
    if settings.home.is_dir():
        return Finding(state="good", what=f"home: {settings.home}")
    remedy = "name another in AGGREGATOR_HOME, or make one: aggregator init DIR"
    return Finding(state="bad", what=f"there is no home {settings.home}", remedy=remedy)


def _sources(home: wiring.Home, enabled: int) -> Finding:
    what = f"{enabled} of {len(home.sources)} sources enabled, {len(home.pipelines)} pipelines"
    return Finding(state="good" if enabled else "bad", what=what)


def _keys(settings: Settings, enabled: Sequence[Source]) -> Iterator[Finding]:
    for source in enabled:
        variable = key_variable(source.id)
        if "{key}" in source.url and variable.removeprefix(KEY_PREFIX) not in settings.keys:
            yield Finding(
                state="warning",
                what=f"{source.id} needs a key: every run will fail to read it",
                remedy=f"set {variable} to the key its site gave you, or disable the source",
            )


def _identity(settings: Settings) -> Iterator[Finding]:
    for name in settings.examples:
        yield Finding(
            state="warning",
            what=f"{name} has its example value",
            remedy=f"set {name} before you publish to the world (aggregator.env shows how)",
        )


def _output(settings: Settings) -> Finding:
    place = settings.output if settings.output.exists() else settings.home
    if not place.is_dir():
        return Finding(state="bad", what=f"{place} is no folder", remedy="move it away")
    if os.access(place, os.W_OK):
        return Finding(state="good", what=f"output: {settings.output}")
    return Finding(
        state="bad", what=f"{place} cannot be written", remedy="give this user the right to"
    )


def _models(home: wiring.Home, languages: set[str]) -> Iterator[Finding]:
    offered = {}
    for each in wiring.engines(home.settings):
        try:
            offered[each.name] = each.pairs()
        except EngineDownError as err:
            remedy = "start it, or take its address out of AGGREGATOR_TRANSLATE"
            yield Finding(state="bad", what=str(err), remedy=remedy)
    pairs = frozenset().union(*offered.values())
    if offered.get("argos") and find_spec("ctranslate2") is None:
        yield Finding(
            state="bad",
            what="models are installed, but what runs them is not",
            remedy="make argos in a checkout, else pip install 'aggregator[argos]'",
        )
    targets = {t for pipeline in home.pipelines for t in pipeline.targets} - {"original"}
    for target in sorted(targets):
        missing = [
            one
            for one in sorted(languages - {target})
            if (one, target) not in pairs and not {*wiring.steps(one, target)} <= pairs
        ]
        if missing:
            yield Finding(
                state="warning",
                what=f"no model to {target} from {', '.join(missing)}: titles stay untranslated",
                remedy="; ".join(f"aggregator models install {one}" for one in missing[:2])
                + " … (needs the extra: make argos)",
            )


def _failing(home: wiring.Home, enabled: Sequence[Source]) -> dict[str, str]:
    """Return why sources could not be fetched when they were last asked: source id -> reason."""
    ids = [source.id for source in enabled]
    with home.database.read() as db:
        known = polls.of(db, ids)
        reasons = runs.last_reasons(db, ids)
    found = {}
    for source in enabled:
        poll = known.get((source.id, source.url))
        if poll and (poll.failures or poll.stopped):
            reason = reasons.get((source.id, without_credentials(source.url)), "it failed")
            found[source.id] = poll.stopped or reason
    return found


def _unread(failing: Mapping[str, str]) -> Iterator[Finding]:
    for reason in dict.fromkeys(failing.values()):
        names = ", ".join(key for key, why in failing.items() if why == reason)
        yield Finding(
            state="warning",
            what=f"not read when last asked: {names} ({reason})",
            remedy="aggregator run --now asks again; aggregator sources check ID tells more",
        )


def _last_run(home: wiring.Home, told: Collection[str]) -> Finding:
    with home.database.read() as db:
        report = runs.last(db)
    if report is None:
        return Finding(state="warning", what="no run yet", remedy="aggregator run")
    failed = [each["source_id"] for each in report["sources"] if each["outcome"] == "failed"]
    if others := [key for key in failed if key not in told]:
        what = f"the last run could not read {', '.join(others)}"
        return Finding(state="warning", what=what, remedy="the report says why: output/report.json")
    finished = datetime.fromisoformat(report["finished"])
    return Finding(state="good", what=f"last run: {finished:%Y-%m-%d %H:%M} UTC")
