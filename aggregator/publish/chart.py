"""Counts by country and week -> the bars of small charts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from aggregator.publish.wording import country_name

# The charts' own units; the pages scale them.
BAR, GAP, HEIGHT = 10, 4, 56
# A week without stories keeps a mark, so that silence is seen and weeks can be counted.
_MARK = 1.5


class Cell(Protocol):
    """One country's stories in one week."""

    @property
    def week(self) -> str:
        """ISO week, "2026-W12"."""

    @property
    def stories(self) -> tuple[str, ...]:
        """The ids of the stories."""


class Row(Protocol):
    """One country's weeks, oldest first."""

    @property
    def country(self) -> str:
        """Country code; "all" for all together."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """One for each week, empty ones included."""


class Counts(Protocol):
    """What `aggregator.trends` counts: rooms do not import each other."""

    @property
    def weeks(self) -> tuple[str, ...]:
        """ISO weeks, oldest first."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The countries."""

    @property
    def totals(self) -> Row:
        """All countries together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One week's bar."""

    week: str
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One country's bars."""

    country: str
    bars: tuple[Bar, ...]
    width: int

    @property
    def top(self) -> int:
        """The stories of the fullest week."""
        return max((bar.count for bar in self.bars), default=0)

    @property
    def total(self) -> int:
        """The stories of all weeks."""
        return sum(bar.count for bar in self.bars)


def charts(counts: Counts) -> tuple[Chart, ...]:
    """Return a chart a country, by name, all on one scale so that they can be compared."""
    top = max((len(cell.stories) for row in counts.rows for cell in row.cells), default=0)
    rows = sorted(counts.rows, key=lambda row: country_name(row.country))
    return tuple(_chart(row, top) for row in rows)


def total_chart(counts: Counts) -> Chart:
    """Return the chart of all countries together, on its own scale."""
    return _chart(
        counts.totals, max((len(cell.stories) for cell in counts.totals.cells), default=0)
    )


def _chart(row: Row, top: int) -> Chart:
    width = len(row.cells) * (BAR + GAP) - GAP
    return Chart(country=row.country, bars=tuple(_bars(row, top)), width=width)


def _bars(row: Row, top: int) -> Iterator[Bar]:
    for position, cell in enumerate(row.cells):
        count = len(cell.stories)
        height = round(max(_MARK, HEIGHT * count / top), 1) if count else _MARK
        yield Bar(
            week=cell.week,
            count=count,
            x=position * (BAR + GAP),
            y=round(HEIGHT - height, 1),
            height=height,
        )
