"""What is asked -> the stories that say it, mean it or are like it, for commands and pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import fsum

from aggregator.embed import Embedder, floor_of
from aggregator.embed.centering import unit
from aggregator.errors import UsageError
from aggregator.flow.embedding import signature
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import Entry, Place, Source, Story
from aggregator.store import Connection, nearest, search, vectors
from aggregator.store.nearest import Meant
from aggregator.store.search import Hit, Order, Within
from aggregator.text.languages import identify
from aggregator.text.tokens import query

_NO_ENGINE = (
    "what texts mean is known only with an engine that makes vectors, and there is none\n"
    "  make embed in a checkout, else pip install 'aggregator[embed]', or AGGREGATOR_EMBED with "
    "an endpoint's address; then aggregator run (docs/topics.md)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for."""

    words: str  #: as typed: see `aggregator.text.tokens.query`
    within: Within = field(default_factory=Within)
    order: Order = "newest"
    target: str = "en"  #: the language that stories are shown in
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story, and the article of it that says what was asked."""

    entry: Entry
    place: Place
    likeness: float | None  #: how close the article is to what is meant: see `Hit`


def look_for(
    db: Connection, sources: Mapping[str, Source], asked: Asked, now: datetime
) -> list[Found]:
    """Return the stories that are found, in the order asked for, at most as many as asked for.

    Stories of sources that are no longer configured are left out.
    """
    hits = search.find(db, query(asked.words), asked.within, asked.limit, asked.order)
    return _found(db, sources, hits, asked, now)


def look_near(
    db: Connection, sources: Mapping[str, Source], asked: Asked, meant: Meant, now: datetime
) -> list[Found]:
    """Return the stories closest to what is meant that also say what is asked, the closest first.

    Stories of sources that are no longer configured are left out.
    """
    hits = nearest.find(db, meant, query(asked.words), asked.within, asked.limit)
    return _found(db, sources, hits, asked, now)


def meant_by(db: Connection, words: str, embedder: Embedder) -> Meant:
    """Return what words mean, in whatever language they are.

    Raises:
        UsageError: There is nothing to compare it with.
        EmbedError: The engine does not answer.
    """
    engine = _engine(db, embedder)
    (vector,) = embedder.embed([words], [identify(words, "")])
    return Meant(vector=vector, engine=engine, floor=floor_of(embedder.name).question)


def meant_like(db: Connection, story: Story, embedder: Embedder) -> Meant:
    """Return what a story means, to find others: the middle of its articles.

    Raises:
        UsageError: There is nothing to compare, or nothing to compare it with.
    """
    engine = _engine(db, embedder)
    own = vectors.of(db, [place.article.id for place in story.places], engine)
    if not own:
        raise UsageError(f"story {story.id} has no vector yet: the next run makes it")
    middle = unit([fsum(column) for column in zip(*own.values(), strict=True)])
    floor = floor_of(embedder.name).article
    return Meant(vector=middle, engine=engine, floor=floor, without=story.id)


def knows_meanings(db: Connection) -> bool:
    """Tell whether it can be looked for what is meant."""
    return vectors.are_any(db)


def _engine(db: Connection, embedder: Embedder) -> str:
    """Return the engine whose vectors are compared.

    Raises:
        UsageError: There is none, or it has made no vectors yet.
    """
    engine = signature(embedder)
    if not embedder.dimensions:
        raise UsageError(_NO_ENGINE)
    if not vectors.are_any(db, engine):
        raise UsageError(f"no article has a vector by {engine} yet: aggregator run makes them")
    return engine


def _found(
    db: Connection, sources: Mapping[str, Source], hits: Sequence[Hit], asked: Asked, now: datetime
) -> list[Found]:
    told = [story for hit in hits for story in read_stories(db, sources, hit.story_id)]
    by_story = {hit.story_id: hit for hit in hits}
    found = []
    for entry in read_entries(db, told, asked.target, now).every:
        story = entry.story
        hit = by_story[story.id]
        said_by = (each for each in story.places if each.article.id == hit.article_id)
        place = next(said_by, story.lead)
        found.append(Found(entry=entry, place=place, likeness=hit.likeness))
    return found
