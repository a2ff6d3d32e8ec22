"""The dates of mail and HTTP, as RSS wants them: RFC 822, 850, 2822 and C's asctime."""

import re

from aggregator.text.dates.day import Day, Place, full_year

_NAMES = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = "(" + "|".join(MONTHS) + r")[a-z]*\.?"
_MAIL = re.compile(
    rf"(?<!\d)(\d{{1,2}})[ -]{_MONTH}[ -](\d{{4}}|\d{{2}})(?=,? +\d{{1,2}}:\d\d)", re.IGNORECASE
)
_ASCTIME = re.compile(
    rf"\b{_MONTH} +(\d{{1,2}}) \d{{1,2}}:\d\d(?::\d\d)?(?: [A-Z]{{1,5}})? (\d{{4}})(?!\d)",
    re.IGNORECASE,
)


def find(text: str, place: Place) -> Day | None:
    """Return the first day written as in a mail, with the time behind it (or within it).

    The weekday is not looked at here: where it contradicts the date, feeds have it wrong.
    Specification: https://www.rfc-editor.org/rfc/rfc5322#section-3.3
    """
    if found := _MAIL.search(text):
        day, month, year = found.groups()
    elif found := _ASCTIME.search(text):
        month, day, year = found.groups()
    else:
        return None
    return Day(
        year=int(year) if len(year) == 4 else full_year(int(year), place.now),
        month=MONTHS[month.lower()],
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="rfc",
        confidence="sure" if len(year) == 4 else "likely",
    )
