"""Thailand's hours as they are spoken: บ่าย 3 โมง, 2 ทุ่ม, 9 โมงเช้า, ตี 2 -> 15:00, 20:00, 9:00, 2:00.

The day is told in quarters: ตี counts from midnight, เช้า from it too, บ่าย and เย็น from noon, ทุ่ม
from six in the evening. โมง alone is a morning's from seven on; what is less may be either half.
"""

import re

from aggregator.text.dates.day import alternatives

_NAMES = "หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ สิบเอ็ด"
_NUMERALS = {name: number for number, name in enumerate(_NAMES.split(), 1)}
_NUMBER = rf"(?<![\d.:])\d{{1,2}}|{alternatives(_NUMERALS)}"
_SPOKEN = re.compile(
    rf"(?:ตี\s?(?P<night>{_NUMBER})"
    rf"|บ่าย\s?(?P<noon>{_NUMBER})?\s?โมง"
    rf"|(?P<morning>{_NUMBER})\s?โมงเช้า"
    rf"|(?P<late>{_NUMBER})\s?โมงเย็น"
    rf"|(?P<evening>{_NUMBER})?\s?ทุ่ม"
    rf"|(?P<bare>{_NUMBER})\s?โมง(?!\s?เช้า|\s?เย็น))"
    rf"(?:ตรง)?(?:\s?(?P<half>ครึ่ง)|\s?(?P<minutes>\d{{1,2}})\s?นาที)?(?!\d)"
)
#: What is added to the hour that is said, and the hours that are said so.
_QUARTERS = {
    "night": (0, range(1, 6)),
    "morning": (0, range(6, 12)),
    "noon": (12, range(1, 6)),
    "late": (12, range(3, 7)),
    "evening": (18, range(1, 6)),
    "bare": (0, range(7, 12)),
}


def in_digits(text: str) -> str:
    """Return *text* with its spoken hours in digits, each sign else in its place.

    Those that no such quarter has stay.
    """
    return _SPOKEN.sub(_written, text) if "โมง" in text or "ทุ่ม" in text or "ตี" in text else text


def _written(found: re.Match[str]) -> str:
    parts = {name: part for name, part in found.groupdict().items() if part}
    quarter = next((name for name in _QUARTERS if name in parts), "")
    if not quarter:  # บ่ายโมง is one, ทุ่ม seven
        quarter = "evening" if found[0].startswith("ทุ่ม") else "noon"
    added, hours = _QUARTERS[quarter]
    said = parts.get(quarter, "1")
    hour = int(said) if said.isdecimal() else _NUMERALS[said]
    minute = 30 if "half" in parts else int(parts.get("minutes", 0))
    if hour not in hours or minute > 59:
        return found[0]
    written = f"{hour + added}:{minute:02}"
    room = len(found[0])
    if len(written) < room:
        return f" {written}".ljust(room)  # a year may stand before it at once
    return written if len(written) == room else f"{hour + added:02}h"  # ตี2
