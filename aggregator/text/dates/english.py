"""English month names: 19 November 2026, Nov. 19th, 2026."""

import re

from aggregator.text.dates.day import Day, Place, alternatives

_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTHS = {
    name: number
    for number, full in enumerate(_FULL, 1)
    for name in (full, full[:3], *(["sept"] if full == "september" else []))
}
_MONTH = rf"({alternatives(MONTHS)})\b\.?"
# A range such as 19-20 November is an event's: its second day is not taken for a date.
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?<!\d[-–])(?<!\d [-–] )(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}"
    r",?[\s-]+(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE
)


def find(text: str, _place: Place) -> Day | None:
    """Return the first day whose month has an English name."""
    if found := _DAY_FIRST.search(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.search(text):
        month, day, year = found.groups()
    else:
        return None
    return Day(
        year=int(year),
        month=MONTHS[month.lower()],
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="english",
    )
