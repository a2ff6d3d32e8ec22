"""The memory's sketches on both databases, and what is found by them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, select

from aggregator.flow.remembering import offers_for, sketch_memory
from aggregator.model import MemoryEntry, Origin
from aggregator.store import Database, memory, sketches
from aggregator.store.schema import memory as table
from aggregator.store.schema import memory_sketches
from aggregator.text.keys import text_key

NEWS = "市の教育委員会は{}回目の授業研究の会を来月開く"
PAIR = ("ja", "en")


def entry(number: int, **more: object) -> MemoryEntry:
    text = NEWS.format(number)
    made = MemoryEntry(
        language="ja",
        target="en",
        key=text_key(text),
        source_text=text,
        target_text=f"The city's board holds lesson study meeting {number} next month",
        origin=Origin.PERSON,
        engine="mika",
        version="",
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def save(database: Database, *some: MemoryEntry) -> None:
    with database.begin() as db:
        memory.save_entries(db, some)


def offered(database: Database, text: str, pair: tuple[str, str] = PAIR) -> list[str]:
    with database.read() as db:
        return [match.text for match in offers_for(db, text, pair, 20)]


def pages(database: Database) -> list[tuple[int, int, int]]:
    with database.read() as db:
        columns = (memory_sketches.c.first, memory_sketches.c.last, memory_sketches.c.number)
        return [tuple(row) for row in db.execute(select(*columns).order_by("first"))]


def test_a_text_with_another_number_is_offered_with_it(database: Database) -> None:
    save(database, entry(3), entry(4, target="vi", target_text="Lần 4"))
    assert sketch_memory(database) == 2
    assert offered(database, NEWS.format(9)) == [entry(9).target_text]
    assert offered(database, NEWS.format(9), ("ja", "vi")) == ["Lần 9"]
    assert offered(database, NEWS.format(9), ("ko", "en")) == []
    assert offered(database, "給食") == []


def test_nothing_is_offered_from_an_empty_memory(database: Database) -> None:
    assert sketch_memory(database) == 0
    assert offered(database, NEWS.format(1)) == []


def test_of_a_text_s_entries_the_one_that_would_be_used_is_offered(database: Database) -> None:
    save(database, entry(3), entry(3, origin=Origin.MACHINE, target_text="A machine said 3"))
    sketch_memory(database)
    assert offered(database, NEWS.format(3)) == [entry(3).target_text]


def test_pages_are_filled_and_a_short_one_is_gone_on_with(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sketches, "PAGE", 3)
    save(database, *(entry(number) for number in range(4)))
    assert sketch_memory(database) == 4
    assert [number for _, _, number in pages(database)] == [3, 1]
    before = pages(database)
    assert sketch_memory(database) == 0
    assert pages(database) == before
    save(database, *(entry(number) for number in range(4, 7)))
    assert sketch_memory(database) == 4  # the short page, and three more
    assert [number for _, _, number in pages(database)] == [3, 3, 1]
    assert len(offered(database, NEWS.format(99))) == 7


def test_a_decision_taken_back_is_not_offered_and_its_number_may_be_another_s(
    database: Database,
) -> None:
    save(database, entry(1), entry(2, decision_id=7))
    sketch_memory(database)
    with database.begin() as db:
        memory.forget_decisions(db, [7])
    assert len(offered(database, NEWS.format(9))) <= 1
    save(database, entry(5, source_text=(other := "給食の献立を毎年見直す"), key=text_key(other)))
    sketch_memory(database)
    assert offered(database, other) == [entry(5).target_text]
    assert offered(database, NEWS.format(9)) == [entry(9).target_text]


def test_an_entry_saved_late_under_a_lower_number_is_found_with_the_next(
    database: Database,
) -> None:
    """On PostgreSQL numbers are given before a transaction ends."""
    save(database, entry(1), entry(2))
    with database.begin() as db:
        first = db.scalars(select(table.c.id).order_by(table.c.id)).first()
        row = dict(db.execute(select(table).where(table.c.id == first)).one()._mapping)
        db.execute(delete(table).where(table.c.id == first))
    sketch_memory(database)
    with database.begin() as db:
        db.execute(insert(table), [row])
    save(database, entry(3))
    assert sketch_memory(database) == 3
    assert sum(number for _, _, number in pages(database)) == 3


def test_sketches_of_another_version_are_made_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(database, entry(1))
    sketch_memory(database)
    monkeypatch.setattr("aggregator.translate.fuzzy.VERSION", 2)
    assert sketch_memory(database) == 1
    assert sketch_memory(database) == 0
