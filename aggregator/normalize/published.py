"""When an article was published, and whether that is news."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from aggregator.model import Article, Item, Source
from aggregator.text.characters import scrub
from aggregator.text.dates import (
    FROM_NOW,
    Confidence,
    ReadDate,
    ReadSpan,
    impossible,
    read_date,
    read_span,
)

T = TypeVar("T")

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
    date_confidence: Confidence | Literal[""] = ""
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
    confidence: Confidence | Literal[""] = ""  #: how well it is known; "" where no date is believed
    doubt: str = ""  #: why the date that the source wrote cannot be


def dated(item: Item, source: Source, known: Known | None, now: datetime) -> Dated:
    """Return when *item* was published: what the source says, where that can be believed.

    Without a date it was published when it was first seen, and stays so. A date in the future
    tops no feed: the article counts from when it was first seen, and within a day (a wrong clock)
    the date is still believed to be one. Of a year or a month the last moment counts; of one that
    is not over, the last change, if it was within. A date that the source takes back stays, and so
    does one that it moves to after we saw the article: an edit brings nothing back to the top. One
    that is told from now ("2 days ago") is another one tomorrow, and so only counts the first time.
    """
    first_seen = known.first_seen if known else now
    text, date, doubt = _read(item, source, now)
    if isinstance(date, ReadSpan) and date.at > first_seen:
        date = _changed_within(date, item.updated, source, first_seen) or date
    told = Dated(
        published=first_seen,
        dated_by=FIRST_SEEN,
        date_text=scrub(text).strip()[:DATE_CHARACTERS],
        first_seen=first_seen,
        doubt=doubt,
    )
    if date is not None and date.at <= first_seen and not _has_passed(date, known):
        return replace(told, published=date.at, dated_by=date.rule, confidence=_confidence(date))
    if known is not None:
        return replace(
            told,
            published=known.published,
            dated_by=known.dated_by,
            confidence=known.date_confidence,
        )
    if date is None:
        return told
    begins = date.first if isinstance(date, ReadSpan) else date.at
    if begins > now + CLOCK_ERROR:
        return replace(told, dated_by=FUTURE)
    return replace(told, dated_by=date.rule, confidence=_confidence(date))


def _has_passed(date: ReadDate | ReadSpan, known: Known | None) -> bool:
    """Tell whether *date* was told from a moment that has passed since it was first read."""
    is_dated = known is not None and known.dated_by not in (FIRST_SEEN, FUTURE)
    return is_dated and date.rule in FROM_NOW


def _confidence(date: ReadDate | ReadSpan) -> Confidence:
    """Return how well the day is known: of a year or a month it is inferred."""
    return date.confidence if isinstance(date, ReadDate) else "guess"


def _read(item: Item, source: Source, now: datetime) -> tuple[str, ReadDate | ReadSpan | None, str]:
    """Return the first of the item's dates that can be read, with its text, and what is wrong.

    A year of publication comes before the day of a change: a library's old record that was
    touched today is not today's.
    """
    doubt = ""
    for text in filter(None, (item.published, item.updated)):
        if date := _understood(read_date, text, source, now):
            return text, date, doubt
        if span := _understood(read_span, text, source, now):
            return text, span, doubt
        doubt = doubt or _understood(impossible, text, source, now)
    return item.published or item.updated, None, doubt


def _changed_within(
    span: ReadSpan, updated: str, source: Source, first_seen: datetime
) -> ReadSpan | None:
    """Return the span that ends with the last change, if that lies in it and before first sight.

    A record "of 2026" that a repository dates 5 January came no later than on that day. What is
    told from now was told from another day than first sight's.
    """
    change = _understood(read_date, updated, source, first_seen)
    if change is None or change.rule in FROM_NOW or not span.first <= change.at <= first_seen:
        return None
    return replace(span, at=change.at)


def _understood(read: Callable[..., T], text: str, source: Source, now: datetime) -> T:
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
