"""What is measured of installed models, and models that the index has newer versions of."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from aggregator.errors import EngineDownError
from aggregator.translate import models
from aggregator.translate.survey import (
    MASKS,
    SENTENCES,
    Survey,
    read_survey,
    save_survey,
    survey,
)
from tests.argos.conftest import Room
from tests.argos.model_builder import build
from tests.argos.test_offers import Index, index
from tests.cli.conftest import InProcess

__all__ = ["index"]  # the fixture

pytestmark = pytest.mark.argos


def stopwatch() -> float:
    return float(next(SECONDS))


SECONDS = count()


def test_a_model_that_copies_masks_keeps_every_shape(test_models: Path, room: Room) -> None:
    model = models.install_file(test_models / "th.argosmodel", room.models)
    found = survey(model, stopwatch)
    number = sum(map(len, MASKS.values())) * len(SENTENCES["th"])
    assert found == Survey(
        version="1.0",
        sentences=number,
        unanswered=0,
        per_second=number,
        shapes={"name": 1.0, "number": 1.0, "bracket": 1.0},
    )


def test_a_shape_that_a_model_changes_is_told(tmp_path: Path, room: Room) -> None:
    spoiled = {"7319": "seven", "Zxqa": "Zxqa Zxqa", "Zxul": "zxul"}
    model = models.install_file(
        build(tmp_path / "x.argosmodel", ("vi", "en"), spoiled, "1.0"), room.models
    )
    shapes = survey(model, stopwatch).shapes
    assert {name: round(share * 3) for name, share in shapes.items()} == {
        "name": 1,
        "number": 2,
        "bracket": 3,
    }


def test_a_survey_is_kept_beside_its_model_and_goes_with_it(test_models: Path, room: Room) -> None:
    model = models.install_file(test_models / "th.argosmodel", room.models)
    assert read_survey(model) is None
    found = survey(model, stopwatch)
    save_survey(model, found)
    assert read_survey(model) == found
    assert models.installed(room.models) == [model]
    again = models.install_file(test_models / "th.argosmodel", room.models)
    assert read_survey(again) is None


def test_masks_have_the_shape_that_the_model_keeps_best(test_models: Path, room: Room) -> None:
    model = models.install_file(test_models / "th.argosmodel", room.models)
    assert room.engine.shape("th", "en") == "bracket"
    found = survey(model, stopwatch)
    save_survey(model, found)
    assert room.engine.shape("th", "en") == "bracket"
    save_survey(model, replace(found, shapes={"name": 0.7, "number": 0.9, "bracket": 0.2}))
    assert room.engine.shape("th", "en") == "number"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "0.9"}'])
def test_what_is_no_survey_counts_as_none(test_models: Path, room: Room, text: str) -> None:
    model = models.install_file(test_models / "th.argosmodel", room.models)
    (model.path / "survey.json").write_text(text)
    assert read_survey(model) is None


def test_a_survey_that_cannot_be_written_is_told(test_models: Path, room: Room) -> None:
    model = models.install_file(test_models / "th.argosmodel", room.models)
    (model.path / "survey.json").mkdir()
    with pytest.raises(EngineDownError, match="cannot be written"):
        save_survey(model, survey(model, stopwatch))


def test_every_sentence_has_a_place_for_a_mask() -> None:
    assert all(each.count("{}") == 1 for some in SENTENCES.values() for each in some)
    assert not any("_" in mask for masks in MASKS.values() for mask in masks)


# --- from the command line


def test_models_are_installed_updated_and_verified(
    index: Index, tmp_path: Path, test_models: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shell, at = InProcess(home), index.address
    index.publish(index.offer(test_models / "th.argosmodel"))
    installed = shell.json("models", "install", "th", ARGOS_PACKAGE_INDEX=at)
    assert installed == {"source": "th", "target": "en", "version": "1.0"}
    assert (
        "every installed model is the newest"
        in shell("models", "update", ARGOS_PACKAGE_INDEX=at).stdout
    )

    newer = build(tmp_path / "new.argosmodel", ("th", "en"), {"ครู": "teachers"}, "1.2")
    index.publish(index.offer(newer, size=newer.stat().st_size))
    assert "newer offered" in shell("models", "list", ARGOS_PACKAGE_INDEX=at).stdout
    assert shell.json("models", "update", ARGOS_PACKAGE_INDEX=at) == [
        {"source": "th", "target": "en", "version": "1.2"}
    ]
    (row,) = shell.json("models", "verify")
    assert (row["source"], row["version"], row["unanswered"]) == ("th", "1.2", 0)
    assert "masks unchanged: name 100%" in shell("models", "verify").stdout
    (listed,) = shell.json("models", "list", "--offline")
    assert listed["survey"]["shapes"] == row["shapes"]

    (model,) = models.installed(home / "data" / "models")
    (model.path / "model" / "model.bin").write_bytes(b"torn")
    assert "cannot be loaded" in shell("models", "verify", expect=1).stdout
