"""Records of several services -> one a work."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from aggregator.model.records import Record, Texts
from aggregator.normalize.records.people import family_name
from aggregator.text.keys import folded

_SIGNS = re.compile(r"[^\w\u0e31-\u0e4e]+")

#: Fields of which all services' values are kept.
_UNITED = (
    "publication_types", "publishers", "issn", "isbn", "descriptors",
    "education_levels", "audiences", "sponsors", "languages", "rights", "relations", "links",
)  # fmt: skip
_SINGLE = ("accession", "record_type", "journal", "volume", "issue", "pages", "doi")


def record_key(record: Record) -> str:
    """Return the key of a work: `doi:…`, else its title, year and first author.

    Titles differ by case, width and signs between services; only letters and digits count. A
    record without a year or an author is known by what it has.
    """
    return f"doi:{record.doi}" if record.doi else title_key(record)


def title_key(record: Record) -> str:
    """Return the key that a work has without its DOI."""
    title = _SIGNS.sub("", folded(record.titles[0][1])) if record.titles else ""
    author = family_name(record.authors[0]) if record.authors else ""
    return f"work:{title}|{record.year or ''}|{author}"


def united(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return one record a work, in the order of their first ones.

    Records of one DOI are one work; one without a DOI is the work of its title, year and first
    author, if no two DOIs claim that: then it stays alone.
    """
    groups: dict[str, list[Record]] = {}
    by_title: dict[str, set[str]] = {}
    every = list(records)
    for record in every:
        if record.doi:
            by_title.setdefault(title_key(record), set()).add(record_key(record))
    for record in every:
        key = record_key(record)
        claims = by_title.get(key, set()) if not record.doi else set()
        groups.setdefault(next(iter(claims)) if len(claims) == 1 else key, []).append(record)
    return tuple(merge(group) for group in groups.values())


def merge(records: Sequence[Record]) -> Record:
    """Return one record of several of the same work: each field from the one that says most of it.

    Lists of subjects, links, languages and unknown details are united, nothing of them is lost.
    Single values come from the fullest record that has them, texts are the longest of each
    language, the date is the most precise of the fullest record's year.

    Raises:
        ValueError: there is no record.
    """
    if not records:
        raise ValueError("no records to merge")
    ranked = sorted(records, key=_fullness, reverse=True)
    fullest = ranked[0]
    counts = [each.references for each in ranked if each.references is not None]
    reviews = [each.peer_reviewed for each in ranked if each.peer_reviewed is not None]
    said: dict[str, Any] = {name: _all(ranked, name) for name in _UNITED}
    said |= {name: _one(ranked, name) for name in _SINGLE}
    return replace(
        fullest,
        **said,
        article_ids=_all(records, "article_ids"),
        others=tuple(dict.fromkeys(pair for each in ranked for pair in each.others)),
        titles=_longest(each.titles for each in ranked),
        abstracts=_longest(each.abstracts for each in ranked),
        authors=max((each.authors for each in ranked), key=_length),
        date=_date(ranked),
        references=max(counts, default=None),
        peer_reviewed=any(reviews) if reviews else None,
    )


def _fullness(record: Record) -> int:
    """Return how many fields are filled."""
    return sum(bool(getattr(record, field.name)) for field in fields(record))


def _all(records: Sequence[Record], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for each in records for value in getattr(each, name)))


def _one(records: Sequence[Record], name: str) -> str:
    return next((value for each in records if (value := getattr(each, name))), "")


def _longest(texts: Iterable[Texts]) -> Texts:
    """Return the longest text of each language, in the order they are met."""
    best: dict[str, str] = {}
    for each in texts:
        for language, text in each:
            if len(text) > len(best.get(language, "")):
                best[language] = text
    return tuple(best.items())


def _length(authors: Sequence[str]) -> tuple[int, int]:
    return len(authors), sum(map(len, authors))


def _date(ranked: Sequence[Record]) -> str:
    dates = [each.date for each in ranked if each.date]
    return max((date for date in dates if date[:4] == dates[0][:4]), key=len, default="")
