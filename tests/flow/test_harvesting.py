"""Harvests over many pages: where reading stands, what was deleted, tokens, sitemaps' children."""

import base64
import random
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from aggregator.model import Fetched, Outputs, PageSelect, Request
from aggregator.store.schema import articles, items
from tests.flow.world import World

URL = "https://jp.example.org/oai"
REQUEST = Request(source_id="", url="", role="source")
DAY = timedelta(days=1)


def record(key: str, day: str = "2026-03-10", title: str = "") -> str:
    words = title or f"{key}の授業研究"
    return (
        f"<record><header><identifier>{key}</identifier><datestamp>{day}</datestamp></header>"
        f"<metadata><dc><title>{words}</title><date>2026-03-01</date></dc></metadata></record>"
    )


def deleted(key: str, day: str = "2026-03-12") -> str:
    header = f"<identifier>{key}</identifier><datestamp>{day}</datestamp>"
    return f"<record><header status='deleted'>{header}</header></record>"


def answer(inner: str, at: str) -> bytes:
    moment = f"<responseDate>{at}T05:00:00Z</responseDate>"
    return f"<?xml version='1.0'?><OAI-PMH>{moment}{inner}</OAI-PMH>".encode()


def page(*records: str, token: str = "", at: str = "2026-03-20") -> bytes:
    more = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return answer(f"<ListRecords>{''.join(records)}{more}</ListRecords>", at)


def at_token(token: str) -> str:
    return f"{URL}?verb=ListRecords&resumptionToken={token}"


def repository(world: World, first: bytes, **further: bytes) -> World:
    """Let the source be a repository that answers so, whatever day it is asked from."""
    world.pipelines = [replace(world.pipelines[0], outputs=Outputs(feeds=("all",)))]
    world.sources[0] = replace(world.sources[0], url=URL, format="oai-pmh")
    return answers(world, first, **further)


def answers(world: World, first: bytes, **further: bytes) -> World:
    world.web.answers[URL] = Fetched(
        request=REQUEST, final_url=URL, content_type="text/xml", body=first
    )
    world.web.pages |= {at_token(token): body for token, body in further.items()}
    return world


def other_recipe(world: World) -> None:
    """Change the source's entry in a way that has all its bytes read again."""
    world.sources[0] = replace(world.sources[0], reason=f"{world.sources[0].reason}!")


def asked_from(world: World) -> list[str | None]:
    """Return the day from which each harvest asked."""
    asked = [parse_qs(urlsplit(url).query) for url in world.web.asked if "metadataPrefix" in url]
    return [found.get("from", [None])[0] for found in asked]


def tokens(world: World) -> list[str]:
    asked = [parse_qs(urlsplit(url).query) for url in world.web.asked]
    return [found["resumptionToken"][0] for found in asked if "resumptionToken" in found]


def held(world: World) -> dict[str, bool]:
    """Return of each article, by its key, whether it is held."""
    with world.database.read() as db:
        found = db.execute(select(articles.c.key, articles.c.held)).all()
    return {key: bool(why) for key, why in found}


def a_day_later(world: World) -> World:
    world.now += DAY
    return world


# --- where reading stands


def test_the_last_page_counts_whatever_earlier_pages_are_read_again_beside_it(
    world: World,
) -> None:
    """The last page came late; by then the entry had changed, so that all is read again."""
    repository(world, page(record("1"), token="c"), c=page(record("2"), token="b")).run()
    other_recipe(world)
    world.web.pages[at_token("b")] = page(record("3"))
    a_day_later(world).run()
    a_day_later(world).run()
    assert tokens(world) == ["c", "b", "b"]
    assert asked_from(world)[-1] == "2026-03-19"
    assert set(held(world)) == {"1", "2", "3"}


def test_pages_read_again_leave_a_broken_harvest_where_it_stood(world: World) -> None:
    """Pages in the order of their dates: after a dead token it goes on from the last one's day."""
    repository(
        world,
        page(record("1", "2026-03-01"), token="b"),
        b=page(record("2", "2026-03-05"), token="a"),
    ).run()
    other_recipe(world)
    world.web.pages[at_token("a")] = answer("<error code='badResumptionToken'/>", "2026-03-21")
    a_day_later(world).run()
    a_day_later(world).run()
    assert asked_from(world) == [None, "2026-03-05", "2026-03-05"]


@pytest.mark.slow
def test_what_a_run_has_no_room_for_is_taken_later_and_the_harvest_is_complete(
    world: World,
) -> None:
    def many(first: int) -> list[str]:
        return [record(str(number)) for number in range(first, first + 1_100)]

    repository(world, page(*many(0), token="c"), c=page(*many(1_100), token="b"))
    world.pipelines = [replace(world.pipelines[0], outputs=Outputs())]
    world.run()
    assert len(held(world)) == 2_000
    world.web.pages[at_token("b")] = page(record("last"))
    a_day_later(world).run()
    assert len(held(world)) == 2_201
    a_day_later(world).run()
    assert asked_from(world) == [None, "2026-03-19", "2026-03-19"]


def test_a_dead_token_begins_the_list_anew_where_it_stood(world: World) -> None:
    repository(
        world,
        page(record("1", "2026-03-01"), record("2", "2026-03-05"), token="dead"),
        dead=answer("<error code='badResumptionToken'/>", "2026-03-20"),
    )
    assert world.run().failures == ()
    answers(world, page(record("2", "2026-03-05"), record("3", "2026-03-08"), at="2026-03-21"))
    assert a_day_later(world).run().failures == ()
    assert set(held(world)) == {"1", "2", "3"}
    a_day_later(world).run()
    assert tokens(world) == ["dead"]
    assert asked_from(world) == [None, "2026-03-05", "2026-03-20"]


def test_a_token_that_is_never_answered_is_given_up_for_a_new_list(world: World) -> None:
    repository(world, page(record("1"), token="lost"))
    for _ in range(3):
        a_day_later(world).run()
    assert tokens(world) == ["lost"] * 3
    answers(world, page(record("1"), record("2"), at="2026-03-24"))
    a_day_later(world).run()
    assert set(held(world)) == {"1", "2"}
    a_day_later(world).run()
    assert tokens(world) == ["lost"] * 3
    assert asked_from(world)[-1] == "2026-03-23"


# --- what was deleted


def noise() -> str:
    """Return a comment that fills a batch of documents, however it is compressed."""
    return f"<!--{base64.b64encode(random.Random(1).randbytes(4_200_000)).decode()}-->"  # noqa: S311


def test_what_a_harvest_ends_by_deleting_stays_deleted_when_all_is_read_again(
    world: World,
) -> None:
    """The page that deletes it is read before, in a batch of its own."""
    repository(
        world,
        page(record("1"), token="b"),
        b=page(record("2"), record("3"), token="a"),
        a=page(deleted("2"), noise()),
    ).run()
    assert held(world) == {"1": False, "3": False}
    other_recipe(world)
    world.run()
    assert held(world) == {"1": False, "3": False}
    with world.database.read() as db:
        told = select(items.c.key).where(items.c.document_url != "")
        assert set(db.scalars(told)) == {"1", "3"}


def test_what_a_later_harvest_deletes_stays_deleted_when_all_is_read_again(world: World) -> None:
    repository(world, page(record("1"), token="b"), b=page(record("2"), token="c")).run()
    world.web.pages[at_token("c")] = page(record("3"))
    a_day_later(world).run()
    answers(world, page(deleted("2"), noise(), at="2026-03-22"))
    a_day_later(world).run()
    assert held(world) == {"1": False, "2": True, "3": False}
    for _ in range(2):
        other_recipe(world)
        assert world.run().sources[0].items == 2
    assert held(world) == {"1": False, "2": True, "3": False}


def test_a_record_that_is_told_of_again_later_is_read_again_with_all(world: World) -> None:
    repository(world, page(record("1"), token="a"), a=page(deleted("2"))).run()
    answers(world, page(token="z", at="2026-03-21"), z=page(record("2")))
    a_day_later(world).run()
    assert held(world) == {"1": False, "2": False}
    other_recipe(world)
    assert a_day_later(world).run().sources[0].items == 2
    assert held(world) == {"1": False, "2": False}


# --- sitemaps


def sitemap(*urls: str, kind: str = "urlset", inner: str = "url") -> bytes:
    rows = "".join(f"<{inner}><loc>{url}</loc></{inner}>" for url in urls)
    return f"<{kind} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</{kind}>".encode()


def test_children_of_a_sitemap_index_without_times_are_asked_once_a_day(world: World) -> None:
    index, child = "https://jp.example.org/sitemap.xml", "https://jp.example.org/s1.xml"
    first, second = "https://jp.example.org/a", "https://jp.example.org/b"
    world.pipelines = [replace(world.pipelines[0], outputs=Outputs())]
    world.sources[0] = replace(
        world.sources[0], url=index, format="sitemap", page=PageSelect(title="h1")
    )
    world.web.types = {index: "text/xml", child: "text/xml", first: "text/html"}
    world.web.types[second] = "text/html"
    world.web.pages = {
        index: sitemap(child, kind="sitemapindex", inner="sitemap"),
        child: sitemap(first),
        first: "<meta charset=utf-8><h1>公開研究会の記録</h1>".encode(),
        second: "<meta charset=utf-8><h1>授業研究の記録</h1>".encode(),
    }
    world.run()
    world.run()
    assert world.web.asked.count(child) == 1
    world.web.pages[child] = sitemap(first, second)
    a_day_later(world).run()
    assert world.web.asked.count(child) == 2
    assert set(held(world)) == {first, second}
