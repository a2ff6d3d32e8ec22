"""A story's page: editing its translation, its history, and who was faster."""

from datetime import date

import pytest

from aggregator.flow import deciding
from aggregator.flow.reading import read_stories
from aggregator.model import LinkKind, MemoryEntry, Origin, Study
from aggregator.model.events import Event
from aggregator.store import memory, studies
from aggregator.text.keys import text_key
from tests import builders
from tests.web.conftest import Newsroom


def entries(newsroom: Newsroom, text: str, target: str = "en") -> list[MemoryEntry]:
    with newsroom.database.read() as db:
        return memory.entries_for(db, [text_key(text)], target)


def test_an_edit_is_a_decision_and_every_equal_title_shows_it(newsroom: Newsroom) -> None:
    article = builders.article("ja", 1)
    key = newsroom.tell(article)
    twin = newsroom.tell(builders.article("ja", 2, summary="別の要約。"))
    newsroom.translate(article, "Machine words", Origin.MACHINE)
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    assert browser.form("Save the translation")["title"].strip() == "Machine words"
    answer = browser.press("Save the translation", title="  A person's\r\nwords ")
    assert answer.headers["location"] == f"/desk/stories/{key}"
    assert "Edited title" in browser.text
    (decision,) = newsroom.decisions(key)
    assert (decision.kind, decision.field, decision.target) == ("edit", "title", "en")
    assert decision.text == "A person's words"
    locked = [each for each in entries(newsroom, article.title) if each.origin is Origin.PERSON]
    assert [(each.target_text, each.decision_id) for each in locked] == [
        ("A person's words", decision.id)
    ]
    newsroom.translate(article, "Newer machine words", Origin.MACHINE)
    browser.open(f"/desk/stories/{twin}")
    assert browser.page.select("h1")[0].get_text().strip() == "A person's words"
    assert newsroom.publisher.asked == 1


def test_title_and_summary_are_a_decision_each_and_only_what_changed(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("vi"))
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    browser.press("Save the translation", title="Title", summary="One.\r\n\r\nTwo.\r\n")
    assert [(each.field, each.text) for each in newsroom.decisions(key)] == [
        ("title", "Title"),
        ("summary", "One.\nTwo."),
    ]
    browser.press("Save the translation", title="Better title")
    assert [each.text for each in newsroom.decisions(key)][2:] == ["Better title"]
    browser.press("Save the translation")
    assert "Nothing changed" in browser.text
    assert len(newsroom.decisions(key)) == 3


def test_an_undone_edit_leaves_the_memory(newsroom: Newsroom) -> None:
    article = builders.article("ko")
    key = newsroom.tell(article)
    newsroom.translate(article, "Machine words", Origin.MACHINE)
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    browser.press("Save the translation", title="A person's words")
    browser.press("Undo")
    assert browser.page.select("h1")[0].get_text().strip() == "Machine words"
    assert [each.origin for each in entries(newsroom, article.title)] == [Origin.MACHINE]
    history = " ".join(browser.page.select(".history")[0].get_text(" ").split())
    assert "Undone : edited title" in history
    assert "(undone later)" in history


def test_an_emptied_title_is_refused_and_nothing_of_the_form_is_saved(newsroom: Newsroom) -> None:
    article = builders.article("ko")
    key = newsroom.tell(article)
    newsroom.translate(article, "Words")
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    answer = browser.press("Save the translation", title=" ", summary="A summary.")
    assert answer.status_code == 400
    assert "the edited title is empty" in browser.text
    assert not newsroom.decisions(key)


def test_a_story_in_the_target_language_offers_no_edit(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("en"))
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    assert not browser.has_button("Save the translation")
    fields = browser.form("Pin") | {"title": "Another", "summary": "Another"}
    answer = browser.client.post(f"/desk/stories/{key}/edit", data=fields)
    assert answer.status_code == 400
    assert not newsroom.decisions(key)


def test_a_story_without_a_summary_has_none_to_edit(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("id", summary=""))
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    form = browser.form("Save the translation")
    assert "title" in form
    assert "summary" not in form
    browser.client.post(form.pop("action"), data=form | {"title": "T", "summary": "S"})
    assert [each.field for each in newsroom.decisions(key)] == ["title"]


def test_another_target_is_edited_apart(newsroom: Newsroom) -> None:
    newsroom.targets = ("en", "vi")
    article = builders.article("ja")
    key = newsroom.tell(article)
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}?target=vi")
    answer = browser.press("Save the translation", title="Tiêu đề")
    assert answer.headers["location"] == f"/desk/stories/{key}?target=vi"
    assert [each.target_text for each in entries(newsroom, article.title, "vi")] == ["Tiêu đề"]
    assert not entries(newsroom, article.title, "en")
    browser.open("/desk/?target=vi")
    assert browser.page.select(".sheet h2[lang=vi]")


@pytest.mark.parametrize("address", ["no-such-id", "{key}?target=xx", "{key}?target=original"])
def test_what_is_not_there_is_not_found(newsroom: Newsroom, address: str) -> None:
    key = newsroom.tell(builders.article("ja"))
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{address.format(key=key)}")
    assert browser.answer.status_code == 404
    assert "There is no such story" in browser.text


def test_notes_places_and_history_stand_on_the_page(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("ja"), builders.article("ko"))
    browser = newsroom.editor("bao")
    browser.open(f"/desk/stories/{key}")
    browser.press("Add the note", text="Ask the author\nfor a picture")
    assert newsroom.decisions(key)[0].text == "Ask the author\nfor a picture"
    assert "Told in 2 places" in browser.text
    places = [each.get_text() for each in browser.page.select(".places a")]
    assert places == [builders.WORDS["ja"][3], builders.WORDS["ko"][3]]
    history = " ".join(browser.page.select(".history")[0].get_text(" ").split())
    assert "Noted bao, 2026-03-20 06:00 UTC Ask the author for a picture" in history
    assert browser.press("Add the note", text=" ").status_code == 400


def test_spread_and_events_stand_on_the_page(newsroom: Newsroom) -> None:
    first, other = builders.article("ja", 2), builders.article("ko", 1)
    key = newsroom.tell(first, other)
    with newsroom.database.begin() as db:
        told = [
            (each, Event(article_id=each.id, number=1, title="T", starts=day, ends=None, zone=""))
            for each, day in ((first, date(2026, 5, 16)), (other, date(2026, 5, 17)))
        ]
        found = [(Study(article_id=each.id, events=(event,)), "stamp") for each, event in told]
        studies.save(db, found, {})
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    assert "Japan 18 March 2026, 14:00 First report South Korea 19 March 2026, 14:00" in (
        browser.text
    )
    assert "24 hours later" in browser.text
    assert "Not told so far in China, Indonesia, Taiwan, Thailand, Vietnam." in browser.text
    assert "The articles tell different times" in browser.text
    assert "16 May 2026 Read from the text, not confirmed says Teachers of JP" in browser.text
    assert "17 May 2026 Read from the text, not confirmed says Teachers of KR" in browser.text


def link(newsroom: Newsroom, story_id: str, kind: LinkKind, other: str) -> None:
    with newsroom.database.begin() as db:
        (told,) = read_stories(db, newsroom.sources, story_id)
        deciding.link(db, told, kind, [other], "bao", newsroom.now)


def test_what_was_split_and_merged_is_told_in_words_and_can_be_taken_back(
    newsroom: Newsroom,
) -> None:
    lead, copy, other = (builders.article(language) for language in ("ja", "ko", "vi"))
    newsroom.tell(lead, copy)
    newsroom.tell(other)
    link(newsroom, lead.id, "split", copy.id)
    link(newsroom, lead.id, "merge", other.id)
    browser = newsroom.editor()
    for key, words in ((lead.id, f"Merged with {other.title}"), (other.id, "Merged with 「学び")):
        browser.open(f"/desk/stories/{key}")
        assert f"{words}" in browser.text
    newsroom.tell(copy)
    browser.open(f"/desk/stories/{copy.id}")
    assert f"Split off from {lead.title}" in browser.text
    browser.open(f"/desk/stories/{lead.id}")
    assert f"Split off {copy.title}" in browser.text
    assert browser.page.select(f".history a[href='/desk/stories/{copy.id}'][lang=ko]")
    browser.press("Undo")
    assert f"Undone : merged with {other.title}" in browser.text
    assert [each.kind for each in newsroom.decisions(other.id)] == ["merge", "undo"]
    browser.open(f"/desk/stories/{other.id}")
    assert not browser.has_button("Undo")


def test_the_page_of_a_story_that_was_joined_shows_the_one_it_is_in(newsroom: Newsroom) -> None:
    lead, other = builders.article("ja"), builders.article("ko")
    newsroom.tell(other)
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{other.id}")
    newsroom.tell(lead, other)
    assert browser.press("Approve").status_code == 409
    browser.open(f"/desk/stories/{other.id}")
    assert browser.form("Approve")["action"] == f"/desk/stories/{lead.id}/decision"
    assert "Told in 2 places" in browser.text


def test_a_changed_source_asks_to_be_looked_at_again(newsroom: Newsroom) -> None:
    article = builders.article("ja")
    key = newsroom.tell(article)
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    browser.press("Approve")
    assert not browser.has_button("Approve")
    newsroom.change(article, title="新しい題", content_hash="other")
    browser.open(f"/desk/stories/{key}")
    assert "Check again" in browser.text
    browser.press("Approve")
    assert "Check again" not in browser.text


def test_an_edit_of_a_text_that_changed_meanwhile_is_shown_beside_the_new_one(
    newsroom: Newsroom,
) -> None:
    article = builders.article("ja")
    key = newsroom.tell(article)
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    newsroom.change(article, title="新しい題", content_hash="other")
    answer = browser.press("Save the translation", title="My title", summary="My <summary>.")
    assert answer.status_code == 409
    assert not newsroom.decisions(key)
    assert newsroom.publisher.asked == 0
    assert "The source has changed its text" in browser.text
    assert "新しい題" in browser.text
    form = browser.form("Save it all the same")
    assert (form["title"].strip(), form["summary"].strip()) == ("My title", "My <summary>.")
    browser.press("Save it all the same")
    assert [(each.text, each.seen) for each in newsroom.decisions(key)] == [
        ("My title", "other"),
        ("My <summary>.", "other"),
    ]


def test_of_two_editors_the_slower_sees_what_the_faster_did(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("en"))
    slow, fast = newsroom.editor("aiko"), newsroom.editor("bao")
    slow.open("/desk/")
    fast.open("/desk/")
    fast.press("Approve")
    answer = slow.press("Reject", text="Not for us")
    assert answer.status_code == 409
    assert [each.kind for each in newsroom.decisions(key)] == ["approve"]
    assert "Approved bao" in slow.text
    assert slow.form("Reject all the same")["text"].strip() == "Not for us"
    back = slow.press("Reject all the same", text="Not for us, sorry")
    assert back.headers["location"] == "/desk/"
    assert [(each.kind, each.text) for each in newsroom.decisions(key)] == [
        ("approve", ""),
        ("reject", "Not for us, sorry"),
    ]


def test_the_undo_of_a_slow_editor_never_takes_anothers_decision_back(newsroom: Newsroom) -> None:
    key = newsroom.tell(builders.article("en"))
    slow, fast = newsroom.editor("aiko"), newsroom.editor("bao")
    slow.open("/desk/")
    slow.press("Pin")
    fast.open("/desk/")
    fast.press("Approve")
    assert slow.press("Undo").status_code == 409
    assert [each.kind for each in newsroom.decisions(key)] == ["pin", "approve"]


def test_what_was_written_for_a_field_that_is_gone_is_not_lost(newsroom: Newsroom) -> None:
    article = builders.article("ja")
    key = newsroom.tell(article)
    browser = newsroom.editor()
    browser.open(f"/desk/stories/{key}")
    newsroom.change(article, summary="", content_hash="other")
    browser.press("Save the translation", title="My title", summary="My summary")
    assert "My summary" in browser.text
    assert "summary" not in browser.form("Save it all the same")
