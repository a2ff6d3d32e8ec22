"""The day that an article's address names: /2025/01/23/, /202310/t20231011_123.html."""

import re
from datetime import date
from urllib.parse import urlsplit

# Each form stands as path parts of its own, or an article's number would count: 2025/1/23 may be
# the 23rd article of January, and any eight digits that stand somewhere are rather a number.
_FORMS = re.compile(
    r"(?<=/)(?:"
    r"(\d{4})/(\d{2})/(\d{2})(?=/|$)"  # Japan, WordPress: /2025/01/23/
    r"|(\d{4})-?(\d{2})/(\d{2})(?=/)"  # China: /2025-01/23/, /202501/23/
    r"|(\d{4})-(\d{2})-(\d{2})(?=[/_.-]|$)"  # /2025-03-04/, /2025-03-04-slug
    r"|(?:t(?=\d{8}_))?(\d{4})(\d{2})(\d{2})(?=[/_.-]|$)"  # /20251130-slug, /t20231011_123.html
    # China's newspapers: /nw.D110000zgjyb_20250304_1-01.htm, /nd.D110000zgjyb.20250304
    r"|n[a-z]\.[A-Z]\d{1,9}[a-z]{0,20}[._](\d{4})(\d{2})(\d{2})(?=[/_.-]|$)"
    r")"
)

#: The web's first decade, and what is certainly no year any more.
FIRST_YEAR, LAST_YEAR = 1990, 2100


def date_in(url: str) -> str:
    """Return the day in the path of *url* as "YYYY-MM-DD", "" if it names none for sure.

    Only days of the calendar from 1990 to 2100 count; the first one is taken.
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    for found in _FORMS.finditer(path):
        year, month, day = (int(part) for part in found.groups() if part)
        if FIRST_YEAR <= year <= LAST_YEAR and (named := _day(year, month, day)):
            return named
    return ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
