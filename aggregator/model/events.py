"""What takes place, and until when one may answer: events and deadlines."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

#: A whole day as `date`, a point of time as `datetime` in UTC.
When = date | datetime

#: What is known of an event. Whatever a source's own calendar or markup says is confirmed; what
#: was found in a text waits for an editor, whose approval of the story confirms it.
EventStatus = Literal["confirmed-by-source", "confirmed", "found", "cancelled", "moved"]

#: What a deadline closes: sending papers in, taking part, or applying for a post or a place.
DeadlineKind = Literal["papers", "registration", "applications"]

#: How the day is known, as with dates of publication: "sure" where day, month and year are written
#: so that they can be read in one way; "likely" where the year has two digits, the country told the
#: order or the calendar, or a weekday the year; "guess" where the year was taken to be the nearest,
#: or a weekday contradicts the date.
Certainty = Literal["sure", "likely", "guess"]

#: Pairs of a field's name and the words it came from, to the letter.
Words = tuple[tuple[str, str], ...]


def day_of(when: When, zone: str) -> date:
    """Return the day of a moment on the clocks of a zone (IANA; "" is UTC), or the day itself."""
    return when.astimezone(ZoneInfo(zone or "UTC")).date() if isinstance(when, datetime) else when


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Until when one may answer to an event or a call; a day counts until its end."""

    kind: DeadlineKind
    at: When
    certainty: Certainty
    words: str  #: as written

    @property
    def is_day(self) -> bool:
        """Tell whether only the day is known."""
        return not isinstance(self.at, datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as an article tells of it: what a calendar's entry and a page's box need.

    Article and number make its name: both stay when the event moves to another day.
    """

    article_id: str
    number: int  #: from 1, in the order of the article
    title: str
    starts: When
    ends: When | None  #: of whole days the last one itself; None where no end is told
    zone: str  #: IANA name of the clocks it is held by; "" of whole days
    place: str = ""
    online: str = ""  #: address by which to take part from afar
    is_online: bool = False  #: the text says that one can
    status: EventStatus = "found"
    certainty: Certainty = "sure"
    deadlines: tuple[Deadline, ...] = ()
    words: Words = ()
    revision: int = 0  #: SEQUENCE of a calendar: grows with each change that matters to guests
    series: str = ""  #: key of the series it belongs to

    @property
    def all_day(self) -> bool:
        """Tell whether it is known by days, not by hours."""
        return not isinstance(self.starts, datetime)

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day, on the clocks it is held by."""
        return day_of(self.starts, self.zone), day_of(self.ends or self.starts, self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One event as all articles of a story tell of it together.

    Where no article says of its time all that the others say, it is disputed: then the time of
    `best` is but that of the surest, and whoever shows it shows all `versions`.
    """

    best: Event  #: the best details of all; of its deadlines each that is told
    told: tuple[Event, ...]  #: as each article tells it, in the order of articles
    is_disputed: bool = False

    @property
    def versions(self) -> tuple[tuple[Event, ...], ...]:
        """What is told, that of one time and state together."""
        found: dict[object, list[Event]] = {}
        for event in self.told:
            state = event.status if event.status in ("cancelled", "moved") else ""
            found.setdefault((event.starts, event.ends, state), []).append(event)
        return tuple(map(tuple, found.values()))

    def tellers(self, deadline: Deadline) -> tuple[str, ...]:
        """Return the ids of the articles that tell one of the deadlines, or the day of it."""
        return tuple(
            event.article_id
            for event in self.told
            if any(
                each.kind == deadline.kind
                and each.at in (deadline.at, day_of(deadline.at, event.zone))
                for each in event.deadlines
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A recurring conference, by what its title says of it."""

    key: str  #: the same for all editions, and for small differences of wording
    name: str  #: as written, without number and year
    number: int | None
    year: int | None
