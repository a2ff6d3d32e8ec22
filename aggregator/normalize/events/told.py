"""What a source's calendar or markup says of an event: details -> events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from aggregator.model import Article, Source
from aggregator.model.events import Event, EventStatus, When
from aggregator.normalize.events import places

#: Pairs of name and plain text, as an item has them.
Details = Sequence[tuple[str, str]]

#: What iCalendar and schema.org call it (RFC 5545, 3.8.1.11; https://schema.org/EventStatusType).
_STATES: dict[str, EventStatus] = {
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
    "EVENTCANCELLED": "cancelled",
    "EVENTPOSTPONED": "moved",
    "EVENTRESCHEDULED": "moved",
    "TENTATIVE": "found",
}

#: How schema.org says that one can take part from afar (https://schema.org/EventAttendanceModeEnumeration).
_FROM_AFAR = ("ONLINE", "MIXED")


def events_told(article: Article, source: Source) -> tuple[Event, ...]:
    """Return the event that the article's details tell of, and its further occurrences.

    The source says so itself, so there is nothing to confirm; a tentative one is only "found".
    Times without a zone are of the source's. Of days that cannot be read nothing is made.
    """
    said = _Said(article.details)
    starts = _moment(said.first("starts"), source.timezone)
    if starts is None:
        return ()
    ends = _moment(said.first("ends"), source.timezone)
    place = said.first("place")
    online, online_words = _online(said, place, article)
    is_afar = (
        bool(online)
        or said.first("attendance").upper().startswith(_FROM_AFAR)
        or places.is_online(f"{place}\n{article.title}")
    )
    first = Event(
        article_id=article.id,
        number=1,
        title=article.title,
        starts=starts,
        ends=_fitting(starts, ends),
        zone=source.timezone if isinstance(starts, datetime) else "",
        place="" if places.is_only_online(place) else place,
        online=online,
        is_online=is_afar,
        status=_status(said.first("status")),
        words=tuple(
            (name, words)
            for name, words in (
                ("starts", said.first("starts")),
                ("ends", said.first("ends")),
                ("place", place),
                ("online", online_words),
                ("status", said.first("status")),
            )
            if words
        ),
        revision=_count(said.first("sequence")),
    )
    return (first, *_further(first, said.all("occurs"), source.timezone))


class _Said:
    """The details by name."""

    def __init__(self, details: Details) -> None:
        self._details = details

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        return [text.strip() for key, text in self._details if key == name and text.strip()]


def _online(said: _Said, place: str, article: Article) -> tuple[str, str]:
    """Return the address by which to take part and the words around it: the source's own first."""
    if (address := said.first("online")).startswith(("https://", "http://")):
        return address, address
    text = "\n".join((said.first("url"), place, article.summary))
    return places.online_of(text, article.body)


def _status(written: str) -> EventStatus:
    return _STATES.get(written.rpartition("/")[2].upper(), "confirmed-by-source")


def _count(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0


def _moment(written: str, zone: str) -> When | None:
    """Return a day or a time in UTC; None for what is neither."""
    try:
        if len(written) == 10:
            return date.fromisoformat(written)
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _fitting(starts: When, ends: When | None) -> When | None:
    """Return the end if it is of the start's sort and not before it."""
    if ends is None or isinstance(starts, datetime) != isinstance(ends, datetime):
        return None
    return ends if ends >= starts else None


def _further(first: Event, occurs: Sequence[str], zone: str) -> list[Event]:
    """Return the event again at each further start, as long as the first time."""
    found = []
    length = None if first.ends is None else first.ends - first.starts
    for number, written in enumerate(occurs, 2):
        starts = _moment(written, zone)
        if starts is None or isinstance(starts, datetime) != isinstance(first.starts, datetime):
            continue
        ends = None if length is None else starts + length
        found.append(
            replace(first, number=number, starts=starts, ends=ends, words=(("starts", written),))
        )
    return found
