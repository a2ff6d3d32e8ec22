"""Time zones by name, each read once."""

from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return the zone of that IANA name.

    `ZoneInfo` itself remembers eight; our sources are in more, and reading one anew takes longer
    than reading a date.
    """
    return ZoneInfo(name)
