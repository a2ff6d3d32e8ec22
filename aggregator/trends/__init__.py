"""Stories -> counts by country and week; every count knows its stories."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aggregator.model import Story


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


def weekly(stories: Iterable[Story], *, weeks: int, until: datetime) -> Trends:
    """Return the stories of the last *weeks* ISO weeks, the one of *until* included.

    A story counts once, where and when its lead was published (UTC). Backlog is left out: a
    newly added source would look like news. What is dated after *until* is left out as well.
    A country whose stories are all older keeps its row, so that its silence is seen.

    Raises:
        ValueError: *weeks* is not positive, or *until* has no time zone.
    """
    if weeks < 1 or until.tzinfo is None:
        msg = "weeks must be positive and until must have a time zone"
        raise ValueError(msg)
    names = tuple(iso_week(until - timedelta(weeks=back)) for back in range(weeks - 1, -1, -1))
    live = [s for s in stories if not s.backlog and s.lead.article.published <= until]
    live.sort(key=lambda s: (s.lead.article.published, s.id), reverse=True)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for story in live:
        week = iso_week(story.lead.article.published)
        found[story.lead.source.country, week].append(story.id)
        found["all", week].append(story.id)
    countries = sorted({story.lead.source.country for story in live})
    rows = {
        country: Row(
            country=country,
            cells=tuple(Cell(week=w, stories=tuple(found[country, w])) for w in names),
        )
        for country in (*countries, "all")
    }
    return Trends(weeks=names, rows=tuple(rows[c] for c in countries), totals=rows["all"])


def iso_week(moment: datetime) -> str:
    """Return the ISO 8601 week of a moment in UTC, as "2026-W12"."""
    year, week, _ = moment.astimezone(UTC).isocalendar()
    return f"{year}-W{week:02}"
