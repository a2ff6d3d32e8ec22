"""What was found compared with what is announced."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.model.events import Event, When
from aggregator.normalize.events import find_deadlines, find_events
from bench.events.corpus import Case

_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


@dataclass(slots=True)
class Score:
    """Counts of one language and half."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0
    #: Of events found on the right day: how many times, places and deadlines are asked for and how
    #: many are right; deadlines also of texts without an event.
    asked: int = 0
    times: int = 0
    places_asked: int = 0
    places: int = 0
    deadlines_asked: int = 0
    deadlines: int = 0
    deadlines_wrong: int = 0
    online_asked: int = 0
    online: int = 0

    def figures(self) -> dict[str, float]:
        """Return shares of 1."""
        found = 2 * self.hit + self.wrong + self.missed
        told = 2 * self.deadlines + self.deadlines_wrong + self.deadlines_asked - self.deadlines
        return {
            "day_f1": round(2 * self.hit / found, 3) if found else 1.0,
            "time": _share(self.times, self.asked),
            "place": _share(self.places, self.places_asked),
            "deadline_f1": round(2 * self.deadlines / told, 3) if told else 1.0,
            "online": _share(self.online, self.online_asked),
        }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


def measure(cases: Iterable[Case], complaints: list[str] | None = None) -> Score:
    """Return the score of the finder on *cases*; what is wrong is told in *complaints*."""
    score = Score()
    told = [] if complaints is None else complaints
    for case in cases:
        now = case.article.published + timedelta(days=1)
        events = find_events(case.article, case.source, now)
        _days(score, case, events, told)
        _deadlines(score, case, told)
        _details(score, case, events, told)
    return score


def _days(score: Score, case: Case, events: tuple[Event, ...], told: list[str]) -> None:
    zone = ZoneInfo(case.source.timezone)
    found = {_day(each.starts, zone) for each in events}
    score.hit += len(found & case.days)
    score.wrong += len(found - case.days)
    score.missed += len(case.days - found)
    if found != case.days:
        told.append(f"{case.article.title}: days {_list(found)}, not {_list(case.days)}")


def _list(days: set[date]) -> str:
    return ", ".join(sorted(map(str, days))) or "none"


def _deadlines(score: Score, case: Case, told: list[str]) -> None:
    zone = ZoneInfo(case.source.timezone)
    wanted = {(k, date.fromisoformat(v)) for k, v in case.said.get("deadlines", {}).items()}
    first: dict[str, date] = {}
    for each in find_deadlines(case.article, case.source):
        first.setdefault(each.kind, _day(each.at, zone))
    found = set(first.items())
    score.deadlines_asked += len(wanted)
    score.deadlines += len(wanted & found)
    score.deadlines_wrong += len(found - wanted)
    if wanted != found:
        told.append(f"{case.article.title}: deadlines {sorted(found)}, not {sorted(wanted)}")


def _details(score: Score, case: Case, events: tuple[Event, ...], told: list[str]) -> None:
    zone = ZoneInfo(case.said.get("zone", case.source.timezone))
    own = [each for each in events if _day(each.starts, zone) == min(case.days, default=None)]
    if not own:
        return
    event = own[0]
    score.asked += 1
    wanted = (str(case.said["from"]), str(case.said.get("to", "")))
    shown = (_shown(event.starts, zone), _shown(event.ends, zone))
    score.times += shown == wanted
    if shown != wanted:
        told.append(f"{case.article.title}: {shown}, not {wanted}")
    if place := case.said.get("place", ""):
        score.places_asked += 1
        score.places += _bare(event.place) == _bare(place)
    if _bare(event.place) != _bare(place):
        told.append(f"{case.article.title}: place {event.place!r}, not {place!r}")
    if online := case.said.get("online"):
        score.online_asked += 1
        score.online += event.online == online
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
