"""Lines that systems add, in each language, and lines that look like them and tell something."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aggregator.normalize.leftovers import LONGEST, is_leftover
from aggregator.text.languages import LANGUAGES

CASES = Path(__file__).resolve().parents[1] / "cases" / "boilerplate"


def lines(sort: str) -> list[str]:
    files = sorted(CASES.glob("*.yaml"))
    return [line for path in files for line in yaml.safe_load(path.read_text("utf-8"))[sort]]


def test_every_language_has_its_cases() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == set(LANGUAGES)


@pytest.mark.parametrize("line", lines("needless"))
def test_what_systems_add_is_known(line: str) -> None:
    assert is_leftover(line)


@pytest.mark.parametrize("line", lines("telling"))
def test_what_tells_something_is_not_taken_for_it(line: str) -> None:
    assert not is_leftover(line)


@given(st.text())
def test_no_long_line_and_no_blank_one_is_needless(text: str) -> None:
    assert not is_leftover(text.ljust(LONGEST + 1, "a"))
    assert not is_leftover("")
