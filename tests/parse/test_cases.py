"""Every folder of tests/cases/parse is read as its expected.json says."""

from pathlib import Path

import pytest

from tests.parse import cases


@pytest.mark.parametrize("folder", cases.folders(), ids=lambda folder: folder.name)
def test_a_case_is_read_as_expected(folder: Path) -> None:
    assert cases.result(cases.load(folder)) == cases.expected(folder)


def test_the_cases_are_there() -> None:
    assert len(cases.folders()) >= 45
