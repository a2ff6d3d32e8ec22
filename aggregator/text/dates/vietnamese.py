"""Vietnam: ngày 19 tháng 11 năm 2026."""

import re

from aggregator.text.dates.day import Day, Place, alternatives

NUMERALS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+(?:tháng|thg)\.?\s*(\d{{1,2}}|{alternatives(NUMERALS)})"
    r"[\s,/]+(?:năm\s+)?(\d{4})(?!\d)",
    re.IGNORECASE,
)


def find(text: str, _place: Place) -> Day | None:
    """Return the first day whose month is called tháng; 19/11/2026 is read elsewhere."""
    found = _DAY.search(text)
    if not found:
        return None
    day, month, year = found.groups()
    return Day(
        year=int(year),
        month=int(month) if month.isdecimal() else NUMERALS[month.lower()],
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="vietnamese",
    )
