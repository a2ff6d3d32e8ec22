"""The daily digest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import html

from aggregator.model import Entry
from aggregator.publish import digest_day
from tests.builders import NOW, WORDS, edition, entry, place, story

Files = dict[str, bytes]
TODAY = date(2026, 3, 20)


def seen(language: str, when: datetime) -> Entry:
    lead = place(language, when.hour * 60 + when.minute, first_seen=when, published=when)
    return entry(language, story=story(lead=lead))


def test_a_story_is_new_on_the_day_it_was_first_seen_on_the_pipelines_clock() -> None:
    # 15:30 UTC on the 19th is half past midnight on the 20th in Tokyo, where the pipeline runs.
    late, early = (
        datetime(2026, 3, 19, 15, 30, tzinfo=UTC),
        datetime(2026, 3, 19, 14, 30, tzinfo=UTC),
    )
    told = edition(seen("ja", late), seen("ko", early))
    found = digest_day(told, TODAY)
    assert found is not None
    assert [code for code, _ in found.countries] == ["jp"]
    unscheduled = digest_day(edition(*told.entries, schedule=None), date(2026, 3, 19))
    assert unscheduled is not None
    assert unscheduled.count == 2


def test_a_day_without_news_has_no_digest(rendered: Callable[..., Files]) -> None:
    told = edition(entry("ja", 3))
    assert digest_day(told, TODAY) is None
    made = rendered(told, days=[TODAY])
    assert not [path for path in made if path.startswith("digests/")]


def test_stories_are_grouped_by_country_in_the_order_of_names() -> None:
    told = edition(
        *(
            seen(language, NOW - timedelta(minutes=n))
            for n, language in enumerate(("th", "ja", "ko", "ja"))
        )
    )
    found = digest_day(told, TODAY)
    assert found is not None
    assert [(code, len(entries)) for code, entries in found.countries] == [
        ("jp", 2),
        ("kr", 1),
        ("th", 1),
    ]
    assert found.count == 4


@pytest.fixture
def made(rendered: Callable[..., Files]) -> Files:
    entries = (seen(language, NOW - timedelta(minutes=n)) for n, language in enumerate(WORDS))
    return rendered(edition(*entries), days=[TODAY, TODAY - timedelta(days=1)])


def test_the_digest_comes_in_three_formats(made: Files) -> None:
    found = [path for path in made if path.startswith("digests/")]
    assert found == [f"digests/daily/2026-03-20.{suffix}" for suffix in ("html", "txt", "md")]


def test_every_format_tells_title_trust_original_and_address(made: Files) -> None:
    for suffix in ("html", "txt", "md"):
        text = made[f"digests/daily/2026-03-20.{suffix}"].decode()
        assert WORDS["ja"][5] in text
        assert WORDS["th"][3] in text
        assert "Human translation from Thai" in text
        assert "https://th.example.org/articles/" in text
        assert "8 new stories" in text


def test_mail_marks_foreign_text_with_its_language(made: Files) -> None:
    page = html.document_fromstring(made["digests/daily/2026-03-20.html"])
    for language in ("ja", "ko", "zh-Hans", "zh-Hant", "vi", "th", "id"):
        assert WORDS[language][3] in page.xpath(f"string(//*[@lang='{language}'])")


def test_mail_needs_nothing_from_outside_and_runs_nothing(made: Files) -> None:
    page = html.document_fromstring(made["digests/daily/2026-03-20.html"])
    assert not page.xpath("//script | //link | //img | //@style")
    assert "prefers-color-scheme: dark" in page.findtext(".//style", "")
    assert all(href.startswith("https://") for href in page.xpath("//@href"))


def test_what_looks_like_markup_is_text_in_every_format(rendered: Callable[..., Files]) -> None:
    nasty = "# <b>[x](javascript:1)</b> *y*\r\nBcc: z"
    told = replace(seen("ja", NOW), title=replace(entry().title, text=nasty))
    made = rendered(edition(told), days=[TODAY])
    page = html.document_fromstring(made["digests/daily/2026-03-20.html"])
    assert page.xpath("normalize-space(//h3)") == " ".join(nasty.split())
    text = made["digests/daily/2026-03-20.txt"].decode()
    assert f"* {' '.join(nasty.split())}\n" in text
    markdown = made["digests/daily/2026-03-20.md"].decode()
    assert r"[\# \<b\>\[x\](javascript:1)\</b\> \*y\* Bcc: z](<https://jp" in markdown


def test_an_address_in_markdown_ends_where_it_ends(rendered: Callable[..., Files]) -> None:
    lead = place("ja", url="https://jp.example.org/a b\n\n    c><script>\\d")
    told = replace(seen("ja", NOW), story=story(lead=lead))
    made = rendered(edition(told), days=[lead.article.first_seen.date()])
    (markdown,) = (body.decode() for path, body in made.items() if path.endswith(".md"))
    assert "(<https://jp.example.org/a%20b%0A%0A%20%20%20%20c%3E%3Cscript%3E%5Cd>)" in markdown


def test_the_front_page_links_the_digests_that_exist(made: Files) -> None:
    links = html.document_fromstring(made["index.html"]).xpath("//@href")
    assert [link for link in links if "digests/" in link] == ["digests/daily/2026-03-20.html"]


def test_rendering_twice_gives_the_same_bytes(rendered: Callable[..., Files]) -> None:
    told = edition(seen("ja", NOW))
    assert rendered(told, days=[TODAY]) == rendered(told, days=[TODAY])
