"""Who stands in which band: what near copies are looked for in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from aggregator.dedupe.shingles import Writing, bands, fortnight, signature
from aggregator.model import Article

#: Articles of one fortnight in which a shingle tells something; in more it is an agency's signature
#: or a phrase of the language: its band finds nobody, and gets no more rows.
MOST_IN_BAND = 30

#: Articles that are compared letter by letter: those that share most bands.
MOST_COMPARED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What an article is found by, and what its near copies are sought by."""

    article_id: str
    bands: frozenset[int]  #: under which it may be kept
    sought: frozenset[int]  #: the same of its fortnight and of those beside it

    @classmethod
    def of(cls, article: Article, text: Writing) -> Self:
        """Return the trace of an article and its text."""
        shingles, when = signature(text), fortnight(article)
        own, *beside = (bands(shingles, when + each) for each in (0, -1, 1))
        return cls(article_id=article.id, bands=own, sought=own.union(*beside))


class Index:
    """The part of the stored bands that a batch of articles asks for, and what it adds."""

    def __init__(self, there: Mapping[int, Sequence[str]]) -> None:
        """Begin with the articles that stand in each band, by their ids."""
        self._there = {band: list(ids) for band, ids in there.items()}

    def closest(self, sought: Iterable[int], most: int = MOST_COMPARED) -> list[str]:
        """Return the articles that share most of these bands, at most so many."""
        shared: Counter[str] = Counter()
        for band in sought:
            if len(ids := self._there.get(band, ())) < MOST_IN_BAND:
                shared.update(ids)
        # Those of equal numbers by their ids: not by who came first, which differs between runs.
        ranked = sorted(shared, key=lambda article_id: (-shared[article_id], article_id))
        return ranked[:most]

    def add(self, trace: Trace) -> frozenset[int]:
        """Let an article stand in its bands; return those that had room, to be kept."""
        free = [b for b in trace.bands if len(self._there.get(b, ())) < MOST_IN_BAND]
        for band in free:
            self._there.setdefault(band, []).append(trace.article_id)
        return frozenset(free)
