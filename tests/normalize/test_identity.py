"""Ids: the same for ever, whatever else changes."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import Article, Item
from aggregator.normalize import Known, article_id, read_articles
from tests import builders

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SOURCE = builders.source()


@settings(deadline=None)
@given(st.text(), st.text())
def test_an_id_is_a_uuid_of_version_5_and_always_the_same(source: str, key: str) -> None:
    source = source.encode("utf-8", "ignore").decode()

    assert UUID(article_id(source, key)).version == 5
    assert article_id(source, key) == article_id(source, key)


def test_the_id_of_an_article_never_changes() -> None:
    """Readers know entries by it: another namespace or form would show them all again."""
    assert (
        article_id("jp-manabi", "tag:manabi.example,2026:1")
        == "84fdc64e-893a-5123-9179-cfbb2219b6a3"
    )
    assert (
        article_id("jp-manabi", "http://manabi.example/1") == "32887942-9507-55eb-9d8e-67d820e2a135"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://s.example/1", "HTTP://S.example:80/1?utm_source=rss"),
        ("http://s.example/?a=1", "http://s.example?a=1&fbclid=x"),
        ("http://s.example/#!/1", "http://s.example/#!/1"),
        ("tag:s.example,2026:1", " tag:s.example,2026:1\n"),
        ("post-1", "post-1\ud800"),
    ],
)
def test_what_only_looks_different_has_one_id(one: str, other: str) -> None:
    assert article_id("s", one) == article_id("s", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://s.example/1", "http://s.example/2"),
        ("http://s.example/news#item1", "http://s.example/news#item2"),
        ("http://s.example/1", "https://s.example/1"),
        ("post-1", "POST-1"),
        ("1?utm_source=rss", "1"),
    ],
)
def test_what_is_different_has_two_ids(one: str, other: str) -> None:
    assert article_id("s", one) != article_id("s", other)


def test_two_sources_may_use_one_key() -> None:
    assert article_id("a", "1") != article_id("b", "1")


# --- what its source calls otherwise now ------------------------------------------------------


def items(number: int, *, first: int = 0) -> list[Item]:
    """What a site tells of: other headlines, ids and addresses."""
    return [
        Item(
            key=f"tag:school.example,2026:{n}",
            link=f"http://school.example/news/{n}.html",
            title=f"第{n}回公開研究会を開きました",
            summary="子どもたちの学びを語り合いました。",
            published="2026-11-18",
        )
        for n in range(first, first + number)
    ]


def read(
    found: list[Item], before: list[Article] | None = None, still: list[Item] | None = None
) -> list[Article]:
    """Read items as the flow does, once the articles that came before are known."""
    known = {
        each.id: Known(
            first_seen=each.first_seen,
            published=each.published,
            dated_by=each.dated_by,
            key=each.key,
            url=each.url,
            title=each.title,
        )
        for each in before or []
    }
    articles = read_articles(
        SOURCE, [[item] for item in found], known, NOW, None, {item.key for item in still or []}
    )
    assert all(isinstance(each, Article) for each in articles)
    return [each for each in articles if isinstance(each, Article)]


def ids(articles: list[Article]) -> list[str]:
    return [each.id for each in articles]


def test_new_ids_with_each_fetch_make_no_new_articles() -> None:
    before = read(items(2))
    anew = [replace(item, key=f"{item.key}?fetch=2") for item in items(2)]

    assert ids(read(anew, before)) == ids(before)


@pytest.mark.parametrize(
    "link",
    [
        "https://school.example/news/0.html",
        "http://www.school.example/news/0.html",
        "https://m.school.example/news/0.html?utm_source=x",
        "https://school.example/amp/news/0.html",
        "https://school.example/news/0.amp.html",
        "http://school.example/news/0.html?m=1",
    ],
)
def test_a_page_that_goes_by_its_address_has_one_id_under_all_of_them(link: str) -> None:
    by_address = [replace(item, key=item.link) for item in items(1)]
    before = read(by_address)
    twin = [replace(by_address[0], key=link, link=link, title="第0回公開研究会")]

    assert ids(read(twin, before)) == ids(before)


def test_a_site_that_moves_to_another_host_tells_of_the_same_articles() -> None:
    before = read(items(5))
    links = [item.link.replace("school.", "edu.") for item in items(6)]
    moved = [replace(item, link=link, key=link) for item, link in zip(items(6), links, strict=True)]

    after = read(moved, before)

    assert ids(after)[:5] == ids(before)
    assert after[0].url == "http://edu.example/news/0.html"
    assert after[5].id not in ids(before)
    assert ids(read(moved, after)) == ids(after)


def test_a_site_that_names_itself_in_its_headlines_is_known_by_them_too() -> None:
    named = [replace(item, title=f"{item.title} | {SOURCE.name}") for item in items(5)]
    before = read(named)
    flood = [
        replace(item, key=f"post-{n}", link=f"https://new.example/?p={n + 700}")
        for n, item in enumerate(named)
    ]

    assert ids(read(flood, before)) == ids(before)


def test_another_system_with_other_ids_and_addresses_is_a_flood_that_brings_nothing() -> None:
    before = read(items(10))
    flood = [
        replace(item, key=f"post-{n}", link=f"https://new.example/?p={n + 700}")
        for n, item in enumerate(items(11))
    ]

    after = read(flood, before)

    assert ids(after)[:10] == ids(before)
    assert after[10].id not in ids(before)


def test_a_headline_that_comes_again_beside_known_articles_is_news() -> None:
    before = read(items(10))
    again = replace(items(1)[0], key="new", link="http://school.example/2027/again.html")

    after = read([*items(10), again], before)

    assert len(set(ids(after))) == 11


def test_headlines_that_come_each_month_are_news_while_the_site_tells_of_others() -> None:
    """What did not change since it was read is not read again, but it is there."""
    before = read(items(10))
    monthly = [
        replace(item, key=f"may-{n}", link=f"http://school.example/may/{n}.html")
        for n, item in enumerate(items(3))
    ]

    after = read(monthly, before, still=items(7, first=3))

    assert not set(ids(after)) & set(ids(before))


def test_headlines_that_several_articles_have_name_none_of_them() -> None:
    weekly = [replace(item, title="学校だより") for item in items(6)]
    before = read(weekly)
    flood = [
        replace(item, key=f"post-{n}", link=f"https://new.example/?p={n}")
        for n, item in enumerate(weekly)
    ]

    assert not set(ids(read(flood, before))) & set(ids(before))


def test_two_pages_never_become_one_article_by_being_alike() -> None:
    before = read(items(1))
    (item,) = items(1)
    twins = [replace(item, key="a"), replace(item, key="b", link="http://x.example/news/0.html")]

    after = read(twins, before)

    assert after[0].id == before[0].id
    assert after[1].id != before[0].id


@pytest.mark.parametrize("change", ["ids", "host", "https"])
def test_an_edited_headline_is_no_news_where_all_others_kept_their_addresses(change: str) -> None:
    by_page = [
        replace(item, key=f"http://school.example/?p={n}") for n, item in enumerate(items(9))
    ]
    before = read(by_page)
    ways = {"ids": ("", ""), "host": ("school.", "edu."), "https": ("http:", "https:")}
    after = [
        replace(
            item,
            key=f"uuid-{n}" if change == "ids" else item.key.replace(*ways[change]),
            link=item.link.replace(*ways[change]),
        )
        for n, item in enumerate(by_page)
    ]
    after[3] = replace(after[3], title="お詫びと訂正")

    assert ids(read(after, before)) == ids(before)


def test_an_id_that_is_an_address_is_the_same_in_http_and_https() -> None:
    old = [replace(item, key=f"http://school.example/?p={n}") for n, item in enumerate(items(3))]
    before = read(old)
    one = replace(old[0], key="https://school.example/?p=0", link="https://school.example/a")
    one = replace(one, title="お詫びと訂正")

    assert ids(read([one], before, still=old[1:])) == ids(before)[:1]


def test_a_flood_is_known_by_headlines_that_carry_the_sites_name() -> None:
    def named(item: Item, name: str) -> Item:
        return replace(item, title=f"{item.title} | {name}")

    before = read([named(item, SOURCE.name) for item in items(5)])
    flood = [
        named(replace(item, key=f"post-{n}", link=f"https://new.example/?p={n}"), SOURCE.name_en)
        for n, item in enumerate(items(5))
    ]

    assert ids(read(flood, before)) == ids(before)


TWINS = [
    "https://school.example/news/0.html",
    "http://m.school.example/news/0.html",
    "http://school.example/sp/news/0.html",
    "http://school.example/news/0.html/amp/",
    "https://school-example.cdn.ampproject.org/c/s/school.example/news/0.html",
]


@pytest.mark.parametrize("link", TWINS)
def test_a_page_and_its_twin_in_one_list_are_one_article(link: str) -> None:
    page = replace(items(1)[0], key="http://school.example/news/0.html")
    twin = replace(page, key=link, link=link)

    both = read([page, twin])

    assert both[0].id == both[1].id
    assert [each.key for each in both] == [page.key, twin.key]
    assert set(ids(read([twin, page], both[:1]))) == {both[0].id}


def test_pages_of_other_headlines_are_no_twins() -> None:
    page = replace(items(1)[0], key="http://school.example/news/0.html")
    special = "http://school.example/sp/news/0.html"

    both = read([page, replace(page, key=special, link=special, title="特集：学び合い")])

    assert both[0].id != both[1].id


def test_what_stands_at_an_anchor_is_never_what_stood_at_another() -> None:
    links = [f"http://school.example/news#item{n}" for n in range(4)]
    listed = [
        replace(item, key=link, link=link) for item, link in zip(items(4), links, strict=True)
    ]
    before = read(listed[:3])

    after = read([listed[3], *listed[1:3]], before)

    assert after[0].id not in ids(before)
    assert ids(after)[1:] == ids(before)[1:]


@settings(deadline=None)
@given(number=st.integers(1, 8), fresh=st.integers(0, 3))
def test_an_unchanged_list_has_the_ids_it_had(number: int, fresh: int) -> None:
    before = read(items(number))

    after = read(items(number + fresh), before)

    assert ids(after)[:number] == ids(before)
    assert len(set(ids(after))) == number + fresh
