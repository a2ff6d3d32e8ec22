"""The year last, in digits: 19/11/2026, read in the order of the country."""

import re

from aggregator.text.dates.day import Day, Place, full_year

_DAY_FIRST = frozenset(("vn", "th", "id", "sg"))
_MONTH_FIRST = frozenset(("us",))
_SHORT_YEARS = frozenset(("vn", "id"))
_PAST_MONTHS = range(13, 32)
_DAY = re.compile(
    r"(?<!\d)(?<!\d[./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d|[./-]\d)"
)
# With other signs 26-11-19 begins with its year as often.
_SHORT = re.compile(r"(?<!\d)(?<!\d[./-])(\d{1,2})(/)(\d{1,2})/(\d{2})(?![\d:]|[./-]\d)")


def find(text: str, place: Place) -> Day | None:
    """Return the first day written with its year last.

    Where the country is known for no order, only one that can be read in a single way is a day:
    3/4/2026 is none. From Vietnam and Indonesia, years of two digits are read as well.

    Raises:
        UnclearError: the year of two digits may mean several.
    """
    found = _DAY.search(text)
    if not found and place.country in _SHORT_YEARS:
        found = _SHORT.search(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    is_either = first <= 12 and second <= 12 and first != second
    if (
        place.country not in _DAY_FIRST | _MONTH_FIRST
        and first <= 12
        and second not in _PAST_MONTHS
    ):
        return None
    month_first = place.country in _MONTH_FIRST or (place.country not in _DAY_FIRST and second > 12)
    day, month = (second, first) if month_first else (first, second)
    return Day(
        year=year if len(found[4]) == 4 else full_year(year, place.now),
        month=month,
        day=day,
        start=found.start(),
        end=found.end(),
        rule="numeric",
        confidence="likely" if is_either or len(found[4]) == 2 else "sure",
    )
