"""Events that several articles tell of -> one occasion each, with all that is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime

from aggregator.model.events import Deadline, Event, Occasion, day_of

_SURE = ("guess", "likely", "sure")


def occasions(told: Iterable[Event]) -> tuple[Occasion, ...]:
    """Return what takes place, the earliest first, of the events of articles about one thing.

    Events of one article are events of their own. Those of two articles are one where they begin
    together, else where their hours, else where their days overlap. Where each article tells of
    but one event, that is the same one, whatever days they name.
    """
    every = list(told)
    own: dict[str, list[Event]] = {}
    for event in every:
        own.setdefault(event.article_id, []).append(event)
    if all(len(each) == 1 for each in own.values()):
        groups = [every] if every else []
    else:
        groups = _grouped(own.values())
    found = [_united(group) for group in groups]
    return tuple(sorted(found, key=lambda each: _begins(each.best)))


def _grouped(own: Iterable[Sequence[Event]]) -> list[list[Event]]:
    """Return events that are one together; each of *own* has those of one article."""
    groups: list[list[Event]] = []
    for events in own:
        free, left = list(groups), list(events)
        for is_one in (_begin_together, _share_hours, _share_days):
            for event in tuple(left):
                for group in free:
                    if any(is_one(event, other) for other in group):
                        group.append(event)
                        free.remove(group)
                        left.remove(event)
                        break
        groups += [[event] for event in left]
    return groups


def _begin_together(one: Event, two: Event) -> bool:
    return one.starts == two.starts


def _share_hours(one: Event, two: Event) -> bool:
    first, second = _hours(one), _hours(two)
    if not first or not second:
        return False
    return max(first[0], second[0]) < min(first[1], second[1])


def _hours(event: Event) -> tuple[datetime, datetime] | tuple[()]:
    """Return from when to when it takes, nothing where that is not told by hours."""
    starts, ends = event.starts, event.ends
    return (starts, ends) if isinstance(starts, datetime) and isinstance(ends, datetime) else ()


def _share_days(one: Event, two: Event) -> bool:
    return max(one.days[0], two.days[0]) <= min(one.days[1], two.days[1])


def _begins(event: Event) -> str:
    """Return what is smaller for the event that begins earlier; a day begins before its hours."""
    hours = event.starts.isoformat() if isinstance(event.starts, datetime) else ""
    return f"{event.days[0]} {hours}"


def _united(told: Sequence[Event]) -> Occasion:
    ranked = sorted(told, key=_rank, reverse=True)
    whole = next((each for each in ranked if all(_says(each, other) for other in told)), None)
    ranked.sort(key=lambda each: each is not whole)
    best = replace(
        ranked[0],
        title=_first(ranked, "title"),
        place=_first(ranked, "place"),
        online=_first(ranked, "online"),
        is_online=any(each.is_online for each in told),
        deadlines=_deadlines(ranked),
    )
    return Occasion(best=best, told=tuple(told), is_disputed=whole is None)


def _rank(event: Event) -> tuple[bool, int, int]:
    """Return what is larger for the event that is surer, else for the one told in more detail."""
    filled = sum(bool(getattr(event, field.name)) for field in fields(event))
    return event.status != "found", _SURE.index(event.certainty), filled


def _says(one: Event, other: Event) -> bool:
    """Tell whether an event's time says all that another's says, and both are on or off."""
    if (one.status == "cancelled") != (other.status == "cancelled"):
        return False
    if isinstance(other.starts, datetime):
        begins = one.starts == other.starts
    else:
        begins = one.days[0] == other.starts
    if other.ends is None:
        return begins
    if isinstance(other.ends, datetime):
        return begins and one.ends == other.ends
    return begins and one.days[1] == other.ends


def _first(ranked: Iterable[Event], name: str) -> str:
    return next((text for each in ranked if (text := getattr(each, name))), "")


def _deadlines(ranked: Iterable[Event]) -> tuple[Deadline, ...]:
    """Return each deadline once, by kind and day; a day told with its hour is the same one."""
    told = [(each, event.zone) for event in ranked for each in event.deadlines]
    hours = {(each.kind, day_of(each.at, zone)) for each, zone in told if not each.is_day}
    found: dict[object, Deadline] = {}
    for each, _ in told:
        if not (each.is_day and (each.kind, each.at) in hours):
            found.setdefault((each.kind, each.at), each)
    return tuple(sorted(found.values(), key=lambda each: (each.kind, each.at.isoformat())))
