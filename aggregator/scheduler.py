"""When: pipelines run by their cron expressions, one run at a time. Takes a clock, gives runs."""

import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from types import FrameType
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from aggregator.model import Pipeline, Schedule


def timetable(pipelines: Iterable[Pipeline]) -> dict[Schedule, tuple[str, ...]]:
    """Return the names of the pipelines that share a schedule, and so a run.

    Run together, they ask each source once. Pipelines without a schedule are left out.
    """
    found: dict[Schedule, tuple[str, ...]] = {}
    for pipeline in pipelines:
        if pipeline.schedule is not None:
            names = found.get(pipeline.schedule, ())
            found[pipeline.schedule] = (*names, pipeline.name)
    return found


def trigger(schedule: Schedule) -> CronTrigger:
    """Return the moments of a schedule, in its own time zone, summer time included."""
    return CronTrigger.from_crontab(schedule.cron, timezone=ZoneInfo(schedule.timezone))


def next_time(schedule: Schedule, after: datetime) -> datetime:
    """Return the first moment of a schedule after another one, in the schedule's zone."""
    found: datetime = trigger(schedule).get_next_fire_time(after, after)
    return found


def run_when_due(
    pipelines: Sequence[Pipeline],
    run: Callable[[Sequence[str]], None],
    stop: threading.Event,
    due: Callable[[Schedule], BaseTrigger] = trigger,
) -> None:
    """Run pipelines when they are due, until `stop` is set; a run under way is completed first.

    One run at a time: what falls due meanwhile waits, and what falls due several times meanwhile
    runs once. `run` gets the names of the pipelines; `due` says when a schedule fires.
    """
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(1)})
    for schedule, names in timetable(pipelines).items():
        scheduler.add_job(
            run,
            due(schedule),
            args=[names],
            id=" ".join(names),
            coalesce=True,
            max_instances=1,
            # None: however late. By default a job that waits its turn for a second is dropped.
            # https://apscheduler.readthedocs.io/en/3.x/userguide.html#missed-job-executions-and-coalescing
            misfire_grace_time=None,
        )
    scheduler.start()
    stop.wait()
    scheduler.shutdown(wait=True)


def stop_on_signals() -> threading.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = threading.Event()

    def set_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, set_stop)
    signal.signal(signal.SIGINT, set_stop)
    return stop
