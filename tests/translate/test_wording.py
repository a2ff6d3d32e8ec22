"""What the glossary prescribes is said, by engines that treat masks well and badly."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.config.glossary import read_glossary
from aggregator.errors import BadTranslationError, EngineDownError, TranslateError
from aggregator.model.glossary import Concept, Term
from aggregator.text.terms import Terms
from aggregator.translate.masks import SHAPES, mask, unmask
from aggregator.translate.wording import Worded, Wordings, version_of, worded

GLOSSARY = Path(__file__).resolve().parents[2] / "glossary.yaml"
FRAMES = {
    "ja": "来月から{}について市内の先生たちが話し合う。",
    "ko": "다음 달부터 {} 주제로 교사들이 모인다.",
    "zh-Hans": "老师们下个月讨论“{}”的问题。",
    "zh-Hant": "老師們下個月討論「{}」的問題。",
    "vi": "Tháng tới các thầy cô bàn về {} ở thành phố.",
    "th": "เดือนหน้าครูจะคุยเรื่อง {} ในเมือง",
    "id": "Bulan depan para guru membahas {} di kota.",
}
LESSON = Concept(
    id="lesson-study",
    group="approach",
    terms=(
        Term(text="授業研究", language="ja", role="preferred"),
        Term(text="lesson study", language="en", role="preferred"),
    ),
)
DAY = Concept(
    id="open-day",
    group="approach",
    terms=(
        Term(text="公開授業", language="ja", role="preferred"),
        Term(text="open lesson", language="en", role="preferred"),
    ),
)
BOTH = "授業研究と公開授業"


class Toy:
    """Says 'X' for every run of letters that are not Latin, and copies all else."""

    def __init__(self, changed: Callable[[str], str] = str) -> None:
        self.changed = changed
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Iterator[str | TranslateError]:
        self.asked += texts
        for text in texts:
            if text == "":
                yield BadTranslationError("nothing")
            else:
                yield self.changed(
                    re.sub(
                        "[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]+", " X ", text
                    ).strip()
                )


def wordings_of(*concepts: Concept) -> Wordings:
    return Wordings(Terms(concepts), concepts, "en")


def said(text: str, engine: Toy, shape: str = "bracket") -> Worded | TranslateError:
    wordings = wordings_of(LESSON, DAY)
    found = {text: wordings.prescribed(text, "ja")}
    ((_, answer),) = worded(engine, found, wordings, shape)
    return answer


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_missing_is_carried_through_by_masks(shape: str) -> None:
    engine = Toy()
    assert said(BOTH, engine, shape) == Worded(text="Lesson study X open lesson")
    assert len(engine.asked) == 2


def test_what_says_it_by_itself_is_asked_once() -> None:
    engine = Toy(lambda _text: "Lesson studies and an Open Lesson")
    assert said(BOTH, engine) == Worded(text="Lesson studies and an Open Lesson")
    assert engine.asked == [BOTH]


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("⟦1⟧", ""),
        lambda text: text.replace("⟦1⟧", "⟦1⟧ ⟦1⟧"),
        lambda text: text.replace("⟦1⟧", "[1]"),
        lambda text: text.replace("⟦", "⟦ "),
        lambda text: text.replace("⟦1⟧", "⟦1⟧ ⟧"),
    ],
)
def test_a_mask_that_does_not_come_back_leaves_the_plain_translation_and_what_it_misses(
    changed: Callable[[str], str],
) -> None:
    engine = Toy(changed)
    assert said(BOTH, engine) == Worded(text="X", missing=("lesson study", "open lesson"))


def test_an_error_is_passed_on_and_the_others_are_translated() -> None:
    wordings = wordings_of(LESSON)
    found = {text: wordings.prescribed(text, "ja") for text in ("", "授業研究")}
    answers = dict(worded(Toy(), found, wordings))
    assert isinstance(answers[""], TranslateError)
    assert answers["授業研究"] == Worded(text="Lesson study")


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_what_was_translated_when_the_engine_goes_down_is_not_lost(after: int) -> None:
    class Dying(Toy):
        def __call__(self, texts: Sequence[str]) -> Iterator[str | TranslateError]:
            for text in texts:
                if len(self.asked) == after:
                    raise EngineDownError("gone")
                yield from super().__call__([text])

    wordings = wordings_of(LESSON, DAY)
    texts = ("授業研究", "給食", "公開授業")
    found = {text: wordings.prescribed(text, "ja") for text in texts}
    kept: list[tuple[str, Worded | TranslateError]] = []
    results = worded(Dying(), found, wordings)
    with pytest.raises(EngineDownError):
        while True:
            kept.append(next(results))
    assert {text for text, _ in kept} == set(texts[:after])


def test_only_what_is_prescribed_names_the_version() -> None:
    wordings = wordings_of(LESSON, DAY)
    lesson = version_of(wordings.prescribed("授業研究の日", "ja"))
    assert lesson == version_of(wordings_of(LESSON).prescribed("授業研究の日", "ja"))
    assert lesson != version_of(wordings.prescribed(BOTH, "ja"))
    assert version_of(wordings.prescribed("給食", "ja")) == ""


def test_words_keep_apart_from_their_neighbors() -> None:
    text, masks = mask("PISA授業研究2030", [(4, 8)], "name")
    assert text == f"PISA {masks[0]} 2030"
    assert unmask(f"the{masks[0]}", masks, ["x"], "en") is None
    assert unmask(f"《{masks[0]}》會", masks, ["授業研究"], "zh-Hant") == "《授業研究》會"
    assert unmask("⟦1⟧은 좋다", ["⟦1⟧"], ["수업 연구"], "ko") == "수업 연구 은 좋다"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=5),
    st.sampled_from(sorted(SHAPES)),
)
def test_a_masked_text_comes_back_whatever_it_says(
    text: str, drawn: list[tuple[int, int]], shape: str
) -> None:
    spans, at = [], 0
    for gap, length in drawn:
        start, end = at + gap, at + gap + length
        if end <= len(text):
            spans.append((start, end))
            at = end
    masked, masks = mask(text, spans, shape)
    wanted = [text[start:end] for start, end in spans][: len(masks)]
    back = unmask(masked, masks, wanted, "ja")
    if "⟦" in text or "⟧" in text:
        return
    assert back is not None
    assert back.replace(" ", "") == text.replace(" ", "")


def test_all_terms_of_the_glossary_come_out_as_prescribed() -> None:
    """A faithful engine that knows no term: at least 98 of 100, and no mask is left anywhere."""
    concepts = read_glossary(GLOSSARY)
    wordings = wordings_of(*concepts)
    right = every = 0
    for language, frame in FRAMES.items():
        texts = [
            frame.format(term.text)
            for concept in concepts
            for term in concept.terms
            if term.language == language and term.role == "preferred"
        ]
        found = {
            text: prescribed
            for text in texts
            if (prescribed := wordings.prescribed(text, language))
        }
        for _, answer in worded(Toy(), found, wordings):
            assert isinstance(answer, Worded)
            assert "⟦" not in answer.text
            every += 1
            right += not answer.missing
    assert every > 400
    assert right >= 0.98 * every
