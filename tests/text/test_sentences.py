"""Sentences: nothing lost, nothing cut where one goes on."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aggregator.text.languages import LANGUAGES
from aggregator.text.sentences import THAI_PIECE, THAI_REST, split

SIGNS = st.text(
    st.sampled_from(
        [*" \t\n\u3000\r", *".!?。！？…", *"\"'”」』）(“「", *"aB9é", *"学びの", *"한국", *"กา"]
    ),
    max_size=60,
)


def sentences(text: str, language: str) -> list[str]:
    return [sentence for sentence, _ in split(text, language)]


@settings(deadline=None)
@given(SIGNS | st.text(max_size=40), st.sampled_from(sorted(LANGUAGES)))
@example("  a. B\n\n c ", "en")
@example(" \n ", "th")
def test_the_pieces_joined_are_the_text(text: str, language: str) -> None:
    pieces = split(text, language)

    assert "".join(sentence + tail for sentence, tail in pieces) == text
    assert all(tail == "" or tail.isspace() for _, tail in pieces)
    if text.strip():
        assert all(sentence.strip() and sentence == sentence.rstrip() for sentence, _ in pieces)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_new_line_always_cuts(language: str) -> None:
    assert split("abc \n\n def\n", language) == [("abc", " \n\n "), ("def", "\n")]


def test_a_text_without_words_is_at_most_one_empty_sentence() -> None:
    assert split("", "ja") == []
    assert split(" \n", "ja") == [("", " \n")]


def test_white_space_before_the_first_sentence_belongs_to_it() -> None:
    assert split("\n Good. Bye.", "en") == [("\n Good.", " "), ("Bye.", "")]


CASES = [
    ("ja", ["授業を公開した。", "参加者は百人だった！", "次は？", "未定"]),
    ("ja", ["校長は「学び合う。」と述べた。", "「よい。」", "皆が笑った。"]),
    ("ja", ["「できた！」など声が上がった。", "（終わり。）", "以上"]),
    ("ko", ["수업을 공개했다.", "참가자는 백 명이었다."]),
    ("ko", ["교장은 “함께 배운다.”라고 말했다.", "“좋다.”", "모두 웃었다."]),
    ("ko", ["2026. 11. 19. 열린 연수에 J. Kim 교사가 왔다.", "끝났다."]),
    ("zh-Hans", ["学校公开了课堂。", "“很好！”", "他说。"]),
    ("zh-Hant", ["研究由A.B.團隊進行.", "結果公布."]),
    ("vi", ["TP. Hồ Chí Minh mở lớp.", "GS. Nguyễn An nói… rồi cười.", "Hết."]),
    ("id", ["Dr. A.S. Budi, S.Pd. hadir di Jl. Merdeka.", "Acara selesai!", "Terima kasih."]),
    ("en", ["Dr. J. Smith came, e.g. on Monday.", "“Good.”", "Yahoo! is a name."]),
    ("en", ["It was 3.5 hours.", "He left?", "Yes."]),
]


@pytest.mark.parametrize(("language", "expected"), CASES)
def test_sentences_are_cut_where_they_end(language: str, expected: list[str]) -> None:
    space = "" if LANGUAGES[language].unspaced else " "

    assert sentences(space.join(expected), language) == expected


def test_korean_sentences_without_a_space_between_are_cut() -> None:
    assert sentences("공개했다.참가했다.", "ko") == ["공개했다.", "참가했다."]


def test_thai_is_cut_at_a_space_only_when_the_piece_is_long() -> None:
    clause = "ครูทุกคนเปิดชั้นเรียนให้เพื่อนครูเข้ามาเรียนรู้ร่วมกัน"
    text = " ".join([clause] * 5)

    pieces = sentences(text, "th")

    assert pieces == [f"{clause} {clause}", f"{clause} {clause}", clause]
    assert all(len(piece) >= THAI_PIECE for piece in pieces[:-1])


def test_thai_question_marks_and_abbreviation_signs_do_not_cut() -> None:
    text = "กรุงเทพฯ จัดงาน! ใครมาบ้าง? ทุกคน"

    assert sentences(text, "th") == [text]


def test_thai_numbers_foreign_words_and_short_rests_stay_with_their_clause() -> None:
    clause = "ก" * THAI_PIECE
    rest = "ข" * (THAI_REST - 1)

    assert len(sentences(f"{clause} 2569 {clause}", "th")) == 1
    assert len(sentences(f"{clause} SLC {clause}", "th")) == 1
    assert len(sentences(f"{clause} {rest}", "th")) == 1
    assert len(sentences(f"{clause} {rest}ข", "th")) == 2
