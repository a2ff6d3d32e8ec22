"""Articles: what is made of one source's items."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import Article, Enclosure, Failure, Item, Source
from aggregator.normalize import FRESH_ARTICLES, Known, article_id, read_articles
from aggregator.normalize.article import SUMMARY_CHARACTERS, TITLE_CHARACTERS
from aggregator.normalize.enclosures import MOST
from aggregator.normalize.published import BACKLOG_AGE
from aggregator.text.keys import exact_hash, text_key

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source(
    id="jp-manabi",
    name="学び新聞",
    name_en="Manabi Shimbun",
    country="jp",
    language="ja",
    homepage="http://manabi.example/",
    url="http://manabi.example/feed.xml",
    format="rss",
    kinds=("news",),
    timezone="Asia/Tokyo",
)
ITEM = Item(
    key="tag:manabi.example,2026:1",
    link="http://manabi.example/1?utm_source=rss",
    title="公開研究会を<b>開催</b>",
    summary="<p>公開研究会が開かれました。</p><p>参加者は百人でした。</p>",
    body='<p>本文<script>alert(1)</script><a href="/2">次</a></p>',
    published="2026年11月19日 9時30分",
    authors=("佐藤", " <b>佐藤</b> ", "", "鈴木"),
)
WORDS = "公開研究会を開催\n公開研究会が開かれました。\n参加者は百人でした。"
ID = article_id(SOURCE.id, ITEM.key)


def article(
    *parts: Item, source: Source = SOURCE, known: Known | None = None, now: datetime = NOW
) -> Article:
    """Return the one article that *parts* give."""
    before = {ID: known} if known else {}
    found = read_articles(source, [parts or (ITEM,)], before, now, room=None)[0]
    assert isinstance(found, Article)
    return found


def failure(item: Item) -> Failure:
    found = read_articles(SOURCE, [(item,)], {}, NOW, room=FRESH_ARTICLES)[0]
    assert isinstance(found, Failure)
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "別の題"},
        {"body": "<p>別の本文</p>"},
        {"details": (("doi", "10.1/x"),)},
        {"categories": ("研究",)},
    ],
    ids=str,
)
def test_whatever_is_read_of_an_article_is_in_its_whole_hash(changes: dict[str, Any]) -> None:
    assert article().whole_hash == article().whole_hash
    assert article(replace(ITEM, **changes)).whole_hash != article().whole_hash


def test_what_the_page_adds_is_kept_beside_what_the_list_says() -> None:
    listed = replace(ITEM, categories=("行事",), details=(("starts", "2026-11-20"),))
    page = replace(ITEM, categories=("<b>研究</b>", "行事"), details=(("place", "東京"),))

    read = article(listed, page)

    assert read.categories == ("行事", "研究")
    assert read.details == (("starts", "2026-11-20"), ("place", "東京"))


def test_an_item_becomes_an_article() -> None:
    assert replace(article(), whole_hash="") == Article(
        id=ID,
        source_id="jp-manabi",
        key="tag:manabi.example,2026:1",
        url="http://manabi.example/1",
        title="公開研究会を開催",
        summary="公開研究会が開かれました。\n参加者は百人でした。",
        body='<p>本文<a href="http://manabi.example/2" rel="noopener noreferrer">次</a></p>',
        language="ja",
        authors=("佐藤", "鈴木"),
        published=datetime(2026, 11, 19, 0, 30, tzinfo=UTC),
        dated_by="japanese",
        date_text="2026年11月19日 9時30分",
        date_confidence="sure",
        first_seen=NOW,
        backlog=False,
        content_hash=text_key(WORDS),
        text_hash=exact_hash(WORDS),
    )


def test_the_articles_own_page_wins_where_it_says_something() -> None:
    page = Item(
        key=ITEM.link,
        link=ITEM.link,
        title="公開研究会を盛大に開催",
        published="2026年11月18日",
        updated="2026年11月20日",
    )

    found = article(ITEM, page)

    assert (found.id, found.key, found.title) == (ID, ITEM.key, "公開研究会を盛大に開催")
    assert found.published == datetime(2026, 11, 17, 15, tzinfo=UTC)
    assert (found.summary, found.body, found.authors) == (
        article().summary,
        article().body,
        article().authors,
    )


def test_the_text_of_a_file_follows_what_the_page_says() -> None:
    file = Item(key=ITEM.key, link="", body="<p>添付資料の本文です。</p>")
    report = Enclosure(url="http://manabi.example/a.pdf", type="application/pdf")
    page = Item(key=ITEM.key, link=ITEM.link, enclosures=(report,))

    found = article(ITEM, page, file)

    assert found.body == f"{article().body}<p>添付資料の本文です。</p>"
    assert found.summary == article().summary
    assert found.enclosures == (report,)


def test_the_pages_text_and_authors_win_too() -> None:
    page = Item(key="x", link="x", summary="要約。", body="<p>全文</p>", authors=("田中",))

    found = article(ITEM, page)

    assert (found.summary, found.body, found.authors) == ("要約。", "<p>全文</p>", ("田中",))


# --- identity ---------------------------------------------------------------------------------


def test_an_item_without_an_id_is_known_by_its_link() -> None:
    found = article(replace(ITEM, key=""))

    assert found.key == ITEM.link
    assert found.id == article_id(SOURCE.id, "http://manabi.example/1")


def test_an_item_without_a_link_leads_to_the_home_page_and_keeps_its_key() -> None:
    found = article(replace(ITEM, link=""))

    assert (found.url, found.key) == ("http://manabi.example/", ITEM.key)


def test_a_relative_link_is_taken_from_the_home_page() -> None:
    assert article(replace(ITEM, link="news/1")).url == "http://manabi.example/news/1"


def test_an_item_without_id_and_link_fails() -> None:
    found = failure(replace(ITEM, key="", link=""))

    assert found == Failure(
        stage="normalize",
        subject="",
        reason="the item has neither an id nor a link",
        error="NormalizeError",
        source_id="jp-manabi",
    )


def test_a_link_that_leads_nowhere_fails_under_its_key() -> None:
    assert failure(replace(ITEM, link="javascript:alert(1)")).subject == ITEM.key
    assert failure(replace(ITEM, key="", link="mailto:a@b")).subject == "mailto:a@b"


def test_one_bad_item_does_not_stop_the_others_and_all_keep_their_order() -> None:
    bad = replace(ITEM, key="bad", title="", summary="", body="")
    other = replace(ITEM, key="other")

    found = read_articles(SOURCE, [(ITEM,), (bad,), (other,)], {}, NOW, room=FRESH_ARTICLES)

    assert [each.subject if isinstance(each, Failure) else each.key for each in found] == [
        ITEM.key,
        "bad",
        "other",
    ]


def test_items_with_one_id_are_one_article_in_the_first_ones_words() -> None:
    link = "http://manabi.example/7"
    first = replace(ITEM, key=link, link=link)
    again = replace(first, key=f"{link}?utm_source=top", title="再掲")

    one, two = read_articles(SOURCE, [(first,), (again,)], {}, NOW, room=FRESH_ARTICLES)

    assert isinstance(one, Article)
    assert two == replace(one, key=again.key)


# --- words ------------------------------------------------------------------------------------


def test_a_title_is_plain_text_on_one_line_without_hidden_signs() -> None:
    found = article(replace(ITEM, title="<p>Q&amp;A</p>\u202e<p>＜お知らせ＞\x00　学び\u200b</p>"))

    assert found.title == "Q&A ＜お知らせ＞　学び"


def test_an_item_without_a_title_is_called_by_its_first_sentence() -> None:
    found = article(replace(ITEM, title=" <br> "))

    assert found.title == "公開研究会が開かれました。"


def test_an_item_without_title_and_text_fails() -> None:
    found = failure(replace(ITEM, title="&nbsp;", summary="", body="<script>x</script>"))

    assert (found.subject, found.reason) == (
        ITEM.key,
        "the item has neither a title nor a summary",
    )


def test_a_title_without_end_is_cut_between_words() -> None:
    found = article(replace(ITEM, title="word " * 100))

    assert len(found.title) <= TITLE_CHARACTERS
    assert found.title.endswith("word…")


def test_an_item_without_a_summary_is_summed_up_by_its_body() -> None:
    assert article(replace(ITEM, summary="<p> </p>")).summary == "本文次"


def test_a_long_summary_ends_with_a_sentence() -> None:
    sentence = "公開研究会が学校で開かれました。"

    found = article(replace(ITEM, summary=f"<p>{sentence * 60}</p>"))

    assert found.summary == sentence * (SUMMARY_CHARACTERS // len(sentence))


def test_a_single_long_sentence_is_cut_where_it_must() -> None:
    japanese = article(replace(ITEM, summary="学" * 700)).summary
    english = article(replace(ITEM, summary="lesson " * 100)).summary

    assert japanese == "学" * (SUMMARY_CHARACTERS - 1) + "…"
    assert len(english) <= SUMMARY_CHARACTERS
    assert english.endswith("lesson…")


@settings(deadline=None)
@given(st.text(max_size=1500))
def test_any_summary_is_short_enough(text: str) -> None:
    assert len(article(replace(ITEM, summary=text)).summary) <= SUMMARY_CHARACTERS


def test_the_text_says_which_language_it_is_in() -> None:
    korean = replace(ITEM, title="공개 수업 연구회 개최", summary="수업을 공개했다.")

    assert article(korean).language == "ko"
    assert article(replace(ITEM, title="SLC 2026", summary="")).language == "ja"


def test_equal_words_have_an_equal_hash_whoever_wrote_them() -> None:
    other = article(
        replace(ITEM, key="2", title="公開研究会を　開催".replace("　", ""), body="", authors=()),
        source=replace(SOURCE, id="other"),
    )

    assert other.content_hash == article().content_hash
    assert article(replace(ITEM, title="別")).content_hash != other.content_hash


# --- dates ------------------------------------------------------------------------------------


def dated(text: str, known: Known | None = None, now: datetime = NOW) -> tuple[datetime, str]:
    found = article(replace(ITEM, published=text), known=known, now=now)
    assert found.date_text == text
    return found.published, found.dated_by


def test_a_date_without_a_zone_is_in_the_sources() -> None:
    assert dated("2026-11-19 08:00") == (datetime(2026, 11, 18, 23, tzinfo=UTC), "iso")


def test_the_date_of_the_last_change_is_taken_where_no_other_can_be_read() -> None:
    found = article(replace(ITEM, published="近日", updated="2026-11-18"))

    assert (found.published, found.dated_by, found.date_text) == (
        datetime(2026, 11, 17, 15, tzinfo=UTC),
        "iso",
        "2026-11-18",
    )


@pytest.mark.parametrize("text", ["", "近日", "3日間", "2026年2月31日"])
def test_without_a_date_an_article_is_dated_by_when_it_was_first_seen(text: str) -> None:
    assert dated(text) == (NOW, "first-seen")


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("2026-11-19", "sure"),
        ("昨日", "likely"),
        ("Thu, 19 Nov 26 08:00:00 GMT", "likely"),
        ("11月19日", "guess"),
        ("2026年11月19日(月)", "guess"),
        ("2026年10月", "guess"),
        ("2026-11-21T09:00:00Z", "sure"),
        ("2030-01-01", ""),
        ("近日", ""),
        ("", ""),
    ],
)
def test_an_article_says_how_well_its_date_is_known(text: str, confidence: str) -> None:
    assert article(replace(ITEM, published=text)).date_confidence == confidence


def test_a_date_that_stays_is_known_as_well_as_when_it_was_read() -> None:
    known = Known(
        first_seen=EARLIER, published=EARLIER - DAY, dated_by="korean", date_confidence="likely"
    )

    assert article(replace(ITEM, published=""), known=known).date_confidence == "likely"
    assert article(replace(ITEM, published="2026-11-10"), known=known).date_confidence == "sure"


@pytest.mark.parametrize("text", ["3日前", "昨日", "10-30", "10月30日", "月曜日", "10:30"])
def test_what_is_told_from_now_does_not_move_an_article_that_has_a_date(text: str) -> None:
    known = Known(first_seen=NOW, published=NOW - DAY, dated_by="relative")

    assert dated(text, known, NOW + 2 * DAY) == (NOW - DAY, "relative")


def test_what_is_told_from_now_dates_an_article_that_had_none() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER, dated_by="first-seen")

    assert dated("5日前", known) == (datetime(2026, 11, 14, 15, tzinfo=UTC), "relative")
    assert dated("2日前", known) == (EARLIER, "first-seen")


def test_what_was_written_in_place_of_a_date_is_kept_short() -> None:
    found = article(replace(ITEM, published="", updated="\u202e未定 " + "あ" * 500))

    assert found.date_text == "未定 " + "あ" * 97


def test_a_date_in_the_future_is_not_believed() -> None:
    assert dated("2026-11-21T09:01:00Z") == (NOW, "future")
    assert dated("2030-01-01") == (NOW, "future")


def test_a_date_within_a_day_is_believed_to_be_one_but_not_to_be_later_than_now() -> None:
    assert dated("2026-11-21T09:00:00Z") == (NOW, "iso")
    assert dated("2026-11-20T09:00:01Z") == (NOW, "iso")


EARLIER = NOW - 3 * DAY


def test_when_an_article_was_first_seen_stays() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER, dated_by="first-seen")

    assert article(known=known).first_seen == EARLIER


def test_a_date_taken_from_first_sight_stays_fixed() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER, dated_by="first-seen")

    assert dated("", known) == (EARLIER, "first-seen")


def test_a_date_taken_from_first_sight_gives_way_to_the_sources_own() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER, dated_by="first-seen")

    assert dated("2026-11-15", known) == (datetime(2026, 11, 14, 15, tzinfo=UTC), "iso")


def test_a_date_the_source_takes_back_stays() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER - DAY, dated_by="iso")

    assert dated("", known) == (EARLIER - DAY, "iso")


def test_a_later_date_does_not_bring_a_known_article_up_again() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER - DAY, dated_by="iso")

    assert dated("2026-11-19", known) == (EARLIER - DAY, "iso")


def test_a_date_that_was_in_the_future_does_not_count_when_it_comes() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER, dated_by="future")

    assert dated("2026-11-19", known) == (EARLIER, "future")
    assert dated("2026-11-01", known) == (datetime(2026, 10, 31, 15, tzinfo=UTC), "iso")


@settings(deadline=None)
@given(
    st.datetimes(timezones=st.just(UTC)),
    st.none()
    | st.builds(
        Known,
        first_seen=st.timedeltas(timedelta(), 2000 * DAY).map(lambda age: NOW - age),
        published=st.just(datetime(2019, 1, 1, tzinfo=UTC)),
        dated_by=st.sampled_from(["iso", "future", "first-seen"]),
    ),
)
def test_no_article_is_published_after_it_was_first_seen(
    moment: datetime, known: Known | None
) -> None:
    found = article(replace(ITEM, published=moment.isoformat()), known=known)

    assert found.published <= found.first_seen <= NOW


@pytest.mark.parametrize(
    ("text", "moment", "rule"),
    [
        ("2019", datetime(2019, 12, 31, 14, 59, 59, tzinfo=UTC), "year"),
        ("令和7年", datetime(2025, 12, 31, 14, 59, 59, tzinfo=UTC), "year"),
        ("2026年10月", datetime(2026, 10, 31, 14, 59, 59, tzinfo=UTC), "month"),
        ("2026", NOW, "year"),
        ("2026-11", NOW, "month"),
        ("2027", NOW, "future"),
        ("2027年1月", NOW, "future"),
    ],
)
def test_a_year_or_a_month_counts_by_its_last_moment(
    text: str, moment: datetime, rule: str
) -> None:
    assert dated(text) == (moment, rule)


def test_a_year_of_publication_comes_before_the_day_of_a_change() -> None:
    found = article(replace(ITEM, published="2019", updated="2026-11-18"))

    assert (found.dated_by, found.date_text, found.backlog) == ("year", "2019", True)


@pytest.mark.parametrize(
    ("text", "changed", "published"),
    [
        ("2026", "2026-01-05T03:04:05Z", datetime(2026, 1, 5, 3, 4, 5, tzinfo=UTC)),
        ("令和8年", "2026-01-05", datetime(2026, 1, 4, 15, tzinfo=UTC)),
        ("2026-11", "2026-11-20T09:00:00Z", NOW),
        ("2026-11", "2026-10-30", NOW),
        ("2026", "2026-11-20T09:00:01Z", NOW),
        ("2026", "昨日", NOW),
        ("2025", "2025-01-05", datetime(2025, 12, 31, 14, 59, 59, tzinfo=UTC)),
    ],
)
def test_of_a_running_year_or_month_the_day_of_a_change_within_it_counts(
    text: str, changed: str, published: datetime
) -> None:
    found = article(replace(ITEM, published=text, updated=changed))

    assert (found.published, found.date_text) == (published, text)
    assert found.dated_by in ("year", "month")


def test_a_later_change_does_not_move_what_a_running_year_dates() -> None:
    item = replace(ITEM, published="2026", updated="2026-01-05T03:04:05Z")
    before = article(item, now=EARLIER)
    known = Known(first_seen=EARLIER, published=before.published, dated_by=before.dated_by)
    again = article(replace(item, updated="2026-11-19"), known=known)

    assert again.published == before.published < EARLIER


def test_what_once_counted_from_first_sight_is_dated_by_the_change_after_all() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER, dated_by="year")
    found = article(replace(ITEM, published="2026", updated="2026-01-05"), known=known)

    assert found.published == datetime(2026, 1, 4, 15, tzinfo=UTC)


def test_a_running_month_does_not_move_what_it_dates() -> None:
    known = Known(first_seen=EARLIER, published=EARLIER, dated_by="month")

    assert dated("2026-11", known) == (EARLIER, "month")
    assert dated("2026-11", known, NOW + 60 * DAY) == (EARLIER, "month")


# --- files ------------------------------------------------------------------------------------


def test_files_are_kept_with_addresses_that_can_be_followed() -> None:
    found = article(
        replace(
            ITEM,
            enclosures=(
                Enclosure(url="http://F.example/a.pdf?sig=1&utm_source=x", title=" 資料\n\u200b1 "),
                Enclosure(url="mailto:a@b"),
                Enclosure(url="b.mp3", type="audio/mpeg", length=7),
                Enclosure(url="http://f.example/a.pdf?sig=1&utm_source=x", title="again"),
            ),
        )
    )

    assert found.enclosures == (
        Enclosure(url="http://f.example/a.pdf?sig=1&utm_source=x", title="資料 1"),
        Enclosure(url="http://manabi.example/b.mp3", type="audio/mpeg", length=7),
    )


def test_a_list_of_files_without_end_is_cut() -> None:
    files = tuple(Enclosure(url=f"http://f.example/{n}") for n in range(MOST + 5))

    assert article(replace(ITEM, enclosures=files)).enclosures == files[:MOST]


def test_the_articles_own_page_adds_its_files() -> None:
    page = Item(key="x", link="x", enclosures=(Enclosure(url="http://f.example/p.pdf"),))
    feed = replace(ITEM, enclosures=(Enclosure(url="http://f.example/f.mp3"),))

    found = article(feed, page).enclosures

    assert [each.url for each in found] == ["http://f.example/f.mp3", "http://f.example/p.pdf"]


# --- held -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (replace(ITEM, title="学\ufffd"), "characters were lost (1 times U+FFFD)"),
        (
            replace(ITEM, title="公開\x92研究会"),
            "characters were lost (1 control characters, U+0080 to U+009F)",
        ),
        (replace(ITEM, summary="ç\x94ç©¶"), "'ç©¶' is UTF-8 that was read as windows-1252"),
        (replace(ITEM, summary="&aring;&ccedil;&copy;&para;"), "'ç©¶' is UTF-8"),
        (replace(ITEM, summary="¤ÃÙáÅÐ"), "its letters are of scripts that do not meet"),
    ],
)
def test_what_cannot_be_right_is_held(item: Item, why: str) -> None:
    assert article(item).held.startswith(why)


@pytest.mark.parametrize(
    ("published", "updated", "why"),
    [
        ("2026年2月31日", "", "Its date cannot be: no calendar has 2026-02-31."),
        ("2026年2月31日", "2026-11-18", "Its date cannot be: no calendar has 2026-02-31."),
        ("近日", "2026-13-01", "Its date cannot be: no calendar has 2026-13-01."),
        ("2026-11-19 25:70", "", "Its date cannot be: no clock shows 25:70."),
        ("2026-11-19", "2026-02-31", ""),
        ("0000-00-00 00:00:00", "", ""),
        ("近日", "", ""),
        ("1026-01-01", "", ""),
    ],
)
def test_what_names_a_day_that_there_is_not_is_held(published: str, updated: str, why: str) -> None:
    assert article(replace(ITEM, published=published, updated=updated)).held == why


def test_what_can_be_right_is_not_held() -> None:
    assert article().held == ""
    assert article(replace(ITEM, title="Café au lait", summary="École")).held == ""


# --- backlog ----------------------------------------------------------------------------------


def backlog(item: Item, known: dict[str, Known] | None = None) -> bool:
    found = read_articles(SOURCE, [(item,)], known or {}, NOW, room=None)[0]
    assert isinstance(found, Article)
    return found.backlog


def test_an_article_older_than_a_month_at_first_sight_is_backlog() -> None:
    edge = NOW - BACKLOG_AGE

    assert not backlog(replace(ITEM, published=edge.isoformat()))
    assert backlog(replace(ITEM, published=(edge - timedelta(seconds=1)).isoformat()))


def test_news_do_not_become_backlog_by_waiting_nor_backlog_news() -> None:
    seen = NOW - 90 * DAY
    news = Known(first_seen=seen, published=seen, dated_by="iso")
    old = replace(news, backlog=True)

    assert not backlog(replace(ITEM, published=seen.isoformat()), {ID: news})
    assert backlog(replace(ITEM, published=NOW.isoformat()), {ID: old})


def batch(room: int | None, dates: list[str]) -> list[bool]:
    items = [(replace(ITEM, key=str(n), published=date),) for n, date in enumerate(dates)]
    found = read_articles(SOURCE, items, {}, NOW, room)
    return [each.backlog for each in found if isinstance(each, Article)]


def test_a_new_source_brings_only_its_newest_articles_as_news() -> None:
    dates = [f"2026-11-19T00:{minute:02}:00Z" for minute in range(FRESH_ARTICLES + 5)]

    assert batch(FRESH_ARTICLES, dates) == [True] * 5 + [False] * FRESH_ARTICLES
    assert not any(batch(None, dates))


@pytest.mark.parametrize("room", [0, 3, -1])
def test_a_source_that_is_no_longer_quite_new_has_room_for_fewer_news(room: int) -> None:
    dates = [f"2026-11-19T00:0{minute}:00Z" for minute in range(5)]

    assert batch(room, dates).count(False) == max(room, 0)


def test_known_articles_take_no_room() -> None:
    items = [(replace(ITEM, key=str(n)),) for n in range(4)]
    news = Known(first_seen=NOW, published=NOW, dated_by="iso")
    known = {article_id(SOURCE.id, str(n)): news for n in range(2)}

    found = read_articles(SOURCE, items, known, NOW, 1)

    assert [each.backlog for each in found if isinstance(each, Article)] == [
        False, False, False, True,
    ]  # fmt: skip


def test_all_that_goes_in_and_comes_out_can_be_sent_to_another_process() -> None:
    def sent(value: Any) -> Any:
        return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own

    assert sent(read_articles(*sent((SOURCE, [(ITEM,)], {}, NOW, None)))) == [article()]


def test_of_undated_articles_of_a_new_source_the_first_are_the_newest() -> None:
    found = batch(FRESH_ARTICLES, [""] * (FRESH_ARTICLES + 2))

    assert found == [False] * FRESH_ARTICLES + [True] * 2


def test_the_same_article_twice_counts_once_among_the_newest() -> None:
    items = [
        (replace(ITEM, key=f"http://manabi.example/{n // 2}"),) for n in range(2 * FRESH_ARTICLES)
    ]

    found = read_articles(SOURCE, items, {}, NOW, room=FRESH_ARTICLES)

    assert not any(each.backlog for each in found if isinstance(each, Article))


def test_the_same_items_give_the_same_articles() -> None:
    """A second run must change nothing."""
    one = article()
    known = Known(first_seen=one.first_seen, published=one.published, dated_by=one.dated_by)

    assert article(known=known, now=NOW + DAY) == one


def test_without_a_summary_the_first_paragraph_that_says_something_is_quoted() -> None:
    paragraph = "公開研究会が開かれ、県の内外から百人をこえる教師が教室を訪れて子どもの姿を見た。"
    body = f"<p>【東京】</p><p>{paragraph}</p><p>{paragraph}</p>"
    assert article(replace(ITEM, summary="", body=body)).summary == f"【東京】\n{paragraph}"
