"""Korea: 2026년 11월 19일, 26.11.19."""

import re

from aggregator.text.dates.day import Day, Place, full_year

_DAY = re.compile(r"(?<!\d)(\d{4}|\d{2})\s?년\s?(\d{1,2})\s?월\s?(\d{1,2})\s?일")
# Year, month, day is the only order in Korean; elsewhere 26.11.19 may mean three days.
_SHORT = re.compile(r"(?<![\d:])(?<!\d[-/.])(\d{2})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d|[-/.]\d)")


def find(text: str, place: Place) -> Day | None:
    """Return the first day with 년, 월 and 일; from Korea, a short one in digits too."""
    if found := _DAY.search(text):
        year, month, day = found.groups()
    elif place.country == "kr" and (found := _SHORT.search(text)):
        year, _, month, day = found.groups()
    else:
        return None
    return Day(
        year=int(year) if len(year) == 4 else full_year(int(year), place.now),
        month=int(month),
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="korean",
        confidence="sure" if len(year) == 4 else "likely",
    )
