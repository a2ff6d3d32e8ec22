"""What is nearest to a vector, on both databases: all of it, within what is asked, and once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from operator import mul
from random import Random

import pytest
from sqlalchemy import text

from aggregator.embed.centering import unit
from aggregator.errors import StoreError
from aggregator.model import Article
from aggregator.store import Connection, Database, nearest, vectors
from aggregator.store.nearest import Meant
from aggregator.store.search import Hit, Within
from aggregator.store.vectors import StoredVectors
from aggregator.text.tokens import query
from tests.builders import NOW
from tests.store.test_search import ids, store, told, within

ENGINE = "fake/1_x%"
NORTH, EAST, SOUTH = (0.0, 1.0), (1.0, 0.0), (0.0, -1.0)


def place(db: Connection, some: Mapping[str, Sequence[float]], engine: str = ENGINE) -> None:
    """Give articles their vectors."""
    vectors.save(
        db,
        [StoredVectors.of(key, f"text ja {engine}", 1, each, each) for key, each in some.items()],
    )


def near(
    db: Connection,
    vector: Sequence[float],
    narrowed: Within | None = None,
    *,
    words: str = "",
    floor: float = 0.0,
    limit: int = 1000,
    without: str = "",
) -> list[Hit]:
    meant = Meant(vector=vector, engine=ENGINE, floor=floor, without=without)
    return nearest.find(db, meant, query(words), narrowed or Within(), limit)


def found(db: Connection, vector: Sequence[float], narrowed: Within | None = None) -> list[str]:
    return [hit.article_id for hit in near(db, vector, narrowed)]


def three(db: Connection) -> list[Article]:
    """Store an article in the north, one in between, and one in the south."""
    some = told("授業 研究", "授業 公開", "授業")
    store(db, some)
    place(db, dict(zip(ids(some), (NORTH, unit((1.0, 2.0)), SOUTH), strict=True)))
    return some


def test_the_most_alike_come_first_and_what_is_unlike_is_not_found(database: Database) -> None:
    with database.begin() as db:
        north, between, south = three(db)
        assert found(db, NORTH) == ids([north, between])
        assert found(db, SOUTH) == [south.id]
        assert [hit.likeness for hit in near(db, NORTH)] == [1.0, pytest.approx(0.894, abs=0.002)]
        assert near(db, NORTH, limit=1) == near(db, NORTH)[:1]


def test_what_is_no_more_alike_than_the_floor_is_not_found(database: Database) -> None:
    with database.begin() as db:
        north, between, _ = three(db)
        assert [hit.article_id for hit in near(db, NORTH, floor=0.89)] == ids([north, between])
        assert [hit.article_id for hit in near(db, NORTH, floor=0.9)] == [north.id]


def test_each_is_compared_and_each_that_passes_is_found(database: Database) -> None:
    chance = Random(3)  # noqa: S311 - no secret
    some = told(*(f"授業 {number}" for number in range(1200)))
    with database.begin() as db:
        store(db, some)
        place(db, {each.id: unit([chance.gauss() for _ in range(8)]) for each in some})
        kept = vectors.of(db, ids(some), ENGINE)
        wanted = unit([chance.gauss() for _ in range(8)])
        cosines = {key: sum(map(mul, vector, wanted)) for key, vector in kept.items()}
        best = sorted((key for key in cosines if cosines[key] > 0), key=lambda key: -cosines[key])
        assert found(db, wanted) == best[:1000]
        hits = near(db, wanted)
        assert [hit.likeness for hit in hits] == pytest.approx([cosines[k] for k in best], abs=1e-4)
        # Fewer of the 200 most alike are of these days than are asked for.
        new = {each.id for each in some[:900]}
        narrowed = within(since=some[899].published)
        assert found(db, wanted, narrowed) == [key for key in best if key in new]


def test_a_vector_of_zeros_finds_nothing_and_is_not_found(database: Database) -> None:
    with database.begin() as db:
        north, between, _ = three(db)
        assert near(db, (0.0, 0.0)) == []
        place(db, {north.id: (0.0, 0.0)})
        assert found(db, NORTH) == [between.id]


def test_vectors_of_another_engine_are_not_compared(database: Database) -> None:
    with database.begin() as db:
        north, between, _ = three(db)
        for other in ("other", "fake/1_xy", "fake/1ax%", f"more{ENGINE}"):
            place(db, {north.id: NORTH}, other)
            assert found(db, NORTH) == [between.id], other
        assert vectors.are_any(db, ENGINE)
        assert not vectors.are_any(db, "fake/2")


def test_without_vectors_nothing_is_found(database: Database) -> None:
    with database.begin() as db:
        assert not vectors.are_any(db)
        store(db, told("授業"))
        assert near(db, NORTH) == []


def test_a_story_is_found_once_by_its_article_that_is_most_alike(database: Database) -> None:
    with database.begin() as db:
        north, between, other = told("授業", "授業", "授業")
        store(db, [between])
        store(db, [north], story_id=between.id)
        store(db, [other])
        beside = unit((2.0, 1.0))
        place(db, {between.id: unit((1.0, 2.0)), north.id: NORTH, other.id: beside})
        hits = [(hit.story_id, hit.article_id) for hit in near(db, NORTH)]
        assert hits == [(between.id, north.id), (other.id, other.id)]
        assert len(near(db, NORTH, limit=1)) == 1
        left = near(db, NORTH, without=between.id)
        assert [hit.story_id for hit in left] == [other.id]


def test_a_story_of_very_many_articles_hides_no_other(database: Database) -> None:
    some = told(*(f"授業 {number}" for number in range(250)))
    with database.begin() as db:
        store(db, some[-1:])
        store(db, some[:1])
        store(db, some[1:-1], story_id=some[0].id)
        place(db, {**dict.fromkeys(ids(some[:-1]), NORTH), some[-1].id: unit((1.0, 2.0))})
        assert [hit.story_id for hit in near(db, NORTH, limit=2)] == [some[0].id, some[-1].id]


def test_what_is_near_can_be_narrowed(database: Database) -> None:
    with database.begin() as db:
        some = told("授業 研究", "授業 公開", "授業 公開")
        for article, country in zip(some, ("jp", "kr", "tw"), strict=True):
            said = {("country", country), ("kind", "news"), ("topic", f"on-{country}")}
            store(db, [article], aspects=frozenset(said))
        place(db, dict(zip(ids(some), (EAST, unit((2.0, 1.0)), unit((1.0, 1.0))), strict=True)))
        for narrowed, places in (
            (within(("country", ["jp", "tw"])), [0, 2]),
            (within(("kind", ["news"]), ("topic", ["on-kr"])), [1]),
            (within(("kind", ["event"])), []),
            (within(until=NOW - timedelta(days=1, hours=2)), [1, 2]),
            (within(since=NOW - timedelta(days=2, hours=2)), [0, 1]),
        ):
            assert found(db, EAST, narrowed) == [some[each].id for each in places]
        assert [hit.article_id for hit in near(db, EAST, words="公開")] == ids(some[1:])
        assert [hit.article_id for hit in near(db, EAST, words="授業 -公開")] == [some[0].id]


def test_a_database_that_fails_says_so(database: Database) -> None:
    said = r"the vectors cannot be read: .*vectors"
    with pytest.raises(StoreError, match=said), database.begin() as db:
        db.execute(text("ALTER TABLE vectors RENAME TO gone"))
        near(db, NORTH)
    with database.read() as db:
        assert near(db, NORTH) == []
