"""Thailand: 19 พฤศจิกายน 2569, 19 พ.ย. 69, Buddhist or Gregorian years."""

import re

from aggregator.text.dates.day import (
    SHORT_YEAR_REACH,
    Day,
    Place,
    UnclearError,
    alternatives,
    full_year,
)

#: The Buddhist era counts from 543 years before ours (since 1941 both begin in January).
BUDDHIST = 543

#: From this year on a year without a marker cannot be Gregorian.
BUDDHIST_FROM = 2400

_FULL = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม",
    "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.",
    "พ.ย.", "ธ.ค.",
)  # fmt: skip


def _months() -> dict[str, int]:
    """Return the names with what people make of them: กุมภา, ก. พ., ก.พ, กพ."""
    names: dict[str, int] = {}
    for number, (full, short) in enumerate(zip(_FULL, _SHORT, strict=True), 1):
        spoken = re.sub("(คม|ยน|พันธ์)$", "", full)
        spaced = short.replace(".", ". ").strip()
        for name in (full, spoken, short, spaced, short.removesuffix("."), short.replace(".", "")):
            names[name] = number
    return names


MONTHS = _months()
_MONTH = rf"(?:เดือน)?({alternatives(MONTHS)})\.?"
_ERA = r"(?:(พ\.?\s?ศ|พุทธศักราช|ค\.?\s?ศ|คริสต์ศักราช)\.?\s?)?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s/-]?{_MONTH}[\s/-]?{_ERA}(\d{{4}}|\d{{2}})(?!\d|[:.]\d)"
)
# Two digits of a year behind two numbers are only believed where everybody counts so.
_NUMBERS = re.compile(r"(?<!\d)(?<!\d[./-])(\d{1,2})([./-])(\d{1,2})\2(\d{2})(?!\d|[./-]\d)")
_MONTH_FIRST = re.compile(rf"{_MONTH}\s?(\d{{1,2}}),?\s?{_ERA}(\d{{4}})(?!\d)")


def find(text: str, place: Place) -> Day | None:
    """Return the first day whose month has a Thai name; from Thailand, 20/11/69 too.

    Raises:
        UnclearError: the year of two digits may mean several.
    """
    if found := _DAY_FIRST.search(text):
        day, month, era, year = found.groups()
    elif found := _MONTH_FIRST.search(text):
        month, day, era, year = found.groups()
    elif place.country == "th" and (found := _NUMBERS.search(text)):
        day, _, month, year = found.groups()
        era = None
    else:
        return None
    gregorian = _gregorian(year, (era or "")[:1], place)
    return Day(
        year=gregorian,
        month=MONTHS.get(month) or int(month),
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="thai" if int(year) == gregorian else "thai-buddhist",
        confidence="sure" if len(year) == 4 else "likely",
    )


def _gregorian(written: str, era: str, place: Place) -> int:
    """Return the Gregorian year; *era* is พ for Buddhist, ค for Gregorian, "" for none said."""
    year = int(written)
    if len(written) == 4:
        is_buddhist = era == "พ" or (era == "" and year >= BUDDHIST_FROM)
        return year - BUDDHIST if is_buddhist else year
    if era == "ค":
        return full_year(year, place.now)
    # 69 is 2569. 26 would be 1983: then rather a Gregorian year, which is no more than a guess.
    year += 2500 - BUDDHIST
    if not -SHORT_YEAR_REACH <= year - place.now.year <= 1:
        raise UnclearError("a year of two digits that may mean several")
    return year
