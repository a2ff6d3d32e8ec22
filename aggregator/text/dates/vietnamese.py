"""Vietnam: ngày 19 tháng 11 năm 2026, Tháng Mười Một 19, 2026."""

import re

from aggregator.text.dates.day import Day, Place, alternatives

NUMERALS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_MONTH = rf"(?:tháng|thg|th)\.?\s*(\d{{1,2}}|{alternatives(NUMERALS)})"
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\s+{_MONTH}[\s,/]+(?:năm\s+)?(\d{{4}})(?!\d)", re.IGNORECASE)
# As WordPress writes it in Vietnamese.
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?<!\d\s){_MONTH}\s+(\d{{1,2}}),?\s+(?:năm\s+)?(\d{{4}})(?!\d)", re.IGNORECASE
)


def find(text: str, _place: Place) -> Day | None:
    """Return the first day whose month is called tháng; 19/11/2026 is read elsewhere."""
    if found := _DAY.search(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.search(text):
        month, day, year = found.groups()
    else:
        return None
    return Day(
        year=int(year),
        month=int(month) if month.isdecimal() else NUMERALS[month.lower()],
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="vietnamese",
    )
