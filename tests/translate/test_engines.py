"""What holds for every engine: one result per text, in order, and no text that harms another."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from aggregator.errors import BadTranslationError, EngineDownError
from aggregator.translate import models
from aggregator.translate.engines import Engine
from aggregator.translate.engines.argos import ArgosEngine, prepare
from aggregator.translate.engines.none import NoEngine
from aggregator.translate.masks import SHAPES
from tests.translate.servers import ChatServer, LibreTranslateServer, serving

#: Some texts that each engine can translate from Japanese to English, and one that it cannot.
TEXTS = ("公開研究会を開く", "会報第58号", "授業を見合う")
BAD = "できない"


@dataclass(frozen=True)
class Made:
    """An engine, and what it is to make of the texts."""

    engine: Engine
    said: dict[str, str]


@contextmanager
def argos(folder: Path) -> Iterator[Made]:
    builder = pytest.importorskip("tests.argos.model_builder", reason="needs the argos extra")
    said = {text: f"text number {n}" for n, text in enumerate(TEXTS)}
    with pytest.MonkeyPatch.context() as patch:
        wanted: dict[str, str] = {}
        prepare(folder, wanted)
        for name, value in wanted.items():
            patch.setenv(name, value)
        file = folder / "ja.argosmodel"
        models.install_file(builder.build(file, ("ja", "en"), {**said, BAD: ""}, "1.0"), folder)
        yield Made(ArgosEngine(folder, workers=1), said)


@contextmanager
def on_loopback(kind: Callable[[], LibreTranslateServer | ChatServer], _: Path) -> Iterator[Made]:
    with serving(kind()) as server:
        server.refused = {BAD: (400, "this one is refused")}
        yield Made(server.engine(), {text: f"[{text}]" for text in TEXTS})


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Made]]] = {
    "argos": argos,
    "libretranslate": partial(on_loopback, LibreTranslateServer),
    "chat": partial(on_loopback, ChatServer),
}


@pytest.fixture(params=[pytest.param("argos", marks=pytest.mark.argos), "libretranslate", "chat"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    with ENGINES[request.param](tmp_path) as found:
        assert found.engine.name == request.param
        yield found


def test_each_text_has_one_result_in_its_place(made: Made) -> None:
    texts = [TEXTS[n % 3] for n in range(50)]
    assert list(made.engine.translate(texts, "ja", "en")) == [made.said[text] for text in texts]


def test_asked_twice_it_says_the_same(made: Made) -> None:
    one, two = (list(made.engine.translate(TEXTS, "ja", "en")) for _ in range(2))
    assert one == two
    assert made.engine.version("ja", "en") == made.engine.version("ja", "en") != ""
    assert made.engine.pairs() == made.engine.pairs()


@pytest.mark.parametrize("at", range(4))
def test_a_text_that_fails_takes_no_other_with_it(made: Made, at: int) -> None:
    texts = [*TEXTS[:at], BAD, *TEXTS[at:]]
    found = list(made.engine.translate(texts, "ja", "en"))
    assert isinstance(found.pop(at), BadTranslationError)
    assert found == [made.said[text] for text in TEXTS]


def test_nothing_is_made_of_nothing(made: Made) -> None:
    assert list(made.engine.translate([], "ja", "en")) == []


def test_it_has_the_pair_and_a_shape_of_masks(made: Made) -> None:
    assert ("ja", "en") in made.engine.pairs()
    assert made.engine.shape("ja", "en") in SHAPES


@pytest.mark.parametrize("pair", [("ja", "fr"), ("und", "en"), ("en", "en")])
def test_a_pair_that_it_does_not_have_is_no_texts_fault(made: Made, pair: tuple[str, str]) -> None:
    assert pair not in made.engine.pairs()
    with pytest.raises(EngineDownError, match=" -> ".join(pair)):
        list(made.engine.translate(["a"], *pair))


def test_no_engine_at_all_has_no_pair() -> None:
    engine: Engine = NoEngine()
    assert engine.pairs() == frozenset()
    assert engine.shape("ja", "en") in SHAPES
    for _ in range(2):
        with pytest.raises(EngineDownError, match="ja -> en"):
            list(engine.translate(["a"], "ja", "en"))
