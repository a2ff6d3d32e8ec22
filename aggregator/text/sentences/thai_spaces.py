"""What stands around the spaces of a Thai text: the evidence that one ends a sentence."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aggregator.text.sentences.thai_words import first, last

_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"[\d.,:%\-–]+")
_SAYS = ("กล่าว", "บอก")
_FARTHEST = 8  #: tokens of a name, at most
_LETTERS = 6  #: of a token's beginning and end, at most, that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What stands between two spaces."""

    text: str
    start: int
    end: int
    kind: str  #: "T" of Thai letters, "N" a number, else the kind of its first character
    first: tuple[str, str]  #: the known word it begins with, and that one's kind
    last: tuple[str, str]  #: the one it ends with


_NOTHING = Token(text="", start=0, end=0, kind="#", first=("", "#"), last=("", "#"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A space between two tokens, with the evidence."""

    start: int
    end: int
    evidence: tuple[str, ...]


def split_at_spaces(line: str) -> list[Token]:
    """Return what stands between the spaces of *line*."""
    return [_token(found) for found in _TOKEN.finditer(line)]


def spaces(tokens: Sequence[Token]) -> Iterator[Space]:
    """Yield the spaces between *tokens*, each with what stands around it."""
    pairs = Counter((a.text, b.text) for a, b in pairwise(tokens))
    alone = Counter(token.text for token in tokens)
    quotes, depth = 0, 0
    for number, (left, right) in enumerate(pairwise(tokens)):
        quotes += left.text.count('"')
        depth += sum(left.text.count(sign) for sign in "(“‘")
        depth -= sum(left.text.count(sign) for sign in ")”’")
        evidence = [
            *_letters(left, right),
            *_words(tokens, number),
            *_names(tokens, number),
            *_lengths(tokens, number),
            f"quoted={quotes % 2}",
            f"depth={max(-1, min(depth, 1))}",
            "always",
        ]
        if left.kind == right.kind == "A":
            repeated = pairs[left.text, right.text] > 1
            evidence.append(f"pair={repeated}{alone[left.text] > 1}{alone[right.text] > 1}")
        yield Space(start=left.end, end=right.start, evidence=tuple(evidence))


def _token(found: re.Match[str]) -> Token:
    text = found[0]
    return Token(
        text=text,
        start=found.start(),
        end=found.end(),
        kind=_kind(text),
        first=first(text),
        last=last(text),
    )


def _kind(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return "N"
    kind = _sign(text[0])
    return "T" if kind in "ke" else kind


def _sign(sign: str) -> str:
    """Return the kind of a character: of Thai letters which, of Latin ones the case."""
    kinds = (
        ("\u0e01", "\u0e2e", "k"), ("\u0e40", "\u0e44", "e"), ("\u0e30", "\u0e4e", "v"),
        ("A", "Z", "A"), ("a", "z", "a"), ("0", "9", "0"),
    )  # fmt: skip
    return next((kind for low, high, kind in kinds if low <= sign <= high), sign)


def _letters(left: Token, right: Token) -> Iterator[str]:
    """Yield the last letters before the space and the first behind it."""
    for length in range(1, _LETTERS + 1):
        if length <= len(left.text):
            yield f"<{left.text[-length:]}"
        if length <= len(right.text):
            yield f">{right.text[:length]}"
    before, behind = _sign(left.text[-1]), _sign(right.text[0])
    yield from (f"sign<{before}", f"sign>{behind}", f"signs={before}{behind}")


def _words(tokens: Sequence[Token], number: int) -> Iterator[str]:
    """Yield the known words around the space, and their kinds in pairs."""
    before, left, right, behind = (_at(tokens, number + step) for step in (-1, 0, 1, 2))
    yield from (f"word<{left.last[0]}", f"word>{right.first[0]}")
    ends, begins = left.last[1], right.first[1]
    yield from (f"ends={ends}", f"begins={begins}", f"kinds={ends},{begins}")
    yield from (f"left={left.first[1]}", f"left={left.first[1]},{begins}")
    yield from (f"next={behind.first[1]}", f"next={begins},{behind.first[1]}")
    yield from (f"right={right.last[1]}", f"right={begins},{right.last[1]}")
    yield f"before={before.last[1]},{left.first[1]}"
    yield from (f"of={left.kind}{right.kind}", f"of={left.kind}{right.kind}{behind.kind}.")
    yield from (f"of=.{before.kind}{left.kind}{right.kind}", f"of={left.kind},{begins}")
    yield f"of={ends},{right.kind}"
    said = any(word in token.text for token in tokens[number + 1 : number + 3] for word in _SAYS)
    yield f"said={said}"


def _names(tokens: Sequence[Token], number: int) -> Iterator[str]:
    """Yield what stands before a name or number that ends here, and behind one that begins here."""
    if tokens[number].kind != "T":
        back = number
        while back > max(0, number - _FARTHEST) and tokens[back].kind in "AaN":
            back -= 1
        token = tokens[back]
        yield from (f"name<{token.last[1]}", f"name<{token.text[-2:]}", f"name<{token.text[-3:]}")
    if tokens[number + 1].kind != "T":
        on = number + 1
        while on < min(len(tokens) - 1, number + _FARTHEST) and tokens[on].kind in "AaN":
            on += 1
        token = tokens[on]
        yield from (f"name>{token.first[1]}", f"name>{token.text[:2]}", f"name>{token.text[:3]}")
        yield f"name={tokens[number].last[1]},{token.first[1]}"


def _lengths(tokens: Sequence[Token], number: int) -> Iterator[str]:
    """Yield how long the tokens around the space are, in steps of half as much again."""
    before, left, right, behind = (
        _step(len(_at(tokens, number + step).text)) for step in (-1, 0, 1, 2)
    )
    yield from (f"long<{left}", f"long>{right}", f"long={left // 2},{right // 2}")
    yield from (f"long<<{before}", f"long>>{behind}")
    yield f"long={tokens[number].last[1]},{left // 2}<"
    yield f"long={tokens[number + 1].first[1]},{right // 2}>"


def _step(length: int) -> int:
    return min((length + 1) ** 2, 1 << 16).bit_length()


def _at(tokens: Sequence[Token], number: int) -> Token:
    return tokens[number] if 0 <= number < len(tokens) else _NOTHING
