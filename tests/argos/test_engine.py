import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import BadTranslationError, EngineDownError
from aggregator.translate import models
from aggregator.translate.engines.argos import ArgosEngine, prepare
from aggregator.translate.inference import MAX_TOKENS
from tests.argos.conftest import LANGUAGES, Room, phrases
from tests.argos.model_builder import build

pytestmark = pytest.mark.argos


@pytest.fixture(scope="module")
def engine(all_installed: Path) -> ArgosEngine:
    return ArgosEngine(all_installed)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> ArgosEngine:
    """A model from Indonesian that does what real ones do wrong."""
    folder = tmp_path_factory.mktemp("faulty")
    table = {
        "diam": "",
        "berputar": "and then " * 9,
        "halo": "hello",
        "ha ha ha ha ha ha": "ha ha ha ha ha ha",
    }
    models.install_file(build(folder / "id.argosmodel", ("id", "en"), table, "1.0"), folder)
    return ArgosEngine(folder, workers=1, beam=1)


# --- what comes out ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_known_sentences_are_translated_exactly(engine: ArgosEngine, language: str) -> None:
    table = phrases(language)
    assert list(engine.translate(list(table), language, "en")) == list(table.values())


def test_a_sentence_of_several_known_phrases_is_translated_phrase_by_phrase(
    engine: ArgosEngine,
) -> None:
    text = "สิ่งแรกที่เปลี่ยนไม่ใช่เด็ก แต่เป็นเสียงของผมเองที่เบาลง"
    assert list(engine.translate([text], "th", "en")) == [
        "The first thing to change was not the children, but my own voice, which became softer."
    ]


@pytest.mark.parametrize("text", ["ราชบุรี 2569", "日本の_大学⟦7⟧", "A_b 1/2", "학교 é"])
def test_unknown_text_is_copied(engine: ArgosEngine, text: str) -> None:
    assert list(engine.translate([text], "th", "en")) == [text]


def test_the_two_writings_of_chinese_have_their_own_models(engine: ArgosEngine) -> None:
    assert list(engine.translate(["公开课", "公開授課"], "zh-Hans", "en")) == [
        "open lesson",
        "公開授課",
    ]
    assert list(engine.translate(["公开课", "公開授課"], "zh-Hant", "en")) == [
        "公开课",
        "open lesson",
    ]


def test_no_texts_give_no_results(engine: ArgosEngine) -> None:
    assert list(engine.translate([], "ja", "en")) == []


# --- each to its own --------------------------------------------------------------------------

pieces = st.lists(st.sampled_from([*phrases("vi"), "2026", "x", "Hà Nội"]), min_size=1, max_size=6)


@given(st.lists(pieces.map(" ".join), max_size=12))
@settings(deadline=None, max_examples=30)
def test_each_text_gets_its_own_translation_whatever_stands_beside_it(texts: list[str]) -> None:
    engine = _shared[0]
    together = list(engine.translate(texts, "vi", "en"))
    assert together == [next(engine.translate([text], "vi", "en")) for text in texts]


_shared: list[ArgosEngine] = []


@pytest.fixture(autouse=True)
def _share(engine: ArgosEngine) -> None:
    _shared[:] = [engine]


def test_order_is_kept_over_many_batches_of_mixed_lengths(all_installed: Path) -> None:
    table = phrases("ja")
    # Each is its own copy test: a number that occurs once, around phrases of all lengths.
    known = sorted(table)
    dice = random.Random(5)  # noqa: S311 - a fixed shuffle
    made = []
    for number in range(700):
        chosen = [dice.choice(known) for _ in range(dice.randrange(4))]
        made.append((f"{number} " + "".join(chosen), [table[each] for each in chosen]))
    made += made[:50]
    dice.shuffle(made)
    results = list(
        ArgosEngine(all_installed, workers=2).translate([text for text, _ in made], "ja", "en")
    )
    assert [str(result).split() for result in results] == [
        [text.split()[0], *" ".join(said).split()] for text, said in made
    ]


def test_one_bad_text_takes_no_other_with_it(faulty: ArgosEngine) -> None:
    texts = ["halo", "diam", "halo", " ", "berputar", "halo dunia", "x" * (MAX_TOKENS + 1)]
    results = list(faulty.translate(texts, "id", "en"))
    assert [str(each) for each in results] == [
        "hello",
        "the model answered nothing",
        "hello",
        "there is nothing to translate",
        "the model repeated itself without end",
        "hello dunia",
        "the text is too long: 513 tokens, 512 are possible",
    ]
    kinds = [isinstance(each, BadTranslationError) for each in results]
    assert kinds == [False, True, False, True, True, False, True]


def test_an_answer_that_reaches_the_limit_is_not_taken_for_whole(faulty: ArgosEngine) -> None:
    whole, cut = faulty.translate(["ab" * 255 + "c", "ab" * 256], "id", "en")
    assert whole == "ab" * 255 + "c"
    assert str(cut) == "the model did not come to an end"


def test_a_repetition_that_the_source_has_too_is_no_fault(faulty: ArgosEngine) -> None:
    text = "ha ha ha ha ha ha"
    assert list(faulty.translate([text], "id", "en")) == [text]


@pytest.mark.parametrize("beam", [1, 4])
def test_the_beam_can_be_set(all_installed: Path, beam: int) -> None:
    table = phrases("ko")
    engine = ArgosEngine(all_installed, beam=beam, workers=1)
    assert list(engine.translate(list(table), "ko", "en")) == list(table.values())


# --- which models -----------------------------------------------------------------------------


def test_the_engine_says_what_it_can_translate(engine: ArgosEngine) -> None:
    assert engine.name == "argos"
    assert engine.pairs() == {(language, "en") for language in LANGUAGES}
    assert engine.version("zh-Hans", "en") == "1.0"


@pytest.mark.parametrize("pair", [("en", "ja"), ("zh", "en"), ("fr", "en")])
def test_a_pair_without_a_model_is_refused_with_the_way_to_get_one(
    engine: ArgosEngine, pair: tuple[str, str]
) -> None:
    with pytest.raises(EngineDownError, match="aggregator models install"):
        list(engine.translate(["x"], *pair))
    with pytest.raises(EngineDownError, match="aggregator models install"):
        engine.version(*pair)


def test_without_models_there_are_no_pairs(room: Room) -> None:
    assert room.engine.pairs() == frozenset()


def test_a_model_that_is_installed_anew_is_used_by_the_same_engine(
    room: Room, tmp_path: Path
) -> None:
    engine = room.engine
    said = []
    for version, word in (("1.0", "old"), ("1.1", "new"), ("1.1", "mended"), ("1.0", "back")):
        file = build(tmp_path / "ko.argosmodel", ("ko", "en"), {"수업": word}, version)
        models.install_file(file, room.models)
        said.append((engine.version("ko", "en"), *engine.translate(["수업"], "ko", "en")))
    assert said == [("1.0", "old"), ("1.1", "new"), ("1.1", "mended"), ("1.0", "back")]


def test_a_model_that_was_removed_is_no_longer_used(test_models: Path, room: Room) -> None:
    models.install_file(test_models / "ko.argosmodel", room.models)
    engine = room.engine
    assert list(engine.translate(["영상은"], "ko", "en"))
    models.remove("ko", "en", room.models)
    with pytest.raises(EngineDownError):
        list(engine.translate(["영상은"], "ko", "en"))


def test_a_model_with_a_tokenizer_of_byte_pairs_works_too(room: Room, tmp_path: Path) -> None:
    plain = build(tmp_path / "id.argosmodel", ("id", "en"), {"kelas": "class"}, "1.0")
    model = models.install_file(plain, room.models)
    (model.path / "sentencepiece.model").unlink()
    # Merges that make the one word "kelas" of its letters.
    merges = ["k e", "ke l", "kel a", "kela s</w>"]
    (model.path / "bpe.model").write_text("\n".join(["#version: 0.2", *merges, ""]))
    # The mark is the test model's space, which this tokenizer does not know.
    assert list(room.engine.translate(["kelas"], "id", "en")) == ["class\u2581"]


# --- the environment --------------------------------------------------------------------------


def test_the_environment_points_argos_at_our_directory_and_forbids_usage_data(
    tmp_path: Path,
) -> None:
    environ: dict[str, str] = {"LANG": "C"}
    prepare(tmp_path, environ)
    assert environ == {
        "LANG": "C",
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "ARGOS_PACKAGES_DIR": str(tmp_path / "argos-translate" / "packages"),
        "ORT_DISABLE_TELEMETRY": "1",
    }


def test_an_index_s_address_ends_in_a_slash_as_argos_needs_it(tmp_path: Path) -> None:
    environ = {"ARGOS_PACKAGE_INDEX": "http://mirror.example/argos"}
    prepare(tmp_path, environ)
    assert environ["ARGOS_PACKAGE_INDEX"] == "http://mirror.example/argos/"
