"""Whether a text can be right, or was read in a charset it is not in.

Such a text is known by three signs: characters that no text holds; letters of scripts that do not
meet (`ﾃ･ｭｦ`, `âÃ§àÃÕ`); bytes that make sense in another charset (瀛︿範 is 学习). A text in
another language than its source's is right: none of this is true of it.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product

from aggregator.text.languages import LANGUAGES

#: Share of the characters beyond ASCII that may be private ones: a bullet of a symbol font.
PRIVATE_SHARE = 0.05

#: The share of its letters beyond ASCII from which a text is one of a language. Every one of 1,007
#: news sentences a language has .917 or more in its own.
PLAUSIBLE_SHARE = 0.9

#: The share that its bytes must reach in another charset: those of a right text have a third of
#: rare letters there, those of a wrong one are themselves again.
REREAD_SHARE = 0.95

#: The share of frequent kanji that makes a text without kana a Japanese headline in a Chinese
#: source: news sentences have .999, GB 2312 read as EUC-JP two thirds.
HEADLINE_SHARE = 0.97

#: Letters below which bytes may by chance be letters of any language. Of Vietnamese fewer do, for
#: they have to make a pattern of marks.
FEWEST = 8
FEWEST_VIETNAMESE = 3

#: Rare letters from which a text is looked at that is of its language otherwise: names have one or
#: two.
FEWEST_RARE = 3

#: Letters of scripts that do not meet, and their share: two may be a formula, half a quotation.
FEWEST_MIXED = 3
MIXED_SHARE = 0.5

#: Of the letters beyond ASCII, the least share of kana in Japanese, of vowels and marks in Thai and
#: of letters that only Vietnamese has, and the most Thai marks that stand on nothing. 99 sentences
#: of 100 have .37, .30, .39 and none of the last; no other bytes read so come near all of these.
KANA_SHARE = 0.05
THAI_VOWELS = 0.25
THAI_BROKEN = 0.02
VIETNAMESE_SHARE = 0.2

# Bytes 0x80 to 0x9F are letters and signs of windows-1252 in every page; 0x85 is a line's end too.
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
_DAMAGED = re.compile("[\x80-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")
_BEYOND = re.compile("[^\x00-\x7f]+")
_ASCII_LETTERS = re.compile("[A-Za-z]+")

# What stands in any language: punctuation, units, arrows, figures, emoji, wide ASCII.
_SIGNS = (
    "\xa0\xa3\xa9\xae\xb0\xb1\xb7\xd7\u02bc\u2010-\u206f\u20a0-\u20cf\u2100-\u218f\u2190-\u24ff"
    "\u2500\u2502\u25a0-\u2bff\u3000-\u3015\u3017-\u303f\u3200-\u33ff\ufe00-\ufe0f\ufe50-\ufe6f\uff01-\uff60"
    "\uffe0-\uffe6\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
_SIGN_RUNS = re.compile(f"[{_SIGNS}]+")

_KANA = "\u3041-\u30ff\u31f0-\u31ff"
_KANA_RUNS = re.compile(f"[{_KANA}]+")
_SPACED_HANGUL = re.compile(r"[\uac00-\ud7a3][^\w\s]* [^\w\s]*[\uac00-\ud7a3]")

# Without the figures and two letters that are no longer used.
_THAI = "\u0e01\u0e02\u0e04\u0e06-\u0e3a\u0e40-\u0e4e"
_THAI_VOWELS = re.compile("[\u0e30-\u0e3a\u0e40-\u0e4e]+")
_BROKEN_THAI = re.compile(
    "(?:^|[^\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"  # a mark on nothing
    "|[\u0e30\u0e32\u0e33\u0e40-\u0e46][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"  # or on a vowel
    "|[\u0e31\u0e34-\u0e3a][\u0e31\u0e34-\u0e3a]"  # two vowels on one letter
    "|[\u0e40-\u0e44](?![\u0e01-\u0e2e]|$)"  # a leading vowel before none
)

_ONLY_VIETNAMESE = "ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9"
_VIETNAMESE = f"ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý{_ONLY_VIETNAMESE}"
_VIETNAMESE_RUNS = re.compile(f"[{_ONLY_VIETNAMESE}]+")
_WESTERN = "À-ÖØ-öø-ſ"

# What bytes of two charsets become in the single-byte ones of other parts of the world: Greek,
# Cyrillic, Hebrew, Arabic, boxes; and half-width katakana, which EUC becomes in Shift_JIS and old
# Japanese texts are written with.
_STRANGERS = re.compile("[\u0370-\u052f\u0590-\u06ff\u2500-\u259f]+")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_MARKED_LATIN = re.compile("[\xa1-\xb6\xb8-\u024f\u1e00-\u1eff\u02c6\u02dc]+")
_IN_A_WORD = re.compile("[A-Za-z][\u0400-\u052f\u2500-\u259f]|[\u0400-\u052f\u2500-\u259f][A-Za-z]")

# UTF-8 as windows-1252 shows it: `Ã©`, `â€™`, `áº¡`. Quotation marks and dashes may stand behind a
# letter and count as no second byte.
_SECOND = "€‚ƒ„†‡ˆ‰Š‹ŒŽ™š›œžŸ\xa0-\xbf"
_THIRD = f"‘’“”•–—˜…{_SECOND}"
_UTF8_AS_WESTERN = re.compile(f"[Â-ß][{_SECOND}]|[à-ï][{_SECOND}][{_THIRD}]")

# The long vowel of katakana, A1 BC in EUC-JP, is a bracket in GB 2312; so that is not among the
# signs above. Marks of windows-1258 are capitals in windows-1252.
_EUC_AS_GB = re.compile("[\u30a1-\u30fa]〖")
_CAPITAL_WITHIN = re.compile("[a-zà-ý][ÌÒ]")

#: Charsets that a page may have been taken for: what browsers and this program read, one of each
#: family. And what pages of a language are written in.
_TAKEN_FOR = (
    "cp1252", "cp932", "euc_jp", "cp949", "gb18030", "big5hkscs", "cp874", "mac-roman", "koi8-r",
    "cp1251",
)  # fmt: skip
_WRITTEN_IN = {
    "ja": ("utf-8", "cp932", "euc_jp"),
    "ko": ("utf-8", "cp949"),
    "zh-Hans": ("utf-8", "gb18030", "big5hkscs"),
    "zh-Hant": ("utf-8", "big5hkscs", "gb18030"),
    "vi": ("utf-8", "cp1258"),
    "th": ("utf-8", "cp874"),
    "id": ("utf-8",),
    "en": ("utf-8",),
}

# The sets that hold every letter of a language, the rare ones too.
_NATIONAL = {"ja": ("cp932",), "zh-Hans": ("gb2312", "big5"), "zh-Hant": ("gb2312", "big5")}

#: Languages that a wrongly read text of a source seems to be in. EUC-KR read as GB 2312 is Han
#: letters only, each a frequent one.
_SEEMINGLY = {
    "ja": {"ja", "zh-Hans", "zh-Hant"},
    "ko": {"ko", "zh-Hans", "zh-Hant"},
    "zh-Hans": {"zh-Hans", "zh-Hant"},
    "zh-Hant": {"zh-Hans", "zh-Hant"},
    "vi": {"vi", "id", "en"},
    "th": {"th"},
    "id": {"id", "en"},
    "en": {"id", "en"},
}


def unlikely(text: str, language: str) -> str:
    """Return why *text*, from a source in *language*, cannot be right: a sentence; "" if it can.

    Scrubbed text has lost its control characters: `damage` is asked about the raw one as well.
    """
    if text.isascii() or not any(each.search(text) for each in _reasons(language)):
        return ""
    return (
        damage(text)
        or _given_away(text, language)
        or _mixed(text, language)
        or _misread(text, language)
    )


def damage(text: str) -> str:
    """Return what *text* holds that no text does, as a sentence; "" if nothing."""
    if not _DAMAGED.search(text):
        return ""
    if lost := text.count("\ufffd"):
        return f"characters were lost ({lost} times U+FFFD)"
    if controls := len(_CONTROL.findall(text)):
        return f"characters were lost ({controls} control characters, U+0080 to U+009F)"
    private = _count(text, _PRIVATE)
    if private > PRIVATE_SHARE * _count(text, _BEYOND):
        return f"{private} characters have no public meaning (U+E000 to U+F8FF)"
    return ""


def _given_away(text: str, language: str) -> str:
    """Return which two or three signs in *text* no one writes together; "" if none."""
    if found := _UTF8_AS_WESTERN.search(text):
        return f"{found[0]!r} is UTF-8 that was read as windows-1252"
    if found := _EUC_AS_GB.search(text):
        return f"{found[0]!r} is EUC-JP that was read as GB 2312"
    if LANGUAGES[language].script == "latin" and (found := _IN_A_WORD.search(text)):
        return f"{found[0]!r} are letters of two scripts in one word"
    return ""


def _mixed(text: str, language: str) -> str:
    """Return that *text* is in scripts that do not meet; "" if it is not.

    Latin letters with marks are too many where there are more of them than of those without, as
    in no language but for a few words of Vietnamese.
    """
    strange, marked = _count(text, _STRANGERS), _count(text, _MARKED_LATIN)
    if marked > _count(text, _ASCII_LETTERS) and _share(text, "vi") < PLAUSIBLE_SHARE:
        strange += marked
    if language != "ja":
        strange += _count(text, _HALF_WIDTH)
    if strange >= FEWEST_MIXED and strange >= MIXED_SHARE * _letter_count(text):
        return "its letters are of scripts that do not meet in a text"
    return ""


def _misread(text: str, language: str) -> str:
    """Return in which charset *text* makes sense; "" if in none, or as it is."""
    if _is_of_another(text, language):
        return ""
    for wrong in _TAKEN_FOR:
        if _is_utf8(text, wrong, language):
            return f"it is UTF-8 that was read as {wrong}"
    share = _share(text, language)
    if share >= PLAUSIBLE_SHARE and _is_usual(text, language):
        return ""
    for wrong, right in product(_TAKEN_FOR, _WRITTEN_IN[language]):
        reread = _reread(text, wrong, right) if right != wrong else ""
        if _has_words(reread, language) and _share(reread, language) >= max(share, REREAD_SHARE):
            return f"it makes sense in {right} and was read as {wrong}"
    return ""


def _is_of_another(text: str, language: str) -> bool:
    """Tell whether *text* is in a language that no wrongly read text of this one seems to be in."""
    kanji = _count(text, _own("ja")) if language.startswith("zh") else 0
    if kanji >= max(1, HEADLINE_SHARE * _letter_count(text)):
        return True
    others = LANGUAGES.keys() - _SEEMINGLY[language]
    return any(_share(text, other) >= PLAUSIBLE_SHARE for other in others)


def _is_usual(text: str, language: str) -> bool:
    """Tell whether *text* holds hardly any rare letters, and none its charsets do not have."""
    rare = _unusual(language).findall(text)
    return len(rare) < FEWEST_RARE and all(_is_written(sign, language) for sign in rare)


def _is_written(sign: str, language: str) -> bool:
    codecs = _NATIONAL.get(language, ("utf-8",))
    return any(sign.encode(codec, "ignore") for codec in codecs)


def _has_words(text: str, language: str) -> bool:
    """Tell whether *text* has letters enough not to be of a language by chance."""
    # The bytes of three kanji of four are a Korean syllable, but kanji stand without spaces.
    if language == "ko" and not _SPACED_HANGUL.search(text):
        return False
    fewest = FEWEST_VIETNAMESE if language == "vi" else FEWEST
    return _count(text, _own(language)) >= fewest


def _is_utf8(text: str, wrong: str, language: str) -> bool:
    """Tell whether the bytes of *text* in a charset are UTF-8, whole and in its language.

    Not by chance: what is valid so is a word or two, in letters of no language.
    """
    reread = _reread(text, wrong, "utf-8")
    return (
        "\ufffd" not in reread
        and 0 < _count(reread, _BEYOND) < _count(text, _BEYOND)
        and not _unusual(language).search(reread)
    )


def _reread(text: str, wrong: str, right: str) -> str:
    """Return what the bytes of *text* are in another charset; "" if they are none of the first.

    One letter in ten may have changed since: a no-break space became a space.
    """
    data = text.encode(wrong, "replace")
    if 10 * (data.count(b"?") - text.count("?")) > _count(text, _BEYOND):
        return ""
    return data.decode(right, "replace")


def _share(text: str, language: str) -> float:
    """Return the share of letters beyond ASCII that are of *language*, 0 where they do not make it.

    0 too where there are none.
    """
    own = _count(text, _own(language))
    is_one = _FORMS.get(language)
    if not own or (is_one and not is_one(text, own)):
        return 0.0
    return own / _letter_count(text)


def _letter_count(text: str) -> int:
    """Return how many letters beyond ASCII *text* has."""
    return _count(text, _BEYOND) - _count(text, _SIGN_RUNS)


def _is_japanese(text: str, letters: int) -> bool:
    return _count(text, _KANA_RUNS) >= KANA_SHARE * letters


def _is_thai(text: str, letters: int) -> bool:
    return (
        _count(text, _THAI_VOWELS) >= THAI_VOWELS * letters
        and len(_BROKEN_THAI.findall(text)) <= THAI_BROKEN * letters
    )


def _is_vietnamese(text: str, letters: int) -> bool:
    return _count(text, _VIETNAMESE_RUNS) >= VIETNAMESE_SHARE * letters


def _is_western(text: str, letters: int) -> bool:
    return letters <= _count(text, _ASCII_LETTERS)


_FORMS: Mapping[str, Callable[[str, int], bool]] = {
    "ja": _is_japanese,
    "th": _is_thai,
    "vi": _is_vietnamese,
    "id": _is_western,
    "en": _is_western,
}


@cache
def _reasons(language: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds reason to look at a text closely; 99 of 100 right ones have none."""
    if language == "vi":
        return (_unusual(language), _CAPITAL_WITHIN)
    if language in ("id", "en"):  # a letter with a mark is reason enough
        return (re.compile(f"[^\x00-\x7f{_SIGNS}]"),)
    return (_unusual(language),)


@cache
def _unusual(language: str) -> re.Pattern[str]:
    return re.compile(f"[^\x00-\x7f{_SIGNS}{_letters(language)}]")


@cache
def _own(language: str) -> re.Pattern[str]:
    return re.compile(f"[{_letters(language)}]+")


@cache
def _letters(language: str) -> str:
    """Return the letters beyond ASCII of a language, as the inside of a pattern's brackets.

    Of the national sets only the frequent half: 99.7 % of the Han letters in news sentences and
    every syllable, but a third of what other bytes make.
    """
    match language:
        case "ja":
            return _KANA + _double_bytes("euc_jp", 0xB0, 0xCF)
        case "ko":
            return _double_bytes("euc_kr", 0xB0, 0xC8)
        case "zh-Hans" | "zh-Hant":
            return _double_bytes("gb2312", 0xB0, 0xD7) + _double_bytes("big5", 0xA4, 0xC6)
        case "th":
            return _THAI
        case "vi":
            return _VIETNAMESE
        case _:
            return _WESTERN


def _double_bytes(codec: str, first: int, last: int) -> str:
    """Return the letters of a double-byte set between two lead bytes."""
    return "".join(
        bytes((lead, trail)).decode(codec, "ignore")
        for lead in range(first, last + 1)
        for trail in range(0x40, 0xFF)
        if trail != 0x7F
    ).translate(dict.fromkeys(range(0x80)))


def _count(text: str, runs: re.Pattern[str]) -> int:
    return len("".join(runs.findall(text)))
