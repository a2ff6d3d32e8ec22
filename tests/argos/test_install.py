import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aggregator.errors import EngineDownError, UsageError
from aggregator.translate import models
from aggregator.translate.packages import MAX_FILES
from tests.argos.conftest import LANGUAGES, Room, environment
from tests.argos.model_builder import build, zipped

pytestmark = pytest.mark.argos


def pairs(room: Room) -> list[tuple[str, str, str]]:
    return [(each.source, each.target, each.version) for each in models.installed(room.models)]


# --- from a file ------------------------------------------------------------------------------


def test_all_test_models_install_and_are_listed(all_installed: Path) -> None:
    found = models.installed(all_installed)
    assert [(each.source, each.target) for each in found] == [(each, "en") for each in LANGUAGES]
    assert {each.version for each in found} == {"1.0"}


def test_nothing_but_the_package_is_left_after_an_installation(
    test_models: Path, room: Room
) -> None:
    model = models.install_file(test_models / "zh-Hans.argosmodel", room.models)
    assert model in models.installed(room.models)
    tops = {each.split("/")[2] for each in room.everything()}
    assert tops == {"translate-zh_en-1_0"}


def test_a_newer_version_replaces_the_older_one(tmp_path: Path, room: Room) -> None:
    for version in ("1.9", "1.10", "1.2"):
        file = build(tmp_path / "x.argosmodel", ("vi", "en"), {"lớp": "class"}, version)
        models.install_file(file, room.models)
        assert pairs(room) == [("vi", "en", version)]
    assert len({each.split("/")[2] for each in room.everything()}) == 1


def test_of_two_left_by_a_killed_installation_the_newer_is_used(tmp_path: Path, room: Room) -> None:
    elsewhere = Room(tmp_path / "elsewhere")
    for version, there in (("1.10", room), ("1.9", elsewhere)):
        file = build(tmp_path / "x.argosmodel", ("vi", "en"), {"lớp": "class"}, version)
        models.install_file(file, there.models)
    older = models.installed(elsewhere.models)[0].path
    shutil.copytree(older, models.packages_folder(room.models) / older.name)
    assert pairs(room) == [("vi", "en", "1.10")]


def test_a_half_package_does_not_hide_the_others(test_models: Path, room: Room) -> None:
    models.install_file(test_models / "ja.argosmodel", room.models)
    folder = models.packages_folder(room.models)
    (folder / "half").mkdir()
    (folder / "torn").mkdir()
    (folder / "torn" / "metadata.json").write_text('{"from_code": "ko", "to_c')
    (folder / "a file").write_text("")
    assert pairs(room) == [("ja", "en", "1.0")]
    assert room.engine.pairs() == {("ja", "en")}


def test_what_a_killed_installation_left_is_swept_by_the_next(
    test_models: Path, room: Room
) -> None:
    left = room.models / "argos-translate" / "staging-left"
    (left / "unpacked").mkdir(parents=True)
    models.install_file(test_models / "ja.argosmodel", room.models)
    assert not left.exists()


def test_a_model_can_be_removed(test_models: Path, room: Room) -> None:
    for language in ("ja", "ko"):
        models.install_file(test_models / f"{language}.argosmodel", room.models)
    models.remove("ja", "en", room.models)
    assert pairs(room) == [("ko", "en", "1.0")]
    with pytest.raises(UsageError, match="no translation model for ja -> en is installed"):
        models.remove("ja", "en", room.models)


# --- broken files -----------------------------------------------------------------------------

Files = dict[str, bytes]


def without(ending: str) -> Callable[[Files], Files]:
    return lambda files: {name: body for name, body in files.items() if not name.endswith(ending)}


def also(name: str, body: bytes = b"x") -> Callable[[Files], Files]:
    return lambda files: files | {name: body}


def told(**facts: object) -> Callable[[Files], Files]:
    """Change what metadata.json says."""

    def changed(files: Files) -> Files:
        name = next(each for each in files if each.endswith("metadata.json"))
        return files | {name: json.dumps(json.loads(files[name]) | facts).encode()}

    return changed


def instead(ending: str, body: bytes) -> Callable[[Files], Files]:
    return lambda files: {
        name: body if name.endswith(ending) else old for name, old in files.items()
    }


BROKEN = {
    "no metadata": (without("metadata.json"), "no metadata.json"),
    "no model": (without("model.bin"), "no model/model.bin"),
    "no tokenizer": (without("sentencepiece.model"), "no tokenizer"),
    "two folders": (also("other/file"), "must hold one folder"),
    "a way out": (also("translate-ja_en-1_0/../../escaped"), "forbidden name"),
    "a rooted name": (also("/escaped"), "forbidden name"),
    "a drive": (also("translate-ja_en-1_0/c:\\escaped"), "forbidden name"),
    "no JSON": (instead("metadata.json", b"{"), "not a translation package"),
    "no text": (instead("metadata.json", b"\xff\xfe"), "not a translation package"),
    "a list": (instead("metadata.json", b"[]"), "does not describe"),
    "another type": (told(type="sbd"), "does not describe"),
    "a long metadata": (told(padding="x" * 70_000), "more than 65,536 bytes"),
    "no language": (told(from_code=None), "no usable from_code"),
    "a path for a language": (told(to_code="../../x"), "no usable to_code"),
    "a path for a version": (told(package_version="1/../.."), "no usable package_version"),
    "too many files": (
        lambda files: files | {f"translate-ja_en-1_0/{n}": b"" for n in range(MAX_FILES)},
        "more than",
    ),
}


@pytest.fixture(scope="module")
def parts(test_models: Path) -> Files:
    with zipfile.ZipFile(test_models / "ja.argosmodel") as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_package_is_refused_and_leaves_nothing_behind(
    parts: Files, furnished: Room, tmp_path: Path, fault: str
) -> None:
    change, says = BROKEN[fault]
    file = tmp_path / "broken.argosmodel"
    file.write_bytes(zipped(change(parts)))
    with pytest.raises(
        UsageError, match=r"broken\.argosmodel is not a translation package"
    ) as info:
        models.install_file(file, furnished.models)
    assert says in str(info.value)


def test_a_link_in_a_package_is_refused(parts: Files, furnished: Room, tmp_path: Path) -> None:
    file = tmp_path / "broken.argosmodel"
    file.write_bytes(zipped(parts))
    link = zipfile.ZipInfo("translate-ja_en-1_0/model/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(link, "/etc/passwd")
    with pytest.raises(UsageError, match="forbidden name or kind"):
        models.install_file(file, furnished.models)


def test_a_package_that_would_fill_the_disk_is_refused_before_it_is_unpacked(
    parts: Files, furnished: Room, tmp_path: Path
) -> None:
    bomb = zipped(parts | {"translate-ja_en-1_0/bomb": b"\0" * 1_000})
    # The directory's entry says 4.1 GB; nothing is read before that is looked at.
    at = bomb.rindex(b"translate-ja_en-1_0/bomb") - 22
    file = tmp_path / "bomb.argosmodel"
    file.write_bytes(bomb[:at] + (4_100_000_000).to_bytes(4, "little") + bomb[at + 4 :])
    with pytest.raises(UsageError, match="4,000,000,000 bytes"):
        models.install_file(file, furnished.models)


def test_a_package_for_which_the_disk_is_too_full_is_refused_before_it_is_unpacked(
    test_models: Path, furnished: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage("/")._replace(free=5_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: full)
    with pytest.raises(EngineDownError, match="the disk has 5,000 free"):
        models.install_file(test_models / "ko.argosmodel", furnished.models)


def test_a_package_cut_short_is_refused(test_models: Path, furnished: Room, tmp_path: Path) -> None:
    whole = (test_models / "ko.argosmodel").read_bytes()
    file = tmp_path / "cut.argosmodel"
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match="not a translation package"):
        models.install_file(file, furnished.models)


def test_a_package_with_damaged_contents_is_refused(
    test_models: Path, furnished: Room, tmp_path: Path
) -> None:
    whole = bytearray((test_models / "ko.argosmodel").read_bytes())
    inside = whole.index(b"model/model.bin") + 2_000
    whole[inside : inside + 8] = bytes(8)
    file = tmp_path / "damaged.argosmodel"
    file.write_bytes(whole)
    with pytest.raises(UsageError, match="cannot be unpacked"):
        models.install_file(file, furnished.models)


@pytest.mark.parametrize("part", ["model.bin", "sentencepiece.model"])
def test_a_package_whose_model_does_not_load_is_refused(
    parts: Files, furnished: Room, tmp_path: Path, part: str
) -> None:
    file = tmp_path / "odd.argosmodel"
    file.write_bytes(zipped(instead(part, b"not a model")(parts)))
    with pytest.raises(EngineDownError, match="cannot be loaded"):
        models.install_file(file, furnished.models)


def test_a_file_that_is_not_there_is_named(room: Room, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.argosmodel cannot be read: No such file"):
        models.install_file(tmp_path / "absent.argosmodel", room.models)


def test_a_directory_that_cannot_be_written_is_named(test_models: Path, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the directory should be")
    with pytest.raises(EngineDownError, match="models cannot be written"):
        models.install_file(test_models / "ja.argosmodel", tmp_path / "models")


# --- a process of its own ---------------------------------------------------------------------

WHOLE_WAY = """
import os, pathlib, sys
from aggregator.translate import models
from aggregator.translate.engines.argos import ArgosEngine, prepare
room, file = map(pathlib.Path, sys.argv[1:])
prepare(room, os.environ)
models.install_file(file, room)
print(list(ArgosEngine(room).translate(["会報第58号を発行しました"], "ja", "en")))
"""


def test_no_file_appears_in_the_home_directory(test_models: Path, tmp_path: Path) -> None:
    home, here, room = tmp_path / "home", tmp_path / "here", tmp_path / "models"
    for each in (home, here):
        each.mkdir()
    package_root = str(Path(models.__file__).parents[2])
    told = subprocess.run(
        [sys.executable, "-c", WHOLE_WAY, str(room), str(test_models / "ja.argosmodel")],
        env=environment(HOME=str(home), PYTHONPATH=package_root, PYTHONDONTWRITEBYTECODE="1"),
        cwd=here,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "['Newsletter No. 58 has been published']\n"
    assert told.stderr == ""
    assert list(home.rglob("*")) == []
    assert list(here.rglob("*")) == []
    # onnxruntime, which Argos' installer imports, would keep its usage data under "Microsoft".
    assert {each.name for each in room.iterdir()} == {"argos-translate"}
    assert {each.name for each in (room / "argos-translate").iterdir()} == {
        "packages",
        "downloads",
    }


WITHOUT_EXTRA = """
import pathlib, sys
for name in ("argostranslate", "ctranslate2", "sentencepiece"):
    sys.modules[name] = None
from aggregator.errors import EngineDownError
from aggregator.translate import models
from aggregator.translate.engines.argos import ArgosEngine
room, file = map(pathlib.Path, sys.argv[1:])
engine = ArgosEngine(room)
print(sorted(engine.pairs()))
for attempt in (
    lambda: list(engine.translate(["x"], "ja", "en")),
    lambda: models.install_file(file, room),
    lambda: models.install_offer(None, room, None, print),
):
    try:
        attempt()
    except EngineDownError as err:
        print(err)
"""


def test_without_the_extra_models_are_listed_and_the_remedy_is_told(
    test_models: Path, furnished: Room
) -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            WITHOUT_EXTRA,
            str(furnished.models),
            str(test_models / "ja.argosmodel"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    remedy = (
        "translation needs more packages: in a checkout `make argos`, "
        "else pip install 'aggregator[argos]'"
    )
    assert told.stdout.splitlines() == ["[('ja', 'en')]", remedy, remedy, remedy]
