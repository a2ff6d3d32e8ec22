"""Reading the stored bytes again."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from aggregator.flow.replay import replay
from aggregator.store.dump import dump
from aggregator.store.schema import articles
from tests import builders
from tests.flow.world import NOW, World, rss

URL = builders.source("ja").url
LESSON = (
    "公開研究会を開く",
    "子どもの学びを語り合った。次は十二月に開く。",
    NOW - timedelta(days=1),
)


def dumped(world: World) -> list[str]:
    with world.database.read() as db:
        return list(dump(db))


def test_reading_again_changes_nothing_and_asks_nobody(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    world.web.asked.clear()
    rows = dumped(world)
    found = replay(world.planned())
    assert (found.documents, found.failures, found.changes, found.files) == (1, (), (), ())
    assert world.web.asked == []
    assert dumped(world) == rows


def test_what_could_not_be_read_again_is_told(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    rows = dumped(world)
    world.sources[0] = replace(world.sources[0], charset="utf-16-le")
    found = replay(world.planned())
    assert [source_id for source_id, _ in found.failures] == [world.sources[0].id]
    assert dumped(world) == rows


def test_what_an_older_version_read_otherwise_is_shown(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    with world.database.begin() as db:
        db.execute(update(articles).values(title="公開研究会"))
    (change,) = replay(world.planned()).changes
    assert (change.field, change.before, change.after) == ("title", "公開研究会", LESSON[0])
