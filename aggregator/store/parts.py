"""What is too much for one statement, in parts."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

#: Most values in one IN list: SQLite allows 32,766 parameters a statement, PostgreSQL 65,535. Two
#: such lists in a statement fit.
AT_ONCE = 10_000


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield values in parts that fit into an IN list; nothing of nothing."""
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
