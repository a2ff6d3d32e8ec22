"""`aggregator glossary check`, as a user has it."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(quick_shell: Shell) -> Shell:
    shutil.copy(ROOT / "glossary.yaml", quick_shell.home)
    return quick_shell


def test_the_check_counts_what_each_language_has(home: Shell) -> None:
    counts = home.json("glossary", "check")
    assert counts["concepts"] == 128
    assert counts["terms"] == sum(each["terms"] for each in counts["languages"].values())
    assert "slc-association" in counts["languages"]["th"]["without"]
    assert "jump-task" in counts["languages"]["th"]["proposed"]

    shown = home("glossary", "check").stdout
    assert "without a term in th: slc-association" in shown
    assert "128 concepts" in shown


def test_a_text_is_shown_with_what_is_found_and_why_not(home: Shell) -> None:
    options = ("--text", "기독교권과 교권, PISA", "--language", "ko", "--country", "kr")
    lines = home("glossary", "check", *options).stdout.splitlines()
    assert "교권 (6-8): teachers-rights-protection, preferred in ko: 교권" in lines
    assert "교권 (2-4): not teachers-rights-protection: is part of another word" in lines

    told = home.json("glossary", "check", *options)
    assert [each["concept"] for each in told["found"]] == ["teachers-rights-protection", "pisa"]
    assert [each["start"] for each in told["passed"]] == [2]


def test_a_proposed_term_is_said_to_be_one(home: Shell) -> None:
    shown = home("glossary", "check", "--text", "โจทย์ก้าวกระโดด", "--language", "th").stdout
    assert "preferred in th, proposed" in shown


def test_a_text_without_terms_says_so(home: Shell) -> None:
    shown = home("glossary", "check", "--text", "Kartu SD murah", "--language", "id").stdout
    assert "not elementary-school: needs another term beside it" in shown
    assert "no term counts in this text" in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--text", "x"), "--text needs its --language"),
        (("--language", "ja"), "are for a --text"),
        (("--text", "x", "--language", "jp"), "no language 'jp'; there are ja, ko"),
        (("--text", "x", "--language", "ja", "--country", "ja"), "no country 'ja'; there are jp"),
    ],
    ids=str,
)
def test_wrong_options_are_wrong_usage(home: Shell, options: tuple[str, ...], said: str) -> None:
    assert said in home("glossary", "check", *options, expect=2).stderr


def test_a_broken_glossary_is_told_with_its_line(home: Shell) -> None:
    (home.home / "glossary.yaml").write_text("- concept: a\n  grup: issue\n", encoding="utf-8")
    said = home("glossary", "check", expect=2).stderr
    assert "glossary.yaml:2: " in said
    assert "did you mean `group`?" in said


def test_a_home_without_a_glossary_says_where_to_get_one(quick_shell: Shell) -> None:
    assert "aggregator init" in quick_shell("glossary", "check", expect=2).stderr
