"""Taiwan: years since 1911, as in 民國115年11月13日 and 115-11-13."""

import re

from aggregator.text.dates.day import HAN_NUMBER, Confidence, Day, Place, UnclearError, han_number

#: The year before the first, which is 1912.
BEFORE = 1911

#: The first year of two digits that is believed to be one: 1991, when offices began to have pages.
#: What is less may as well be short for 2026.
FIRST_SHORT = 80

_MARKED = re.compile(
    rf"民[國国]\s?(元|{HAN_NUMBER})\s?(?:年|[./-])\s?({HAN_NUMBER})\s?(?:月|[./-])\s?"
    rf"({HAN_NUMBER})(?!\d)\s?日?"
)
# Without the era's name a year is only believed where everybody counts so.
_BARE = re.compile(
    r"(?<!\d)(?<!\d[-/.])(\d{2,3})(?:\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})(?!\d)\s?日?"
    r"|\s?([-/.])\s?(\d{1,2})\s?\4\s?(\d{1,2})(?!\d|[-/.]\d))"
)


def find(text: str, place: Place) -> Day | None:
    """Return the first day in a year of the Republic; unmarked years only from Taiwan.

    Raises:
        UnclearError: the unmarked year may be short for one of ours.
    """
    confidence: Confidence = "sure"
    if found := _MARKED.search(text):
        year, month, day = found.groups()
    elif place.country == "tw" and (found := _BARE.search(text)):
        year, month, day = found[1], found[2] or found[5], found[3] or found[6]
        confidence = "likely"
        if int(year) < FIRST_SHORT:
            raise UnclearError("a year of two digits that may mean several")
    else:
        return None
    return Day(
        year=BEFORE + (1 if year == "元" else han_number(year)),
        month=han_number(month),
        day=han_number(day),
        start=found.start(),
        end=found.end(),
        rule="minguo",
        confidence=confidence,
    )
