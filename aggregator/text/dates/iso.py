"""Year first, in digits: ISO 8601, W3C-DTF and the dotted and slashed forms of East Asia."""

import re

from aggregator.text.dates.day import Day, Place

# 2026-11-19, 2026/11/19, 2026.11.19, 2026. 11. 19., also with other hyphens and points. The same
# sign must stand twice, and neither a fourth number nor a leading one may follow it likewise.
_DAY = re.compile(
    r"(?<!\d)(?<!\d[-/.])(\d{4})\s?([-/.‐−–・])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d|[-/]\d|\.\d+(?![\d:]))"
)
# Without signs only where the "T" or a whole time says that these digits are a date:
# 20261119T083000Z, 20261119083000.
_BASIC = re.compile(
    r"(?<!\d)(?:(\d{4})(\d{2})(\d{2})(?=T\d{4})"
    r"|((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=(?:[01]\d|2[0-3])(?:[0-5]\d){2}(?!\d)))"
)


def find(text: str, _place: Place) -> Day | None:
    """Return the first day written year first.

    Specification: ISO 8601-1:2019, https://www.w3.org/TR/NOTE-datetime. A month or a year alone
    is none: choosing a day in it would be a guess.
    """
    if found := _DAY.search(text):
        year, _, month, day = found.groups()
    elif found := _BASIC.search(text):
        year, month, day = (part for part in found.groups() if part)
    else:
        return None
    return Day(
        year=int(year),
        month=int(month),
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="iso",
    )
