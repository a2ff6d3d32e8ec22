"""Tokens of a text, and what is asked of them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.keys import folded
from aggregator.text.tokens import LONGEST, MOST_TOKENS, Phrase, Query, query, tokens
from tests.builders import WORDS

#: Letters of the scripts that are cut into pairs, marks too, as they stand in texts.
PAIRED = "".join(
    sorted(
        sign
        for sign in {sign for words in WORDS.values() for sign in "".join(words[2:5])}
        if sign > "\u0e00" and (sign.isalpha() or "\u0e30" < sign < "\u0e4f")
        if not "\u1e00" < sign < "\u1eff"
    )
)

SIGNS = st.sampled_from([*PAIRED, *"ab1 9-*\"'()^:・、。「」“”§Ａé"])
TEXTS = st.lists(SIGNS, max_size=60).map("".join)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("授業研究", "授業 業研 研究 究"),
        ("第3回公開研究会", "第 3 回公 公開 開研 研究 究会 会"),
        ("学び・合い、", "学び び 合い い"),
        ("수업 나눔", "수업 업 나눔 눔"),
        ("ครูใหม่", "คร รู ูใ ให หม ม่ ่"),
        ("Đổi mới GIÁO DỤC", "doi moi giao duc"),
        ("Straße, don't  U.S.", "strasse don t u s"),
        ("COVID-19 PISA2022", "covid 19 pisa 2022"),
        ("พ.ศ. ๒๕๖๗", "พ ศ 2567"),
        ("ＰＩＳＡ ２０２２", "pisa 2022"),
        ("школа Ελλάδα", "школа ελλάδα"),
        ("e\u0301cole co\u0302ng", "ecole cong"),
        ("…!? — ★", ""),
        ("x" * 100, "x" * LONGEST),
    ],
)
def test_a_text_is_cut_into_pairs_and_words(text: str, cut: str) -> None:
    assert tokens(text) == cut.split()


def phrase(said: str, *, is_open: bool = False) -> Phrase:
    return Phrase(tokens=tuple(said.split()), is_open=is_open)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("授業研究", [phrase("授業 業研 研究")]),
        ("学", [phrase("学", is_open=True)]),
        ("第3回", [phrase("第 3 回", is_open=True)]),
        ("2024年度", [phrase("2024 年度")]),
        ("học tập", [phrase("hoc"), phrase("tap")]),
        ('"học tập"', [phrase("hoc tap")]),
        ("“lesson study” asia", [phrase("lesson study"), phrase("asia")]),
        ("「授業　研究」", [phrase("授業 業 研究")]),
        ("learn* 授業*", [phrase("learn", is_open=True), phrase("授業")]),
        ('"lesson stu"*', [phrase("lesson stu", is_open=True)]),
        ('"lesson stu*"', [phrase("lesson stu", is_open=True)]),
        ("learning-community", [phrase("learning community")]),
        ('"not closed', [phrase("not"), phrase("closed")]),
        ("- * \" '' ★", []),
        ("", []),
    ],
)
def test_what_is_typed_is_a_question(typed: str, asked: list[Phrase]) -> None:
    assert query(typed) == Query(all=tuple(asked))


def test_what_must_not_be_there_has_a_minus() -> None:
    asked = query('授業 -高校 －"lesson study" -')
    assert asked.all == (phrase("授業"),)
    assert asked.none == (phrase("高校"), phrase("lesson study"))


def test_a_question_has_an_end() -> None:
    asked = query(" ".join(["授業研究" * 100] * 100))
    assert {len(each.tokens) for each in asked.all} == {MOST_TOKENS}
    assert len(asked.all) == 20


def stands_in(said: Sequence[str], wanted: Phrase) -> bool:
    """Tell whether tokens hold a phrase, as the databases do."""
    *first, last = wanted.tokens
    return any(
        list(said[at : at + len(first)]) == first
        and (said[at + len(first)].startswith(last) if wanted.is_open else
             said[at + len(first)] == last)
        for at in range(len(said) - len(first))
    )  # fmt: skip


def finds(typed: str, text: str) -> bool:
    said, asked = tokens(text), query(typed)
    return all(stands_in(said, each) for each in asked.all) and not any(
        stands_in(said, each) for each in asked.none
    )


@given(TEXTS, st.text(PAIRED, min_size=1, max_size=30), TEXTS, st.data())
def test_every_part_of_a_run_finds_it(
    before: str, run: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    assert finds(run[start:end], before + run + after)


@given(st.text(PAIRED, min_size=1, max_size=20), st.text(PAIRED, min_size=2, max_size=4))
def test_what_is_no_part_of_a_run_does_not_find_it(run: str, other: str) -> None:
    assert finds(other, run) == (folded(other) in folded(run))


@given(TEXTS)
def test_a_text_finds_itself(text: str) -> None:
    quoted = query('"' + text.translate(dict.fromkeys(map(ord, '"“”„‟«»「」『』*'), " ")) + '"')
    assert all(stands_in(tokens(text), each) for each in quoted.all)


@given(st.text())
def test_tokens_are_nothing_but_letters_digits_and_marks(text: str) -> None:
    asked = query(text)
    said = [*tokens(text), *(each for p in (*asked.all, *asked.none) for each in p.tokens)]
    assert all(each and not set(each) & set(" \"'\\:&|!()<>*§-\n\0") for each in said)
    assert not any("\ud800" <= sign <= "\udfff" for each in said for sign in each)
