"""JSON and JSON Feed, beyond the cases."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Enclosure, Parsed
from aggregator.parse.api.jsonfeed import parse_json_feed
from aggregator.parse.api.jsontext import read_json
from tests.parse.test_anything import sound, source

ADDRESS = "https://news.example/feed.json"


def document(body: bytes) -> Document:
    return Document(
        source_id="x",
        url=ADDRESS,
        role="source",
        final_url=ADDRESS,
        content_type="application/json",
        body=body,
    )


def value(body: bytes) -> Any:
    return read_json(document(body), source("json-feed"))


def feed(*items: Any) -> Parsed:
    body = json.dumps({"items": items}).encode()
    return parse_json_feed(document(body), source("json-feed"))


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_unicode_is_told_by_the_first_bytes(codec: str) -> None:
    assert value('{"a": "学び"}'.encode(codec)) == {"a": "学び"}


def test_another_charset_is_detected() -> None:
    assert value('["学びの共同体の公開研究会で、語り合う。"]'.encode("cp932"))[0].startswith(
        "学びの"
    )


def test_of_a_name_that_comes_twice_the_last_counts() -> None:
    assert value(b'{"a": 1, "a": 2}') == {"a": 2}


@pytest.mark.parametrize("depth", [65, 1_000, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_what_is_nested_too_deep_is_refused(depth: int, opening: str) -> None:
    closing = "]" if opening == "[" else "}"

    with pytest.raises(ParseError, match="nested"):
        value((opening * depth + "1" + closing * depth).encode())


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    with pytest.raises(ParseError, match=number):
        value(f"[{number}]".encode())


@pytest.mark.parametrize("digits", ["9" * 5_000, "1e999", "-1e999"])
def test_a_number_too_large_stays_a_text(digits: str) -> None:
    assert value(f"[{digits}]".encode()) == [digits]


def test_a_large_id_keeps_all_its_digits() -> None:
    assert value(b"[123456789012345678901234567890]") == [123456789012345678901234567890]


def test_halves_of_characters_and_control_characters_do_not_stay() -> None:
    assert value(rb'["\ud800a\u0000\u001b\ud83d\ude00"]') == ["\ufffda😀"]


@pytest.mark.parametrize("wrapped", ["f({});", "/**/ jQuery_1.cb( {} )\n", "a.b({})"])
def test_a_call_around_the_value_is_left_out(wrapped: str) -> None:
    assert value(wrapped.replace("{}", '{"a": 1}').encode()) == {"a": 1}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty document"),
        (b"  \n", "empty document"),
        (b"Not Found", "a text that begins 'Not Found'"),
        (b"<html><head></head></html>", "an HTML page without a title"),
        (b'{"a": 1,\n "b" 2}', "broken at line 2, column 6"),
        (b'{"a": 1} x', "broken at line 1, column 10"),
        (b"[1", "broken at line 1, column 3"),
    ],
)
def test_what_is_no_json_is_named(body: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        value(body)


def test_an_item_without_id_and_link_has_a_key_of_its_own() -> None:
    keys = [item.key for item in feed({"title": "a"}, {"title": "b"}).items]

    assert len(set(keys)) == 2
    assert all(keys)


@pytest.mark.parametrize("size", [-1, 2**63, "7", None, True, [1]])
def test_a_size_that_is_none_is_left_out(size: Any) -> None:
    (item,) = feed({"id": "1", "attachments": [{"url": "/a", "size_in_bytes": size}]}).items

    assert item.enclosures == (Enclosure(url="https://news.example/a"),)


NAMES = ["id", "url", "title", "content_html", "content_text", "summary", "authors", "author"]
NAMES += ["name", "tags", "attachments", "items", "size_in_bytes", "date_published"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=20,
)


@settings(deadline=None)  # the machine may be busy
@given(items=st.lists(VALUES, max_size=5))
def test_items_of_any_shape_can_be_stored(items: list[Any]) -> None:
    try:
        parsed = feed(*items)
    except ParseError as err:
        assert "NaN" in str(err) or "Infinity" in str(err)
        return

    assert all(sound(item) for item in parsed.items)


@settings(deadline=None)  # the machine may be busy
@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from(['{"items":', "[", "]", "}", '"a"', ",", ":", "1", "\\", "学"])).map(
        lambda pieces: "".join(pieces).encode()
    )
)
def test_any_bytes_give_items_or_a_parse_error(body: bytes) -> None:
    try:
        parsed = parse_json_feed(document(body), source("json-feed"))
    except ParseError as err:
        assert str(err)
        return

    assert all(sound(item) for item in parsed.items)
