"""A site's address becomes a source; a list of feeds becomes several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given as suppose
from hypothesis import settings
from hypothesis import strategies as st

from aggregator import sample
from aggregator.config import append_source, entry_yaml, read_sources
from aggregator.config.sources import sources_of
from aggregator.config.yaml_file import yaml_of
from aggregator.errors import FetchError, ParseError
from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.flow.scouting.discovering import MOST, discover_site, tried
from aggregator.flow.scouting.offering import Offer, best, offer, offers
from aggregator.flow.scouting.proposing import Given, Place, propose
from aggregator.flow.scouting.subscribing import subscribe
from aggregator.model import (
    Answer,
    Fetched,
    NotModified,
    PageSelect,
    Postponed,
    Request,
    Robots,
    Select,
    Unfetched,
)
from aggregator.parse.opml import Outline
from tests import builders
from tests.flow.world import NOW, rss

HOME = "https://www.manabi.co.jp/"
FEED = "https://www.manabi.co.jp/feed.xml"
PAGE = f"""<html lang="ja-JP"><head><title>学び新聞 | 教育のニュース</title>
<link rel="alternate" type="application/rss+xml" title="学び新聞" href="{FEED}">
<link rel="alternate" type="application/rss+xml" title="古い記事" href="/old.xml">
<link rel="alternate" type="application/atom+xml" title="gone" href="/gone.xml">
</head><body><p>x</p></body></html>""".encode()


class Web:
    """Answers from a dictionary and notes what it was asked; robots.txt closes some of it."""

    def __init__(self, pages: dict[str, bytes], closed: Sequence[str] = ()) -> None:
        self.pages = pages
        self.closed = closed
        self.asked: list[Request] = []

    def fetch(
        self, requests: Sequence[Request], robots: Mapping[str, Robots]
    ) -> Iterator[Sequence[Answer | Robots]]:
        for each in requests:
            self.asked.append(each)
            body = self.pages.get(each.at or each.url)
            if each.obeys_robots and each.url in self.closed:
                said = "robots.txt asks robots not to fetch it"
                yield [Unfetched(request=each, reason=said, error="DisallowedError")]
            elif body is None:
                yield [Unfetched(request=each, reason="404 Not Found", error="RefusedError")]
            else:
                yield [Fetched(request=each, final_url=each.url, content_type="", body=body)]

    @property
    def urls(self) -> list[str]:
        return [each.url for each in self.asked]


def place(**changes: object) -> Place:
    return replace(Place(url=FEED, format="rss"), **changes)  # type: ignore[arg-type]


# --- what is proposed


@pytest.mark.parametrize(
    ("changes", "country", "language"),
    [
        ({"url": "https://a.go.kr/rss"}, "kr", "ko"),
        ({"url": "https://a.org/rss", "language": "zh-TW"}, "tw", "zh-Hant"),
        ({"url": "https://a.com.tw/rss", "language": "zh"}, "tw", "zh-Hant"),
        ({"url": "https://a.cn/rss", "language": "zh_CN"}, "cn", "zh-Hans"),
        ({"url": "https://a.org/rss", "language": "zh"}, "cn", "zh-Hans"),
        ({"url": "https://a.org/rss", "language": "in"}, "id", "id"),
        ({"url": "https://a.org/rss", "language": "en-US"}, "int", "en"),
        ({"url": "https://a.com.sg/rss", "language": "en"}, "sg", "en"),
        ({"url": "https://a.com/rss", "title": "โรงเรียนของเรา"}, "th", "th"),
        ({"url": "https://a.com/rss", "sample": "학교가 달라지고 있다 배움의 공동체"}, "kr", "ko"),
        ({"url": "https://feeds.com/x", "homepage": "https://a.vn/", "language": "fr"}, "vn", "vi"),
        ({"url": "https://a.jp/rss", "language": "en"}, "jp", "en"),
    ],
)
def test_country_and_language_come_from_the_host_and_from_what_the_site_says(
    changes: dict[str, str], country: str, language: str
) -> None:
    source = propose(place(**changes), Given(), ())
    assert (source.country, source.language) == (country, language)


def test_what_a_person_says_counts_first() -> None:
    said = Given(id="x", name="N", name_en="E", country="sg", language="zh-Hans", kind="research")
    source = propose(place(title="学び", language="ja"), said, ())
    assert (source.id, source.name, source.name_en) == ("x", "N", "E")
    assert (source.country, source.language, source.kinds) == ("sg", "zh-Hans", ("research",))
    assert source.timezone == "Asia/Singapore"


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("https://www.manabi.co.jp/feed", "jp-manabi"),
        ("https://edukasi.sindonews.co.id/rss", "id-sindonews"),
        ("https://news.unn.net/rss", "int-unn"),
        ("https://school-lc.com/feed", "int-school-lc"),
        ("https://feeds.news.kr/x", "kr-news"),
        ("https://news.kr/x", "kr-news"),
        ("https://192.0.2.1/x", "int-2"),
    ],
)
def test_an_id_is_the_country_and_the_site_s_own_label(url: str, id: str) -> None:
    assert propose(place(url=url, language="en"), Given(), ()).id == id


def test_an_id_that_is_taken_gets_a_number() -> None:
    taken = {"jp-manabi", "jp-manabi-2"}
    assert propose(place(), Given(), taken).id == "jp-manabi-3"


@pytest.mark.parametrize(
    ("title", "name", "name_en"),
    [
        ("学び新聞 | 教育のニュース", "学び新聞", "manabi.co.jp"),
        ("Manabi News - all of it", "Manabi News", "Manabi News"),
        ("e-ラーニング", "e-ラーニング", "manabi.co.jp"),
        ("  \n", "www.manabi.co.jp", "www.manabi.co.jp"),
        ("x" * 81, "www.manabi.co.jp", "www.manabi.co.jp"),
    ],
)
def test_a_name_is_the_title_without_its_slogan(title: str, name: str, name_en: str) -> None:
    source = propose(place(title=title), Given(), ())
    assert (source.name, source.name_en) == (name, name_en)


def test_a_list_without_dates_leaves_them_to_the_articles_pages() -> None:
    undated = place(format="html-list", select=Select(item="li"))
    assert propose(undated, Given(), ()).page == PageSelect()
    dated = place(format="html-list", select=Select(item="li", date=".d"))
    assert propose(dated, Given(), ()).page is None


@settings(deadline=None)  # the model that tells languages is loaded once
@suppose(
    title=st.text(max_size=100),
    language=st.text(max_size=10),
    host=st.from_regex(r"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,10}){1,3}", fullmatch=True),
)
def test_whatever_a_site_says_the_proposal_is_an_entry(
    title: str, language: str, host: str
) -> None:
    url = f"https://{host}/feed"
    source = propose(place(url=url, title=title, language=language), Given(), ())
    assert sources_of([yaml_of(entry_yaml(source), "x.yaml")]) == (source,)


# --- what is offered


def answer(body: bytes, url: str = FEED) -> Fetched:
    request = Request(source_id="0", url=url, role="source")
    return Fetched(request=request, final_url=url, content_type="", body=body)


def test_a_feed_offers_its_items_as_they_would_arrive() -> None:
    items = [(f"学び{n}", "x", datetime(2026, 3, 10 - n, 12, tzinfo=UTC)) for n in range(7)]
    found = offer(place(), answer(rss(*items)), Given(), NOW)
    assert (found.items, len(found.previews), found.reason) == (7, 5, "")
    assert found.newest == datetime(2026, 3, 10, 12, tzinfo=UTC)
    first = found.previews[0]
    assert (first.title, first.published) == ("学び0", found.newest)
    assert first.link.startswith("https://jp.example.org/")


def test_a_feed_s_own_words_win_over_the_page_s() -> None:
    body = b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><title>Own</title>'
    body += b'<link href="https://own.kr/"/><entry><id>1</id><title>T</title></entry></feed>'
    said = place(title="Page", language="ja", homepage="https://page.jp/")
    found = offer(said, answer(body), Given(), NOW).place
    assert (found.format, found.title, found.language) == ("atom", "Own", "ko")
    assert found.homepage == "https://own.kr/"


def test_a_json_feed_tells_what_it_is() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "Own", "language": "vi", '
    body += b'"home_page_url": "/home", "items": [{"id": "1", "title": "T"}]}'
    found = offer(place(), answer(body), Given(), NOW)
    assert (found.place.format, found.items, found.reason) == ("json-feed", 1, "")
    assert (found.place.title, found.place.language) == ("Own", "vi")
    assert found.place.homepage == "https://www.manabi.co.jp/home"


@pytest.mark.parametrize(
    ("came", "reason"),
    [
        (answer(b"<html><title>Oops</title></html>"), "Oops"),
        (answer(rss()), "it holds nothing"),
        (Unfetched(request=answer(b"").request, reason="410 Gone", error="E"), "410 Gone"),
        (Postponed(request=answer(b"").request, reason="rests"), "rests"),
        (NotModified(request=answer(b"").request), "nothing new came"),
    ],
    ids=["page", "empty", "unfetched", "postponed", "not modified"],
)
def test_what_cannot_be_read_says_why(came: Answer, reason: str) -> None:
    assert reason in offer(place(), came, Given(), NOW).reason


def test_a_repository_is_asked_with_its_parameters() -> None:
    web = Web({})
    offers([place(url="https://a.jp/oai", format="oai-pmh")], web, Given(), NOW)
    assert "verb=ListRecords" in web.asked[0].at


def dated(name: str, newest: datetime | None, items: int = 1, reason: str = "") -> Offer:
    where = Place(url=f"https://a.jp/{name}", format="rss")
    return Offer(place=where, items=items, newest=newest, reason=reason)


def test_the_best_offer_is_the_newest_that_can_be_read() -> None:
    old = dated("old", datetime(2026, 1, 1, tzinfo=UTC), items=50)
    new = dated("new", datetime(2026, 3, 1, tzinfo=UTC))
    fuller = dated("fuller", datetime(2026, 3, 1, tzinfo=UTC), items=9)
    assert (
        best([dated("undated", None), old, new, fuller, dated("x", None, reason="404")]) == fuller
    )
    assert best([dated("x", None, reason="404")]) is None
    assert best([]) is None


# --- what is discovered


def test_a_page_s_feeds_are_asked_and_its_words_fill_what_they_leave_out() -> None:
    web = Web({HOME: PAGE, FEED: rss(("一", "x", NOW)), f"{HOME}old.xml": rss(("二", "x", None))})
    found = discover_site(HOME, web, Given(), NOW)
    assert web.urls == [HOME, *[each.place.url for each in found]]
    assert {each.place.url: bool(each.reason) for each in found} == {
        FEED: False,
        f"{HOME}old.xml": False,
        f"{HOME}gone.xml": True,
    }
    taken = best(found)
    assert taken
    assert taken.place.url == FEED
    assert propose(taken.place, Given(), ()).language == "ja"


def test_an_address_that_is_a_feed_offers_itself() -> None:
    web = Web({FEED: rss(("一", "x", NOW))})
    (found,) = discover_site(FEED, web, Given(), NOW)
    assert (found.place.url, found.place.format, found.items) == (FEED, "rss", 1)


def test_where_a_page_names_nothing_the_usual_addresses_are_tried() -> None:
    web = Web({HOME: b"<html><title>T</title><p>x</p></html>", f"{HOME}rss": rss(("一", "x", NOW))})
    (found,) = discover_site(HOME, web, Given(), NOW)
    assert found.place.url == f"{HOME}rss"
    assert len(web.asked) <= MOST + 1


ROWS = "".join(
    f'<li class="row"><span class="date">2026-03-{day:02}</span>'
    f'<a href="/news/{day}">公開研究会のお知らせと授業の記録その{day}</a></li>'
    for day in range(10, 20)
)
LISTING = f"<html lang=ja><title>学び</title><ul class=news>{ROWS}</ul></html>".encode()


def test_a_page_without_a_feed_is_looked_through_for_a_list() -> None:
    web = Web({HOME: LISTING})
    (found,) = discover_site(HOME, web, Given(), NOW)
    assert (found.place.format, found.items, found.reason) == ("html-list", 10, "")
    assert found.place.select
    assert found.newest
    assert found.newest.date().isoformat() in ("2026-03-18", "2026-03-19")


def test_a_list_that_robots_txt_closes_is_offered_with_the_reason_why_it_cannot_be_read() -> None:
    web = Web({HOME: LISTING}, closed=[HOME])
    (found,) = discover_site(HOME, web, Given(), NOW)
    assert web.asked[0].obeys_robots is False  # a person asked for it
    assert (found.place.format, found.items) == ("html-list", 0)
    assert "robots.txt" in found.reason
    assert best([found]) is None


SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://www.manabi.co.jp/1</loc><lastmod>2026-03-09</lastmod></url>
<url><loc>https://www.manabi.co.jp/2</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.manabi.co.jp/map-1.xml</loc></sitemap></sitemapindex>"""
MAP = f"{HOME}sitemap.xml"


def test_a_sitemap_becomes_a_source_whose_articles_pages_are_read() -> None:
    (found,) = discover_site(MAP, Web({MAP: SITEMAP}), Given(), NOW)
    assert (found.reason, found.place.format, found.items) == ("", "sitemap", 2)
    source = propose(found.place, Given(), ())
    assert source.page == PageSelect()
    assert "  page: {}\n" in entry_yaml(source)


def test_an_index_of_sitemaps_is_offered_with_what_its_first_one_holds() -> None:
    web = Web({MAP: INDEX, f"{HOME}map-1.xml": SITEMAP})
    (found,) = discover_site(MAP, web, Given(), NOW)
    assert (found.place.url, found.items, found.reason) == (MAP, 2, "")
    (gone,) = discover_site(MAP, Web({MAP: INDEX}), Given(), NOW)
    assert gone.reason == f"{HOME}map-1.xml: 404 Not Found"


@pytest.mark.parametrize("closed", [MAP, f"{HOME}map-1.xml"])
def test_a_sitemap_that_robots_txt_closes_is_not_read(closed: str) -> None:
    web = Web({MAP: INDEX, f"{HOME}map-1.xml": SITEMAP}, closed=[closed])
    (found,) = discover_site(MAP, web, Given(), NOW)
    assert "robots.txt" in found.reason


def test_a_list_of_articles_is_taken_before_a_sitemap_that_is_newer() -> None:
    web = Web({HOME: LISTING, MAP: SITEMAP.replace(b"2026-03-09", b"2026-03-20")})
    found = discover_site(HOME, web, Given(), NOW)
    assert [each.place.format for each in found] == ["sitemap", "html-list"]
    taken = best(found)
    assert taken
    assert taken.place.format == "html-list"


def test_dates_that_name_only_a_month_are_shown() -> None:
    body = rss(("一", "x", None)).replace(b"<item>", b"<item><pubDate>2026-02</pubDate>")
    found = offer(place(), answer(body), Given(), NOW)
    assert found.previews[0].published == datetime(2026, 2, 28, 14, 59, 59, tzinfo=UTC)


def test_a_page_with_nothing_at_all_offers_nothing() -> None:
    web = Web({HOME: b"<html><title>T</title><p>x</p></html>"})
    assert discover_site(HOME, web, Given(), NOW) == ()
    assert "at /feed/, /rss, /rss.xml," in tried(HOME)


def test_an_address_from_which_nothing_or_no_page_comes_is_an_error() -> None:
    with pytest.raises(FetchError, match=r"404 Not Found\n  only this address was asked"):
        discover_site(HOME, Web({}), Given(), NOW)
    with pytest.raises(ParseError):
        discover_site(HOME, Web({HOME: b"%PDF-1.7 \x00\x01"}), Given(), NOW)


def test_on_the_sample_web_a_feed_and_a_list_are_found_with_their_dates() -> None:
    with sample.serve(sample.SITES) as web:
        fetcher = Fetcher(Guard(allowances=web.allowances), "add", Limits(gap_s=0.0))
        feed, listing = (
            best(discover_site(url, fetcher, Given(), sample.NOW))
            for url in (
                "http://manabi-shimbun.example/feed.rdf",
                "http://kyodotai-kenkyukai.example/topics/",
            )
        )
    assert feed
    assert listing
    assert (feed.place.format, feed.items) == ("rss", 9)
    assert (listing.place.format, listing.items) == ("html-list", 7)
    assert all(each.published for each in (*feed.previews, *listing.previews))
    assert propose(listing.place, Given(), ()).language == "ja"


# --- what a list of feeds gives


def test_a_list_s_new_feeds_become_sources_and_the_others_are_named() -> None:
    known = builders.source()
    korean = rss(("학교", "x", NOW), link="https://b.kr/")
    web = Web({FEED: rss(("一", "x", NOW), link=HOME), "https://b.kr/rss": korean})
    outlines = [
        Outline(title="Known", feed=known.url.replace("https://", "HTTPS://")),
        Outline(title="学び新聞", feed=FEED, homepage=HOME, language="ja"),
        Outline(title="Gone", feed="https://gone.example/rss"),
        Outline(title="학교", feed="https://b.kr/rss"),
    ]
    found = list(subscribe(outlines, {known.id: known}, web, Given(), NOW))
    assert known.url not in web.urls
    assert {each.skipped for each in found} == {""}
    assert [each.known for each in found] == [known.id, "", "", ""]
    assert [each.reason for each in found] == ["", "", "404 Not Found", ""]
    added = [each.source for each in found if each.source]
    assert [each.id for each in added] == ["jp-manabi", "kr-b"]
    assert [each.language for each in added] == ["ja", "ko"]
    assert all(each.enabled for each in added)


def test_what_is_no_feed_or_stands_twice_is_skipped_and_a_bad_one_harms_no_other() -> None:
    web = Web({FEED: rss(("一", "x", NOW), link=HOME)})
    outlines = [
        Outline(line=3, title="More", feed="", fault="it is no feed"),
        Outline(line=4, title="Secret", feed="https://me:geheim@secret.example/rss"),
        Outline(line=5, title="Braces", feed="https://a.example/{key}"),
        Outline(line=6, title="Port", feed="https://a.example:geheim/rss"),
        Outline(line=7, title="学び", feed=FEED, homepage="https://me:geheim@a.example/"),
        Outline(line=8, title="Again", feed=FEED.replace("https", "HTTPS")),
    ]
    found = list(subscribe(outlines, {}, web, Given(), NOW))
    assert web.urls == [FEED]
    assert [each.line for each in found] == [3, 4, 5, 6, 7, 8]
    assert [each.skipped for each in found if each.skipped] == [
        "it is no feed",
        "it stands in line 7 already",
    ]
    assert [each.reason for each in found if each.reason] == [
        "its address holds a user name or password",
        "its address has a placeholder in braces",
        "its address has a malformed host or port",
    ]
    (source,) = [each.source for each in found if each.source]
    assert source.homepage == HOME


def test_what_a_site_calls_itself_may_keep_only_it_out() -> None:
    web = Web({FEED: rss(("一", "x", NOW), link="https://a.example/{x}")})
    (found,) = subscribe([Outline(title="学び", feed=FEED)], {}, web, Given(), NOW)
    assert found.source
    assert found.source.homepage == HOME
    (bad,) = subscribe([Outline(title="学び", feed=FEED)], {}, web, Given(id="Not An Id"), NOW)
    assert "is not an id" in bad.reason


def test_two_feeds_of_one_site_get_two_ids() -> None:
    other = FEED.replace("feed", "other")
    web = Web({FEED: rss(("一", "x", NOW), link=HOME), other: rss(("二", "x", NOW), link=HOME)})
    outlines = [Outline(title="学び", feed=url) for url in (FEED, other)]
    found = [each.source for each in subscribe(outlines, {}, web, Given(), NOW)]
    assert [each.id for each in found if each] == ["jp-manabi", "jp-manabi-2"]


def test_an_added_source_is_read_like_one_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("# mine\n")
    web = Web({HOME: PAGE, FEED: rss(("一", "x", NOW))})
    taken = best(discover_site(HOME, web, Given(), NOW))
    assert taken
    source = propose(taken.place, Given(), ())
    append_source(path, entry_yaml(source))
    assert read_sources(path) == (source,)
