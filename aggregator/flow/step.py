"""One step of the flow, and how it is advanced by a batch."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from aggregator.flow.run import Run
from aggregator.model import Failure
from aggregator.store import Connection, runs

#: As `at_once`: `does` yields sequences, each of what is ready at one time, and each is saved.
AS_READY = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A step's three functions; `at_once` results are saved in one transaction.

    `lacks` returns a batch of inputs whose result is missing or outdated, nothing when all is
    done. It leaves out what failed in this run, so a failure is tried once a run. `does` turns
    inputs into results, or into a `Failure` each. `saves` keeps results.
    """

    name: str
    lacks: Callable[[Connection, Run], Sequence[Any]]
    does: Callable[[Run, Sequence[Any]], Iterable[Any]]
    saves: Callable[[Connection, Run, Sequence[Any]], None]
    at_once: int = 500


def advance(step: Step, run: Run, done: Counter[str]) -> bool:
    """Do one batch of a step, count its results; tell whether there was anything to do."""
    with run.database.read() as db:
        batch = step.lacks(db, run)
    if not batch:
        return False
    done_now = step.does(run, batch)
    for results in _chunks(done_now, step.at_once) if step.at_once else done_now:
        good = [result for result in results if not isinstance(result, Failure)]
        with run.database.begin() as db:
            step.saves(db, run, good)
            for failure in results:
                if isinstance(failure, Failure):
                    runs.save_failure(db, run.id, failure)
        done[step.name] += len(good)
        for result in results:
            run.tell(step.name, result)
    return True


def _chunks(results: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(results)
    while chunk := list(islice(iterator, size)):
        yield chunk
