"""What of a text is searched for: words, and pairs of characters where words are not told apart.

A run of Han, kana, Hangul, Thai, Lao, Khmer or Myanmar characters becomes a token for each of its
characters: the character with the one behind it, the last one alone. So any part of a run is a
phrase of pairs, and one character is the beginning of a token. Everything else becomes words of
letters and numbers of digits, without case and, in Latin script, without marks: `hoc tap` finds
`học tập`. A text and what is asked of it are cut the same way, so any text can be found by itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add

from aggregator.text.keys import folded

#: Changes whenever the same text would give other tokens.
VERSION = 1

#: Of a longer word, only the beginning counts: an address or encoded data, no word of a language.
LONGEST = 64

#: Tokens of one phrase and phrases of one question that count; the sentences of a news corpus have
#: at most 300 tokens, and no one types more than a headline.
MOST_TOKENS = 100
MOST_PHRASES = 20

# Letters and marks of scripts in which words are not set apart, or, in Korean, not from particles;
# without digits and punctuation.
_PAIRED = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"  # Han
    "\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # kana
    "\u3105-\u312f\u31a0-\u31bf"  # bopomofo
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb"  # Hangul
    "\u0e01-\u0e3a\u0e40-\u0e4e"  # Thai
    "\u0e81-\u0ebd\u0ec0-\u0ece\u0edc-\u0edf"  # Lao
    "\u1000-\u103f\u1050-\u108f\u109a-\u109f"  # Myanmar
    "\u1780-\u17d3\u17d7\u17dc\u17dd"  # Khmer
)

# A word's letters, with the marks that NFKC could not join to them.
_PIECE = re.compile(
    rf"(?P<run>[{_PAIRED}]+)|(?P<number>\d+)|(?P<word>(?:[^\W\d_{_PAIRED}][\u0300-\u036f]*)+)"
)

# Letters of Latin script that are a letter with a stroke to Unicode, not one with a mark.
_STROKES = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i"})
_MARKS = re.compile("[\u0300-\u036f]+")

# What is typed: a phrase in quotation marks of any kind, or what stands between spaces.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』", '"'))
_TYPED = re.compile(r'(?P<no>-?)(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))(?P<open>\*?)|"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Tokens that stand side by side."""

    tokens: tuple[str, ...]
    is_open: bool = False  #: the last token is only the beginning of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a text must say, and what it must not."""

    all: tuple[Phrase, ...] = ()
    none: tuple[Phrase, ...] = ()


def tokens(text: str) -> list[str]:
    """Return the tokens of *text* in their order: letters and digits only, never empty."""
    return [token for piece in _pieces(text) for token in _of_text(piece)]


def query(text: str) -> Query:
    """Return what a person asks for: every word, in any order; any *text* is a question.

    Words in quotation marks stand side by side, and so does what is typed without a space:
    `第3回`. `word*` is how a word begins, `-word` must not be there. One character of a script
    that is cut into pairs finds all runs that hold it.
    """
    wanted: list[Phrase] = []
    unwanted: list[Phrase] = []
    for found in _TYPED.finditer(folded(text).translate(_QUOTES)):
        said = found["quoted"] or found["plain"] or ""
        is_open = bool(found["open"]) or said.endswith("*")
        if phrase := _phrase(said, is_open=is_open):
            (unwanted if found["no"] else wanted).append(phrase)
    return Query(all=tuple(wanted[:MOST_PHRASES]), none=tuple(unwanted[:MOST_PHRASES]))


def _phrase(text: str, *, is_open: bool) -> Phrase | None:
    """Return the phrase that *text* is, None if it has no letter and no digit.

    The last character of a run at its end is left to be the beginning of any pair.
    """
    pieces = list(_pieces(text))
    if not pieces:
        return None
    said = [token for piece in pieces for token in _of_text(piece)]
    if pieces[-1].lastgroup == "run":
        is_open = len(pieces[-1][0]) == 1
        said = said if is_open else said[:-1]
    if len(said) > MOST_TOKENS:
        said, is_open = said[:MOST_TOKENS], False
    return Phrase(tokens=tuple(said), is_open=is_open)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    return _PIECE.finditer(folded(text))


def _of_text(piece: re.Match[str]) -> list[str]:
    said = piece[0]
    match piece.lastgroup:
        case "run":
            return [*map(add, said, said[1:]), said[-1]]
        case "number":
            return ["".join(str(unicodedata.digit(sign)) for sign in said)[:LONGEST]]
        case _:
            return [_bare(said)[:LONGEST]]


def _bare(word: str) -> str:
    """Return a word without the marks on its letters; as it is, where it is not Latin."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    if not apart[0].translate(_STROKES).isascii():
        return word
    return _MARKS.sub("", apart).translate(_STROKES)
