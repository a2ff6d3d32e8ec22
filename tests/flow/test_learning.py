"""What a source says again and again: learned before its articles are read, and kept."""

from datetime import timedelta

from sqlalchemy import select

from aggregator.store.schema import articles, sources
from tests.flow.world import World, rss
from tests.normalize.test_refrains import MANY

BAR = "学校を、地域の真ん中に"


def feed(world: World, said: list[str], bar: str = BAR) -> None:
    at = world.now - timedelta(hours=1)
    items = [(each, f"<p>{each}。</p><p>{bar}</p>", at) for each in said]
    world.web.pages[world.sources[0].url] = rss(*items)


def summaries(world: World) -> dict[str, str]:
    with world.database.read() as db:
        return dict(db.execute(select(articles.c.title, articles.c.summary)).all())


def hashes(world: World) -> dict[str, str]:
    with world.database.read() as db:
        return dict(db.execute(select(articles.c.id, articles.c.text_hash)).all())


def test_a_new_sources_first_articles_go_without_its_refrain(world: World) -> None:
    feed(world, MANY)

    report = world.run()

    assert summaries(world) == {said: f"{said}。" for said in MANY}
    assert report.steps["normalize"] == len(MANY)
    assert world.run().steps["learn"] == 0


def test_what_was_learned_later_changes_the_articles_before_once(world: World) -> None:
    feed(world, MANY[:3])
    world.run()
    assert summaries(world)[MANY[0]] == f"{MANY[0]}。\n{BAR}"

    feed(world, MANY)
    world.run()
    assert summaries(world) == {said: f"{said}。" for said in MANY}

    before = hashes(world)
    feed(world, MANY[-2:])
    world.run()
    feed(world, [*MANY[-1:], "新しい学校が開く"])
    world.run()
    after = hashes(world)
    assert {key: after[key] for key in before} == before
    assert summaries(world)["新しい学校が開く"] == "新しい学校が開く。"


def test_what_a_source_says_no_longer_stays_learned(world: World) -> None:
    feed(world, MANY)
    world.run()

    feed(world, MANY, bar="別の結び")
    world.run()

    with world.database.read() as db:
        assert db.scalar(select(sources.c.refrains)) == f"{BAR}\n別の結び"
    assert summaries(world) == {said: f"{said}。" for said in MANY}
