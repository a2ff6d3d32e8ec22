"""What attackers write: markup by family, and whole feeds as they are served.

A new case is a line in a file of `tests/cases/attacks`, and needs no Python.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from aggregator.model import Format

_CASES = Path(__file__).resolve().parent / "cases"


def _texts(file: Path) -> tuple[str, ...]:
    texts = yaml.safe_load(file.read_text("utf-8"))
    assert all(isinstance(text, str) for text in texts), file.name
    return tuple(texts)


#: Markup by family, each of which tries to act, load, hide or mislead where it is shown.
FAMILIES = {file.stem: _texts(file) for file in sorted((_CASES / "attacks").glob("*.yaml"))}

ATTACKS = tuple(text for family in FAMILIES.values() for text in family)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A feed as it arrives."""

    what: str
    format: Format
    content_type: str
    body: bytes


def served() -> tuple[Served, ...]:
    """Return the feeds whose attack lies in their bytes, or in how their format nests."""
    rows = yaml.safe_load((_CASES / "served_attacks.yaml").read_text("utf-8"))
    return tuple(
        Served(
            what=row["what"],
            format="json-feed" if "json" in row["type"] else "rss",
            content_type=row["type"],
            body=row["text"].encode(row.get("charset", "utf-8")),
        )
        for row in rows
    )
