"""Where a text that is too long is cut."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.normalize.cutting import beginning, excerpt
from aggregator.text.languages import LANGUAGES


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 5, "short"),
        ("Teachers open lessons", 16, "Teachers open…"),
        ("Teachers open lessons", 14, "Teachers open…"),
        ("授業を開く", 4, "授業を…"),
        # An early space costs too much; a late comma does not.
        ("速報 公開研究会が開かれました", 12, "速報 公開研究会が開か…"),
        ("公開研究会が、県内の学校で", 9, "公開研究会が…"),
        # Words of one script stay whole.
        ("新しいカリキュラムを語る", 8, "新しい…"),
        ("教室で使うiPadを配る", 8, "教室で使う…"),
        ("배움의 공동체수업", 6, "배움의…"),
        # A Thai syllable stays whole: vowels before, above and behind the consonant.
        ("ครูเปิดชั้นเรียนร่วมกัน", 6, "ครู…"),
        ("ครูเปิดชั้นเรียนร่วมกัน", 10, "ครูเปิด…"),
        ("ครูน้ำใจดีมาก", 6, "ครู…"),
        # What is seen as one character stays one.
        ("か\u3099く" * 3, 5, "か\u3099く…"),
        ("家族👩\u200d👩\u200d👧だ", 5, "家族…"),
        ("いいね👍🏽です", 5, "いいね…"),
        ("a" * 100, 50, "a" * 49 + "…"),
    ],
)
def test_a_text_is_cut_between_words_or_what_is_seen_as_one(
    text: str, most: int, expected: str
) -> None:
    assert beginning(text, most) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("授業を開く。聴き合う。語り合う。", "ja", "授業を開く。聴き合う。"),
        ("教师走进课堂。学生倾听彼此的声音。", "zh-Hans", "教师走进课堂。"),
        ("Guru membuka. Siswa belajar.", "id", "Guru…"),
    ],
)
def test_an_excerpt_ends_with_a_sentence_where_one_fits(
    text: str, language: str, expected: str
) -> None:
    most = 12 if language != "id" else 6
    assert excerpt(text, language, most) == expected


SIGNS = st.sampled_from(
    [*"ครูเปิดชั้นน้ำกา๑ๆ", *"授業、をカー。 ", *"abc1 .", "\u3099", "\u200d", "👩", "🏽"]
)


@settings(deadline=None)
@given(
    st.lists(SIGNS, max_size=60).map("".join) | st.text(max_size=60),
    st.integers(2, 40),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_any_text_fits_and_begins_as_it_did(text: str, most: int, language: str) -> None:
    for cut in (beginning(text, most), excerpt(text, language, most)):
        assert len(cut) <= most
        assert text.startswith(cut.removesuffix("…")) or cut == text


SYLLABLES = st.sampled_from(("ครู", "เปิด", "ชั้น", "น้ำ", "ใจ", "แบ่ง", "ปัน", "ต่างๆ", "ฯลฯ"))


@given(st.lists(SYLLABLES, max_size=30).map("".join), st.integers(10, 40))
def test_no_thai_syllable_is_parted_at_its_vowel(text: str, most: int) -> None:
    head = beginning(text, most).removesuffix("…")
    rest = text[len(head) :]
    assert not head.endswith(tuple("เแโใไ"))
    assert not rest or (unicodedata.category(rest[0]) != "Mn" and rest[0] not in "ะาำๆฯ")
