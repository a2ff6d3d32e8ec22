"""Indonesia: 19 November 2026, 19 Agu 2026, and old spellings."""

import re

from aggregator.text.dates.day import Day, Place, alternatives

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
    rf"(?<!\d)(?<!\d[-–])(?<!\d [-–] )(\d{{1,2}})[\s-]+({alternatives(MONTHS)})"
    r"\.?,?[\s-]+(\d{4})(?!\d)",
    re.IGNORECASE,
)


def find(text: str, _place: Place) -> Day | None:
    """Return the first day whose month has an Indonesian name."""
    found = _DAY.search(text)
    if not found:
        return None
    day, month, year = found.groups()
    return Day(
        year=int(year),
        month=MONTHS[month.lower()],
        day=int(day),
        start=found.start(),
        end=found.end(),
        rule="indonesian",
    )
