"""The queue's query, on each kind of database."""

from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.flow.queueing import Queue, Wanted, read_queue, read_sheet
from aggregator.model import TranslationState
from aggregator.store import Database
from tests import builders
from tests.web.conftest import Newsroom


@pytest.fixture
def newsroom(database: Database, tmp_path: Path) -> Newsroom:
    return Newsroom(database=database, output=tmp_path)


def queue_of(newsroom: Newsroom, **wanted: object) -> Queue:
    with newsroom.database.read() as db:
        asked = Wanted(target="en", **wanted)  # type: ignore[arg-type]
        return read_queue(db, newsroom.sources, asked, newsroom.now)


def leads(queue: Queue) -> list[str]:
    return [sheet.entry.story.lead.article.language for sheet in queue.sheets]


def test_the_article_that_began_the_story_leads_it_whatever_the_dates_say(
    newsroom: Newsroom,
) -> None:
    first = builders.article("ko", 1)
    newsroom.tell(first)
    earlier = builders.article("ja", 9, first_seen=first.first_seen - timedelta(days=9))
    newsroom.tell(earlier, story_id=first.id)
    assert leads(queue_of(newsroom, country="kr")) == ["ko"]
    assert leads(queue_of(newsroom, country="jp")) == []
    del newsroom.sources["kr-source"]
    assert leads(queue_of(newsroom, country="jp")) == ["ja"]


def test_without_its_first_article_the_oldest_leads(newsroom: Newsroom) -> None:
    gone = newsroom.tell(builders.article("ko", 1))
    newsroom.tell(builders.article("vi", 3), story_id=gone)
    newsroom.tell(builders.article("th", 5), story_id=gone)
    del newsroom.sources["kr-source"]
    assert leads(queue_of(newsroom)) == ["th"]
    with newsroom.database.read() as db:
        sheet = read_sheet(db, newsroom.sources, gone, "en", newsroom.now)
    assert sheet is not None
    assert sheet.entry.story.lead.article.language == "th"


def test_the_least_trusted_text_counts(newsroom: Newsroom) -> None:
    article = builders.article("ja")
    newsroom.tell(article)
    newsroom.translate(article, "A title")
    assert leads(queue_of(newsroom, state=TranslationState.MEMORY)) == []
    found = queue_of(newsroom, state=TranslationState.UNTRANSLATED)
    assert leads(found) == ["ja"]
    assert found.sheets[0].state is TranslationState.UNTRANSLATED


def test_an_empty_queue_has_one_empty_page(newsroom: Newsroom) -> None:
    queue = queue_of(newsroom, page=7)
    assert (queue.page, queue.pages, queue.sheets) == (1, 1, ())
