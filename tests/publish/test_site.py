"""The static site: what is on its pages, and that they hold together."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from lxml import html

from aggregator.model import Edition, Outputs
from aggregator.publish import Imprint, render
from aggregator.publish.site import FRONT
from aggregator.trends import weekly
from tests.builders import NOW, WORDS, edition, entry, place, standing, story, translation

Files = dict[str, bytes]
Render = Callable[..., Files]


def page(made: Files, path: str) -> html.HtmlElement:
    return html.document_fromstring(made[path].decode())


def texts(found: html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in found.xpath(xpath)]


@pytest.fixture
def made(rendered: Render, world: tuple[Edition, Edition]) -> Files:
    old = entry("ja", 200, title="An old story")
    trends = weekly([e.story for e in world[0].entries], weeks=4, until=NOW)
    today = NOW.date()
    days = [today - timedelta(days=back) for back in range(3)]
    return rendered(*world, archive=[old], trends=trends, days=days)


def test_every_relative_link_leads_to_a_published_file(made: Files) -> None:
    checked = 0
    for path in made:
        if not path.endswith(".html"):
            continue
        found = page(made, path)
        for href in found.xpath("//@href"):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            assert not href.startswith("/")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
            to = path if not parts.path else to
            assert to in made, (path, href)
            if parts.fragment:
                assert page(made, to).xpath(f"//*[@id='{parts.fragment}']"), (path, href)
            checked += 1
    assert checked > 500


def test_no_page_of_the_site_carries_script_or_style_of_its_own(made: Files) -> None:
    for path in made:
        if path.endswith(".html") and not path.startswith("digests/"):
            assert not page(made, path).xpath(
                "//script | //style | //@style | //@*[starts-with(name(), 'on')]"
            )


def test_ids_on_a_page_are_unique_and_what_refers_to_them_finds_them(made: Files) -> None:
    for path in made:
        if not path.endswith(".html"):
            continue
        found = page(made, path)
        ids = found.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for names in found.xpath("//@aria-labelledby"):
            assert set(names.split()) <= set(ids), path


def test_every_page_has_landmarks_a_skip_link_and_one_heading(made: Files) -> None:
    for path in made:
        if path.endswith(".html") and not path.startswith("digests/"):
            found = page(made, path)
            for landmark in ("main", "h1", "header", "footer"):
                assert len(found.xpath(f"//{landmark}")) == 1, (path, landmark)
            assert found.xpath("//body/a[1][@class='skip'][@href='#main']")
            assert found.xpath("//main[@id='main']")
            assert found.get("lang") == "en"


def test_the_front_page_tells_each_storys_title_source_country_and_trust(made: Files) -> None:
    front = page(made, "index.html")
    cards = texts(front, "//article")
    assert len(cards) == len(WORDS)
    card = next(card for card in cards if WORDS["ko"][5] in card)
    for part in ("South Korea", "from Korean", WORDS["ko"][6], WORDS["ko"][3], "Teachers of KR"):
        assert part in card
    assert "Human translation from Korean (translation memory), unreviewed." in card
    assert "18 March 2026" in texts(front, "//h2")


def test_foreign_text_says_its_language(made: Files) -> None:
    front = page(made, "index.html")
    for language in set(WORDS) - {"en"}:
        assert texts(front, f"//cite[@lang='{language}']") == [WORDS[language][3]]


def test_untranslated_titles_and_summaries_say_their_language(rendered: Render) -> None:
    front = page(rendered(edition(entry("zh-Hant", state="untranslated"))), "index.html")
    assert front.xpath("//article/h3/@lang") == ["zh-Hant"]
    assert front.xpath("//article/p[@class='summary']/@lang") == ["zh-Hant"]
    assert not front.xpath("//article//cite")


def test_the_front_page_has_the_newest_stories_and_all_pinned_ones(rendered: Render) -> None:
    told = [entry("ja", n) for n in range(1, FRONT + 3)]
    old = entry("ko", 300, story=story("ko", 300, standing=standing(pinned=True)))
    front = page(rendered(edition(*told, old)), "index.html")
    assert len(front.xpath("//article")) == FRONT + 1
    pinned = front.xpath("//section[h2/@id='pinned']//h3//@href")
    assert pinned == [f"stories/{old.story.id}.html"]


def test_backlog_has_pages_and_is_listed_by_country_but_is_no_news(made: Files) -> None:
    old = entry("ja", 200).story.id
    assert "An old story" in made[f"stories/{old}.html"].decode()
    assert old not in made["index.html"].decode()
    assert old not in made["feeds/all.atom"].decode()
    assert texts(page(made, "countries/jp.html"), "//section[h2/@id='older']//li/a") == [
        "An old story"
    ]


def test_a_country_page_tells_the_newest_in_full_and_lists_the_others(rendered: Render) -> None:
    told = [entry("ja", n) for n in range(1, FRONT + 3)]
    found = page(rendered(edition(*told)), "countries/jp.html")
    assert len(found.xpath("//article")) == FRONT
    older = found.xpath("//section[h2/@id='older']//li//@href")
    assert older == [f"../stories/{e.story.id}.html" for e in told[FRONT:]]


def test_a_story_page_shows_translation_and_original_side_by_side(rendered: Render) -> None:
    told = story("ja", others=(place("ko", 9), place("vi", 5)), standing=standing("approved"))
    made = rendered(edition(entry("ja", story=told)))
    found = page(made, f"stories/{told.id}.html")
    assert texts(found, "//h1") == [WORDS["ja"][5]]
    pair = found.xpath("//div[@class='pair']")[0]
    assert texts(pair, "section[1]/p") == [WORDS["ja"][6]]
    assert texts(pair, "section[2]/p[@lang='ja']") == [WORDS["ja"][3], WORDS["ja"][4]]
    assert texts(found, "//section[@class='places']//li/p[1]") == [
        WORDS["ja"][3],
        WORDS["ko"][3],
        WORDS["vi"][3],
    ]
    assert f"urn:uuid:{told.id}" in texts(found, "//code")
    assert "Approved" in texts(found, "//dd")


def test_a_story_in_the_readers_language_is_shown_once(rendered: Render) -> None:
    told = entry("en")
    found = page(rendered(edition(told)), f"stories/{told.story.id}.html")
    assert not found.xpath("//div[@class='pair']")
    assert texts(found, "//div[@class='single']//p[@lang='en']") == [WORDS["en"][4]]


def test_an_untranslated_summary_is_not_passed_off_as_english(rendered: Render) -> None:
    told = entry("th", summary=translation(WORDS["th"][4], "untranslated"))
    found = page(rendered(edition(told)), f"stories/{told.story.id}.html")
    assert texts(found, "//div[@class='pair']/section[1]/p") == [
        "The summary is not translated yet."
    ]


def test_a_story_without_a_date_says_when_it_was_first_seen(rendered: Render) -> None:
    lead = place("ja", dated_by="first-seen")
    made = rendered(edition(entry("ja", story=story(lead=lead))))
    assert "first seen 19 March 2026" in texts(page(made, "index.html"), "//article")[0]


def test_stories_stand_under_the_day_they_were_published_on_there(rendered: Render) -> None:
    # 20:00 UTC on the 18th is the 19th in Tokyo and still the 18th in London.
    evening = NOW.replace(day=18, hour=20)
    told = edition(
        entry("ja", story=story(lead=place("ja", published=evening))),
        entry("en", story=story(lead=place("en", published=evening + timedelta(hours=1)))),
    )
    assert texts(page(rendered(told), "index.html"), "//main//h2") == [
        "19 March 2026",
        "18 March 2026",
    ]


def test_all_dates_of_a_story_are_on_its_sources_clock(rendered: Render) -> None:
    evening = NOW.replace(day=18, hour=20)  # the 19th in Tokyo
    told = story("ja", lead=place("ja", published=evening, first_seen=evening))
    made = rendered(edition(entry("ja", story=told, updated=evening)))
    shown = texts(page(made, f"stories/{told.id}.html"), "//time")
    assert shown == ["19 March 2026"] * 4


def test_a_country_page_names_its_sources_and_feeds(made: Files) -> None:
    found = page(made, "countries/kr.html")
    assert texts(found, "//section[h2/@id='sources']//li/a") == ["Teachers of KR"]
    feeds = found.xpath("//dl[@class='feeds']//@href")
    assert "../feeds/country/kr.atom" in feeds
    assert "../feeds/original/country/kr.json" in feeds


def test_what_looks_like_markup_in_any_text_stays_text(rendered: Render) -> None:
    nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    lead = place("ja", title=nasty, summary=nasty, authors=(nasty,), date_text=nasty)
    lead = replace(lead, source=replace(lead.source, name=nasty, name_en=nasty))
    told = entry("ja", story=story(lead=lead), title=nasty, summary=nasty)
    made = rendered(edition(told, title=nasty, description=nasty))
    for path in made:
        if path.endswith(".html"):
            assert not page(made, path).xpath("//script | //img | //@onerror"), path
    assert texts(page(made, f"stories/{told.story.id}.html"), "//h1") == [nasty]


def test_a_javascript_address_is_no_link(rendered: Render) -> None:
    bad = "javascript:alert(1)"
    told = story("ja", lead=place("ja", url=bad), others=(place("ko", 2, url=bad),))
    made = rendered(edition(entry("ja", story=told)), days=[NOW.date() - timedelta(days=1)])
    assert not [
        path for path, body in made.items() if b'"javascript:' in body and path.endswith(".html")
    ]


def test_a_javascript_homepage_is_no_link(imprint: Imprint, world: tuple[Edition, Edition]) -> None:
    bad = tuple(replace(each, homepage="javascript:alert(1)") for each in imprint.sources)
    made = {each.path: each.body for each in render(world, replace(imprint, sources=bad))}
    (listed,) = page(made, "countries/kr.html").xpath("//section[h2/@id='sources']//li")
    assert "Teachers of KR" in listed.text_content()
    assert not listed.xpath(".//a")


def test_every_number_of_the_trends_leads_to_just_its_stories(made: Files) -> None:
    table = page(made, "trends/index.html")
    cells = table.xpath("//td/a")
    assert cells
    for cell in cells:
        listed = page(made, f"trends/{cell.get('href')}").xpath("//article")
        assert len(listed) == int(cell.text_content())
    assert table.xpath("string(//tfoot//td[last()])").strip() == str(len(WORDS))


def test_charts_say_in_words_what_they_show(made: Files) -> None:
    for path in ("index.html", "trends/index.html"):
        charts = page(made, path).xpath("//svg")
        assert charts
        for chart in charts:
            assert chart.get("role") == "img"
            assert chart.findtext("title")
            assert re.search(r"2026-W12 \d", chart.findtext("desc"))


def test_bars_of_all_countries_share_one_scale(rendered: Render) -> None:
    told = edition(entry("ja", 1), entry("ja", 2), entry("ko", 1))
    trends = weekly([e.story for e in told.entries], weeks=1, until=NOW)
    charts = page(rendered(told, trends=trends), "trends/index.html").xpath("//svg")
    heights = [chart.xpath("number(rect/@height)") for chart in charts]
    assert heights == [56, 56, 28]


def test_a_week_without_stories_keeps_a_mark_and_a_zero(rendered: Render) -> None:
    told = edition(entry("ja", 1), entry("ko", 20))
    trends = weekly([e.story for e in told.entries], weeks=2, until=NOW)
    found = page(rendered(told, trends=trends), "trends/index.html")
    assert len(found.xpath("//svg//rect[@class='none']")) == 4
    assert texts(found, "//tbody/tr[2]/td") == ["0", "0", "0"]


def test_trends_without_any_story_say_so(rendered: Render) -> None:
    made = rendered(edition(), trends=weekly([], weeks=2, until=NOW))
    assert "nothing to count" in made["trends/index.html"].decode()


def test_a_number_without_its_story_is_refused(rendered: Render) -> None:
    with pytest.raises(KeyError):
        rendered(edition(), trends=weekly([story("ja")], weeks=2, until=NOW))


def test_an_empty_edition_has_a_front_page(rendered: Render) -> None:
    assert "no stories yet" in rendered(edition())["index.html"].decode()


def test_a_pipeline_without_a_site_has_no_pages(rendered: Render) -> None:
    made = rendered(
        edition(entry(), outputs=Outputs(feeds=("all",), digest="d")), days=[NOW.date()]
    )
    assert not [path for path in made if path.endswith((".html", ".css"))]


def test_a_site_without_feeds_or_trends_does_not_mention_them(rendered: Render) -> None:
    front = page(rendered(edition(entry(), outputs=Outputs(site=True))), "index.html")
    assert texts(front, "//nav//a") == ["Stories", "Countries"]
    assert not front.xpath("//aside//section[h2='Feeds']")


def test_rendering_twice_gives_the_same_bytes(
    rendered: Render, world: tuple[Edition, Edition]
) -> None:
    trends = weekly([e.story for e in world[0].entries], weeks=4, until=NOW)
    assert rendered(*world, trends=trends) == rendered(*world, trends=trends)


def test_the_style_sheet_knows_dark_print_and_every_languages_letters(made: Files) -> None:
    style = made["style.css"].decode()
    for part in ("prefers-color-scheme: dark", "@media print", ":focus-visible"):
        assert part in style
    for language in ("ja", "ko", "zh-Hans", "zh-Hant", "th"):
        assert f":lang({language})" in style
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_of_a_story_that_was_joined_points_on(rendered: Render) -> None:
    told = entry("ja", 1)
    joined = replace(told, story=replace(told.story, formerly=("former-id",)))
    made = rendered(edition(joined))
    found = page(made, "stories/former-id.html")
    wanted = f"{told.story.id}.html"
    assert found.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={wanted}"]
    assert found.xpath("//link[@rel='canonical']/@href") == [wanted]
    assert found.xpath("//main//a/@href") == [wanted]
    assert found.xpath("//main//a/@lang") == [joined.language]


def test_a_page_says_why_an_article_is_of_its_story(rendered: Render) -> None:
    other = replace(place("ko"), because=("2030", "likely 0.97"))
    told = entry("ja", 1)
    story_ = replace(told.story, places=(told.story.lead, other))
    found = page(rendered(edition(replace(told, story=story_))), f"stories/{story_.id}.html")
    assert texts(found, "//section[@class='places']//small")[1].endswith(
        "The same story: 2030; likely 0.97"
    )
