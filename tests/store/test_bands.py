"""Bands: who stands in them, on both databases."""

from aggregator.store import Database, articles, bands
from tests.builders import article

HIGHEST = (1 << 63) - 1
LOWEST = -(1 << 63)


def test_who_stands_in_a_band_is_found(database: Database) -> None:
    one, two = article(number=1), article(number=2)
    with database.begin() as db:
        articles.save(db, [one, two])
        bands.save(db, [(HIGHEST, one.id), (HIGHEST, two.id), (LOWEST, one.id)])
    with database.read() as db:
        found = bands.having(db, {HIGHEST, LOWEST, 0})
    assert {band: set(ids) for band, ids in found.items()} == {
        HIGHEST: {one.id, two.id},
        LOWEST: {one.id},
    }


def test_a_row_that_is_there_stays(database: Database) -> None:
    one = article()
    with database.begin() as db:
        articles.save(db, [one])
        bands.save(db, [(1, one.id)])
        bands.save(db, [(1, one.id), (2, one.id)])
        bands.save(db, [])
        assert bands.having(db, [1, 2]) == {1: [one.id], 2: [one.id]}


def test_more_bands_than_a_statement_may_ask_for(database: Database) -> None:
    one = article()
    with database.begin() as db:
        articles.save(db, [one])
        bands.save(db, [(100_000, one.id)])
        assert bands.having(db, range(100_001)) == {100_000: [one.id]}
