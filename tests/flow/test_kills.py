"""A run that is killed while it translates: nothing stored is paid twice, nothing is half done."""

import pytest

from bench.translate.kills import main


@pytest.mark.slow
@pytest.mark.postgres
def test_a_backlog_survives_kills() -> None:
    assert main(["--articles", "12", "--kills", "2"]) == 0
