"""What was known of an article's events and what is found now -> the same with revisions."""

from collections.abc import Sequence
from dataclasses import replace

from aggregator.model.events import Event

#: What a guest has to know anew when it changes (RFC 5545, 3.8.7.4).
_MATTERS = ("title", "starts", "ends", "place", "online", "status")


def revised(known: Sequence[Event], found: Sequence[Event]) -> tuple[Event, ...]:
    """Return *found* with the revision each has by what was *known* of it.

    One that changed in what matters to guests is a revision further; one that did not keeps the
    revision. One that is no longer told of is cancelled rather than lost, so that it leaves the
    calendars it went to. What the source counts itself is never counted back.
    """
    before = {each.number: each for each in known}
    new = [_revision(before.get(each.number), each) for each in found]
    numbers = {each.number for each in found}
    gone = [
        each
        if each.status == "cancelled"
        else replace(each, status="cancelled", revision=each.revision + 1)
        for each in known
        if each.number not in numbers
    ]
    return (*new, *gone)


def _revision(before: Event | None, event: Event) -> Event:
    if before is None:
        return event
    is_same = all(getattr(before, name) == getattr(event, name) for name in _MATTERS)
    least = before.revision if is_same else before.revision + 1
    return replace(event, revision=max(event.revision, least))
