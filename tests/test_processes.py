"""Work in other processes: within a time and a memory; whatever breaks, the rest is done."""

import os
import signal
from collections.abc import Iterator

import pytest

from aggregator.errors import OverrunError, ParseError
from aggregator.processes import Processes


def double(number: int) -> int:
    return 2 * number


class Stopping:
    """What stops its process while it is sent, as lack of memory may."""

    def __reduce__(self) -> tuple[type, tuple[str]]:
        os.kill(os.getpid(), signal.SIGSTOP)
        return str, ("never",)


def work(kind: str) -> object:
    match kind:
        case "stop":
            return Stopping()
        case "hang":
            while True:
                pass
        case "eat":
            return str(len(bytearray(2_000_000_000)))
        case "die":
            os._exit(7)
        case "refuse":
            raise ParseError("no feed")
        case _:
            return kind


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2, 2.0, 300_000_000) as found:
        list(found.map(double, [(1,)]))  # starts the server that all processes are forked from
        yield found


def test_results_come_in_the_order_of_their_inputs(processes: Processes) -> None:
    inputs = ((number,) for number in range(200))
    assert list(processes.map(double, inputs)) == [2 * number for number in range(200)]


@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("hang", OverrunError, "longer than 2 s"),
        ("eat", OverrunError, "more memory"),
        ("die", OverrunError, "exit code 7"),
        ("refuse", ParseError, "no feed"),
    ],
)
def test_what_breaks_is_told_and_the_rest_is_done(
    processes: Processes, kind: str, error: type[Exception], says: str
) -> None:
    first, broken, last = processes.map(work, [("a",), (kind,), ("b",)])
    assert (first, last) == ("a", "b")
    assert isinstance(broken, error)
    assert says in str(broken)


@pytest.mark.usefixtures("processes")
def test_a_pool_that_no_longer_answers_is_started_anew_and_the_rest_is_done() -> None:
    with Processes(1, 0.5, 300_000_000, slack_s=2.5) as pool:
        first, broken, *rest = pool.map(work, [("a",), ("stop",), ("b",), ("c",)])
    assert (first, rest) == ("a", ["b", "c"])
    assert isinstance(broken, OverrunError)
    assert "no longer answered" in str(broken)


def test_work_that_nobody_waits_for_any_more_keeps_no_other_waiting() -> None:
    with Processes(1, 1.0, 300_000_000, slack_s=30.0) as processes:
        results = processes.map(work, [("a",), *[("hang",)] * 6])
        assert next(results) == "a"
        results.close()
        assert list(processes.map(work, [("b",)])) == ["b"]


def test_without_inputs_there_are_no_results(processes: Processes) -> None:
    assert list(processes.map(double, [])) == []
