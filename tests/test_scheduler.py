"""When pipelines run."""

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.date import DateTrigger

from aggregator import scheduler
from aggregator.config import write_defaults
from aggregator.model import Schedule
from tests.builders import NOW, pipeline

MORNING = Schedule(cron="0 7 * * *", timezone="Asia/Tokyo")
HOURLY = Schedule(cron="15 * * * *", timezone="Asia/Tokyo")
PIPELINES = [
    pipeline(name="news", schedule=HOURLY),
    pipeline(name="digest", schedule=MORNING),
    pipeline(name="countries", schedule=HOURLY),
    pipeline(name="by hand", schedule=None),
]


def test_pipelines_with_the_same_schedule_share_a_run() -> None:
    assert scheduler.timetable(PIPELINES) == {HOURLY: ("news", "countries"), MORNING: ("digest",)}


def test_a_schedule_is_read_in_its_own_zone() -> None:
    assert scheduler.next_time(MORNING, NOW).isoformat() == "2026-03-21T07:00:00+09:00"


@pytest.mark.parametrize(("day", "offset"), [(28, "+01:00"), (29, "+02:00")])
def test_seven_in_the_morning_is_seven_in_summer_too(day: int, offset: str) -> None:
    berlin = Schedule(cron="0 7 * * *", timezone="Europe/Berlin")
    before = datetime(2026, 3, day, 5, tzinfo=ZoneInfo("Europe/Berlin"))
    assert scheduler.next_time(berlin, before).isoformat() == f"2026-03-{day}T07:00:00{offset}"


def at_once(_schedule: Schedule) -> DateTrigger:
    """Make every schedule due as soon as the scheduler starts."""
    return DateTrigger()


def test_what_is_due_runs_and_nothing_runs_after_the_stop() -> None:
    stop = threading.Event()
    ran: list[Sequence[str]] = []

    def run(names: Sequence[str]) -> None:
        ran.append(names)
        if len(ran) == 2:
            stop.set()

    scheduler.run_when_due(PIPELINES, run, stop, at_once)
    assert sorted(map(tuple, ran)) == [("digest",), ("news", "countries")]


def test_runs_never_overlap() -> None:
    stop = threading.Event()
    busy = threading.Lock()
    ran: list[Sequence[str]] = []
    hours = [
        pipeline(name=str(hour), schedule=replace(HOURLY, cron=f"0 {hour} * * *"))
        for hour in range(5)
    ]

    def run(names: Sequence[str]) -> None:
        assert busy.acquire(blocking=False)
        ran.append(names)
        if len(ran) == len(hours):
            stop.set()
        busy.release()

    scheduler.run_when_due(hours, run, stop, at_once)
    assert len(ran) == 5


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_daemon_says_when_it_will_run_and_stops_when_told(
    tmp_path: Path, number: signal.Signals
) -> None:
    write_defaults(
        tmp_path,
        countries=["sg"],
        targets=[],
        base_url="https://news.example/",
        contact="a@news.example",
    )
    for path in (tmp_path / "pipelines").glob("*.yaml"):
        far = re.sub(r'cron: "[^"]+"', 'cron: "0 0 29 2 *"', path.read_text())
        path.write_text(far)
    command = [sys.executable, "-u", "-W", "error", "-m", "aggregator", "schedule"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout
        first = daemon.stdout.readline()
        daemon.send_signal(number)
        rest = daemon.stdout.read()
    assert "next at" in first
    assert rest.splitlines()[-1] == "stopped"
    assert daemon.returncode == 0
