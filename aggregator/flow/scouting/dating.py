"""Dating: an item and where it was written -> when it says that it was published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aggregator.model import Item, Source
from aggregator.text.dates import read_date, read_span


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDate:
    """When an item was published, as it says itself."""

    at: datetime  #: UTC
    is_span: bool = False  #: whether it names no more than a year or a month


def date_of(item: Item, source: Source, now: datetime) -> ItemDate | None:
    """Return the first of the item's dates that can be read, as normalizing takes it.

    Of a year or a month the end counts; of the one that is not over yet, the beginning: nothing
    looks newer than it may be.
    """
    place = {"language": source.language, "country": source.country, "zone": source.timezone}
    for text in filter(None, (item.published, item.updated)):
        if date := read_date(text, now=now, **place):
            return ItemDate(at=date.at)
        if span := read_span(text, now=now, **place):
            return ItemDate(at=span.at if span.at <= now else span.first, is_span=True)
    return None


def dates_of(items: Iterable[Item], source: Source, now: datetime) -> list[ItemDate]:
    """Return the dates of those items that have one."""
    return [date for item in items if (date := date_of(item, source, now))]
