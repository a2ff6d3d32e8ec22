"""iCalendar files -> items, one for each event or series of events (RFC 5545)."""

from aggregator.parse.ical.series import parse_calendar

__all__ = ["parse_calendar"]
