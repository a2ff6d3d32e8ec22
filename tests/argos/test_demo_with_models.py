"""The demo with test models: what had no translation gets one on a later run."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

pytestmark = [pytest.mark.argos, pytest.mark.slow]


def test_a_later_run_with_models_translates_what_was_left(
    tmp_path: Path, test_models: Path
) -> None:
    """Models are installed from files between two runs; nothing is asked of the sites again."""
    shell = Shell(tmp_path)
    first = shell.json("demo")
    inside = Shell(Path(first["home"]))
    for path in sorted(test_models.iterdir()):
        inside("models", "install", path)
    assert len(inside.json("models", "list", "--offline")) == 7

    second = shell.json("demo")

    assert first["translation"]["machine"] == 0
    assert second["translation"]["untranslated"] == 0
    # The test models copy what stands in no phrase: such a title is half in its own language.
    doubted = second["translation"]["doubted"]
    assert second["translation"]["machine"] + doubted == first["translation"]["untranslated"]
    assert doubted < second["translation"]["machine"]
    assert second["translation"]["memory"] == first["translation"]["memory"]
    items = json.loads((tmp_path / "output/demo/feeds/all.json").read_text())["items"]
    machine = [item for item in items if "trust:machine" in item["tags"]]
    assert machine
    assert all("argos" in item["content_html"] for item in machine)
    waiting = [item for item in items if "trust:doubted" in item["tags"]]
    assert all("waits for an editor" in item["content_html"] for item in waiting)

    third = shell.json("demo")
    assert third["steps"]["translate"] == 0
    assert third["files_written"] == 0


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    (tmp_path / "x.argosmodel").write_text("not a model")
    assert "x.argosmodel" in shell("models", "install", "x.argosmodel", expect=2).stderr
    assert "no model is installed" in shell("models", "list", "--offline").stdout


def test_a_removed_model_is_gone(tmp_path: Path, test_models: Path) -> None:
    shell = Shell(tmp_path)
    assert "installed" in shell("models", "install", test_models / "th.argosmodel").stdout
    shell("models", "remove", "th")
    assert shell.json("models", "list", "--offline") == []
