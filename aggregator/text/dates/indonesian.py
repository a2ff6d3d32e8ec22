"""Indonesia: 19 November 2026, 19 Agu 2026, and old spellings."""

import re

from aggregator.text.dates.day import Day, Place, alternatives, full_year
from aggregator.text.dates.english import YEAR

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari pebruari feb peb", "maret mar", "april apr", "mei",
            "juni jun", "juli jul", "agustus agt agu ags agust", "september sept sep",
            "oktober okt", "november nopember nov nop", "desember des",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAY = re.compile(
    rf"(?<!\d)(?<!\d[-–])(?<!\d [-–] )(\d{{1,2}})[\s/-]*({alternatives(MONTHS)})"
    rf"(?![a-z])\.?,?[\s/-]*{YEAR}",
    re.IGNORECASE,
)


def find(text: str, place: Place) -> Day | None:
    """Return the first day whose month has an Indonesian name.

    Raises:
        UnclearError: the year of two digits may mean several.
    """
    found = _DAY.search(text)
    if not found:
        return None
    day, month, *years = found.groups()
    year = next(filter(None, years))
    return Day(
        year=int(year) if len(year) == 4 else full_year(int(year), place.now),
        month=MONTHS[month.lower()],
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="indonesian",
        confidence="sure" if len(year) == 4 else "likely",
    )
