"""Cases of a language -> how many of the concepts that they hold are found, and what else is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from aggregator.text.terms import Terms

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests/cases/terms").glob("*.yaml"))

#: Where a case's text is from when it does not say.
HOMES = {
    "ja": "jp", "ko": "kr", "zh-Hans": "cn", "zh-Hant": "tw", "vi": "vn", "th": "th", "id": "id",
    "en": "int",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Concepts of all cases of a language, and the texts in which one is wrong."""

    right: int
    extra: int
    missed: int
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Return the share of what is found that is meant."""
        return self.right / (self.right + self.extra)

    @property
    def recall(self) -> float:
        """Return the share of what is meant that is found."""
        return self.right / (self.right + self.missed)


def cases_of(path: Path) -> list[dict[str, Any]]:
    """Return a file's cases: `text`, `finds`, and `country` where it is not the language's."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def score(terms: Terms, language: str, cases: Iterable[Mapping[str, Any]]) -> Score:
    """Return how the cases of a language come out."""
    right = extra = missed = 0
    wrong = []
    for case in cases:
        finds = terms.find(case["text"], language, case.get("country", HOMES[language]))
        got, meant = {each.concept for each in finds}, set(case["finds"])
        right += len(got & meant)
        extra += len(got - meant)
        missed += len(meant - got)
        if got != meant:
            wrong.append(case["text"])
    return Score(right=right, extra=extra, missed=missed, wrong=tuple(wrong))
