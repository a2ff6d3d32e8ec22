"""Ids: the same for ever, whatever else changes."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.normalize import article_id


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
