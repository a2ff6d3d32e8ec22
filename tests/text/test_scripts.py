"""Texts that cannot be right: found when they were misread, and never when they were not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.languages import LANGUAGES
from aggregator.text.scripts import damage, unlikely

#: What each language is written in, and for what such bytes were taken somewhere: by a server that
#: sends windows-1252 for everything, by a reader set to its neighbor's charset, by a detector.
MISREADINGS = [
    ("ja", "utf-8", "cp1252"),
    ("ja", "utf-8", "cp932"),
    ("ja", "cp932", "cp1252"),
    ("ja", "cp932", "gb18030"),
    ("ja", "cp932", "koi8-r"),
    ("ja", "euc_jp", "cp1252"),
    ("ja", "euc_jp", "cp932"),
    ("ja", "euc_jp", "gb18030"),
    ("ja", "euc_jp", "big5hkscs"),
    ("ko", "utf-8", "cp949"),
    ("ko", "cp949", "cp1252"),
    ("ko", "cp949", "cp932"),
    ("ko", "cp949", "euc_jp"),
    ("ko", "cp949", "gb18030"),
    ("ko", "cp949", "big5hkscs"),
    ("zh-Hans", "utf-8", "gb18030"),
    ("zh-Hans", "gb18030", "cp1252"),
    ("zh-Hans", "gb18030", "big5hkscs"),
    ("zh-Hans", "gb18030", "cp932"),
    ("zh-Hant", "utf-8", "big5hkscs"),
    ("zh-Hant", "big5hkscs", "cp1252"),
    ("zh-Hant", "big5hkscs", "gb18030"),
    ("zh-Hant", "big5hkscs", "cp949"),
    ("vi", "utf-8", "cp1252"),
    ("vi", "utf-8", "gb18030"),
    ("vi", "utf-8", "mac-roman"),
    ("th", "utf-8", "cp1252"),
    ("th", "utf-8", "cp874"),
    ("th", "cp874", "cp1252"),
    ("th", "cp874", "gb18030"),
]


def sentences(shared: Path, language: str) -> list[str]:
    return (shared / "parallel" / f"{language}.txt").read_text("utf-8").splitlines()


def misread(text: str, right: str, wrong: str) -> str:
    """Return *text* as it looks when its bytes are read wrongly, in windows-1252 as browsers do."""
    data = text.encode(right, "ignore")
    if wrong == "cp1252":
        letters = (bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)
        return "".join(letters)
    return data.decode(wrong, "replace")


@pytest.mark.parametrize(("language", "right", "wrong"), MISREADINGS)
def test_of_100_sentences_read_in_a_wrong_charset_98_are_found(
    shared: Path, language: str, right: str, wrong: str
) -> None:
    texts = [misread(text, right, wrong) for text in sentences(shared, language)]
    found = [bool(unlikely(text, language)) for text in texts]

    assert sum(found) >= 0.98 * len(texts)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_sentence_of_a_sources_language_is_taken_for_misread(
    shared: Path, language: str
) -> None:
    assert [text for text in sentences(shared, language) if unlikely(text, language)] == []


@pytest.mark.parametrize("source", sorted(LANGUAGES))
def test_no_sentence_of_another_language_is_taken_for_misread(shared: Path, source: str) -> None:
    texts = [text for other in LANGUAGES for text in sentences(shared, other)[::20]]

    assert [text for text in texts if unlikely(text, source)] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lesson Study for Learning Community: “Café” – 2026", "ja"),
        ("Giáo dục Việt Nam đổi mới", "ja"),
        ("Đổi mới", "ko"),
        ("Manabu Sato (佐藤学) in São Paulo", "en"),
        ("Rencontre à l’école « Les Élèves »", "en"),
        ("授業研究🎉👩\u200d🏫😀 ①㈱㌔Ⅳ", "ja"),
        ("교육과정(敎育課程) 개정 한자(漢字) 표기", "ko"),
        ("｢ｶﾘｷｭﾗﾑ ﾏﾈｼﾞﾒﾝﾄ｣研修会のお知らせ", "ja"),
        ("ｵﾝﾗｲﾝ ｾﾐﾅｰ", "ja"),
        ("「學習共同體」在台灣", "zh-Hans"),
        ("朱镕基與教育改革", "zh-Hant"),
        ("全国学力調査結果公表", "zh-Hans"),
        ("祝賀 学びの共同体", "zh-Hant"),
        ("学习共同体", "ko"),
        ("躊躇", "ja"),
        ("2026.01.05 │ 민주시민교육과", "ko"),
        ("ร่วมเรียนรู้ ๒๕๖๙ ฯลฯ", "th"),
        ("น้ำใจครู", "zh-Hans"),
        ("ค่าของ π คือ 3.14 และ Δx", "th"),
        ("TỈNH VÀ XÃ”…", "vi"),
        ("", "ja"),
    ],
)
def test_what_people_write_is_right(text: str, language: str) -> None:
    assert unlikely(text, language) == ""


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("学\ufffdの共同体", "ja", "characters were lost (1 times U+FFFD)"),
        ("Sainsbury\x92s", "en", "characters were lost (1 control characters, U+0080 to U+009F)"),
        ("\ue000\ue001学", "zh-Hant", "2 characters have no public meaning (U+E000 to U+F8FF)"),
        ("itâ€™s", "en", "'â€™' is UTF-8 that was read as windows-1252"),
        ("cafÃ©", "ja", "'Ã©' is UTF-8 that was read as windows-1252"),
        ("ボ〖ルのデ〖タ", "ja", "'ボ〖' is EUC-JP that was read as GB 2312"),
        ("schooБ─≥s", "en", "'oБ' are letters of two scripts in one word"),
        ("¤ÃÙáÅÐ", "th", "its letters are of scripts that do not meet in a text"),
        ("瀛︿範", "zh-Hans", "it is UTF-8 that was read as gb18030"),
        ("it鈥檚", "en", "it is UTF-8 that was read as gb18030"),
        ("硅腊狼 傍悼眉 荐诀 楷备雀", "ko", "it makes sense in cp949 and was read as gb18030"),
    ],
)
def test_the_reason_says_what_is_wrong(text: str, language: str, why: str) -> None:
    assert unlikely(text, language) == why


def test_one_private_character_among_many_is_a_bullet() -> None:
    assert damage("\uf0b7" + "学" * 30) == ""


@settings(deadline=None)
@given(st.text(), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_judged(text: str, language: str) -> None:
    why = unlikely(text, language)

    assert why == unlikely(text, language)
    assert why or "\ufffd" not in text


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_ascii_is_right_everywhere(language: str) -> None:
    assert unlikely("".join(map(chr, range(128))), language) == ""
