"""The sentence that says how far to trust an entry, and the words around it."""

from datetime import UTC, date, datetime

import pytest

from aggregator.model import TranslationState
from aggregator.publish.wording import (
    brief,
    country_name,
    day_name,
    language_name,
    local,
    trust,
    trust_line,
    web_address,
)
from tests.builders import entry, place, standing, story, translation


@pytest.mark.parametrize(
    ("language", "state", "sentence"),
    [
        ("en", "original", "Original in English, unreviewed."),
        ("ko", "untranslated", "Untranslated: Korean original, unreviewed."),
        ("ja", "memory", "Human translation from Japanese (translation memory), unreviewed."),
        ("vi", "edited", "Translation from Vietnamese, edited by a person, unreviewed."),
        ("th", "machine", "Machine translation from Thai, unreviewed."),
    ],
)
def test_each_state_has_its_sentence(language: str, state: str, sentence: str) -> None:
    assert trust_line(entry(language, state=state)) == sentence


def test_a_machine_translation_names_its_engine_and_version() -> None:
    text = translation("x", "machine", engine="argos", version="1.9")
    told = entry("th", title=text, summary=text)
    assert trust_line(told) == "Machine translation by argos 1.9 from Thai, unreviewed."


def test_title_and_summary_are_named_apart_when_they_differ() -> None:
    told = entry("th", summary=translation("สรุป", "untranslated"))
    assert trust_line(told) == (
        "Title: human translation from Thai (translation memory); "
        "summary: untranslated Thai original; unreviewed."
    )
    assert trust(told) == TranslationState.UNTRANSLATED
    assert told.summary_language == "th"


def test_a_summary_that_is_empty_is_not_spoken_of() -> None:
    told = entry("th", summary=translation(" ", "untranslated"))
    assert trust(told) == TranslationState.MEMORY
    assert trust_line(told).startswith("Human translation")


def test_the_sentence_says_what_editors_decided() -> None:
    approved = entry("ja", story=story("ja", standing=standing("approved", check_again=True)))
    assert trust_line(approved).endswith(
        ", approved by an editor, but the source has changed since."
    )


def test_trust_is_that_of_the_weakest_text() -> None:
    told = entry("ja", title=translation("x", "edited"), summary=translation("y", "machine"))
    assert trust(told) == TranslationState.MACHINE


def test_a_date_is_told_on_the_sources_clock() -> None:
    late = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
    assert local(place("ja"), late).date() == date(2026, 3, 12)
    assert day_name(local(place("ja"), late)) == "12 March 2026"


def test_unknown_codes_are_shown_as_they_are() -> None:
    assert (country_name("jp"), country_name("xx")) == ("Japan", "XX")
    assert (language_name("zh-Hant"), language_name("xx")) == ("Chinese (Traditional)", "xx")


def test_a_short_text_is_left_alone_and_a_long_one_is_cut_at_a_word() -> None:
    assert brief("short", 10) == "short"
    assert brief("one two three four", 15) == "one two three…"


def test_wide_letters_count_double() -> None:
    assert brief("学びの共同体の学校", 10) == "学びの共同…"
    assert brief("学びの共同", 10) == "学びの共同"


def test_thai_signs_above_a_letter_take_no_room() -> None:
    assert brief("ก่นิม้", 3) == "ก่นิม้"


@pytest.mark.parametrize("url", ["http://a.example/", "HTTPS://a.example/"])
def test_web_addresses_are_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize("url", ["javascript:x", "data:text/html,", "//a.example", "", " http://a"])
def test_other_addresses_are_not(url: str) -> None:
    assert web_address(url) == ""
