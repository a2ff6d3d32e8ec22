"""XML of any kind becomes a tree: mended where it is broken, refused where it is not whole."""

from datetime import timedelta
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aggregator.errors import ParseError
from aggregator.parse.xml import local, read_text, words

#: The longest that anything may take, however busy the machine.
DEADLINE = timedelta(seconds=2)

#: What XML is made of, and what breaks it.
PIECES = [
    "<a>", "</a>", "<b c='1'>", "</b>", "<x:y>", "<br>", "<br/>", "<![CDATA[", "]]>", "<!--", "-->",
    "<?", "?>", "<", ">", "&", "&amp;", "&nbsp;", "&x;", "&#xD800;", "&#0;", "'", '"', "\0", "学び",
    "<?xml version='1.0'?>", "<!DOCTYPE a [", "<!ENTITY x 'y'>", "]>", "<html>", "<a a=1 a=2>",
]  # fmt: skip

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"])


def written(text: str) -> str:
    return etree.tostring(read_text(text), encoding="unicode")


@settings(deadline=DEADLINE)
@given(text=st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_a_tree_or_a_parse_error(text: str) -> None:
    try:
        root = read_text(text)
    except ParseError as err:
        assert str(err)
        return

    assert isinstance(root.tag, str)


@settings(deadline=DEADLINE)
@given(text=st.text(LETTERS), broken=st.sampled_from(["", "<br>", "&", "&nbsp;", "</i>"]))
def test_any_text_survives_whatever_else_is_broken(text: str, broken: str) -> None:
    root = read_text(f"<a><b>{escape(text)}</b><c>{broken}</c></a>")

    assert words(root[0]) == text
    assert local(root[1]) == "c"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("<a>R & D ?b=1&c=2</a>", "<a>R &amp; D ?b=1&amp;c=2</a>"),
        ("<a b='?c=1&d=2'/>", '<a b="?c=1&amp;d=2"/>'),
        ("<a>&nbsp;&copy;&unheard-of; &notit;</a>", "<a>\xa0©&amp;unheard-of; &amp;notit;</a>"),
        ("<a>1 < 2</a>", "<a>1 &lt; 2</a>"),
        ("<a><b>x<br>y</b><b>z</b></a>", "<a><b>x<br>y</br></b><b>z</b></a>"),
        ("<a><b>x</i></b></a>", "<a><b>x</b></a>"),
        ("<a>&<![CDATA[1 & <b>]]></a>", "<a>&amp;1 &amp; &lt;b&gt;</a>"),
        ("<a>x\x0by&#8;</a>", "<a>xy\ufffd</a>"),
        ("<a>1</a>\n<br /><b>Warning</b>", "<a>1</a>"),
        ("<br />Warning<br />\n<?xml version='1.0'?><a>1</a>", "<a>1</a>"),
        ("<a><x:b>1</x:b></a>", "<a><x:b>1</x:b></a>"),
    ],
)
def test_mistakes_of_programs_are_mended(text: str, mended: str) -> None:
    assert written(text) == mended


def test_a_tag_that_never_ends_does_not_put_one_record_inside_another() -> None:
    root = read_text("<list><r><t>a<br>b</t></r><r><t>c<p>d</t></r></list>")

    assert [local(each) for each in root] == ["r", "r"]
    assert [words(each) for each in root] == ["a b", "c d"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty document"),
        (" \n", "empty document"),
        ("{'a': 1}", "a text that begins \"{'a': 1}\""),
        ("<html><head><title>Login &amp; more</title></head></html>", "titled 'Login & more'"),
        ("<!DOCTYPE html><p>Sorry<br>", "an HTML page without a title"),
        ("<a><b>1</b>", "broken in line 1"),
        ("<?xml version='1.0'?>\n\n<a>\n<b></a", "broken in line 4"),
        ("<a><b><![CDATA[</b></a>", "broken"),
    ],
)
def test_what_is_no_whole_xml_is_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason.replace("{", "\\{")):
        read_text(text)


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;',
    ],
)
def test_a_document_that_defines_entities_is_refused(subset: str) -> None:
    with pytest.raises(ParseError, match="entities of its own"):
        read_text(f"<!DOCTYPE a [{subset}]><a b='&b;'>&a;</a>")


def test_a_second_document_type_defines_nothing() -> None:
    root = read_text("<!DOCTYPE a><!DOCTYPE a [<!ENTITY x 'y'>]><a b='&x;'>&x;</a>")

    assert (root.get("b"), words(root)) == ("&x;", "&x;")


@pytest.mark.parametrize(
    "text",
    [
        "<a>" + "<" * 1_000_000 + "</a>",
        "<a>" + "<![CDATA[" * 100_000 + "</a>",
        "<a>" + "<b c='" * 200_000 + "</a>",
        "<a>" + "<b><c></b>" * 100_000 + "</a>",
        "<a>" + "<b>" * 100_000 + "</a>",
        "<a>&" + "x" * 11_000_000 + "</a>",
    ],
    ids=["signs", "sections", "quotes", "unended", "deep", "long"],
)
def test_what_is_made_to_take_long_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="broken"):
        read_text(text)
