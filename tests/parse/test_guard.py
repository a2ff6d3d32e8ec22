"""What reaches the feed parser: nothing that makes it slow, wrong or curious."""

import pytest

from aggregator.errors import ParseError
from aggregator.parse.feed import _read
from aggregator.parse.guard import guarded

FEED = "<rss version='2.0'><channel/></rss>"


def test_blank_lines_before_the_feed_are_left_out() -> None:
    """The parser takes 100 s over 100 kB of them."""
    assert guarded("\n" * 100_000 + FEED).xml == guarded(FEED).xml


def test_a_name_without_end_is_dropped() -> None:
    """The parser takes 13 s to look for an e-mail address in this one."""
    xml = guarded(f"<rss><item><author>{'a' * 40_000}</author><title>x</title></item></rss>").xml

    assert "<author></author><title>x</title>" in xml


@pytest.mark.parametrize("author", ["<author>Kim</author>", "<dc:creator/>", "<author>"])
def test_other_names_and_all_that_follows_stay(author: str) -> None:
    feed = f"<rss><item>{author}<description>{'あ' * 2000}</description></item><item/></rss>"

    assert guarded(feed).xml.endswith(feed)


@pytest.mark.parametrize(
    "definition",
    [
        '<!ENTITY a "b">',
        '<!ENTITY nbsp "&b;&b;">',
        f'<!ENTITY nbsp "{"x" * 65}">',
        '<!ENTITY nbsp SYSTEM "http://127.0.0.1/">',
        '<!ENTITY % nbsp "x">',
        '<!entity a "]>">',
        "<!-- ' --><!ENTITY a 'b'>",
    ],
)
@pytest.mark.parametrize(
    "before", ["", "<?xml version='1.0'?>", "<!-- <rss> -->\n", "PHP Notice\n"]
)
def test_definitions_of_entities_are_refused(definition: str, before: str) -> None:
    with pytest.raises(ParseError, match="defines XML entities of its own"):
        guarded(f"{before}<!DOCTYPE rss [\n{definition}\n]>{FEED}")


def test_a_broken_document_type_hides_no_definition() -> None:
    with pytest.raises(ParseError, match="defines XML entities"):
        guarded(f"<!DOCTYPE rss [ ' <!ENTITY a 'b'>{FEED}")


def test_an_example_inside_an_item_is_no_definition() -> None:
    feed = "<rss><item><title><![CDATA[<!DOCTYPE x [<!ENTITY a 'b'>]>]]></title></item></rss>"

    assert guarded(feed).xml.endswith(feed)


def test_a_document_type_without_an_element_leaves_nothing() -> None:
    assert guarded("<!DOCTYPE rss [").root == ""


def test_a_text_that_only_breaks_the_parser_is_a_parse_error() -> None:
    """Without a root or an item there is nothing to read one by one."""
    with pytest.raises(ParseError, match="the feed is broken: TypeError"):
        _read("</width>")
