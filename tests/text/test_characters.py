"""Scrubbing: what is shown is what is there."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.characters import scrub, without_junk

INVISIBLE = [
    "\x00", "\x08", "\x1b", "\x7f", "\x85", "\xad", "\u180e", "\u200b", "\u200e", "\u200f",
    "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2060", "\u2066", "\u2067",
    "\u2068", "\u2069", "\u206f", "\u3164", "\ufdd0", "\ufdef", "\ufeff", "\ufff9", "\ufffe",
    "\uffff", "\ud800", "\udfff", "\U0001fffe", "\U0010ffff", "\U000e0041",
]  # fmt: skip
TEXTS = st.text(
    st.characters() | st.sampled_from([*INVISIBLE, "\u200c", "\u200d", "\u0301", "e", "क", "👩"])
)


@pytest.mark.parametrize("sign", INVISIBLE)
def test_what_shows_nothing_or_moves_text_goes(sign: str) -> None:
    assert scrub(f"学{sign}び") == "学び"


@settings(deadline=None)
@given(TEXTS)
def test_scrubbed_text_stays_as_it_is_and_can_be_written(text: str) -> None:
    clean = scrub(text)

    assert scrub(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not set(INVISIBLE) & set(clean)
    clean.encode()


@pytest.mark.parametrize(
    "text",
    ["＜お知らせ＞　①「学び」～", "(株)㈱ﾃｽﾄ", "tab\tand\nline", "Tiếng Việt", "한글", "ฯลฯ"],
)
def test_what_people_wrote_stays(text: str) -> None:
    assert scrub(text) == text


def test_decomposed_letters_are_composed() -> None:
    assert scrub(unicodedata.normalize("NFD", "Tiếng Việt 한글 が")) == "Tiếng Việt 한글 が"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029"])
def test_every_line_end_is_a_newline(end: str) -> None:
    assert scrub(f"a{end}b") == "a\nb"


def test_page_breaks_keep_words_apart() -> None:
    assert scrub("a\x0cb\x0bc") == "a b c"


@pytest.mark.parametrize("text", ["👩\u200d🏫", "❤\ufe0f\u200d🔥", "क्\u200dष", "می\u200cخواهم"])
def test_joiners_stay_where_a_script_needs_them(text: str) -> None:
    assert scrub(text) == text


@pytest.mark.parametrize("text", ["กา\u200dร", "a\u200cb", "\u200dab\u200c", "学\u200c\u200dび"])
def test_joiners_go_where_they_only_hide_a_difference(text: str) -> None:
    assert scrub(text) == text.replace("\u200c", "").replace("\u200d", "")


def test_removing_junk_alone_joins_no_mark_to_a_bracket() -> None:
    assert without_junk("<b>\u0338\u202e") == "<b>\u0338"
