"""Japan: 2026年11月19日, 令和8年11月19日, 令和8年(2026年)11月19日, R8.11.19."""

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
    "大正": (date(1912, 7, 30), date(1926, 12, 24), 1911),
}
ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}
_NAME = f"{'|'.join(ERAS)}|(?<![A-Za-z])[{''.join(ERA_LETTERS)}]"
_IN_ERA = rf"(?P<era>{_NAME})\.?\s?(?P<year>元|{HAN_NUMBER})"
_MONTH_DAY = rf"(?P<month>{HAN_NUMBER})\s?(?:月|[./-])\s?(?P<day>{HAN_NUMBER})(?!\d)\s?日?"
_ERA = re.compile(
    rf"{_IN_ERA}\s?(?:年?\s?\((?:西暦)?(?P<ours>\d{{4}})\s?年?\)\s?年?|年|[./-])\s?{_MONTH_DAY}"
)
# Of two eras, as in the year that has both, the last is the one that went on.
_OURS = re.compile(
    rf"(?P<ours>\d{{4}})\s?年?\s?\((?:[^()\d]{{2}}\d{{1,2}}年[・/、])?{_IN_ERA}\s?年?\)\s?年?\s?{_MONTH_DAY}"
)


def find(text: str, _place: Place) -> Day | None:
    """Return the first day written in an era, else with a Gregorian year.

    Raises:
        ValueError: the era has no such day, or it is not in the year of ours beside it.
    """
    found = _ERA.search(text) or _OURS.search(text)
    if not found:
        return year_month_day(text, "japanese")
    name, in_era, ours = found["era"], found["year"], found["ours"]
    first, last, before = ERAS[ERA_LETTERS.get(name, name)]
    year = before + (1 if in_era == "元" else han_number(in_era))
    if ours and int(ours) != year:
        raise ValueError(f"{ours} is not the year {in_era} of {name}")
    meant = calendar_day(year, han_number(found["month"]), han_number(found["day"]))
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
