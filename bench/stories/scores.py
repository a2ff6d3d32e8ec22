"""Stories said and stories told -> pairwise precision, recall and F1, by languages too."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bench.scores import Score
from bench.stories.corpus import Told

#: Pairs of one story that two languages must have to be scored by themselves.
FEWEST = 10

Languages = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How well a stream was put into stories."""

    all: Score  #: pairs of articles found to be of one story
    by_languages: Mapping[Languages, Score]

    @property
    def worst(self) -> tuple[Languages, float]:
        """The two languages whose pairs came out worst."""
        enough = {key: each for key, each in self.by_languages.items() if each.real >= FEWEST}
        return min(((key, each.f1) for key, each in enough.items()), key=lambda each: each[1])


def scored(stream: Sequence[Told], found: Sequence[str]) -> Scored:
    """Return the score of the stories that were found for a stream's articles."""
    real = Counter(_pairs(stream, [told.story for told in stream]))
    said = Counter(_pairs(stream, found))
    both = [f"{told.story}|{story}" for told, story in zip(stream, found, strict=True)]
    right = Counter(_pairs(stream, both))
    every = {
        key: Score(right=right[key], said=said[key], real=real[key]) for key in real.keys() | said
    }
    return Scored(all=sum(every.values(), Score()), by_languages=every)


def _pairs(stream: Sequence[Told], stories: Sequence[str]) -> Iterator[Languages]:
    by: dict[str, list[str]] = {}
    for told, story in zip(stream, stories, strict=True):
        by.setdefault(story, []).append(told.language)
    for languages in by.values():
        yield from combinations(sorted(languages), 2)
