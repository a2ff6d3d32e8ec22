"""Japan: 2026年11月19日, 令和8年11月19日, R8.11.19."""

import re
from datetime import date

from aggregator.text.dates.day import (
    HAN_NUMBER,
    Day,
    Place,
    calendar_day,
    han_number,
    year_month_day,
)

#: First day, last day, and the Gregorian year before the era's first.
#: https://www.ndl.go.jp/ lists them; the first year is written 元.
ERAS = {
    "令和": (date(2019, 5, 1), date.max, 2018),
    "平成": (date(1989, 1, 8), date(2019, 4, 30), 1988),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7), 1925),
}
ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}
_ERA = re.compile(
    rf"(令和|平成|昭和|(?<![A-Za-z])[RHS])\s?(元|{HAN_NUMBER})\s?(?:年|[./-])\s?"
    rf"({HAN_NUMBER})\s?(?:月|[./-])\s?({HAN_NUMBER})(?!\d)\s?日?"
)


def find(text: str, _place: Place) -> Day | None:
    """Return the first day written in an era, else with a Gregorian year.

    Raises:
        ValueError: the era has no such day.
    """
    found = _ERA.search(text)
    if not found:
        return year_month_day(text, "japanese")
    name, in_era, month, day = found.groups()
    first, last, before = ERAS[ERA_LETTERS.get(name, name)]
    meant = calendar_day(
        before + (1 if in_era == "元" else han_number(in_era)), han_number(month), han_number(day)
    )
    if not first <= meant <= last:
        raise ValueError(f"{ERA_LETTERS.get(name, name)} has no {meant}")
    return Day(
        year=meant.year,
        month=meant.month,
        day=meant.day,
        start=found.start(),
        end=found.end(),
        rule="japanese-era",
    )
