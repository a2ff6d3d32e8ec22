"""Keys: equal texts meet, different ones do not."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.keys import folded, text_key


@settings(deadline=None)
@given(st.text())
def test_a_key_is_32_hexadecimal_digits_whatever_the_text(text: str) -> None:
    key = text_key(text)

    assert len(key) == 32
    assert set(key) <= set("0123456789abcdef")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_and_its_other_spellings_have_one_key(text: str) -> None:
    key = text_key(text)

    assert text_key(unicodedata.normalize("NFKC", text)) == key
    assert text_key(unicodedata.normalize("NFD", text)) == key
    assert text_key(f" {text}\n") == key
    assert folded(folded(text)) == folded(text)


def test_width_case_and_white_space_do_not_count() -> None:
    assert text_key("ＳＬＣ　学び\n\nの  ガ") == text_key("slc 学び の ｶﾞ")


@pytest.mark.parametrize(("one", "other"), [("学び", "まなび"), ("a b", "ab"), ("", "a")])
def test_other_texts_have_other_keys(one: str, other: str) -> None:
    assert text_key(one) != text_key(other)


def test_the_key_is_the_same_in_every_version() -> None:
    """The memory's keys are stored: a change would lose every translation."""
    assert text_key("学びの共同体") == "cfe0735638207fd95149af744d759dae"
