"""Terms of the glossary in texts: what is found, what is not, and where it stands."""

import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aggregator.config import read_glossary
from aggregator.model import Concept, Term
from aggregator.text.languages import LANGUAGES
from aggregator.text.terms import Terms
from aggregator.text.terms.spelling import spelled
from bench.terms.scores import CASES, HOMES, ROOT, cases_of, score

FLOORS = json.loads(Path(__file__).with_name("terms_floors.json").read_text())


@cache
def concepts() -> Sequence[Concept]:
    return read_glossary(ROOT / "glossary.yaml")


@cache
def ours() -> Terms:
    return Terms(concepts())


def found(text: str, language: str, country: str) -> set[str]:
    return {each.concept for each in ours().find(text, language, country)}


# --- the shipped glossary


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_found_is_what_is_meant(path: Path) -> None:
    """Precision and recall over a language's cases are no lower than they were."""
    got, wrong = score(ours(), path.stem, cases_of(path))
    floors = FLOORS["cases"][path.stem]
    assert got.precision >= floors["precision"], wrong
    assert got.recall >= floors["recall"], wrong


def test_each_language_has_cases_of_both_kinds() -> None:
    assert {path.stem for path in CASES} == set(LANGUAGES)
    for path in CASES:
        rows = cases_of(path)
        assert len(rows) >= 15
        assert sum(not row["finds"] for row in rows) >= 4


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_news_of_other_things_hold_hardly_any_term(shared: Path, language: str) -> None:
    lines = (shared / f"parallel/{language}.txt").read_text(encoding="utf-8").splitlines()
    hits = sum(len(ours().find(line, language, HOMES[language])) for line in lines)
    assert len(lines) > 900
    assert hits <= FLOORS["hits_in_other_news"]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_term_that_stands_alone_is_found_in_itself(language: str) -> None:
    """Where terms share their letters the source's country decides, and any of them counts."""
    missed = [
        term.text
        for concept in concepts()
        for term in concept.terms
        if term.language == language and not (term.context or term.group)
        if concept.id not in found(term.text, language, concept.country or HOMES[language])
    ]
    assert missed == []


# --- rules, with glossaries of their own


def concept(name: str, *terms: Term, group: str = "issue", country: str = "") -> Concept:
    return Concept(id=name, group=group, country=country, terms=terms)


def term(text: str, language: str = "en", **conditions: Any) -> Term:
    return Term(text=text, language=language, role="preferred", **conditions)


def concepts_in(text: str, language: str, *concepts: Concept, country: str = "int") -> list[str]:
    return [each.concept for each in Terms(concepts).find(text, language, country)]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("배움의 공동체", "우리 배움의공동체는"),
        ("배움의 공동체", "배움의  공동체"),
        ("주체적·대화적", "주체적ㆍ대화적인"),
        ("学びの共同体", "「学びの共同体」"),
        ("レッスン・スタディ", "ﾚｯｽﾝ･ｽﾀﾃﾞｨ"),
        ("レッスン・スタディ", "レッスンスタディ"),
        ("1人1台端末", "１人１台端末"),
        ("Bộ GD&ĐT", "bộ GD-ĐT"),
        ("Bộ GD&ĐT", "Bộ GDĐT"),
        ("Bộ GD&ĐT", "Bộ GD&ÐT"),
        ("nghiên cứu bài học", "Nghie\u0302n cu\u031b\u0301u ba\u0300i ho\u0323c"),
        ("หลักสูตร 2551", "หลักสูตร ๒๕๕๑"),
        ("น้ำใจ", "มีน้\u0e4dาใจ"),
        ("สพฐ.", "สพฐ. และ ศธ."),
        ("post-lesson conference", "post lesson conferences"),
        ("O-NET", "ONET"),
        ("teacher's day", "Teacher’s Day"),
        ("learning community", "learning communities"),
    ],
)
def test_a_term_is_found_in_other_spellings(written: str, text: str) -> None:
    terms = Terms([concept("it", *(term(written, language) for language in LANGUAGES))])
    for language in LANGUAGES:
        hits = terms.find(text, language, "int")
        if language == "en" or not written.isascii():
            assert [each.term for each in hits] == [written]


@pytest.mark.parametrize(
    ("written", "text", "language"),
    [
        ("stem", "system", "en"),
        ("stem", "stemming", "en"),
        ("lesson study", "lesson studying", "en"),
        ("SD", "S D", "id"),
        ("O-NET", "O*NET", "en"),
        ("수능", "흡수 능력", "ko"),
        ("교육과정", "교육과 정책", "ko"),
        ("108課綱", "2108課綱", "zh-Hant"),
        ("P5", "P55", "id"),
        ("ศธ", "ศธค", "th"),
        ("ปรถม", "ปรถมา", "th"),
        ("ครู", "เครู", "th"),
    ],
)
def test_a_term_is_not_found_within_other_words(written: str, text: str, language: str) -> None:
    assert concepts_in(text, language, concept("it", term(written, language))) == []


def test_the_longest_of_overlapping_terms_counts() -> None:
    concepts = [
        concept("study", term("lesson study")),
        concept("movement", term("Lesson Study for Learning Community")),
        concept("community", term("learning community")),
    ]
    text = "From lesson study to Lesson Study for Learning Community"
    assert concepts_in(text, "en", *concepts) == ["study", "movement"]


def test_terms_of_a_word_only_begin_korean_words_and_particles_may_follow() -> None:
    rights = concept("rights", term("교권", "ko", word=True))
    assert concepts_in("교권을 지키는 '교권'", "ko", rights) == ["rights", "rights"]
    assert concepts_in("기독교권과 불교권", "ko", rights) == []


def test_a_guard_holds_only_where_the_whole_of_it_stands() -> None:
    school = concept("school", term("고중", "ko", not_inside=("최고중",)))
    assert concepts_in("최고중 고중", "ko", school) == ["school"]
    assert concepts_in("최 고중", "ko", school) == ["school"]


def test_a_term_with_case_is_found_in_its_capitals_only() -> None:
    pisa = concept("pisa", term("PISA", case=True))
    assert concepts_in("Pisa, PISA, ＰＩＳＡ, pisa", "en", pisa) == ["pisa", "pisa"]


def test_a_term_that_needs_others_counts_beside_one_that_does_not() -> None:
    concepts = [
        concept("movement", term("SLC", context=True)),
        concept("study", term("lesson study")),
        concept("deep", term("deep learning", context=True)),
    ]
    assert concepts_in("SLC and lesson study", "en", *concepts) == ["movement", "study"]
    assert concepts_in("SLC airport", "en", *concepts) == []
    assert concepts_in("SLC and deep learning", "en", *concepts) == []


def test_a_term_that_needs_its_group_is_another_concept_s_without() -> None:
    concepts = [
        concept("movement", term("学习共同体", "zh-Hans", group=True), group="movement"),
        concept("general", term("学习共同体", "zh-Hans"), group="teaching"),
        concept("sato", term("佐藤学", "zh-Hans"), group="movement"),
        concept("exam", term("高考", "zh-Hans"), group="assessment"),
    ]
    assert concepts_in("佐藤学谈学习共同体", "zh-Hans", *concepts) == ["sato", "movement"]
    assert concepts_in("学习共同体与高考", "zh-Hans", *concepts) == ["general", "exam"]


def test_company_may_stand_in_another_field_of_the_article() -> None:
    terms = Terms(
        [concept("slc", term("SLC", context=True)), concept("study", term("lesson study"))]
    )
    looked = terms.look({"title": "SLC in Asia", "summary": "On lesson study."}, "en", "int")
    assert [(each.concept, each.field) for each in looked.found] == [
        ("slc", "title"),
        ("study", "summary"),
    ]


@pytest.mark.parametrize(
    ("country", "wanted"),
    [("cn", ["china"]), ("tw", ["taiwan"]), ("sg", []), ("int", []), ("", [])],
)
def test_of_countries_that_write_alike_the_source_s_counts(country: str, wanted: list[str]) -> None:
    concepts = [
        concept("china", term("教育部", "zh-Hans"), country="cn"),
        concept("taiwan", term("教育部", "zh-Hans"), country="tw"),
    ]
    assert concepts_in("教育部发布", "zh-Hans", *concepts, country=country) == wanted


def test_a_country_s_concept_that_nobody_shares_is_found_abroad() -> None:
    mext = concept("mext", term("문부과학성", "ko"), country="jp")
    assert concepts_in("일본 문부과학성은", "ko", mext, country="kr") == ["mext"]


def test_a_country_s_concept_gives_way_abroad_to_one_of_no_country() -> None:
    concepts = [
        concept("ours", term("교육위원회", "ko"), country="kr"),
        concept("any", term("교육위원회", "ko")),
    ]
    assert concepts_in("교육위원회", "ko", *concepts, country="kr") == ["ours"]
    assert concepts_in("교육위원회", "ko", *concepts, country="jp") == ["any"]


def test_a_term_of_its_country_only_is_not_found_abroad() -> None:
    bureau = concept("bureau", term("教育局", "zh-Hans", country=True), country="cn")
    assert concepts_in("教育局", "zh-Hans", bureau, country="cn") == ["bureau"]
    assert concepts_in("教育局", "zh-Hans", bureau, country="sg") == []


def test_english_terms_are_found_in_any_language_and_give_way_to_its_own() -> None:
    concepts = [
        concept("english", term("open class"), term("lesson study")),
        concept("own", term("open class", "id")),
    ]
    assert concepts_in("open class dan lesson study", "id", *concepts) == ["own", "english"]
    assert concepts_in("교사의 lesson study는", "ko", *concepts) == ["english"]
    assert concepts_in("lesson study", "xx", *concepts) == ["english"]


def test_what_does_not_count_is_told_with_its_reason() -> None:
    concepts = [
        concept("rights", term("교권", "ko", not_inside=("기독교권",))),
        concept("slc", term("SLC", context=True, case=True)),
        concept("bureau", term("교육청", "ko", country=True), country="kr"),
    ]
    looked = Terms(concepts).look({"": "기독교권 SLC slc 교육청 SLCX"}, "ko", "jp")
    assert looked.found == ()
    assert sorted((each.concept, each.reason) for each in looked.passed) == [
        ("bureau", "counts in sources from kr only"),
        ("rights", "is part of 기독교권"),
        ("slc", "is not written SLC"),
        ("slc", "is part of another word"),
        ("slc", "needs another term beside it"),
    ]


# --- any text

SIGNS = st.text(
    st.sampled_from(
        "学びの共同体 ・「」\u3000ＰＩＳＡpisa-&.’교권기독 ㆍ\u1161สพฐน้ำ\u0e4d\u0e32๑"
        "ĐÐđ\u0302\u0323oeﾚｯｽﾝﾃﾞ㎡ßİ\n"
    ),
    max_size=60,
)


@settings(deadline=None)
@given(SIGNS | st.text(max_size=40), st.sampled_from(sorted(LANGUAGES)))
@example("ＰＩＳＡ・㎡ 授業研究", "ja")
def test_a_find_s_place_holds_the_term(text: str, language: str) -> None:
    for each in ours().find(text, language, HOMES[language]):
        assert 0 <= each.start < each.end <= len(text)
        shown = spelled(text[each.start : each.end]).letters
        wanted = spelled(each.term).letters
        assert shown in (wanted, f"{wanted[:-1]}ies")


@settings(deadline=None)
@given(SIGNS | st.text(max_size=60))
def test_each_letter_has_its_place_in_the_text(text: str) -> None:
    got = spelled(text)
    ends = [got.end(at) for at in range(len(got.letters))]
    assert len(got.starts) == len(got.letters)
    assert all(0 <= start < end <= len(text) for start, end in zip(got.starts, ends, strict=True))
    assert list(got.starts) == sorted(got.starts)
    assert ends == sorted(ends)


@settings(deadline=None)
@given(SIGNS)
def test_finds_do_not_overlap_and_stand_in_their_order(text: str) -> None:
    places = [(each.start, each.end) for each in ours().find(text, "ja", "jp")]
    flat = [at for place in places for at in place]
    assert flat == sorted(flat)


def steps(text: str) -> int:
    """Return how many functions are called to look through the text."""
    count = 0

    def note(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        ours().look({"": text}, "zh-Hans", "cn")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", ["SLC ", "学习共同体", "佐藤学 听课 SLC ", "lesson study ", "a"])
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert steps(piece * 1000) <= 2.2 * steps(piece * 500)


def test_an_empty_glossary_finds_nothing() -> None:
    assert Terms(()).find("学びの共同体", "ja", "jp") == ()
