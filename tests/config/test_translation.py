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


CHAT = {
    "AGGREGATOR_TRANSLATE": "argos, chat",
    "AGGREGATOR_CHAT_URL": "http://localhost:11434/v1",
    "AGGREGATOR_CHAT_MODEL": "qwen3:8b",
}


@pytest.mark.parametrize("ending", ["", "/", "/chat/completions", "/chat/completions/"])
def test_chat_is_an_engine_with_an_address_and_a_model(ending: str) -> None:
    asked = {**CHAT, "AGGREGATOR_CHAT_KEY": " sk-s3cret\n"}
    found = read_translation({**asked, "AGGREGATOR_CHAT_URL": CHAT["AGGREGATOR_CHAT_URL"] + ending})
    assert found.engines == ("argos", "chat")
    chat = found.chat
    assert (chat.url, chat.model, chat.key) == (
        "http://localhost:11434/v1",
        "qwen3:8b",
        "sk-s3cret",
    )
    assert "s3cret" not in repr(found)


def test_chat_and_a_server_stand_beside_each_other() -> None:
    asked = {**CHAT, "AGGREGATOR_TRANSLATE": "chat,http://a.example,argos"}
    assert read_translation(asked).engines == ("chat", "http://a.example", "argos")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("AGGREGATOR_CHAT_URL", "", "chat needs it.*up to /v1"),
        ("AGGREGATOR_CHAT_URL", "localhost:11434/v1", "is not an absolute.*up to /v1"),
        ("AGGREGATOR_CHAT_URL", "http://me:s3cret@a.example/v1", "password.*up to /v1"),
        ("AGGREGATOR_CHAT_URL", "http://a.example/v1?key=s3cret", r"holds \? or #.*up to /v1"),
        ("AGGREGATOR_CHAT_MODEL", " ", "chat needs it.*as the endpoint calls it"),
        ("AGGREGATOR_CHAT_KEY", "s3cret key", "no key has.*in one line"),
        ("AGGREGATOR_CHAT_KEY", "s3creté", "no key has.*in one line"),
    ],
)
def test_a_chat_endpoint_that_cannot_be_asked_is_refused_with_a_remedy(
    variable: str, value: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=rf"(?s)^{variable}: .*{said}") as told:
        read_translation({**CHAT, variable: value})
    assert "s3cret" not in str(told.value)
    # Who doesn't use it needs none of it.
    assert (
        read_translation({**CHAT, variable: value, "AGGREGATOR_TRANSLATE": "argos"}).chat.url == ""
    )


@pytest.mark.parametrize(("said", "budget"), [("", 0), ("1", 1), ("200000", 200_000)])
def test_the_budget_is_a_number_of_characters(said: str, budget: int) -> None:
    assert read_translation({"AGGREGATOR_TRANSLATE_BUDGET": said}).budget == budget


@pytest.mark.parametrize("said", ["0", "-5", "200,000", "1e6", "much", "１", "9" * 5000])
def test_a_budget_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(ConfigError, match=r"(?s)AGGREGATOR_TRANSLATE_BUDGET: .*characters"):
        read_translation({"AGGREGATOR_TRANSLATE_BUDGET": said})


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
