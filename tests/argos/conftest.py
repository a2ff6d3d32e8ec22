"""The test models, and rooms to install them in."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from aggregator.translate import models
from aggregator.translate.engines.argos import ArgosEngine, prepare
from tests.argos.model_builder import build

PHRASES = Path(__file__).parent / "phrases"
ARGOS_CODES = {"zh-Hans": "zh", "zh-Hant": "zt"}
LANGUAGES = ("id", "ja", "ko", "th", "vi", "zh-Hans", "zh-Hant")


def phrases(language: str) -> dict[str, str]:
    """The phrase table of a test model."""
    rows = yaml.safe_load((PHRASES / f"{language}.yaml").read_text("utf-8"))
    return {row["source"]: row["en"] for row in rows}


@pytest.fixture(scope="session", autouse=True)
def _argos_at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep Argos out of the user's home: it is imported by the first test that installs."""
    with pytest.MonkeyPatch.context() as patch:
        wanted: dict[str, str] = {}
        prepare(tmp_path_factory.mktemp("argos"), wanted)
        for name, value in wanted.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def test_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the test models' package files, `<language>.argosmodel`."""
    folder = tmp_path_factory.mktemp("test-models")
    for language in LANGUAGES:
        code = ARGOS_CODES.get(language, language)
        path = folder / f"{language}.argosmodel"
        build(path, (code, "en"), phrases(language), "1.0")
    return folder


@pytest.fixture(scope="session")
def all_installed(test_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of models with every test model installed; not to be changed."""
    room = tmp_path_factory.mktemp("installed")
    for file in test_models.iterdir():
        models.install_file(file, room)
    return room


@dataclass
class Room:
    """A directory of models of one test's own."""

    models: Path

    @property
    def engine(self) -> ArgosEngine:
        return ArgosEngine(self.models, workers=1)

    def everything(self) -> list[str]:
        """What lies in the directory, but for the folders Argos makes."""
        found = (each.relative_to(self.models) for each in self.models.rglob("*"))
        usual = {"argos-translate", "argos-translate/packages", "argos-translate/downloads"}
        return sorted(str(each) for each in found if str(each) not in usual)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An empty directory of models."""
    return Room(tmp_path / "models")


def environment(**more: str) -> dict[str, str]:
    """The environment of a process of its own: nothing of ours but the path to programs."""
    return {"PATH": os.environ["PATH"], **more}  # noqa: TID251 - the tests' own


@pytest.fixture
def furnished(test_models: Path, room: Room) -> Iterator[Room]:
    """A room with a working model, in which nothing may change."""
    models.install_file(test_models / "ja.argosmodel", room.models)
    before = room.everything()
    yield room
    assert room.everything() == before
    assert next(room.engine.translate(["会報第58号を発行しました"], "ja", "en"))
