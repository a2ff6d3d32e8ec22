"""What was known of an article's events and what is found now -> the same with revisions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.model.events import Event, When

#: What a guest has to know anew when it changes (RFC 5545, 3.8.7.4).
_MATTERS = ("title", "starts", "ends", "place", "online", "status")


def revised(known: Sequence[Event], found: Sequence[Event], now: datetime) -> tuple[Event, ...]:
    """Return *found* with the number and the revision each has by what was *known* of it.

    An event is the known one that begins when it does; else the next of the known ones that are
    still to come and begin at no time found: that one was moved. One that changed in what matters
    to guests is a revision further, and what the source counts itself is never counted back.
    One still to come that is no longer told of is cancelled rather than lost, so that it leaves
    the calendars it went to. One that is over stays if its source had confirmed it: calendars
    tell of a series' next times, not of its last ones.
    """
    pairs, left = _paired(known, found, now)
    numbers = _numbers(known)
    new = [_revision(before, each, numbers) for before, each in pairs]
    return tuple(sorted([*new, *_left(left, now)], key=lambda event: event.number))


def _paired(
    known: Sequence[Event], found: Sequence[Event], now: datetime
) -> tuple[list[tuple[Event | None, Event]], list[Event]]:
    """Return each found event with the known one that it is, and the known ones left over."""
    left = list(known)
    same: dict[int, Event] = {}
    for at, event in enumerate(found):
        before = next((each for each in left if each.starts == event.starts), None)
        if before is not None:
            same[at] = before
            left.remove(before)
    coming = [each for each in left if not _is_over(each, now) and each.status != "cancelled"]
    for at in range(len(found)):
        if at not in same and coming:
            same[at] = coming.pop(0)
            left.remove(same[at])
    return [(same.get(at), event) for at, event in enumerate(found)], left


def _numbers(known: Sequence[Event]) -> Iterator[int]:
    """Yield numbers that no event has had, the smallest first."""
    number = max((each.number for each in known), default=0)
    while True:
        number += 1
        yield number


def _revision(before: Event | None, event: Event, numbers: Iterator[int]) -> Event:
    if before is None:
        return replace(event, number=next(numbers))
    is_same = all(getattr(before, name) == getattr(event, name) for name in _MATTERS)
    least = before.revision if is_same else before.revision + 1
    return replace(event, number=before.number, revision=max(event.revision, least))


def _left(left: Sequence[Event], now: datetime) -> Iterator[Event]:
    for each in left:
        if each.status == "cancelled" or (_is_over(each, now) and each.status != "found"):
            yield each
        elif not _is_over(each, now):
            yield replace(each, status="cancelled", revision=each.revision + 1)


def _is_over(event: Event, now: datetime) -> bool:
    """Tell whether it has ended; one that is known by days ends with its last one, somewhere."""
    last: When = event.ends or event.starts
    return last < now if isinstance(last, datetime) else last < now.date()
