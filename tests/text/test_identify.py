"""Which language a text is in."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.languages import LANGUAGES, UNKNOWN, identify

#: Written for this test, each with a source in another language, so that the text alone tells.
OWN = {
    "ja": "学びの共同体の公開研究会が十一月に開かれます。",
    "ko": "배움의 공동체 수업 연구회가 열립니다.",
    "zh-Hans": "学习共同体学校开放课堂，教师们一起讨论学生的学习。",
    "zh-Hant": "學習共同體學校開放課堂，教師們一起討論學生的學習。",
    "vi": "Các giáo viên cùng nhau nghiên cứu bài học và lắng nghe học sinh.",
    "th": "ครูทุกคนเปิดชั้นเรียนให้เพื่อนครูเข้ามาเรียนรู้ร่วมกัน",
    "id": "Para guru membuka kelas dan belajar bersama dari percakapan siswa.",
    "en": "Teachers open their classrooms and learn together from what students say.",
}


@pytest.mark.parametrize("language", sorted(OWN))
@pytest.mark.parametrize("prior", sorted(LANGUAGES))
def test_a_sentence_is_known_whatever_its_source_speaks(language: str, prior: str) -> None:
    assert identify(OWN[language], prior) == language


@pytest.mark.parametrize("prior", sorted(LANGUAGES))
@pytest.mark.parametrize("text", ["", "2026-11-19", "!?", "SLC 2026", "https://open.example/a/b"])
def test_a_text_that_says_nothing_is_in_its_sources_language(text: str, prior: str) -> None:
    assert identify(text, prior) == prior


@pytest.mark.parametrize(
    ("text", "prior", "expected"),
    [
        ("全国学力調査結果公表", "ja", "ja"),
        ("全国学力調査結果公表", "zh-Hant", "ja"),
        ("教育方法研究大会", "ja", "ja"),
        ("学校公开课", "ja", "zh-Hans"),
        ("國際教師會議", "zh-Hans", "zh-Hant"),
        ("学校教育", "zh-Hant", "zh-Hans"),
        ("教育", "zh-Hant", "zh-Hant"),
        ("教育", "en", "zh-Hans"),
        ("気象庁発表", "zh-Hans", "ja"),
        ("優の良品開幕國際教師會議報告", "zh-Hant", "zh-Hant"),
        ("教育研究大会" * 6, "ja", "zh-Hans"),
        ("SLC 공개수업", "en", "ko"),
        ("งาน SLC", "en", "th"),
        ("Jadwal pendaftaran sekolah menengah", "id", "id"),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing", "ja", "ja"),
    ],
)
def test_headlines_are_told_apart(text: str, prior: str, expected: str) -> None:
    assert identify(text, prior) == expected


@settings(deadline=None)
@given(st.text(max_size=50), st.sampled_from(sorted(LANGUAGES)))
def test_the_answer_is_always_a_language_that_is_read(text: str, prior: str) -> None:
    assert identify(text, prior) in LANGUAGES


@pytest.mark.parametrize(
    ("language", "whole", "short"),
    [
        ("ja", 0.999, 0.99),
        ("ko", 0.999, 0.99),
        ("zh-Hans", 0.999, 0.99),
        ("zh-Hant", 0.999, 0.99),
        ("vi", 0.999, 0.99),
        ("th", 0.999, 0.99),
        ("id", 0.995, 0.98),
        ("en", 0.999, 0.99),
    ],
)
def test_news_sentences_are_known_in_their_sources(
    shared: Path, language: str, whole: float, short: float
) -> None:
    lines = (shared / "parallel" / f"{language}.txt").read_text().splitlines()[::4]

    def share(most: int) -> float:
        return sum(identify(line[:most], language) == language for line in lines) / len(lines)

    assert share(1000) >= whole
    assert share(20) >= short


@pytest.mark.parametrize("language", ["vi", "id", "en"])
def test_news_sentences_are_known_in_a_foreign_source(shared: Path, language: str) -> None:
    lines = (shared / "parallel" / f"{language}.txt").read_text().splitlines()[::4]

    assert sum(identify(line, "ja") == language for line in lines) / len(lines) >= 0.96


@pytest.mark.parametrize("prior", ["", "ja", "vi", "id", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "Les enseignants se réunissent chaque mois pour observer une leçon des élèves.",
        "Los maestros se reúnen cada mes para observar una clase de los niños.",
        "Ang mga guro ay nagpupulong bawat buwan upang obserbahan ang isang aralin.",
    ],
)
def test_a_long_text_in_a_language_that_is_not_read_is_in_none(text: str, prior: str) -> None:
    assert identify(text, prior) == UNKNOWN
