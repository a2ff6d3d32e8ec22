"""Counts of stories."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one country published in one week."""

    week: str  #: ISO week, "2026-W12"
    stories: tuple[str, ...]  #: ids, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One country's weeks, oldest first; weeks without stories have an empty cell."""

    country: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """How much each country published, week by week."""

    weeks: tuple[str, ...]  #: ISO weeks, oldest first
    rows: tuple[Row, ...]  #: by country code
    totals: Row  #: all countries together; its country is "all"
