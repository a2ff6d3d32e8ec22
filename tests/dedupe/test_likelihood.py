"""What two articles in any languages have in common: figures, names, countries, meaning."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aggregator.dedupe import Meaning, Side, compared, nearest
from aggregator.dedupe.clues import Clues
from aggregator.dedupe.likelihood import evidence, features
from aggregator.dedupe.meaning import nearness
from aggregator.model import Article, Likelihood, Likeness
from aggregator.store.vectors import packed
from aggregator.text.countries import countries_named
from tests.builders import article


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("South Korea and Japanese schools", "en", {"kr", "jp"}),
        ("Trường học Hàn Quốc và Nhật Bản", "vi", {"kr", "jp"}),
        ("ครูญี่ปุ่นเยือนเกาหลีใต้", "th", {"jp", "kr"}),
        ("韓國與日本", "zh-Hant", {"kr", "jp"}),
        ("Thais", "en", {"th"}),
        ("Thaisberg", "en", set[str]()),
        ("日本", "fr", set[str]()),
    ],
)
def test_countries_are_named_in_all_languages(text: str, language: str, named: set[str]) -> None:
    assert countries_named(text, language) == named


def clues(title: str, language: str, lead: str = "") -> Clues:
    return Clues(title=title, opening=f"{title}\n{lead}", language=language)


SAME = nearness(*[Meaning(title=packed([1, 0, 0]), whole=packed([0.8, 0.6, 0]))] * 2)


def test_names_stay_as_they_are_among_other_letters() -> None:
    english, thai = clues("The OECD’s PISA is out", "en"), clues("ผล PISA ของ OECD", "th")
    assert english.names & thai.names == {"pisa", "oecd"}
    assert features(SAME, english, thai)["foreign_names"] == 2


def test_chinese_letters_are_shared_over_both_writings_and_japanese() -> None:
    lean, full = clues("学习共同体", "zh-Hans"), clues("學習共同體", "zh-Hant")
    assert lean.han == full.han
    assert features(SAME, lean, full)["han"] > 0.5
    assert clues("배움의 공동체", "ko").han == frozenset()


def test_the_fields_concepts_are_shared_whatever_they_are_called() -> None:
    lesson, both = (
        replace(clues("授業研究", "ja"), concepts=frozenset({"lesson-study"})),
        replace(
            clues("수업 연구와 AI", "ko"),
            concepts=frozenset({"lesson-study", "artificial-intelligence"}),
        ),
    )
    told = features(SAME, lesson, both)
    assert (told["concepts"], told["other_concepts"]) == (1, 0)
    assert "lesson study" in evidence(SAME, lesson, both, 1.0)
    other = features(SAME, lesson, replace(both, concepts=frozenset({"school-lunch"})))
    assert (other["concepts"], other["other_concepts"]) == (0, 1)


def test_features_are_the_same_in_both_directions() -> None:
    one, other = clues("第3回 2026", "ja", "日本 PISA"), clues("Lần thứ 4", "vi", "Nhật 2025")
    near = nearness(*(Meaning(title=packed(t), whole=packed(w)) for t, w in MEANINGS))
    back = nearness(*(Meaning(title=packed(t), whole=packed(w)) for t, w in MEANINGS[::-1]))
    assert features(near, one, other) == features(back, other, one)


MEANINGS = [([1.0, 0.2, 0.0], [0.7, 0.6, 0.1]), ([0.5, 0.5, 0.0], [0.1, 0.6, 0.7])]


def test_the_lead_is_what_the_whole_has_beside_the_title() -> None:
    """Whole = (1, 1)/√2 is the sum of title (1, 0) and lead (0, 1)."""
    near = nearness(
        Meaning(title=packed([1, 0]), whole=packed([1, 1])),
        Meaning(title=packed([0, 1]), whole=packed([0, 1])),
    )
    assert near.titles == pytest.approx(0, abs=0.01)
    assert near.leads == pytest.approx(1, abs=0.01)
    assert near.title_lead == pytest.approx(0, abs=0.01)


def test_the_nearest_come_first_and_far_ones_not_at_all() -> None:
    there = [packed(each) for each in ([0, 1], [1, 0], [0.9, 0.5], [0, 0])]
    assert nearest([packed([1, 0])], there) == [[1, 2]]
    assert nearest([], there) == []
    assert nearest([packed([1, 0])], []) == [[]]


ALWAYS = Likelihood(
    engine="x", bias=5.0, features=dict.fromkeys(features(SAME, *[clues("", "en")] * 2), 0.0)
)
FIRST = article("ja")
SECOND = article("ko", published=FIRST.published)


def likeness(
    one: Article = FIRST,
    other: Article = SECOND,
    weights: Likelihood | None = ALWAYS,
    **changes: Any,
) -> Likeness | None:
    meaning = Meaning(title=packed([1, 0]), whole=packed([1, 0]))
    sides = {
        one.id: Side(one, meaning=meaning),
        other.id: Side(other, **{"meaning": meaning} | changes),
    }
    return next(compared(sides, [(one.id, other.id)], weights), None)


def test_a_story_is_told_in_two_languages() -> None:
    found = likeness()
    assert found is not None
    assert (found.bond, found.odds) == ("story", 5.0)
    assert found.evidence[-1] == "likely 0.99"


def test_what_lies_weeks_apart_is_not_one_story() -> None:
    late = article("ko", published=FIRST.published - timedelta(days=15))
    assert likeness(other=late) is None


def test_without_weights_or_vectors_only_texts_are_compared() -> None:
    assert likeness(weights=None) is None
    assert likeness(meaning=None) is None


def test_a_link_to_the_other_article_makes_it_likelier() -> None:
    found = likeness(pages=frozenset({FIRST.url}))
    assert found is not None
    assert found.odds == 8.0
    assert "a link to the same page" in found.evidence


def test_two_records_of_one_paper_are_one_article() -> None:
    one, other = (Side(each, work="doi:10.1/x") for each in (FIRST, SECOND))
    found = next(compared({FIRST.id: one, SECOND.id: other}, [(FIRST.id, SECOND.id)], None))
    assert (found.bond, found.evidence) == ("repeat", ("same paper",))


def test_evidence_names_what_is_shared_in_words() -> None:
    one = clues("PISA 2030 in Japan and Korea", "en", "1.5 million pupils")
    other = clues("PISA 2030", "ko", "일본과 한국 학생 150만 명")
    said = evidence(SAME, one, other, 20.0)
    assert said == (
        "1,500,000",
        "2030",
        "pisa",
        "Japan",
        "South Korea",
        "alike 1.00",
        "likely 0.99",
    )
