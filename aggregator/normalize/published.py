"""When an article was published, and whether that is news."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from aggregator.model import Article, Item, Source
from aggregator.text.characters import scrub
from aggregator.text.dates import ReadDate, ReadSpan, read_date, read_span

D = TypeVar("D", ReadDate, ReadSpan)

#: What `dated_by` says where no rule read a date that is believed.
FIRST_SEEN = "first-seen"
FUTURE = "future"

#: What is kept of a date as it was written, for whoever asks why it was read so.
DATE_CHARACTERS = 100

#: How far ahead of us a date may lie by a wrong zone or clock alone.
CLOCK_ERROR = timedelta(days=1)

#: A source's first fetch brings its archive. A month is what a monthly newsletter needs to be
#: news; 20 is about what a feed holds (10 in WordPress, 20 to 50 elsewhere).
BACKLOG_AGE = timedelta(days=30)
FRESH_ARTICLES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was decided about an article when it was first read, and holds."""

    first_seen: datetime
    published: datetime
    dated_by: str
    backlog: bool = False
    key: str = ""  #: by which its source knew it last
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When an article was published and how we know."""

    published: datetime  #: UTC; never later than first_seen
    dated_by: str
    date_text: str  #: as the source wrote it
    first_seen: datetime


def dated(item: Item, source: Source, known: Known | None, now: datetime) -> Dated:
    """Return when *item* was published: what the source says, where that can be believed.

    Without a date it was published when it was first seen, and stays so. A date in the future
    tops no feed: the article counts from when it was first seen, and within a day (a wrong clock)
    the date is still believed to be one. Of a year or a month the last moment counts; of one that
    is not over, the last change, if it was within. A date that the source takes back stays, and so
    does one that it moves to after we saw the article: an edit brings nothing back to the top.
    """
    first_seen = known.first_seen if known else now
    text, date = _read(item, source, now)
    if isinstance(date, ReadSpan) and date.at > first_seen:
        date = _changed_within(date, item.updated, source, first_seen) or date
    if date is None:
        published, rule = (known.published, known.dated_by) if known else (now, FIRST_SEEN)
    elif date.at <= first_seen:
        published, rule = date.at, date.rule
    elif known is not None:
        published, rule = known.published, known.dated_by
    else:
        begins = date.first if isinstance(date, ReadSpan) else date.at
        published = first_seen
        rule = FUTURE if begins > now + CLOCK_ERROR else date.rule
    return Dated(
        published=published,
        dated_by=rule,
        date_text=scrub(text).strip()[:DATE_CHARACTERS],
        first_seen=first_seen,
    )


def _read(item: Item, source: Source, now: datetime) -> tuple[str, ReadDate | ReadSpan | None]:
    """Return the first of the item's dates that can be read, with its text.

    A year of publication comes before the day of a change: a library's old record that was
    touched today is not today's.
    """
    for text in filter(None, (item.published, item.updated)):
        if date := _understood(read_date, text, source, now):
            return text, date
        if span := _understood(read_span, text, source, now):
            return text, span
    return item.published or item.updated, None


def _changed_within(
    span: ReadSpan, updated: str, source: Source, first_seen: datetime
) -> ReadSpan | None:
    """Return the span that ends with the last change, if that lies in it and before first sight.

    A record "of 2026" that a repository dates 5 January came no later than on that day.
    """
    change = _understood(read_date, updated, source, first_seen)
    if change is None or not span.first <= change.at <= first_seen:
        return None
    return replace(span, at=change.at)


def _understood(
    read: Callable[..., D | None], text: str, source: Source, now: datetime
) -> D | None:
    return read(
        text, language=source.language, country=source.country, zone=source.timezone, now=now
    )


def is_old(when: Dated) -> bool:
    """Tell whether the article was old when it was first seen."""
    return when.published < when.first_seen - BACKLOG_AGE


def beyond_newest(articles: Iterable[Article], room: int) -> set[str]:
    """Return the ids of all but the *room* newest of *articles*, a new source's.

    Of those equally new the first count as newer: sources list the newest first.
    """
    order = sorted(articles, key=lambda article: article.published, reverse=True)
    return {article.id for article in order[max(room, 0) :]}
