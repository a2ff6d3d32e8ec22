"""Work in other processes: within a time and a memory; whatever breaks, the rest is done."""

import os
from collections.abc import Iterator

import pytest

from aggregator.errors import OverrunError, ParseError
from aggregator.processes import Processes


def double(number: int) -> int:
    return 2 * number


def work(kind: str) -> str:
    match kind:
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


def test_without_inputs_there_are_no_results(processes: Processes) -> None:
    assert list(processes.map(double, [])) == []
