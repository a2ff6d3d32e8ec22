"""Stories -> counts by country and week; every count knows its stories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from aggregator.model import Cell, Row, Story, Trends


def weekly(stories: Iterable[Story], *, weeks: int, until: datetime) -> Trends:
    """Return the stories of the last *weeks* ISO weeks, the one of *until* included.

    A story counts once, where and when its lead was published (UTC). Backlog is left out: a
    newly added source would look like news; so is what editors rejected, and what is dated after
    *until*. Weeks before the first story are left out: nothing was read then, and a rise from
    nothing would be none. A country whose stories are all older keeps its row, so that its
    silence is seen.

    Raises:
        ValueError: *weeks* is not positive, or *until* has no time zone.
    """
    if weeks < 1 or until.tzinfo is None:
        msg = "weeks must be positive and until must have a time zone"
        raise ValueError(msg)
    live = [story for story in stories if _counts(story, until)]
    live.sort(key=lambda s: (s.lead.article.published, s.id), reverse=True)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for story in live:
        week = iso_week(story.lead.article.published)
        found[story.lead.source.country, week].append(story.id)
        found["all", week].append(story.id)
    names = _weeks(live, weeks, until)
    countries = sorted({story.lead.source.country for story in live})
    rows = {
        country: Row(
            country=country,
            cells=tuple(Cell(week=w, stories=tuple(found[country, w])) for w in names),
        )
        for country in (*countries, "all")
    }
    return Trends(weeks=names, rows=tuple(rows[c] for c in countries), totals=rows["all"])


def _counts(story: Story, until: datetime) -> bool:
    rejected = story.standing.review == "rejected"
    return not story.backlog and not rejected and story.lead.article.published <= until


def _weeks(live: Sequence[Story], weeks: int, until: datetime) -> tuple[str, ...]:
    """Return the names of the weeks, from the first that any story was published in."""
    names = tuple(iso_week(until - timedelta(weeks=back)) for back in range(weeks - 1, -1, -1))
    first = min((iso_week(story.lead.article.published) for story in live), default="")
    return tuple(name for name in names if name >= first)


def iso_week(moment: datetime) -> str:
    """Return the ISO 8601 week of a moment in UTC, as "2026-W12"."""
    year, week, _ = moment.astimezone(UTC).isocalendar()
    return f"{year}-W{week:02}"
