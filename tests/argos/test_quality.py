"""The program that scores an installed model: right is 100, and another order is less."""

from pathlib import Path

import pytest

from bench.translate.quality import main, scored
from tests.argos.conftest import phrases

SAID = ["The teachers talked about the lesson.", "The children learned together.", "It is open."]


def test_references_are_right() -> None:
    found = scored(SAID, SAID, "en")
    assert (found.chrf, round(found.bleu, 6)) == (100.0, 100.0)
    assert "tok:13a" in found.signatures[1]


def test_others_are_less_right() -> None:
    found = scored(SAID[1:] + SAID[:1], SAID, "en")
    assert found.chrf < 60
    assert found.bleu < 30


def test_letters_count_where_no_space_tells_words() -> None:
    assert "tok:char" in scored(["教師"], ["教師"], "ja").signatures[1]
    assert "tok:char" in scored(["ครู"], ["ครู"], "th").signatures[1]


@pytest.mark.argos
def test_a_test_model_says_its_phrases(
    all_installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = phrases("ja")
    files = [tmp_path / "ja.txt", tmp_path / "en.txt"]
    for file, lines in zip(files, ([*table], [*table.values()]), strict=True):
        file.write_text("\n".join(lines), "utf-8")
    glossary = str(Path(__file__).parents[2] / "glossary.yaml")
    assert main([str(all_installed), "ja", "en", *map(str, files), "--glossary", glossary]) == 0
    printed = capsys.readouterr().out
    assert "as it is chrF 100.0" in printed
    assert "with the glossary chrF" in printed


def test_texts_that_are_not_parallel_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("x\n" * len(name) + name, "utf-8")
    (tmp_path / "b").write_text("one\ntwo\nthree", "utf-8")
    arguments = [str(tmp_path), "ja", "en", str(tmp_path / "a"), str(tmp_path / "b")]
    assert main(arguments) == 2
