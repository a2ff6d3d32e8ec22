"""Which engines translate, as the environment says."""

import pytest

from aggregator.config.translation import Translation, read_translation
from aggregator.errors import ConfigError


@pytest.mark.parametrize(
    ("said", "engines"),
    [
        ("", ("argos",)),
        ("argos", ("argos",)),
        ("none", ()),
        ("http://localhost:5000", ("http://localhost:5000",)),
        (" argos , http://localhost:5000,argos", ("argos", "http://localhost:5000")),
        ("https://mt.example/, argos", ("https://mt.example/", "argos")),
    ],
)
def test_engines_are_asked_in_the_order_they_are_named(said: str, engines: tuple[str, ...]) -> None:
    assert read_translation({"AGGREGATOR_TRANSLATE": said}).engines == engines


@pytest.mark.parametrize("said", ["google", "argos,none", "localhost:5000", "http://", "argos;x"])
def test_what_is_no_engine_is_refused_with_a_remedy(said: str) -> None:
    with pytest.raises(ConfigError, match=r"(?s)AGGREGATOR_TRANSLATE.* no engine.*write argos"):
        read_translation({"AGGREGATOR_TRANSLATE": said})


def test_there_is_one_server() -> None:
    with pytest.raises(ConfigError, match="several servers"):
        read_translation({"AGGREGATOR_TRANSLATE": "http://a.example,argos,http://b.example"})


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as told:
        read_translation({"AGGREGATOR_TRANSLATE": "http//me:secret@host"})
    assert "secret" not in str(told.value)
    assert "secret" not in repr(Translation(engines=("http://me:secret@host",), key="secret"))


@pytest.mark.parametrize(("said", "beam"), [("", 4), ("1", 1), ("16", 16)])
def test_the_beam_is_a_number(said: str, beam: int) -> None:
    assert read_translation({"AGGREGATOR_TRANSLATE_BEAM": said}).beam == beam


@pytest.mark.parametrize("said", ["0", "17", "0160000", "wide", "-1", "４", "1234567890"])
def test_a_beam_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(ConfigError, match=r"(?s)AGGREGATOR_TRANSLATE_BEAM: .*the fastest"):
        read_translation({"AGGREGATOR_TRANSLATE_BEAM": said})
