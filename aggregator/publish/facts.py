"""What a story knows beside its words, spread and events: as data, and in words for people."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.model import Place, Report, Source, Story
from aggregator.model.events import DeadlineKind, Event, EventStatus, Occasion, When, day_of
from aggregator.publish.wording import country_name, day_name

#: How far to trust an event, and whether it takes place; "" where its source says that it does.
EVENT_STATES: Mapping[EventStatus, str] = {
    "confirmed-by-source": "",
    "confirmed": "confirmed by an editor",
    "found": "read from the text, not confirmed",
    "cancelled": "cancelled",
    "moved": "moved",
}

DEADLINES: Mapping[DeadlineKind, str] = {
    "papers": "Papers until",
    "registration": "Registration until",
    "applications": "Applications until",
}

# Up to here hours say more than days.
_IN_HOURS = timedelta(hours=48)


def knowledge(story: Story, sources: Iterable[Source]) -> dict[str, Any]:
    """Return as plain data where a story was told, how it came there, and the events it tells of.

    *sources* are all that are configured: they tell who could have told it and did not.
    """
    return {
        "countries": list(story.countries),
        "languages": list(story.languages),
        "spread": [_report(report) for report in story.spread],
        "silent": list(story.silent(sources)),
        "events": [_event(story, occasion) for occasion in story.occasions],
    }


def _report(report: Report) -> dict[str, Any]:
    place = report.place
    return {
        "country": report.country,
        "source": place.source.id,
        "url": place.article.url,
        "published": place.article.published.isoformat(timespec="seconds"),
        "known": place.known,
        "after_s": None if report.after is None else int(report.after.total_seconds()),
    }


def _event(story: Story, occasion: Occasion) -> dict[str, Any]:
    best = occasion.best
    names = {place.article.id: place.source.id for place in story.places}
    return {
        "title": best.title,
        **_time(best),
        "place": best.place,
        "online": best.online,
        "is_online": best.is_online,
        "disputed": occasion.is_disputed,
        "deadlines": [
            {
                "kind": each.kind,
                "at": each.at.isoformat(),
                "sources": [names[key] for key in occasion.tellers(each)],
            }
            for each in best.deadlines
        ],
        "told": [
            {"source": names[each.article_id], "article": each.article_id, **_time(each)}
            for each in occasion.told
        ],
    }


def _time(event: Event) -> dict[str, Any]:
    return {
        "starts": event.starts.isoformat(),
        "ends": event.ends.isoformat() if event.ends else None,
        "zone": event.zone,
        "status": event.status,
        "certainty": event.certainty,
    }


def appeared(place: Place) -> str:
    """Return when an article appeared on the clock of its source, as well as it is known."""
    day = day_name(place.local)
    match place.known:
        case "minute":
            return f"{day}, {place.local:%H:%M}"
        case "day":
            return day
        case "guess":
            return f"about {day}"
        case "seen":
            return f"first seen {day}"


def delay(report: Report, first: Report) -> str:
    """Return how much later than the first report of a story a country's came: "5 hours later".

    It says "at most" or "at least" where one of them was published before it was seen. It is ""
    for the first one itself, and where nothing can be told.
    """
    known = {report.place.known, first.place.known}
    if report.place == first.place or report.after is None or known == {"seen"}:
        return ""
    if "day" in known or "guess" in known or report.after >= _IN_HOURS:
        number, unit = (report.place.local.date() - first.place.local.date()).days, "day"
    else:
        number, unit = report.after // timedelta(hours=1), "hour"
    about = "about " if "guess" in known else ""
    if number < 1:
        return f"{about}the same day" if unit == "day" else "within an hour"
    if "seen" in known:
        about = "at most " if report.place.known == "seen" else "at least "
    return f"{about}{number} {unit}{'s' * (number > 1)} later"


def silence(story: Story, sources: Iterable[Source]) -> str:
    """Return a sentence on who did not tell a story; "" where all did, and of a backlog."""
    silent = [country_name(code) for code in story.silent(sources)]
    if not silent or story.backlog:
        return ""
    if len(story.countries) == 1:
        return f"Told so far in {country_name(story.countries[0])} only."
    return f"Not told so far in {', '.join(sorted(silent))}."


def when(event: Event) -> str:
    """Return when an event takes place, on the clocks it is held by."""
    first, last = event.days
    start, end = _clock(event.starts, event.zone), _clock(event.ends, event.zone)
    if first != last:
        if not start and not end:
            return _from_to(first, last)
        return " – ".join(f"{day_name(day)}{at}" for day, at in ((first, start), (last, end)))
    until = f"–{end.removeprefix(', ')}" if end else ""
    return f"{day_name(first)}{start}{until}"


def _clock(at: When | None, zone: str) -> str:
    return f", {at.astimezone(ZoneInfo(zone or 'UTC')):%H:%M}" if isinstance(at, datetime) else ""


def _from_to(first: date, last: date) -> str:
    """Return two days as one phrase, with month and year once: "16–17 May 2026"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_name(last)}"
    start = day_name(first)
    return f"{start.removesuffix(f' {last.year}')} – {day_name(last)}"


def until(at: When, zone: str) -> str:
    """Return a deadline on the clocks of a zone."""
    return f"{day_name(day_of(at, zone))}{_clock(at, zone)}"


def clocks(zone: str) -> str:
    """Return whose clocks a time is told by: "Tokyo time"."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{city} time" if "/" in zone else zone
