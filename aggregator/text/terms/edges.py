"""Whether a term's letters are a word of their own where they stand, by the script they are in."""

import re

from aggregator.text.terms.spelling import Spelled

#: What may follow a term without a gap and leave it the same word: the English plural, and
#: Indonesian particles and possessives, which are written in one.
_ENDINGS = {
    "en": frozenset(("s", "es")),
    "id": frozenset(("nya", "lah", "kah", "pun", "ku", "mu")),
}

_LATIN = re.compile("[a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_DIGIT = re.compile("[0-9]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_THAI = re.compile("[\u0e01-\u0e4e]")
_HAN = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_SCRIPTS = (_LATIN, _DIGIT, _HANGUL, _THAI, _HAN, _KANA)

# Where a Thai syllable cannot be parted: a vowel is written before its consonant, and vowels and
# marks after it.
_THAI_LEADS = "\u0e40\u0e41\u0e42\u0e43\u0e44"
_THAI_FOLLOWS = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")

# Thai consonants only: a word of so few has a vowel, so these are the letters of an abbreviation.
_THAI_INITIALS = re.compile("[\u0e01-\u0e2e.]{2,6}")

_LATIN_RUN = re.compile(f"{_LATIN.pattern}+")


def is_part(text: Spelled, start: int, end: int, languages: tuple[str, str], word: bool) -> bool:
    """Tell whether the letters *start* to *end* are only a part of another word.

    Latin letters and digits are whole words always, Thai ones whole syllables. Japanese, Chinese,
    Korean and Thai have words grown together, so there a term may be a part unless it asks to be
    a *word*; Korean words end in particles, so of those the beginning must be one. *languages*
    are the text's and the term's.
    """
    letters = text.letters
    before = letters[start - 1] if start and not text.is_apart(start) else ""
    after = letters[end] if end < len(letters) and not text.is_apart(end) else ""
    if not before and not after:
        return False
    word = word or _THAI_INITIALS.fullmatch(letters, start, end) is not None
    if before and _is_joined_before(before, letters[start], word):
        return True
    if not after or not _is_joined_after(letters[end - 1], after, word):
        return False
    return word or not _has_ending(text, end, languages)


def _is_joined_before(before: str, first: str, word: bool) -> bool:
    if before in _THAI_LEADS:
        return True
    script = _script(first)
    joins = script in (_LATIN, _DIGIT) or (word and script is not None)
    return joins and script is not None and bool(script.match(before))


def _is_joined_after(last: str, after: str, word: bool) -> bool:
    if _THAI_FOLLOWS.match(after):
        return True
    script = _script(last)
    if script is _DIGIT and _LATIN.match(after):
        return True
    joins = script in (_LATIN, _DIGIT) or (word and script not in (None, _HANGUL))
    return joins and script is not None and bool(script.match(after))


def _script(letter: str) -> re.Pattern[str] | None:
    return next((script for script in _SCRIPTS if script.match(letter)), None)


def _has_ending(text: Spelled, end: int, languages: tuple[str, str]) -> bool:
    """Tell whether the Latin letters from *end* to the next gap are an ending of a language."""
    run = _LATIN_RUN.match(text.letters, end)
    if run is None:
        return False
    stop = next((at for at in range(end + 1, run.end()) if text.is_apart(at)), run.end())
    ending = text.letters[end:stop]
    return any(ending in _ENDINGS.get(language, ()) for language in languages)
