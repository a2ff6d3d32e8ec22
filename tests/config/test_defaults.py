"""A new home directory has everything to run, and nothing of yours is overwritten."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import aggregator
from aggregator.config import (
    VARIABLES,
    read_pipelines,
    read_settings,
    read_sources,
    schema_files,
    write_defaults,
)
from aggregator.errors import ConfigError
from aggregator.model import Source
from aggregator.text.countries import COUNTRIES

PACKAGE = Path(aggregator.__file__).parent
BASE_URL = "https://news.example/slc"
CONTACT = "desk@news.example"


@pytest.fixture(scope="module")
def ours() -> tuple[Source, ...]:
    return read_sources(PACKAGE.parent / "sources.yaml")


def write(directory: Path, countries: tuple[str, ...] = (), targets: tuple[str, ...] = ()) -> None:
    write_defaults(
        directory, countries=countries, targets=targets, base_url=BASE_URL, contact=CONTACT
    )


def test_without_a_choice_all_sources_and_pipelines_come_as_they_are(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    write(home)
    for name in ("sources.yaml", "glossary.yaml", "topics.yaml", "pipelines/network-news.yaml"):
        assert (home / name).read_bytes() == (PACKAGE.parent / name).read_bytes()
    assert read_pipelines(home / "pipelines", read_sources(home / "sources.yaml"))


@pytest.mark.parametrize("code", COUNTRIES)
def test_each_country_can_be_chosen_alone_and_runs(
    code: str, ours: tuple[Source, ...], tmp_path: Path
) -> None:
    write(tmp_path, countries=(code,))
    sources = read_sources(tmp_path / "sources.yaml")
    assert {source.country for source in sources} == {code}
    assert sources == tuple(source for source in ours if source.country == code)
    assert read_pipelines(tmp_path / "pipelines", sources)


def test_chosen_targets_replace_ours_and_a_single_one_gets_the_first(tmp_path: Path) -> None:
    write(tmp_path, targets=("ja", "en", "original"))
    sources = read_sources(tmp_path / "sources.yaml")
    found = {each.name: each.targets for each in read_pipelines(tmp_path / "pipelines", sources)}
    assert found["network-news"] == ("ja", "en", "original")
    assert found["daily-digest"] == ("ja",)


def test_editors_find_the_schemas_that_the_files_point_to(tmp_path: Path) -> None:
    write(tmp_path)
    for file in (tmp_path / "sources.yaml", *(tmp_path / "pipelines").glob("*.yaml")):
        first = file.read_text(encoding="utf-8").split("\n", 1)[0]
        assert (file.parent / first.partition("$schema=")[2]).is_file()
    assert all((tmp_path / name).is_file() for name in schema_files())


def test_a_shell_that_reads_aggregator_env_gets_the_settings(tmp_path: Path) -> None:
    home = tmp_path / "it's a home"
    write(home)
    script = "set -a; . ./aggregator.env; env -0"
    run = subprocess.run(
        ["/bin/sh", "-c", script], cwd=home, env={}, capture_output=True, check=True
    )
    environ = dict(row.split("=", 1) for row in run.stdout.decode().split("\0") if row)
    settings = read_settings(environ, home)
    assert settings.base_url == f"{BASE_URL}/"
    assert settings.contact == CONTACT
    text = (home / "aggregator.env").read_text(encoding="utf-8")
    assert all(f"{name}=" in text for name in VARIABLES)


@pytest.mark.parametrize(
    "name", ["sources.yaml", "topics.yaml", "pipelines/daily-digest.yaml", "aggregator.env"]
)
def test_a_file_that_is_there_is_named_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(ConfigError, match=rf"{name}: is there already\n.*another directory"):
        write(tmp_path)
    assert mine.read_text() == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"countries": ("jpn",)}, r"country `jpn` is unknown\n.*did you mean `jp`"),
        ({"targets": ("english",)}, r"target `english` is unknown\n.*allowed: ja, ko"),
        ({"base_url": "news"}, r"AGGREGATOR_BASE_URL: `news` is not an absolute"),
        ({"contact": "me"}, r"AGGREGATOR_CONTACT: `me` is neither"),
    ],
)
def test_a_choice_that_cannot_be_met_is_told_before_anything_is_written(
    choice: dict[str, str], said: str, tmp_path: Path
) -> None:
    values = {"countries": (), "targets": (), "base_url": BASE_URL, "contact": CONTACT, **choice}
    with pytest.raises(ConfigError, match=said):
        write_defaults(tmp_path, **values)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="file"):
        write(tmp_path / "file" / "home")


def test_an_installed_package_brings_its_own_defaults(tmp_path: Path) -> None:
    """A wheel has no repository around it: the files lie in the package, as pyproject says."""
    site = tmp_path / "site"
    for room in ("config", "model", "text"):
        shutil.copytree(PACKAGE / room, site / "aggregator" / room)
    for name in ("__init__.py", "errors.py"):
        shutil.copy(PACKAGE / name, site / "aggregator" / name)
    defaults = site / "aggregator" / "defaults"
    defaults.mkdir()
    for name in ("sources.yaml", "glossary.yaml", "topics.yaml"):
        shutil.copy(PACKAGE.parent / name, defaults / name)
    shutil.copytree(PACKAGE.parent / "pipelines", defaults / "pipelines")
    code = (
        "from pathlib import Path; from aggregator.config import write_defaults; "
        "write_defaults(Path('home'), countries=['kr'], targets=['en'], "
        "base_url='http://a.example/', contact='a@b.example')"
    )
    environ = {**os.environ, "PYTHONPATH": str(site)}  # noqa: TID251 - for the child process
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environ, check=True)
    assert {source.country for source in read_sources(tmp_path / "home/sources.yaml")} == {"kr"}
    glossary = yaml.safe_load((tmp_path / "home/glossary.yaml").read_text(encoding="utf-8"))
    assert glossary
