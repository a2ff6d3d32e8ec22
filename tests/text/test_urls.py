"""Canonical addresses."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aggregator.errors import NormalizeError
from aggregator.text.urls import TRACKING_PARAMETERS, canonical_url, file_url, place_of

PIECES = st.sampled_from(
    [*"aZ9/.;=%&?#!~+ \\@:[]|'\"", "%7e", "%2F", "%2e", "%zz", "あ", "..", ";jsessionid=", "utm_a="]
)
PATHS = st.lists(PIECES | st.characters(), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://School.Example/A", "http://school.example/A"),
        ("http://school.example", "http://school.example/"),
        ("http://school.example?", "http://school.example/"),
        ("http://school.example:80/", "http://school.example/"),
        ("https://school.example:443/", "https://school.example/"),
        ("https://school.example:80/", "https://school.example:80/"),
        ("http://school.example./a", "http://school.example/a"),
        ("http://me:secret@school.example/a", "http://school.example/a"),
        ("http://学校.example/", "http://xn--48s290a.example/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://s.example/a#part", "http://s.example/a"),
        ("http://s.example/#!/news/1", "http://s.example/#!/news/1"),
        ("http://s.example/a?utm_source=rss&id=3", "http://s.example/a?id=3"),
        ("http://s.example/a?UTM_Campaign=x&mtm_kwd=y", "http://s.example/a"),
        ("http://s.example/a?b=2&a=1&&b=1", "http://s.example/a?b=2&a=1&b=1"),
        ("http://s.example/a?sid=7&from=list", "http://s.example/a?sid=7&from=list"),
        ("http://s.example/a;jsessionid=F00?b=1", "http://s.example/a?b=1"),
        ("http://s.example/a;JSessionID=F00/b;v=1", "http://s.example/a/b;v=1"),
        ("http://s.example/(S(a1b2c3d4e5f6))/news.aspx?id=1", "http://s.example/news.aspx?id=1"),
        ("http://s.example/(S(a1b2))/news", "http://s.example/(S(a1b2))/news"),
        ("http://s.example/a?id=1&amp;utm_source=rss", "http://s.example/a?id=1"),
        ("http://s.example/a?session_id=F0&b=1", "http://s.example/a?b=1"),
        ("http://s.example/?PHPSESSID=1&ASPSESSIONIDQQ=2&c=3", "http://s.example/?c=3"),
        ("http://s.example/%7euser/%e3%81%82", "http://s.example/~user/%E3%81%82"),
        (
            "http://s.example/あ い?q=東京",
            "http://s.example/%E3%81%82%20%E3%81%84?q=%E6%9D%B1%E4%BA%AC",
        ),
        ("http://s.example/%B3%D8%b9%BB", "http://s.example/%B3%D8%B9%BB"),
        ("http://s.example/100%?a[]=1|2", "http://s.example/100%25?a%5B%5D=1%7C2"),
        ("http://s.example/a/./b/../c", "http://s.example/a/c"),
        ("http://s.example/../../a/..", "http://s.example/"),
        ("http://s.example/a/.", "http://s.example/a/"),
        ("http://s.example/a/%2E%2E/b", "http://s.example/b"),
        ("http:\\\\s.example\\a?b=\\", "http://s.example/a?b=%5C"),
        ("http://s.example\\@other.example/", "http://s.example/@other.example/"),
        ("\x00 http://s.example/a\n\tb ", "http://s.example/ab"),
    ],
)
def test_one_address_has_one_form(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("b.html", "http://s.example/a/b.html"),
        ("/b", "http://s.example/b"),
        ("?id=2", "http://s.example/a/list?id=2"),
        ("//other.example/b", "http://other.example/b"),
        ("https://other.example/b", "https://other.example/b"),
    ],
)
def test_links_are_taken_from_where_they_stand(url: str, expected: str) -> None:
    assert canonical_url(url, "http://s.example/a/list?id=1") == expected


@pytest.mark.parametrize(
    "url",
    [
        "", "news/1", "mailto:a@s.example", "javascript:alert(1)", "ftp://s.example/a", "http://",
        "http:///a", "http://s.example:99999/", "http://s.example:x/", "http://[::1/", "http://a..b/",
        "http://s example/", "http://%73.example/", "http://s.example/\ud800", "http://<b>/",
        f"http://{'a' * 64}.example/", "data:text/html,x", "http://\u2100.example/",
    ],
)  # fmt: skip
def test_what_leads_to_no_page_is_refused(url: str) -> None:
    with pytest.raises(NormalizeError):
        canonical_url(url)


@settings(deadline=None)
@given(PATHS)
def test_the_canonical_form_is_its_own(path: str) -> None:
    try:
        url = canonical_url(f"http://s.example/{path}")
    except NormalizeError:
        assume(False)

    assert canonical_url(url) == url
    assert url.isascii()
    assert " " not in url


@settings(deadline=None)
@given(st.sampled_from(sorted(TRACKING_PARAMETERS)), st.integers(0, 999))
def test_how_a_reader_came_does_not_count(name: str, value: int) -> None:
    assert canonical_url(f"http://s.example/a?{name}={value}&id=1") == "http://s.example/a?id=1"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.s.example/news/が?b=2&a=1",
        "https://sp.s.example/news/%E3%81%8C?a=1&b=2",
        "https://s.example/wap/news/%E3%81%8B%E3%82%99/?a=1&b=2",
        "https://s.example/news/%25E3%2581%258C/amp?a=1&b=2",
        "https://s.example//news/が/index.html?a=1&b=2&view=mobile",
        "https://s.example/news/が?a=1&b=2&from=rss",
        "https://www.google.co.jp/amp/s/s.example/news/が?a=1&b=2",
        "https://s-example.cdn.ampproject.org/c/s/s.example/news/が?a=1&b=2",
    ],
)
def test_all_addresses_of_one_page_have_one_place(url: str) -> None:
    assert place_of(url) == "s.example/news/%E3%81%8C?a=1&b=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://s.example/a?id=1", "http://s.example/a?id=2"),
        ("http://spring.example/a", "http://ring.example/a"),
        ("http://s.example/spring/a", "http://s.example/a"),
        ("http://s.example/a?from=list", "http://s.example/a"),
        ("http://s.example/100%25", "http://s.example/100"),
        ("http://s.example/%B3%D8", "http://s.example/%B9%BB"),
        ("http://www.google.com/amp/news", "http://news/"),
    ],
)
def test_other_pages_have_other_places(one: str, other: str) -> None:
    assert place_of(one) != place_of(other)


@settings(deadline=None)
@given(PATHS)
def test_an_address_has_the_place_of_its_canonical_form(path: str) -> None:
    try:
        url = canonical_url(f"http://s.example/{path}")
    except NormalizeError:
        assume(False)

    assert place_of(f"http://s.example/{path}") == place_of(url) != ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTP://Files.example:80/a/../b.pdf#page=2", "http://files.example/b.pdf"),
        (
            "http://files.example/a.mp3?utm_source=rss&sig=a%2fb+c&x",
            "http://files.example/a.mp3?utm_source=rss&sig=a%2fb+c&x",
        ),
        ("http://files.example/資料 1.pdf?名=あ b", "http://files.example/%E8%B3%87%E6%96%99%201.pdf?%E5%90%8D=%E3%81%82%20b"),
        ("/b.pdf?", "http://s.example/b.pdf"),
        ("http://files.example/a?b=\n1", "http://files.example/a?b=1"),
    ],
)  # fmt: skip
def test_a_files_query_stays_as_it_is(address: str, expected: str) -> None:
    assert file_url(address, "http://s.example/news/1") == expected


@pytest.mark.parametrize(
    "address", ["ftp://files.example/a", "data:,x", "http://f.example/?\ud800"]
)
def test_what_leads_to_no_file_is_refused(address: str) -> None:
    with pytest.raises(NormalizeError):
        file_url(address)


@settings(deadline=None)
@given(st.text(st.sampled_from([*"abc/.:?#&=%;@[]é学 \\\t"]), max_size=20))
def test_the_quick_reading_of_plain_addresses_is_the_careful_one(rest: str) -> None:
    """Credentials, which are dropped, are enough for an address not to be plain."""
    found = []
    for host in ("s.example", "name@s.example"):
        try:
            found.append(canonical_url(f"http://{host}/{rest}"))
        except NormalizeError:
            found.append("none")

    assert found[0] == found[1]
