"""Trends by country and week -> the bars of small charts."""

from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.model import Row, Trends
from aggregator.publish.wording import country_name

# The charts' own units; the pages scale them.
BAR, GAP, HEIGHT = 10, 4, 56
# A week without stories keeps a mark, so that silence is seen and weeks can be counted.
_MARK = 1.5


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


def charts(trends: Trends) -> tuple[Chart, ...]:
    """Return a chart a country, by name, all on one scale so that they can be compared."""
    top = max((len(cell.stories) for row in trends.rows for cell in row.cells), default=0)
    rows = sorted(trends.rows, key=lambda row: country_name(row.country))
    return tuple(_chart(row, top) for row in rows)


def total_chart(trends: Trends) -> Chart:
    """Return the chart of all countries together, on its own scale."""
    return _chart(
        trends.totals, max((len(cell.stories) for cell in trends.totals.cells), default=0)
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
