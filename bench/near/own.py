"""Notices of our own as sites repeat them: each in editions that differ in numbers only."""

from itertools import product
from pathlib import Path

import yaml

from bench.near.planted import Text

#: Number of the meeting, month, day, hour, grade, people: of each edition.
EDITIONS = (
    (3, 5, 16, 13, 4, 120),
    (4, 6, 20, 13, 4, 120),
    (12, 5, 16, 14, 5, 130),
)

NOTICES = Path(__file__).with_name("notices.yaml")


def notices(language: str) -> list[Text]:
    """Return each notice in each of its editions: no two of them are one."""
    told_by = yaml.safe_load(NOTICES.read_text("utf-8"))
    found = []
    for (which, notice), edition in product(enumerate(told_by[language]), EDITIONS):
        told = notice.format(**dict(zip("nmdhgp", edition, strict=True)))
        name = f"{which} of {edition}"
        found.append(Text(name=name, lines=tuple(told.split("\n")), of=name, kind="original"))
    return found
