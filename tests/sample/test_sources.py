"""The bundled sources: each reads its site as far as it leads, and nothing there is missing."""

from collections import Counter, deque
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest

from aggregator.config import read_sources
from aggregator.fetch.manners.robots import Rules, origin_of
from aggregator.model import Document, Further, Item, Robots, Role, Source
from aggregator.parse import address, parse
from aggregator.sample import NOW, SITES
from aggregator.sample.server import Page, read_site
from aggregator.text.dates import read_date

SOURCES = {source.id: source for source in read_sources(SITES.parent / "sources")}

#: Items by source; the two that are broken on purpose are not among them.
ITEMS = {
    "cn-jiaoyu-gaige": 7,
    "cn-ketang-guancha": 9,
    "id-jurnal-pembelajaran": 6,
    "id-kabar-guru": 9,
    "id-komunitas-belajar": 7,
    "int-slc-bibliography": 5,
    "int-slc-network": 7,
    "jp-kyodotai-kenkyukai": 7,
    "jp-kyoiku-tsushin": 8,
    "jp-manabi-shimbun": 9,
    "jp-shochuto-kyoiku": 24,
    "kr-baeum-news": 9,
    "kr-gyoyuk-saegil": 7,
    "kr-haksul-geomsaek": 6,
    "kr-nuri-edu": 7,
    "kr-suup-yeongu": 7,
    "sg-classroom": 7,
    "sg-learning-circle": 5,
    "th-chumchon-rianru": 7,
    "th-khru-reform": 9,
    "th-saithan-schools": 5,
    "tw-jiaoyu-bao": 7,
    "tw-jiaoyu-kaifang": 7,
    "tw-xuexi-gongtongti": 8,
    "vn-congdong-hoctap": 7,
    "vn-giaoduc-doimoi": 9,
    "vn-nhatky-lophoc": 7,
}

#: What stands behind the first document: further pages of the list, articles' pages, files.
BEHIND = {
    "kr-nuri-edu": {"list": 1, "page": 7, "attachment": 2},
    "th-saithan-schools": {"list": 2, "page": 5},
    "id-jurnal-pembelajaran": {"list": 1},
    "kr-haksul-geomsaek": {"list": 2},
    "tw-jiaoyu-kaifang": {"list": 2},
    "vn-nhatky-lophoc": {"list": 1},
    "sg-learning-circle": {},
    "int-slc-bibliography": {},
}


@dataclass(frozen=True)
class Walk:
    """A source read to its end."""

    items: dict[str, list[Item]]
    deleted: list[str]
    served: list[tuple[str, str, Page]]  #: role, address asked, what came


@cache
def site(host: str) -> dict[str, Page]:
    return read_site(SITES / host)


def served(url: str) -> tuple[Page, str]:
    """Return what the site has at an address, redirects followed, and where that is."""
    parts = urlsplit(url)
    path = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    page = site(str(parts.hostname))[path]
    return served(f"http://{parts.hostname}{page.location}") if page.location else (page, url)


@cache
def walk(source: Source) -> Walk:
    """Read a source as the flow does, one address after the other."""
    own = Further(url=address(source, "", NOW), role="list")
    found, bookmark = Walk({}, [], []), ""
    queue = deque([own])
    while queue:
        asked = queue.popleft()
        page, place = served(asked.url)
        role: Role = "source" if asked is own else asked.role
        found.served.append((role, asked.url, page))
        if role == "attachment":
            continue
        document = Document(
            source_id=source.id,
            url=source.url if asked is own else asked.url,
            role=role,
            final_url=place,
            content_type=page.content_type,
            body=page.body,
            key=asked.key,
            version=asked.version,
            fetched=NOW,
            bookmark=bookmark,
        )
        parsed = parse(document, source)
        bookmark = bookmark if parsed.bookmark is None else parsed.bookmark
        queue.extend(parsed.requests)
        for item in parsed.items:
            if item.deleted:
                found.deleted.append(item.key)
            else:
                found.items.setdefault(item.key, []).append(item)
    return found


def test_every_site_has_its_source() -> None:
    hosts = {urlsplit(source.url).hostname for source in SOURCES.values()}
    assert hosts == {folder.name for folder in SITES.iterdir()}
    assert SOURCES.keys() - ITEMS.keys() == {"id-arsip-lama", "vn-banbao-cu"}


def test_the_sites_show_every_format_that_is_read() -> None:
    assert {source.format for source in SOURCES.values()} == {
        "rss", "atom", "json-feed", "html-list", "sitemap", "oai-pmh", "json-api", "xml-api",
        "ical",
    }  # fmt: skip


@pytest.mark.parametrize("source_id", ITEMS)
def test_a_source_reads_all_of_its_site(source_id: str) -> None:
    source = SOURCES[source_id]
    found = walk(source)

    assert len(found.items) == ITEMS[source_id]
    for parts in found.items.values():
        assert any(part.title for part in parts)
        assert any(part.summary or part.body for part in parts)
        hosts = [urlsplit(part.link).hostname or "" for part in parts]
        assert any(host.endswith(".example") for host in hosts)
    if source_id in BEHIND:
        assert Counter(role for role, _, _ in found.served[1:]) == BEHIND[source_id]


@pytest.mark.parametrize("source_id", ITEMS)
def test_no_item_is_dated_after_the_demos_clock(source_id: str) -> None:
    dated = [
        dates_of(parts, SOURCES[source_id]) for parts in walk(SOURCES[source_id]).items.values()
    ]

    assert all(datetime(2024, 1, 1, tzinfo=UTC) < date <= NOW for dates in dated for date in dates)
    # A journal search gives months and years alone.
    assert all(dates for dates in dated) == (source_id != "kr-haksul-geomsaek")


def dates_of(parts: list[Item], source: Source) -> list[datetime]:
    texts = [text for part in parts for text in (part.published, part.updated)]
    place = {"language": source.language, "country": source.country, "zone": source.timezone}
    return [read.at for text in texts if (read := read_date(text, **place, now=NOW))]


@pytest.mark.parametrize("source_id", ITEMS)
def test_robots_may_read_all_that_leads_to_articles(source_id: str) -> None:
    rules = rules_of(SOURCES[source_id])

    assert all(rules.allow(url) for _, url, _ in walk(SOURCES[source_id]).served)


def test_robots_txt_asks_for_patience_and_closes_what_is_no_article() -> None:
    office, network = rules_of(SOURCES["kr-nuri-edu"]), rules_of(SOURCES["th-saithan-schools"])

    assert office.delay_s == 2
    assert not office.allow("http://nuri-edu.example/admin/login.do")
    assert not office.allow("http://nuri-edu.example/board/list.do?boardID=301")
    assert not network.allow("http://saithan-schools.example/wp-admin/")


def rules_of(source: Source) -> Rules:
    told = site(str(urlsplit(source.url).hostname)).get("/robots.txt")
    return Rules(Robots(origin=origin_of(source.url), text=told.body.decode() if told else ""), "x")


def test_a_record_that_was_taken_back_is_said_to_be() -> None:
    assert walk(SOURCES["id-jurnal-pembelajaran"]).deleted == [
        "oai:jurnal-pembelajaran.example:article/141"
    ]


def test_a_repository_asked_again_has_nothing_new() -> None:
    source = SOURCES["id-jurnal-pembelajaran"]
    asked = address(source, '{"complete": "2026-11-20", "done": "2026-11-20T08:00:02Z"}', NOW)
    page, _ = served(asked)

    assert asked.endswith("&from=2026-11-19")
    assert b"noRecordsMatch" in page.body


def test_links_that_a_script_follows_become_addresses() -> None:
    found = walk(SOURCES["kr-nuri-edu"])

    assert "http://nuri-edu.example/board/view.do?boardID=294&boardSeq=90412" in found.items


def test_attached_files_hold_text_that_can_be_read() -> None:
    files = [page for role, _, page in walk(SOURCES["kr-nuri-edu"]).served if role == "attachment"]
    texts = [pypdfium2.PdfDocument(file.body)[0].get_textpage().get_text_range() for file in files]

    assert [text.splitlines()[0] for text in texts] == [
        "2027학년도 초등학교 학급 편성 기준 개정",
        "유아·초등 이음학기 시범 운영 결과 보고서(요약)",
    ]
    assert all("�" not in text for text in texts)


def test_a_calendar_has_whole_days_a_series_and_an_event_that_was_called_off() -> None:
    told = {
        key: dict(parts[0].details)
        for key, parts in walk(SOURCES["sg-learning-circle"]).items.items()
    }
    institute = told["ev-2027-0116-institute@learning-circle.example"]

    assert (institute["starts"], institute["ends"]) == ("2027-01-16", "2027-01-17")
    assert told["ev-2027-0121-open@learning-circle.example"]["starts"].endswith("+08:00")
    assert "WEEKLY" in told["ev-2026-reading@learning-circle.example"]["recurs"]
    assert told["ev-2026-1125-walk@learning-circle.example"]["status"] == "CANCELLED"
