"""A LibreTranslate server as it answers: recorded from version 1.9.6, on loopback."""

from collections.abc import Iterator
from typing import Any

import pytest

from aggregator.errors import BadTranslationError, EngineDownError
from aggregator.fetch import poster
from aggregator.translate.engines.libretranslate import BATCH, LibreTranslate
from tests.translate.servers import LibreTranslateServer, serving


@pytest.fixture
def server() -> Iterator[LibreTranslateServer]:
    with serving(LibreTranslateServer()) as made:
        yield made


def test_languages_are_called_as_we_call_them_and_unknown_ones_left_out(
    server: LibreTranslateServer,
) -> None:
    assert server.engine().pairs() == {("ja", "en"), ("zh-Hans", "en"), ("zh-Hant", "en")}


def test_texts_go_as_html_in_the_servers_codes_and_come_back_as_text(
    server: LibreTranslateServer,
) -> None:
    found = list(server.engine("secret").translate(["A & B <公開>。"], "zh-Hant", "en"))
    assert found == ["[A & B <公開>。]"]
    assert server.asked == [
        {
            "q": ["A &amp; B &lt;公開&gt;。"],
            "source": "zt",
            "target": "en",
            "format": "html",
            "api_key": "secret",
        }
    ]


def test_many_texts_are_several_requests_in_their_order(server: LibreTranslateServer) -> None:
    texts = [f"第{n}回" for n in range(2 * BATCH + 1)]
    assert list(server.engine().translate(texts, "ja", "en")) == [f"[{each}]" for each in texts]
    assert [len(each["q"]) for each in server.asked] == [BATCH, BATCH, 1]


@pytest.mark.parametrize("status", [400, 413, 500])
def test_a_text_that_is_refused_takes_no_other_with_it(
    server: LibreTranslateServer, status: int
) -> None:
    server.refused = {"bad": (status, "Invalid request: request (9) exceeds text limit (5)")}
    found = list(server.engine().translate(["a", "b", "bad", "d"], "ja", "en"))
    assert [each if isinstance(each, str) else type(each) for each in found] == [
        "[a]",
        "[b]",
        BadTranslationError,
        "[d]",
    ]
    assert "exceeds text limit" in str(found[2])


@pytest.mark.parametrize(
    ("status", "error"), [(403, "Invalid API key"), (429, "Slowdown: 3 per 1 minute"), (503, "")]
)
def test_a_server_that_wants_a_key_or_a_pause_is_down(
    server: LibreTranslateServer, status: int, error: str
) -> None:
    server.refused = {"": (status, error)}
    with pytest.raises(EngineDownError, match=f"libretranslate: {status} .*{error}"):
        list(server.engine().translate(["a"], "ja", "en"))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [{"translatedText": "one"}, {"translatedText": ["a", "b"]}, {"translatedText": [""]}, [1]],
)
def test_an_answer_of_another_shape_is_no_translation(
    server: LibreTranslateServer, answer: Any
) -> None:
    server.answer = answer
    (found,) = server.engine().translate(["a"], "ja", "en")
    assert isinstance(found, BadTranslationError)


@pytest.mark.parametrize("languages", ["<html>", {"error": "x"}, [{"code": "ja"}], [1]])
def test_a_server_that_is_none_offers_nothing(server: LibreTranslateServer, languages: Any) -> None:
    server.languages = languages
    engine = server.engine()
    for _ in range(3):
        with pytest.raises(EngineDownError):
            engine.pairs()
    with pytest.raises(EngineDownError):
        list(engine.translate(["a"], "ja", "en"))
    assert server.listed == 1


def test_a_server_that_refuses_everything_is_down(server: LibreTranslateServer) -> None:
    server.refused = {"": (500, "out of memory")}
    with pytest.raises(EngineDownError, match=r"refuses everything: .*out of memory"):
        list(server.engine().translate([f"text {n}" for n in range(100)], "ja", "en"))
    assert len(server.asked) < 2 * BATCH


def test_a_pair_it_lacks_is_not_asked_for(server: LibreTranslateServer) -> None:
    with pytest.raises(EngineDownError, match="does not translate ko -> en"):
        list(server.engine().translate(["a"], "ko", "en"))
    assert server.asked == []


def test_nobody_at_the_address_is_no_engine() -> None:
    engine = LibreTranslate(poster(), "http://127.0.0.1:9")
    with pytest.raises(EngineDownError, match="libretranslate: it does not answer"):
        engine.pairs()
