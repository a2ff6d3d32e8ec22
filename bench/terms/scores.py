"""Cases of a language -> how many of the concepts that they hold are found, and what else is."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from aggregator.text.terms import Terms
from bench.scores import Score

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests/cases/terms").glob("*.yaml"))

#: Where a case's text is from when it does not say.
HOMES = {
    "ja": "jp", "ko": "kr", "zh-Hans": "cn", "zh-Hant": "tw", "vi": "vn", "th": "th", "id": "id",
    "en": "int",
}  # fmt: skip


def cases_of(path: Path) -> list[dict[str, Any]]:
    """Return a file's cases: `text`, `finds`, and `country` where it is not the language's."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def score(
    terms: Terms, language: str, cases: Iterable[Mapping[str, Any]]
) -> tuple[Score, list[str]]:
    """Return how the concepts of a language's cases are found, and the texts with a wrong one."""
    total, wrong = Score(), []
    for case in cases:
        finds = terms.find(case["text"], language, case.get("country", HOMES[language]))
        said, meant = {each.concept for each in finds}, set(case["finds"])
        total += Score.of(said, meant)
        if said != meant:
            wrong.append(case["text"])
    return total, wrong
