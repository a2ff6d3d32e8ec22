"""How the index's words and what is asked of them are written for SQLite and for PostgreSQL.

What a search is narrowed to stands among the words as tokens of its own, so that no search has to
look at rows that it does not return.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from aggregator.text.tokens import Phrase, Query, tokens

#: No token of a text holds it, nor a space or a sign of a query language. Alone, it is a token of
#: every article.
_MARK = "§"


#: What a search can be narrowed to, beside time.
Aspect = Literal["country", "language", "kind", "topic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """What of an article is searched."""

    article_id: str
    stamp: str  #: what it was made from
    published: datetime
    titles: tuple[str, ...]  #: as written, then in other languages
    texts: tuple[str, ...]  #: its summary, the same way
    aspects: frozenset[tuple[Aspect, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What a search is narrowed to: one of the values of each aspect that is given."""

    aspects: tuple[tuple[Aspect, tuple[str, ...]], ...] = ()
    since: datetime | None = None
    until: datetime | None = None  #: the first moment that is too late


class Words(NamedTuple):
    """The tokens of an article."""

    title: list[str]
    text: list[str]
    aspects: list[str]


def words_of(each: Findable) -> Words:
    """Return what is indexed of an article."""
    # The mark between two texts keeps a phrase from standing in both.
    aspects = sorted(_aspect(name, value) for name, value in each.aspects)
    return Words(_joined(each.titles), _joined(each.texts), [_MARK, *aspects])


def _joined(texts: Sequence[str]) -> list[str]:
    return [token for each in texts for token in (*tokens(each), _MARK)][:-1]


def _aspect(name: str, value: str) -> str:
    return _MARK.join(("", name, *re.findall("[a-z0-9]+", value.casefold())))


# --- SQLite


def packed(words: Words) -> bytes:
    """Return the words as they are kept, for the day when the index has to forget them."""
    return zlib.compress("\n".join(" ".join(part) for part in words).encode())


def fts5_row(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the index's row: n, its number; a, b and c, its columns."""
    title, body, aspects = zlib.decompress(stored["words"]).decode().split("\n")
    return {"n": stored["number"], "a": title, "b": body, "c": aspects}


def fts5_question(query: Query, within: Within) -> str:
    """Return the question for FTS5; tokens hold no quotation mark."""
    sides = [
        f'"{_MARK}"',
        *("(" + " OR ".join(f'"{each}"' for each in some) + ")" for some in _narrowed(within)),
        *(_fts5(phrase) for phrase in query.all),
    ]
    said = " AND ".join(sides[1:] or sides)
    return " NOT ".join((f"({said})", *(_fts5(phrase) for phrase in query.none)))


def _fts5(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + " *" * phrase.is_open


# --- PostgreSQL


def tsvector(words: Words) -> str:
    """Return the words as PostgreSQL reads them: nothing is left for it to cut.

    https://www.postgresql.org/docs/current/datatype-textsearch.html
    """
    placed = [
        (token, weight)
        for part, weight in zip(words, "ACD", strict=True)
        for token in (*part, _MARK)
    ]
    return " ".join(f"'{token}':{at}{weight}" for at, (token, weight) in enumerate(placed, 1))


def phrases_tsquery(phrases: Sequence[Phrase]) -> str:
    """Return the question for PostgreSQL whether all phrases are there."""
    return " & ".join(f"({_ts(phrase)})" for phrase in phrases) or f"'{_MARK}'"


def _ts(phrase: Phrase) -> str:
    return " <-> ".join(f"'{token}'" for token in phrase.tokens) + ":*" * phrase.is_open


def tsquery(query: Query, within: Within) -> str:
    """Return the question for PostgreSQL; tokens hold no quotation mark and no backslash."""
    sides = [
        *("(" + " | ".join(f"'{each}'" for each in some) + ")" for some in _narrowed(within)),
        phrases_tsquery(query.all),
        *(f"!({_ts(phrase)})" for phrase in query.none),
    ]
    return " & ".join(sides)


def _narrowed(within: Within) -> list[list[str]]:
    return [[_aspect(name, value) for value in values] for name, values in within.aspects]
