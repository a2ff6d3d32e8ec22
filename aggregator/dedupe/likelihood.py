"""How likely two articles tell one story: what their meanings and their clues say, weighed.

A logistic regression over few features, fitted on professional translations of news in eight
languages among written look-alikes (`bench/stories`). None of it is learned from the stream.
"""

import math
from collections.abc import Iterator, Sequence

from aggregator.dedupe.clues import Clues
from aggregator.dedupe.meaning import Nearness
from aggregator.text.countries import COUNTRIES

#: More of one clue says no more.
_MOST = 4.0
_MOST_FIGURES = 2.0
_MOST_CONCEPTS = 3.0

#: Cosines below which the weaker of title and lead speaks against one story beyond measure: of
#: pairs of one story, 1 of 20 is below the higher one.
_FAIR, _POOR = 0.45, 0.3

# Small numbers are everywhere, and so are the years around now.
_MONTHS, _DAYS, _THESE_YEARS = 12, 31, range(1990, 2041)
_TELLS_LITTLE, _TELLS_SOME, _TELLS_MUCH = 0.3, 0.7, 1.5

#: Clues that are named as evidence, of each kind, and how likely it is said to be at most.
_NAMED = 3
_SUREST = 0.99


def features(near: Nearness, one: Clues, two: Clues) -> dict[str, float]:
    """Return what is weighed of a pair, by name; it is the same in both directions."""
    return {**meaning_features(near), **clue_features(one, two)}


def meaning_features(near: Nearness) -> dict[str, float]:
    """Return what the vectors say."""
    weaker = min(near.titles, near.leads)
    return {
        "titles": near.titles,
        "leads": near.leads,
        "weaker": weaker,
        "below_fair": max(0.0, _FAIR - weaker),
        "below_poor": max(0.0, _POOR - weaker),
        "whole": near.whole,
        "crossed": (near.title_lead + near.lead_title) / 2,
        "weaker_crossed": min(near.title_lead, near.lead_title),
    }


def clue_features(one: Clues, two: Clues) -> dict[str, float]:
    """Return what the texts share in any language, and what differs."""
    latin = one.is_latin and two.is_latin
    names = float(len(one.names & two.names))
    both_han = bool(one.han and two.han)
    fewer = min(len(one.han), len(two.han))
    shared = math.fsum(map(_weight, sorted(one.figures & two.figures)))
    return {
        "figures": min(shared, _MOST_FIGURES),
        "other_figures": min(_told_otherwise(one, two), _MOST),
        "other_title_figures": float(_differ(one.title_figures, two.title_figures)),
        "names": min(names, _MOST) if latin else 0.0,
        "foreign_names": 0.0 if latin else min(names, _MOST),
        "both_latin": float(latin),
        "han": len(one.han & two.han) / (1 + fewer) if both_han else 0.0,
        "both_han": float(both_han),
        "same_language": float(one.language == two.language),
        "countries": float(len(one.countries & two.countries)),
        "other_countries": float(_differ(one.countries, two.countries)),
        "concepts": min(float(len(one.concepts & two.concepts)), _MOST_CONCEPTS),
        "other_concepts": min(_either(one.concepts, two.concepts), _MOST_CONCEPTS),
    }


def evidence(near: Nearness, one: Clues, two: Clues, odds: float) -> tuple[str, ...]:
    """Return why a pair tells one story, for people: what it shares, and how likely it is."""
    likely = min(1 / (1 + math.exp(-odds)), _SUREST)
    return (*_shared(one, two), f"alike {near.whole:.2f}", f"likely {likely:.2f}")


def _shared(one: Clues, two: Clues) -> Iterator[str]:
    told = sorted(one.figures & two.figures, key=lambda each: (-_weight(each), -each))
    yield from (f"{each:g}" if each < 1e6 else f"{each:,.0f}" for each in told[:_NAMED])
    yield from sorted(one.names & two.names, key=lambda each: (-len(each), each))[:_NAMED]
    concepts = sorted(one.concepts & two.concepts)[:_NAMED]
    yield from (concept.replace("-", " ") for concept in concepts)
    yield from sorted(COUNTRIES[code].name for code in one.countries & two.countries)[:_NAMED]


def _told_otherwise(one: Clues, two: Clues) -> float:
    """Return the weight of the figures that only one of the two tells, where both tell some."""
    sides: Sequence[frozenset[float]] = (one.figures - two.figures, two.figures - one.figures)
    return min(math.fsum(map(_weight, sorted(side))) for side in sides)


def _either(some: frozenset[str], others: frozenset[str]) -> float:
    """Return how many both have that the other has not, each for itself."""
    return float(min(len(some - others), len(others - some)))


def _differ(some: frozenset[object], others: frozenset[object]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def _weight(figure: float) -> float:
    """Return how much it tells that two texts share a figure."""
    if figure <= _DAYS:
        return _TELLS_LITTLE if figure <= _MONTHS else _TELLS_SOME
    return _TELLS_SOME if figure in _THESE_YEARS else _TELLS_MUCH
