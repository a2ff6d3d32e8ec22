"""What articles mean: vectors, topics and relevance, events and records."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from aggregator.embed import Vector
from aggregator.errors import EmbedError
from aggregator.flow.deciding import decide, link
from aggregator.flow.reading import Finds, read_finds, read_stories
from aggregator.model import Concept, Story, Term
from aggregator.model.events import Event
from aggregator.model.topics import Topic
from aggregator.store.schema import vectors
from tests.embed.fake import FakeEmbedder
from tests.flow.test_flow import URL, YESTERDAY
from tests.flow.world import World, rss

STUDY = ("授業研究の会を開く", "公開研究会で授業研究について語り合った。", YESTERDAY)
MEETING = (
    "第12回公開研究会のご案内",
    "日時：2026年5月16日（土）13:00〜16:30<br>会場：茅ヶ崎市立浜之郷小学校",
    YESTERDAY,
)

LESSON_STUDY = Topic(
    id="lesson-study",
    name="Lesson study",
    about="Teachers who study lessons.",
    concepts=("lesson-study",),
    words=(("ja", "公開研究会"),),
)
LUNCH = Topic(
    id="lunch", name="Lunch", about="Meals at school.", words=(("ja", "給食"), ("ja", "献立"))
)


def concept(term: str) -> Concept:
    terms = (Term(text=term, language="ja", role="preferred"),)
    return Concept(id="lesson-study", group="movement", terms=terms)


def story(world: World) -> Story:
    with world.database.read() as db:
        (told,) = read_stories(db, {source.id: source for source in world.sources})
    return told


def events(world: World) -> list[Event]:
    return [occasion.best for occasion in story(world).occasions]


def finds(world: World) -> Finds:
    with world.database.read() as db:
        return read_finds(db, story(world))


def make_one(world: World) -> None:
    """Let an editor put all stories into the first one."""
    with world.database.begin() as db:
        told = read_stories(db, {source.id: source for source in world.sources})
        first, *others = sorted(told, key=lambda each: each.lead.article.title != MEETING[0])
        link(db, first, "merge", [each.id for each in others], "aiko", world.now)
    world.run()


def topics(world: World) -> list[str]:
    return [label.topic for label in story(world).subject.topics]


class Down(FakeEmbedder):
    """An engine that does not answer."""

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        raise EmbedError("no vectors: the endpoint does not answer")


class Newer(FakeEmbedder):
    version = "2"


# --- vectors


def test_each_article_gets_a_vector_once(world: World) -> None:
    world.embedder = FakeEmbedder()
    world.web.pages[URL] = rss(STUDY, MEETING)
    assert world.run().steps["embed"] == 2
    assert world.run().steps["embed"] == 0


def test_another_text_or_another_version_makes_another_vector(world: World) -> None:
    world.embedder = FakeEmbedder()
    world.web.pages[URL] = rss(STUDY)
    world.run()
    world.web.pages[URL] = rss(STUDY).replace("語り合った".encode(), "話した".encode())
    assert world.run().steps["embed"] == 1
    world.embedder = Newer()
    assert world.run().steps["embed"] == 1


def test_without_an_engine_there_are_no_vectors(world: World) -> None:
    world.web.pages[URL] = rss(STUDY)
    assert world.run().steps["embed"] == 0
    with world.database.read() as db:
        assert db.execute(select(vectors)).all() == []


def test_an_engine_that_is_down_is_asked_once_a_run_and_holds_nothing_up(world: World) -> None:
    world.embedder, world.topics = Down(), [LESSON_STUDY]
    world.web.pages[URL] = rss(STUDY)
    report = world.run()
    (failure,) = report.failures
    assert (failure.stage, failure.subject) == ("embed", "fake/1")
    assert "does not answer" in failure.reason
    assert (report.steps["embed"], report.steps["classify"]) == (0, 1)
    assert (world.output / "feeds/all.json").exists()
    world.embedder = FakeEmbedder()
    later = world.run()
    assert (later.steps["embed"], later.steps["classify"]) == (1, 1)


# --- topics


def test_a_story_has_the_topics_of_its_terms_and_words(world: World) -> None:
    world.glossary, world.topics = [concept("授業研究")], [LESSON_STUDY, LUNCH]
    world.web.pages[URL] = rss(STUDY)
    world.run()
    (label,) = story(world).subject.topics
    assert (label.topic, label.because) == ("lesson-study", "says 授業研究, 公開研究会")


@pytest.mark.parametrize(
    "change", ["text", "glossary", "topics"], ids=["its text", "the glossary", "topics.yaml"]
)
def test_labels_are_made_anew_when_what_they_come_from_changes(world: World, change: str) -> None:
    world.glossary, world.topics = [concept("授業研究")], [LESSON_STUDY, LUNCH]
    world.web.pages[URL] = rss(STUDY)
    assert world.run().steps["classify"] == 1
    assert world.run().steps["classify"] == 0
    if change == "text":
        said = rss(STUDY).replace("授業研究".encode(), "給食と献立".encode())
        world.web.pages[URL] = said.replace("公開研究会".encode(), "昼".encode())
    elif change == "glossary":
        world.glossary = [concept("授業研究の会")]
    else:
        world.topics = [LUNCH]
    assert world.run().steps["classify"] == 1
    expected = {"text": ["lunch"], "glossary": ["lesson-study"], "topics": []}
    assert topics(world) == expected[change]


def test_a_pipeline_takes_only_what_it_is_about(world: World) -> None:
    world.topics = [LESSON_STUDY, LUNCH]
    world.pipelines = [replace(world.pipelines[0], topics=("lunch",))]
    world.web.pages[URL] = rss(STUDY, ("給食の献立の話", "毎日の話です。", YESTERDAY))
    world.run()
    feed: dict[str, Any] = json.loads((world.output / "feeds/all.json").read_text("utf-8"))
    (item,) = feed["items"]
    assert "topic:lunch" in item["tags"]
    assert item["_aggregator"]["topics"] == ["lunch"]


# --- events


def test_an_invitation_is_an_event_with_its_hours_and_place(world: World) -> None:
    world.web.pages[URL] = rss(MEETING)
    assert world.run().steps["study"] == 1
    (event,) = events(world)
    assert (event.status, event.revision, event.place) == ("found", 0, "茅ヶ崎市立浜之郷小学校")
    assert f"{event.starts:%Y-%m-%d %H:%M}" == "2026-05-16 04:00"
    assert world.run().steps["study"] == 0


def test_an_event_that_moves_is_the_same_one_a_revision_further(world: World) -> None:
    world.web.pages[URL] = rss(MEETING)
    world.run()
    world.web.pages[URL] = rss(MEETING).replace("5月16日（土）".encode(), "5月23日（土）".encode())
    world.run()
    (event,) = events(world)
    assert (event.number, event.revision) == (1, 1)
    assert f"{event.starts:%Y-%m-%d}" == "2026-05-23"


def test_an_event_that_is_told_of_no_more_is_cancelled(world: World) -> None:
    world.web.pages[URL] = rss(MEETING)
    world.run()
    said = (
        rss(MEETING)
        .decode()
        .replace(MEETING[1].replace("<br>", "&lt;br&gt;"), "延期します。日程は後日お知らせします。")
    )
    world.web.pages[URL] = said.encode()
    world.run()
    (event,) = events(world)
    assert (event.status, event.revision) == ("cancelled", 1)


def test_approval_confirms_an_event_until_the_text_changes(world: World) -> None:
    world.web.pages[URL] = rss(MEETING)
    world.run()
    with world.database.begin() as db:
        decide(db, story(world), "approve", "aiko", world.now)
    assert [event.status for event in events(world)] == ["confirmed"]
    world.web.pages[URL] = rss(MEETING).replace(b"13:00", b"14:00")
    world.run()
    assert [event.status for event in events(world)] == ["found"]


def test_events_of_a_storys_articles_are_one_and_a_dispute_waits_whatever_is_approved(
    world: World,
) -> None:
    again = ("公開研究会のお知らせ（再掲）", MEETING[1], YESTERDAY)
    world.web.pages[URL] = rss(MEETING, again)
    world.run()
    make_one(world)
    with world.database.begin() as db:
        decide(db, story(world), "approve", "aiko", world.now)
    (agreed,) = story(world).occasions
    assert (len(agreed.told), agreed.is_disputed) == (2, False)
    assert {each.status for each in (agreed.best, *agreed.told)} == {"confirmed"}
    world.web.pages[URL] = rss(MEETING, (again[0], again[1].replace("13:00", "13:30"), YESTERDAY))
    world.run()
    (disputed,) = story(world).occasions
    assert story(world).standing.check_again is False
    assert disputed.is_disputed
    assert [f"{some[0].starts:%H:%M} {some[0].status}" for some in disputed.versions] == [
        "04:00 found",
        "04:30 found",
    ]


def test_a_call_and_a_report_of_one_series_know_each_other(world: World) -> None:
    report = ("第11回公開研究会の記録", "昨年の公開研究会の記録です。", YESTERDAY)
    world.web.pages[URL] = rss(MEETING, report, STUDY)
    world.run()
    with world.database.read() as db:
        told = read_stories(db, {source.id: source for source in world.sources})
        kin = {each.lead.article.title: read_finds(db, each).series for each in told}
    ids = {each.lead.article.title: each.id for each in told}
    assert kin == {
        MEETING[0]: (ids[report[0]],),
        report[0]: (ids[MEETING[0]],),
        STUDY[0]: (),
    }


# --- records

PAPER = """<?xml version="1.0"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-03-19T00:00:00Z</responseDate>
<request verb="ListRecords">https://jp.example.org/oai</request><ListRecords><record>
<header><identifier>oai:jp.example.org:1</identifier><datestamp>2026-03-18</datestamp></header>
<metadata><dc xmlns="http://purl.org/dc/elements/1.1/"><title>教室で聴くこと</title>
<creator>佐藤, 花子</creator><description>授業研究についての論文です。</description>
<identifier>https://jp.example.org/1</identifier><identifier>https://doi.org/10.1234/a.1</identifier>
<publisher>学びの研究会</publisher><date>2026-03</date><type>journal article</type></dc></metadata>
</record></ListRecords></OAI-PMH>"""


def test_a_paper_in_a_repository_is_a_record(world: World) -> None:
    world.sources = [
        replace(
            world.sources[0],
            format="oai-pmh",
            url="https://jp.example.org/oai",
            kinds=("research",),
        )
    ]
    first = "https://jp.example.org/oai?verb=ListRecords&metadataPrefix=oai_dc"
    world.web.pages[first] = world.web.pages["https://jp.example.org/oai"] = PAPER.encode()
    world.web.types[first] = world.web.types["https://jp.example.org/oai"] = "text/xml"
    world.run()
    (record,) = finds(world).records
    assert record.titles == (("ja", "教室で聴くこと"),)
    assert (record.authors, record.doi, record.date) == (("佐藤, 花子",), "10.1234/a.1", "2026-03")
    assert story(world).kind == "research"
