"""English month names: 19 November 2026, Nov. 19th, 2026."""

import re

from aggregator.text.dates.day import Day, Place, alternatives, full_year

_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTHS = {
    name: number
    for number, full in enumerate(_FULL, 1)
    for name in (full, full[:3], *(["sept"] if full == "september" else []))
}
_MONTH = rf"({alternatives(MONTHS)})(?![a-z])\.?"
#: Four digits; two behind an apostrophe, or where the text ends.
YEAR = r"(?:(\d{4})|['’](\d{2})|(\d{2})$)(?!\d)"
# A range such as 19-20 November is an event's: its second day is not taken for a date.
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?<!\d[-–])(?<!\d [-–] )(\d{{1,2}})(?:st|nd|rd|th)?[\s/-]*(?:of\s+)?{_MONTH}"
    rf",?[\s/-]*{YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?:,|\s|\.)\s*(\d{{4}})(?!\d)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(\d{{4}})(?P<sign>[\s./-])\s?{_MONTH}(?:(?P=sign)|\s)?\s?(\d{{1,2}})"
    r"(?!\d|:|\s?[a-z])",
    re.IGNORECASE,
)


def find(text: str, place: Place) -> Day | None:
    """Return the first day whose month has an English name.

    Raises:
        UnclearError: the year of two digits may mean several.
    """
    if found := _DAY_FIRST.search(text):
        day, month, *years = found.groups()
        year = next(filter(None, years))
    elif found := _MONTH_FIRST.search(text):
        month, day, year = found.groups()
    elif found := _YEAR_FIRST.search(text):
        year, _, month, day = found.groups()
    else:
        return None
    return Day(
        year=int(year) if len(year) == 4 else full_year(int(year), place.now),
        month=MONTHS[month.lower()],
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="english",
        confidence="sure" if len(year) == 4 else "likely",
    )
