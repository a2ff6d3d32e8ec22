"""The year last, in digits: 19/11/2026, read in the order of the country."""

import re

from aggregator.text.dates.day import Day, Place

_DAY_FIRST = frozenset(("vn", "th", "id", "sg"))
_MONTH_FIRST = frozenset(("us",))
_DAY = re.compile(
    r"(?<!\d)(?<!\d[./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d|[./-]\d)"
)


def find(text: str, place: Place) -> Day | None:
    """Return the first day written with its year last.

    Where the country is known for no order, only one that can be read in a single way is a day:
    3/4/2026 is none.
    """
    found = _DAY.search(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if (
        place.country not in _DAY_FIRST | _MONTH_FIRST
        and first <= 12
        and second not in range(13, 32)
    ):
        return None
    month_first = place.country in _MONTH_FIRST or (place.country not in _DAY_FIRST and second > 12)
    day, month = (second, first) if month_first else (first, second)
    return Day(
        year=int(found[4]),
        month=month,
        day=day,
        start=found.start(),
        end=found.end(),
        rule="numeric",
    )
