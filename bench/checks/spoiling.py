"""Good translations -> bad ones, each in one way that machines go wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from aggregator.text.languages import LANGUAGES
from aggregator.translate.checks import Pair

_ENGLISH_NOT = re.compile(
    r"\b(?:not|\w+n['’]t|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|without)\b",
    re.IGNORECASE,
)

#: A language's denials, and what is left of each when it is denied no more.
_DENIALS: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (
        (r"\b(?:do|does|did) not (?=\w)", ""), (r"\b(?:do|does|did)n['’]t (?=\w)", ""),
        (r"\bcan(?:not|['’]t)\b", "can"), (r"\bwon['’]t\b", "will"), (r"n['’]t\b", ""),
        (r"\bnot (?=\w)", ""), (r"\bnever (?=\w)", ""), (r"\bwithout\b", "with"),
        (r"\bnothing\b", "something"), (r"\b(?:nobody|no one)\b", "somebody"),
        (r"\bnone\b", "some"), (r"\bno (?=[a-z])", "some "),
    ),
    "ja": (
        (r"ませんでした", "ました"), (r"ません", "ます"), (r"(?:では|じゃ)ない", "である"),
        (r"(?:では|じゃ)なく", "であり"), (r"なかった", "た"), (r"(?<!少)(?<!しれ)ない", "る"),
        (r"(?<=[かさたらわべけせれじ])ず(?=[、に])", "て"),
    ),
    "ko": (
        (r"지 않았", "았"), (r"지 (?:않는|못한)", "는"), (r"지 못했", "았"),
        (r"지(?:는|도)? 않", ""),
        (r"없", "있"), (r"(?<=[이가] )아니(?=다|라|었)", "이"),
        (r"(?<![가-힣])(?:안|못) ", ""),
        (r"지 못", ""), (r"아닌", "인"),
    ),
    "zh-Hans": (
        (r"没有", "有"), (r"不(?![同断仅过久])", ""), (r"[没未](?!来)", ""),
        (r"无法", "能"),
    ),
    "zh-Hant": (
        (r"[沒没]有", "有"), (r"不(?![同斷僅過久])", ""), (r"[沒没未](?!來)", ""),
        (r"無法", "能"),
    ),
    "vi": (
        (r"(?<!hàng )\bkhông (?=\w)(?!chỉ|gian|khí)", ""),
        (r"\b(?:chưa|chẳng|đừng) (?=\w)", ""),
    ),
    "th": ((r"ไม่ได้", ""), (r"ไม่(?!ว่า)", ""), (r"ห้าม", "")),
    "id": ((r"\b(?:tidak|bukan|belum|tak|jangan) (?=\w)(?!hanya)", ""), (r"\btanpa\b", "dengan")),
}  # fmt: skip

_CLAUSE = re.compile(r"(?<=[,;、，；—])\s*|(?<=–)\s*")
_NUMBER = re.compile(r"\d+")
_END = re.compile(r"[.!?。！？…\"”」』’'）)]*\s*$")

#: Shares of the letters that a dropped clause has.
_SHORTEST, _LONGEST = 0.2, 0.8


def clause_dropped(pair: Pair, _others: Sequence[str], chance: Random) -> str | None:
    """Return the translation without a fifth of it or more: a clause, else its last words."""
    body, end = _cut(pair.said)
    pieces = _CLAUSE.split(body)
    fair = [
        at
        for at, piece in enumerate(pieces)
        if _SHORTEST <= len(piece) / max(1, len(body)) <= _LONGEST
    ]
    if fair:
        del pieces[chance.choice(fair)]
        return _spaced(pieces, pair.target).rstrip(",;、，； ") + end
    words = _words(body, pair.target)
    kept = len(words) * chance.randint(4, 7) // 10
    return _spaced(words[:kept], pair.target) + end if 0 < kept < len(words) else None


def number_changed(pair: Pair, _others: Sequence[str], chance: Random) -> str | None:
    """Return the translation with another number in place of one."""
    found = list(_NUMBER.finditer(pair.said))
    if not found:
        return None
    one = chance.choice(found)
    other = one[0]
    while int(other) == int(one[0]):
        other = str(chance.randrange(10 ** (len(one[0]) - 1), 10 ** len(one[0])))
    return pair.said[: one.start()] + other + pair.said[one.end() :]


def other_sentence(pair: Pair, others: Sequence[str], chance: Random) -> str | None:
    """Return what another sentence was translated to."""
    other = chance.choice(others)
    return None if other == pair.said else other


def repeated(pair: Pair, _others: Sequence[str], chance: Random) -> str | None:
    """Return the translation with some words of it two to four times more."""
    body, end = _cut(pair.said)
    words = _words(body, pair.target)
    long = chance.randint(3, 6) * (1 if " " in body and pair.target != "th" else 2)
    if len(words) <= long:
        return None
    start = chance.randrange(len(words) - long)
    phrase = words[start : start + long]
    again = [*words[: start + long], *phrase * chance.randint(2, 4), *words[start + long :]]
    return _spaced(again, pair.target) + end


def untranslated(pair: Pair, _others: Sequence[str], chance: Random) -> str | None:
    """Return the original, or the translation with its second half in the original's words."""
    if chance.random() < 0.5:
        return pair.source
    said, source = _words(pair.said, pair.target), _words(pair.source, pair.language)
    first = _spaced(said[: len(said) // 2], pair.target)
    return f"{first} {_spaced(source[len(source) // 2 :], pair.language)}"


def undenied(pair: Pair, _others: Sequence[str], _chance: Random) -> str | None:
    """Return the translation without its first denial."""
    for denial, left in _DENIALS[pair.target]:
        if (said := re.sub(denial, left, pair.said, count=1, flags=re.IGNORECASE)) != pair.said:
            return said
    return None


def denies(english: str) -> bool:
    """Tell whether an English sentence denies something."""
    return bool(_ENGLISH_NOT.search(english))


#: How a good translation is made bad, by the kind of what it then is.
KINDS: Mapping[str, Callable[[Pair, Sequence[str], Random], str | None]] = {
    "clause": clause_dropped,
    "number": number_changed,
    "other": other_sentence,
    "repetition": repeated,
    "untranslated": untranslated,
    "negation": undenied,
}


def spoiled(pair: Pair, kind: str, others: Sequence[str], chance: Random) -> Pair | None:
    """Return the pair made bad, None where it cannot be in this way."""
    said = KINDS[kind](pair, others, chance)
    return replace(pair, said=said) if said is not None and said.strip() != pair.said else None


def _cut(text: str) -> tuple[str, str]:
    end = _END.search(text)
    at = end.start() if end else len(text)
    return text[:at], text[at:]


def _words(text: str, language: str) -> list[str]:
    unspaced = LANGUAGES[language].unspaced
    return list(text) if unspaced else text.split()


def _spaced(pieces: Sequence[str], language: str) -> str:
    return ("" if LANGUAGES[language].unspaced else " ").join(pieces)
