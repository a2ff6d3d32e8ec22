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
from tests.attacks import ATTACKS, FAMILIES

BASE = "http://school.example/news/1.html"

#: What mixtures are made of besides: tags that parsers nest in different ways, and scraps of tags.
SOUP = [
    *(f"<{tag}>" for tag in sorted(TAGS)), *(f"</{tag}>" for tag in sorted(TAGS)),
    *(
        f"<{slash}{tag}>"
        for slash in ("", "/")
        for tag in (
            "image", "wbr", "svg", "math", "font", "form", "button", "select", "option", "center",
            "nobr", "object", "template", "title", "textarea", "xmp", "plaintext", "foreignObject",
            "annotation-xml", "mtext", "style", "section", "body", "frameset", "rb", "rtc",
        )
    ),
    "<img src=a.png width=1>", "<img src=//x.example/a.png title='<b>' {x}=1>", "<p hidden>",
    "<div style='display:none'>", "<!--", "-->", "<![CDATA[", "]]>", "<", "</", ">", '"', "'", "=",
    "&lt;", "&amp;", "&nbsp;", "&#13;", "&#x202e;", "&#0;", "\n", "\r", "\x00", "\u0338", "\u200b",
    "\ud800", " ", "x", "学",
]  # fmt: skip


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
    st.lists(st.sampled_from([*ATTACKS, *SOUP]) | st.text(max_size=5), max_size=6).map("".join),
    st.sampled_from(['<a title="', "<p>", "<!--", "<b><i", "&", "<table>", "</div>", "<img alt='"]),
)
def test_nothing_in_any_mixture_of_attacks_acts(attacks: str, before: str) -> None:
    assert dangers(sanitize(before + attacks, BASE)) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_sanitizing_an_attack_twice_changes_nothing_more(family: str) -> None:
    clean = [sanitize(text, BASE) for text in FAMILIES[family]]

    assert [sanitize(text, BASE) for text in clean] == clean


def test_text_that_a_table_cannot_hold_is_joined_to_the_text_before_and_scrubbed() -> None:
    assert sanitize("&lt;<table>&#x338;</table>", BASE) == "\u226e<table></table>"


@settings(deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*SOUP, *ATTACKS]) | st.text(max_size=3), max_size=8).map("".join)
)
def test_sanitizing_twice_changes_nothing_more(html: str) -> None:
    clean = sanitize(html, BASE)

    assert sanitize(clean, BASE) == clean


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(["", "http:", "//", "https://x.example/", "mailto:"]))
def test_a_link_leads_to_the_web_or_to_a_mailbox_and_stays_as_it_is(rest: str, start: str) -> None:
    clean = sanitize(f'<a href="{escape(start + rest)}">x</a>', BASE)

    assert dangers(clean) == []
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
        ("a &gt;&#x338; b", "a \u226f b"),
        ("<ul><li></li></ul><table><tr><td></td></tr></table>",
         "<ul><li></li></ul><table><tbody><tr><td></td></tr></tbody></table>"),
        ("<p></p><p>x</p>", "<p></p><p>x</p>"),
        ("a<wbr>b", "ab"),
        ("<xmp><b>x</b></xmp>", "&lt;b&gt;x&lt;/b&gt;"),
        ("<pre>\n\n one</pre>", "<pre> one</pre>"),
        ("<plaintext>x", "x"),
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
        '<img src="http://count.example/p.gif" width="1foo">',
        '<img src="http://count.example/p.gif" height=".5">',
        '<img src="http://count.example/p.gif" style="display:/**/none">',
        '<img src="http://count.example/p.gif" style="width:1px!important">',
        '<img src="http://count.example/p.gif" style="visibility: hidden">',
        '<img src="http://count.example/p.gif" style="opacity:0;float:left">',
        '<img src="http://count.example/p.gif" hidden>',
        '<image src="http://count.example/p.gif" width="1">',
        '<svg><style><img src="http://count.example/p.gif" width=1></style></svg>',
        '<noscript><img src="http://count.example/p.gif"></noscript>',
        '<img src="//pixel.wp.com/b.gif?v=noscript">',
        '<img src="http://feeds.feedburner.com/~r/school/~4/abc">',
    ],
)
def test_images_that_show_nothing_go_and_the_text_around_them_stays(image: str) -> None:
    assert sanitize(f"<p>before {image}after</p>", BASE) == "<p>before after</p>"


@pytest.mark.parametrize("hidden", ['style="display:none"', "hidden", 'style="VISIBILITY:hidden;"'])
def test_images_inside_what_is_hidden_go(hidden: str) -> None:
    html = f'<div {hidden}><b><img src="/p.gif">x</b></div><img src="/a.png">'

    assert sanitize(html, BASE) == ('<div><b>x</b></div><img src="http://school.example/a.png">')


@pytest.mark.parametrize(
    "size",
    [
        "", 'width="3"', 'width="100%"', 'width="auto"', 'style="max-width:1px"',
        'style="width:12px"', 'style="width:;height:auto"', 'style="opacity:0.9"',
    ],
)  # fmt: skip
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
