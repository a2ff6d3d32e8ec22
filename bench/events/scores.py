"""What was found compared with what is announced."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.model.events import Event, When
from aggregator.normalize.events import find_deadlines, find_events
from bench.events.corpus import Case
from bench.scores import Score

_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


@dataclass(slots=True)
class Counts:
    """Counts of one language and half."""

    days: Score = field(default_factory=Score)
    deadlines: Score = field(default_factory=Score)
    #: Of events found on the right day: how many times and places are asked for, how many right.
    asked: int = 0
    times: int = 0
    places_asked: int = 0
    places: int = 0
    online_asked: int = 0
    online: int = 0

    def figures(self) -> dict[str, float]:
        """Return shares of 1."""
        return {
            "day_f1": round(self.days.f1, 3),
            "time": _share(self.times, self.asked),
            "place": _share(self.places, self.places_asked),
            "deadline_f1": round(self.deadlines.f1, 3),
            "online": _share(self.online, self.online_asked),
        }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


def measure(cases: Iterable[Case], complaints: list[str] | None = None) -> Counts:
    """Return the counts of the finder on *cases*; what is wrong is told in *complaints*."""
    counts = Counts()
    told = [] if complaints is None else complaints
    for case in cases:
        now = case.article.published + timedelta(days=1)
        events = find_events(case.article, case.source, now)
        _days(counts, case, events, told)
        _deadlines(counts, case, told)
        _details(counts, case, events, told)
    return counts


def _days(counts: Counts, case: Case, events: tuple[Event, ...], told: list[str]) -> None:
    zone = ZoneInfo(case.source.timezone)
    found = {_day(each.starts, zone) for each in events}
    counts.days += Score.of(found, case.days)
    if found != case.days:
        told.append(f"{case.article.title}: days {_list(found)}, not {_list(case.days)}")


def _list(days: set[date]) -> str:
    return ", ".join(sorted(map(str, days))) or "none"


def _deadlines(counts: Counts, case: Case, told: list[str]) -> None:
    zone = ZoneInfo(case.source.timezone)
    wanted = {(k, date.fromisoformat(v)) for k, v in case.said.get("deadlines", {}).items()}
    first: dict[str, date] = {}
    for each in find_deadlines(case.article, case.source):
        first.setdefault(each.kind, _day(each.at, zone))
    found = set(first.items())
    counts.deadlines += Score.of(found, wanted)
    if wanted != found:
        told.append(f"{case.article.title}: deadlines {sorted(found)}, not {sorted(wanted)}")


def _details(counts: Counts, case: Case, events: tuple[Event, ...], told: list[str]) -> None:
    zone = ZoneInfo(case.said.get("zone", case.source.timezone))
    own = [each for each in events if _day(each.starts, zone) == min(case.days, default=None)]
    if not own:
        return
    event = own[0]
    counts.asked += 1
    wanted = (str(case.said["from"]), str(case.said.get("to", "")))
    shown = (_shown(event.starts, zone), _shown(event.ends, zone))
    counts.times += shown == wanted
    if shown != wanted:
        told.append(f"{case.article.title}: {shown}, not {wanted}")
    if place := case.said.get("place", ""):
        counts.places_asked += 1
        counts.places += _bare(event.place) == _bare(place)
    if _bare(event.place) != _bare(place):
        told.append(f"{case.article.title}: place {event.place!r}, not {place!r}")
    if online := case.said.get("online"):
        counts.online_asked += 1
        counts.online += event.online == online
        if event.online != online:
            told.append(f"{case.article.title}: online {event.online!r}")


def _shown(at: When | None, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    if isinstance(at, datetime):
        return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    return at.isoformat()


def _bare(place: str) -> str:
    """Return a place as it is compared: without brackets, signs and spaces."""
    text = unicodedata.normalize("NFKC", _BRACKETS.sub("", place)).casefold()
    return re.sub(r"[^\w\u0e31-\u0e4e]", "", text)


def _day(at: When, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date() if isinstance(at, datetime) else at
