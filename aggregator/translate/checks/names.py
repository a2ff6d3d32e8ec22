"""Names in Latin letters, addresses, and what else stays as it is."""

import re
from collections.abc import Iterator

from aggregator.text.keys import folded
from aggregator.text.languages import is_latin
from aggregator.translate.checks.pair import ADDRESS, Finding, Pair, named

_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ'’-]*[A-Za-zÀ-ɏḀ-ỿ]")
_TAIL = re.compile("['’].*$|-$")

#: Letters of the shortest word that is taken for a name.
_NAME = 3

#: Letters at the start that make two words one name: Indonesia and Indonesian.
_STEM = 4


def addresses_kept(pair: Pair) -> Iterator[Finding]:
    """Yield the web and mail addresses, @names and #tags that only one side has."""
    source, said = (set(map(_bare, ADDRESS.findall(text))) for text in (pair.source, pair.said))
    if source - said:
        yield Finding("address lost", len(source - said), f"lacks {named(sorted(source - said))}")
    if said - source:
        yield Finding("address new", len(said - source), f"says {named(sorted(said - source))}")


def names_kept(pair: Pair) -> Iterator[Finding]:
    """Yield the names in Latin letters that the translation lost, and words it has for none.

    Between languages of Latin letters, names are words with a capital inside a sentence. In other
    letters each Latin word is one, and stays one in a language of Latin letters; what such a
    language has may be written in other letters or in Latin ones.
    """
    latin, into_latin = is_latin(pair.language), is_latin(pair.target)
    source, said = _names(pair.source_words, latin), _names(pair.said_words, into_latin)
    if into_latin or not latin:
        lost = [each for each in source if not _has(pair.said, each)]
        if lost:
            share = len(lost) / len(source)
            yield Finding("name lost", share, f"lacks {named(sorted(lost))}")
    if latin or not into_latin:
        new = [each for each in said if not _has(pair.source, each)]
        if new:
            yield Finding("name new", len(new) / len(said), f"says {named(sorted(new))}")


def _names(text: str, latin: bool) -> list[str]:
    words = [(found.start(), found[0]) for found in _WORD.finditer(text)]
    if latin:  # the first word has a capital for another reason
        words = [(at, each) for at, each in words[1:] if each[0].isupper()]
    bare = (_TAIL.sub("", each) for _, each in words)
    return list(dict.fromkeys(each for each in bare if len(each) >= _NAME))


def _has(text: str, name: str) -> bool:
    return folded(name)[: max(_STEM, len(name) - 3)] in folded(text)


def _bare(address: str) -> str:
    return address.rstrip(".,;:!?。、").casefold()
