"""The queue: what it shows, in which order, and what its buttons do."""

import re
from datetime import timedelta

import pytest

from aggregator.flow.queueing import PAGE_SIZE
from aggregator.model import Origin
from tests import builders
from tests.web.conftest import Browser, Newsroom


def titles(browser: Browser) -> list[str]:
    """Return the stories' headlines as they stand on the page."""
    return [" ".join(each.get_text().split()) for each in browser.page.select(".sheet h2")]


def shelf(browser: Browser, name: str) -> int:
    """Return the number beside a shelf's name."""
    link = next(each for each in browser.page.select(".shelves a") if name in each.get_text())
    return int(re.sub(r"\D", "", link.get_text()))


def test_original_and_translation_stand_side_by_side_each_in_its_language(
    newsroom: Newsroom,
) -> None:
    article = builders.article("th")
    newsroom.tell(article)
    newsroom.translate(article, "Schools learn from one another")
    page = newsroom.editor().open("/desk/")
    translated, original = page.select(".pair > section")
    headline = translated.select_one("h2")
    assert headline is not None
    assert headline.get_text().strip() == "Schools learn from one another"
    assert headline["lang"] == "en"
    assert [each.get_text() for each in original.select("[lang=th]")][:2] == [
        article.title,
        article.summary,
    ]
    text = " ".join(page.select_one(".sheet").get_text(" ").split())  # type: ignore[union-attr]
    for fact in ("Thailand", "Teachers of TH", "News", "2026-03-19", "human translation from Thai"):
        assert fact in text


@pytest.mark.parametrize("language", builders.WORDS)
def test_every_language_is_shown_in_its_own_words(newsroom: Newsroom, language: str) -> None:
    newsroom.tell(builders.article(language))
    page = newsroom.editor().open(f"/desk/?language={language}")
    assert page.find(lang=language, string=re.compile(re.escape(builders.WORDS[language][3])))


def test_what_waits_comes_first_and_the_newest_of_it_on_top(newsroom: Newsroom) -> None:
    for number in (1, 2, 3, 4):
        newsroom.tell(builders.article("en", number, title=f"Story {number}"))
    browser = newsroom.editor()
    browser.open("/desk/")
    browser.press("Approve", 0)
    assert titles(browser) == ["Story 2", "Story 3", "Story 4", "Story 1"]
    newsroom.change(builders.article("en", 1), title="Story 1 anew", content_hash="other")
    browser.open("/desk/")
    assert titles(browser) == ["Story 1 anew", "Story 2", "Story 3", "Story 4"]
    assert "Check again" in browser.page.select(".sheet")[0].get_text()
    browser.open("/desk/?shelf=again")
    assert titles(browser) == ["Story 1 anew"]


def test_backlog_is_not_news_for_editors(newsroom: Newsroom) -> None:
    newsroom.tell(builders.article("en", 1, title="News"))
    newsroom.tell(builders.article("en", 2, title="Old", backlog=True))
    mixed = builders.article("en", 3, title="Retold", backlog=True)
    newsroom.tell(mixed, builders.article("id", 3))
    browser = newsroom.editor()
    browser.open("/desk/")
    assert titles(browser) == ["News", "Retold"]


def test_what_a_source_that_is_gone_told_is_gone(newsroom: Newsroom) -> None:
    newsroom.tell(builders.article("en"))
    newsroom.tell(builders.article("ko"), builders.article("id", 2, title="Juga di sini"))
    del newsroom.sources["int-source"]
    del newsroom.sources["kr-source"]
    page = newsroom.editor().open("/desk/")
    assert [each.get_text() for each in page.select(".original .headline")] == ["Juga di sini"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("?country=jp", {"ja"}),
        ("?country=int", {"en"}),
        ("?language=ko", {"ko"}),
        ("?language=ko&country=jp", set()),
        ("?state=machine", {"ja"}),
        ("?state=untranslated", {"ko"}),
        ("?state=original", {"en"}),
        ("?state=nonsense&country=zz&language=xx&shelf=none&page=x", {"ja", "ko", "en"}),
        ("?page=99999999999", {"ja", "ko", "en"}),
        ("?target=xx", {"ja", "ko", "en"}),
    ],
)
def test_the_address_says_which_part_is_shown(
    newsroom: Newsroom, address: str, expected: set[str]
) -> None:
    japanese = builders.article("ja", summary="")
    newsroom.tell(japanese)
    newsroom.translate(japanese, "Teachers meet", Origin.MACHINE)
    newsroom.tell(builders.article("ko"))
    newsroom.tell(builders.article("en"))
    browser = newsroom.editor()
    browser.open(f"/desk/{address}")
    shown = {str(each["hreflang"]) for each in browser.page.select(".original .origin a")}
    assert shown == expected
    assert shelf(browser, "All") == len(expected)


def test_the_filter_shows_what_is_set_and_every_link_keeps_it(newsroom: Newsroom) -> None:
    newsroom.tell(builders.article("ja"))
    page = newsroom.editor().open("/desk/?country=jp&state=untranslated&shelf=unreviewed")
    chosen = {each["value"] for each in page.select("option[selected]")}
    assert {"jp", "untranslated"} <= chosen
    links = [str(each["href"]) for each in page.select(".shelves a")]
    assert all("country=jp" in link and "state=untranslated" in link for link in links)
    kept = page.select_one(".filter input[name=shelf]")
    assert kept is not None
    assert kept["value"] == "unreviewed"


def test_fifty_stories_are_a_page(newsroom: Newsroom) -> None:
    for number in range(PAGE_SIZE + 2):
        at = builders.NOW - timedelta(minutes=number)
        newsroom.tell(builders.article("en", number, title=f"Story {number}", published=at))
    browser = newsroom.editor()
    browser.open("/desk/?country=int")
    assert titles(browser) == [f"Story {number}" for number in range(PAGE_SIZE)]
    older = browser.page.select_one("a[rel=next]")
    assert older is not None
    browser.open(str(older["href"]))
    assert titles(browser) == [f"Story {number}" for number in (PAGE_SIZE, PAGE_SIZE + 1)]
    assert "Page 2 of 2" in browser.text
    newer = browser.page.select_one("a[rel=prev]")
    assert newer is not None
    assert newer["href"] == "/desk/?country=int"
    browser.open("/desk/?state=original&page=2")
    assert titles(browser) == [f"Story {number}" for number in (PAGE_SIZE, PAGE_SIZE + 1)]


@pytest.mark.parametrize(
    ("button", "kind", "name"),
    [
        ("Approve", "approve", "Approved"),
        ("Pin", "pin", "Pinned"),
        ("Reject", "reject", "Rejected"),
    ],
)
def test_a_button_is_a_decision(newsroom: Newsroom, button: str, kind: str, name: str) -> None:
    article = builders.article("en")
    key = newsroom.tell(article)
    browser = newsroom.editor("bao")
    browser.open("/desk/")
    answer = browser.press(button)
    (decision,) = newsroom.decisions(key)
    assert (decision.kind, decision.actor, decision.at) == (kind, "bao", newsroom.now)
    assert decision.seen == article.content_hash
    assert answer.headers["location"] == "/desk/"
    assert f"{name}: {article.title}" in browser.text
    assert shelf(browser, name) == 1
    assert newsroom.publisher.asked == 1
    browser.open("/desk/")
    assert f"{name}: {article.title}" not in browser.text


def test_a_rejection_says_why(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("en"))
    browser = newsroom.editor()
    browser.open("/desk/")
    browser.press("Reject", text="  An advertisement.\u200b ")
    assert newsroom.decisions(key)[0].text == "An advertisement."
    assert not browser.has_button("Reject")


def test_undo_takes_the_last_decision_back(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("en"))
    browser = newsroom.editor()
    browser.open("/desk/")
    assert not browser.has_button("Undo")
    browser.press("Approve")
    browser.press("Pin")
    assert shelf(browser, "Pinned") == shelf(browser, "Approved") == 1
    browser.press("Undo")
    assert (shelf(browser, "Pinned"), shelf(browser, "Approved")) == (0, 1)
    browser.press("Pin")
    browser.press("Unpin")
    assert [each.kind for each in newsroom.decisions(key)] == [
        "approve",
        "pin",
        "undo",
        "pin",
        "unpin",
    ]


def test_after_a_decision_the_editor_is_where_he_was(newsroom: Newsroom) -> None:
    newsroom.tell(builders.article("ja"))
    browser = newsroom.editor()
    address = "/desk/?shelf=unreviewed&country=jp"
    browser.open(address)
    assert browser.press("Pin").headers["location"] == address


def test_what_a_hostile_source_writes_is_only_text(newsroom: Newsroom) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onfocus='alert(1)"
    hostile = builders.article("ja", title=attack, summary=attack, url="javascript:alert(1)")
    key = newsroom.tell(hostile)
    newsroom.translate(hostile, attack)
    browser = newsroom.editor()
    for address in ("/desk/", f"/desk/stories/{key}"):
        page = browser.open(address)
        assert not page.select("script, img, [onerror], [onfocus], a[href^=javascript]")
        assert attack in page.get_text()
    browser.press("Pin")
    assert not browser.page.select("script, img, [onerror], [onfocus]")
    assert attack in browser.page.select("[role=status]")[0].get_text()


def test_an_empty_queue_says_so(newsroom: Newsroom) -> None:
    browser = newsroom.editor()
    browser.open("/desk/")
    assert "There is no new story" in browser.text
    browser.open("/desk/?country=jp")
    assert "No story fits" in browser.text


def test_editors_see_that_the_output_could_not_be_written(newsroom: Newsroom) -> None:
    newsroom.publisher.trouble = "news: No space left on device"
    browser = newsroom.editor()
    browser.open("/desk/")
    assert "No space left on device" in browser.text
    anybody = newsroom.browser()
    anybody.open("/desk/login")
    assert "No space left" not in anybody.text


def test_a_notice_that_is_not_ours_is_not_shown(newsroom: Newsroom) -> None:
    browser = newsroom.editor()
    for forged in ("%%%", "bm90IGpzb24=", "W10=", "eyJ0ZXh0IjogMX0="):
        browser.client.cookies.set("desk-notice", forged)
        browser.open("/desk/")
        assert browser.answer.status_code == 200
        assert not browser.page.select("[role=status]")
