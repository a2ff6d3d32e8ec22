from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Field, MemoryEntry, Origin, Segment, TranslationState
from aggregator.text.keys import text_key
from aggregator.translate.memory import assemble, best_of

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def entry(source: str, said: str, origin: Origin = Origin.MACHINE, **more: object) -> MemoryEntry:
    made = MemoryEntry(
        language="ja",
        target="en",
        key=text_key(source),
        source_text=source,
        target_text=said,
        origin=origin,
        engine="argos" if origin is Origin.MACHINE else "someone",
        version="1.9" if origin is Origin.MACHINE else "",
        at=AT,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def cut(*parts: tuple[str, str], field: Field = "summary") -> tuple[str, list[Segment]]:
    """Return a field and its segments, from sentences and the white space after each."""
    whole = "".join(text + tail for text, tail in parts)
    return whole, [
        Segment(
            article_id="a",
            field=field,
            position=position,
            language="ja",
            key=text_key(text),
            field_key=text_key(whole),
            text=text,
            tail=tail,
        )
        for position, (text, tail) in enumerate(parts)
    ]


TWO = cut(("授業を開く。", ""), ("聴き合う。", ""))


def test_a_field_whose_sentences_are_all_known_is_translated() -> None:
    text, segments = TWO
    best = best_of([entry("授業を開く。", "Open it."), entry("聴き合う。", "Listen.")])
    shown = assemble(text, segments, best, "ja", "en")
    assert shown.text == "Open it. Listen."
    assert (shown.state, shown.missing) == (TranslationState.MACHINE, 0)
    assert (shown.engine, shown.version) == ("argos", "1.9")


def test_a_field_with_one_unknown_sentence_stays_as_it_is_and_says_how_many_lack() -> None:
    text, segments = TWO
    shown = assemble(text, segments, best_of([entry("授業を開く。", "Open it.")]), "ja", "en")
    assert (shown.text, shown.state, shown.missing) == (text, TranslationState.UNTRANSLATED, 1)
    assert assemble(text, segments, {}, "ja", "en").missing == 2


def test_an_empty_translation_counts_as_missing() -> None:
    text, segments = TWO
    best = best_of([entry("授業を開く。", "Open it."), entry("聴き合う。", " \n")])
    assert assemble(text, segments, best, "ja", "en").missing == 1


def test_a_translation_of_the_whole_field_wins_over_its_sentences() -> None:
    text, segments = TWO
    best = best_of(
        [
            entry("授業を開く。", "Open it."),
            entry("聴き合う。", "Listen."),
            entry(text, "Open lessons, and listen to one another.", Origin.PERSON),
        ]
    )
    shown = assemble(text, segments, best, "ja", "en")
    assert shown.text == "Open lessons, and listen to one another."
    assert shown.state is TranslationState.EDITED
    assert shown.engine == "", "readers are not told who edited"


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (Origin.MACHINE, Origin.MACHINE, TranslationState.MACHINE),
        (Origin.IMPORTED, Origin.MACHINE, TranslationState.MACHINE),
        (Origin.PERSON, Origin.MACHINE, TranslationState.MACHINE),
        (Origin.IMPORTED, Origin.IMPORTED, TranslationState.MEMORY),
        (Origin.PERSON, Origin.IMPORTED, TranslationState.EDITED),
        (Origin.PERSON, Origin.PERSON, TranslationState.EDITED),
    ],
)
def test_the_state_promises_no_more_than_the_least_trusted_sentence(
    first: Origin, second: Origin, state: TranslationState
) -> None:
    text, segments = TWO
    best = best_of([entry("授業を開く。", "Open.", first), entry("聴き合う。", "Hear.", second)])
    assert assemble(text, segments, best, "ja", "en").state is state


@pytest.mark.parametrize("target", ["ja", "original"])
def test_a_field_in_its_own_language_is_the_original(target: str) -> None:
    text, segments = TWO
    shown = assemble(text, segments, {}, "ja", target)
    assert (shown.text, shown.state) == (text, TranslationState.ORIGINAL)


def test_an_empty_field_lacks_nothing() -> None:
    assert assemble("", [], {}, "ja", "en").state is TranslationState.ORIGINAL


@pytest.mark.parametrize(
    ("target", "said", "shown"),
    [
        ("en", ("One.", "Two."), "One. Two."),
        ("ko", ("하나.", "둘."), "하나. 둘."),
        ("zh-Hant", ("一。", "二。"), "一。二。"),
        ("zh-Hans", ("「一」", "二。"), "「一」二。"),
        ("zh-Hans", ("ICT", "二。"), "ICT 二。"),
        ("th", ("หนึ่ง", "สอง"), "หนึ่ง สอง"),
    ],
)
def test_sentences_are_joined_as_the_target_is_written(
    target: str, said: tuple[str, str], shown: str
) -> None:
    text, segments = cut(("授業を開く。", ""), ("聴き合う。", ""))
    entries = [
        entry(each.text, one, target=target) for each, one in zip(segments, said, strict=True)
    ]
    assert assemble(text, segments, best_of(entries), "ja", target).text == shown


def test_line_breaks_between_sentences_are_kept() -> None:
    text, segments = cut(("一。", "\n\n"), ("二。", " \n"), ("三。", "\n"))
    best = best_of([entry("一。", "One."), entry("二。", "Two."), entry("三。", "Three.")])
    assert assemble(text, segments, best, "ja", "en").text == "One.\n\nTwo.\nThree."


def test_segments_of_an_older_text_translate_nothing() -> None:
    _, segments = TWO
    best = best_of([entry("授業を開く。", "Open it."), entry("聴き合う。", "Listen.")])
    shown = assemble("授業を開く。語り合う。", segments, best, "ja", "en")
    assert (shown.text, shown.state) == ("授業を開く。語り合う。", TranslationState.UNTRANSLATED)
    assert shown.missing == 1


@pytest.mark.parametrize("wrong", [{"language": "zh-Hant"}, {"target": "vi"}])
def test_an_entry_of_another_pair_is_not_used(wrong: dict[str, Any]) -> None:
    text, segments = cut(("公開研究会", ""), field="title")
    best = best_of([entry("公開研究会", "Open research conference", **wrong)])
    assert assemble(text, segments, best, "ja", "en").state is TranslationState.UNTRANSLATED


def test_a_person_is_believed_before_an_import_and_an_import_before_a_machine() -> None:
    later = AT.replace(year=2027)
    entries = [
        entry("授業", "machine", at=later),
        entry("授業", "imported", Origin.IMPORTED),
        entry("授業", "person", Origin.PERSON, decision_id=3),
        entry("授業", "person again", Origin.PERSON, decision_id=12),
        entry("授業", "person from elsewhere", Origin.PERSON, at=later),
    ]
    ranked = ["person again", "person", "person from elsewhere", "imported", "machine"]
    for order in permutations(entries):
        left = list(order)
        for expected in ranked:
            best = best_of(left)["ja", text_key("授業")]
            assert best.target_text == expected
            left.remove(best)


def test_the_newest_machine_translation_wins() -> None:
    old, new = entry("授業", "old"), entry("授業", "new", at=AT.replace(year=2027))
    assert best_of([old, new]) == best_of([new, old]) == {("ja", new.key): new}


words = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=8), st.data())
def test_a_shown_field_is_either_all_translated_or_all_original(
    sentences: list[str], data: st.DataObject
) -> None:
    text, segments = cut(*((each + "。", "") for each in sentences))
    known = {each.key: each.text for each in segments}
    chosen = data.draw(st.sets(st.sampled_from(sorted(known))))
    # The made translations hold no character that a source sentence may hold.
    made = {key: f"<{index}>" for index, key in enumerate(sorted(chosen))}
    best = best_of(entry(known[key], said) for key, said in made.items())
    shown = assemble(text, data.draw(st.permutations(segments)), best, "ja", "en")
    if chosen == set(known):
        assert shown.text == " ".join(made[each.key] for each in segments)
        assert shown.state is TranslationState.MACHINE
    elif shown.state is not TranslationState.UNTRANSLATED:
        # One sentence may be the whole field.
        assert shown.text == made[text_key(text)]
    else:
        assert shown.text == text
        assert shown.missing == sum(each.key not in made for each in segments)


MIXED = "授業を開く。\nListen to one another."


def mixed() -> list[Segment]:
    """The segments of a summary with a Japanese and an English paragraph."""
    _, (first, second) = cut(("授業を開く。", "\n"), ("Listen to one another.", ""))
    return [first, replace(second, language="en")]


def test_what_is_in_the_target_language_stays_beside_what_is_translated() -> None:
    best = best_of([entry("授業を開く。", "Open your lessons.")])

    shown = assemble(MIXED, mixed(), best, "ja", "en")

    assert shown.text == "Open your lessons.\nListen to one another."
    assert (shown.state, shown.missing) == (TranslationState.MACHINE, 0)
    assert assemble(MIXED, mixed(), {}, "ja", "en").missing == 1


def test_a_paragraph_in_another_language_is_missing_where_most_is_in_the_target() -> None:
    best = best_of([entry("授業を開く。", "Open your lessons.")])

    assert assemble(MIXED, mixed(), {}, "en", "en").state is TranslationState.UNTRANSLATED
    assert assemble(MIXED, mixed(), best, "en", "en").text.startswith("Open your lessons.")


def test_the_same_words_in_two_languages_are_translated_each_from_its_own() -> None:
    _, (first, second) = cut(("SLC", "\n"), ("SLC", ""))
    segments = [first, replace(second, language="vi")]
    best = best_of([entry("SLC", "one"), entry("SLC", "two", language="vi")])

    assert assemble("SLC\nSLC", segments, best, "ja", "en").text == "one\ntwo"
