"""APIs as sources describe them, beyond the cases."""

import json
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Api, Document, Item, Parsed, Source
from aggregator.parse.api import parse_api
from tests.parse.test_anything import sound

ADDRESS = "https://api.example/v1/list?q=%E5%AD%A6&page=1&appid={key}"


def source(format: Literal["json-api", "xml-api"], api: Api, language: str = "ja") -> Source:
    return Source(
        id="x",
        name="x",
        name_en="x",
        country="jp",
        language=language,
        homepage="https://api.example/",
        url=ADDRESS,
        format=format,
        kinds=("research",),
        timezone="Asia/Tokyo",
        api=api,
    )


def document(
    body: bytes, url: str = ADDRESS, role: Literal["source", "list"] = "source"
) -> Document:
    return Document(
        source_id="x",
        url=url,
        role=role,
        final_url="https://api.example/v1/list",
        content_type="",
        body=body,
    )


def described(records: str, **fields: str) -> Api:
    return Api(records=records, fields=tuple(fields.items()))


def from_json(record: Any, language: str = "ja", **fields: str) -> Item:
    body = json.dumps({"items": [record]}).encode()
    api = described("items", **fields)
    (item,) = parse_api(document(body), source("json-api", api, language)).items
    return item


def from_xml(record: str, language: str = "ja", **fields: str) -> Item:
    body = f"<list xmlns:dc='urn:dc' xmlns:x='urn:x'><r id='0'>{record}</r></list>".encode()
    (item,) = parse_api(document(body), source("xml-api", described("r", **fields), language)).items
    return item


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("a < b &amp; c & d", "a &lt; b &amp; c &amp; d"),
        ("x <em>y</em>", "x <em>y</em>"),
        ("if x <y and z> w", "if x &lt;y and z&gt; w"),
        (2026, "2026"),
        (1.5, "1.5"),
        (True, "true"),
        (None, ""),
        ([], ""),
        ("  two\n lines ", "two lines"),
        (["one", "two", None, 3], "one; two; 3"),
        ([["one"], ["two"]], "one; two"),
        ({"@value": "学び"}, "学び"),
        ({"unknown": "x"}, ""),
        ({"ja": "学び", "en": "learning"}, "学び"),
        ({"ja-Hira": "まなび", "en": "learning"}, "まなび"),
        ({"vi": "học", "en": "learning"}, "học"),
        ({"id": "502"}, ""),
        ([{"@language": "en", "@value": "a"}, {"@language": "ja", "@value": "い"}], "い"),
        ([{"@language": "en", "@value": "a"}, {"@value": "?"}], "?"),
        ([{"@language": "en", "@value": "a"}, {"@language": "en", "@value": "b"}], "a; b"),
        ([{"@language": "zh", "@value": "一"}, {"@language": "en", "@value": "b"}], "一"),
    ],
)
def test_what_json_may_hold_as_a_title(value: Any, title: str) -> None:
    assert from_json({"t": value, "id": "1"}, id="id", title="t").title == title


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("title", "学び; 聴き"),
        ("dc:title", "学び"),
        ("x:title", "聴き"),
        ("unknown:title", "学び; 聴き"),
        ("names/name", "甲; 乙"),
        ("names/name[2]", "乙"),
        ("names/name[@role='b']", "乙"),
        ("names/name/@role", "a; b; b"),
        ("names/name/@x:role", "a; b; b"),
        ("@id", "0"),
        ("./@id", "0"),
        (".//deep", "底"),
        ("missing | names/name[1] | title", "甲"),
        ("missing", ""),
        ("names/@missing", ""),
        ("lang", "日本語"),
        ("{@id}: {names/name}", "0: 甲"),
        ("{@id}{missing} | {names/name}さん", "甲さん"),
        ("{@id}{missing}", ""),
    ],
)
def test_where_a_title_may_stand_in_xml(path: str, title: str) -> None:
    record = """
        <dc:title>学び</dc:title><x:title>聴き</x:title>
        <names><name role='a'>甲</name><name x:role='b' role='b'>乙</name></names>
        <a><deep>底</deep></a>
        <lang xml:lang='en'>English</lang><lang xml:lang='ja'>日本語</lang>"""

    assert from_xml(record, title=path, link="@id").title == title


def test_all_text_inside_an_element_is_its_text() -> None:
    assert from_xml("<t>a <b>b</b>\n<![CDATA[<c>]]></t>", title="t").title == "a b &lt;c&gt;"


@pytest.mark.parametrize("path", ["list/r", "/list/r", "r", "/r", "//r", "x:list/r"])
def test_records_are_found_from_the_root(path: str) -> None:
    body = b"<list xmlns='urn:d'><r><t>a</t></r><r><t>b</t></r></list>"
    api = described(path, title="t")

    assert len(parse_api(document(body), source("xml-api", api)).items) == 2


def test_one_record_may_stand_without_a_list() -> None:
    body = b'{"record": {"t": "a"}}'

    parsed = parse_api(document(body), source("json-api", described("record", title="t")))

    assert [item.title for item in parsed.items] == ["a"]


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Sato, M.; Li, W.", ("Sato, M.", "Li, W.")),
        ("O&#39;Neill; Smith &amp; Co", ("O'Neill", "Smith &amp; Co")),
        (["Li", "Li", " "], ("Li",)),
        ("佐藤；李", ("佐藤", "李")),
        (None, ()),
    ],
)
def test_a_semicolon_parts_two_authors(told: Any, names: tuple[str, ...]) -> None:
    assert from_json({"a": told, "id": 1}, id="id", authors="a").authors == names


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://[", "", None, "mailto:a@b.example"]
)
def test_an_address_that_is_none_on_the_web_is_left_out(address: Any) -> None:
    item = from_json({"a": address, "id": 1}, id="id", link="a", attachment="a")

    assert (item.link, item.enclosures) == ("", ())


def test_fields_without_a_place_in_the_item_are_details_in_plain_text() -> None:
    item = from_json({"k": ["<i>A</i> &amp; B", "C"], "id": 1}, id="id", doi="k", issn="none")

    assert item.details == (("doi", "A & B"), ("doi", "C"))


def test_a_template_may_hold_any_path() -> None:
    item = from_json({"a": {"b-c": 7}, "d": ["x", "y"]}, link='https://e.example/{a."b-c"}/{d[1]}')

    assert item.link == "https://e.example/7/y"


def test_the_old_way_to_write_a_word_in_jmespath_works() -> None:
    assert (
        from_json({"a": [{"b": "x", "c": "y"}], "id": 1}, id="id", title="a[?b==`x`].c").title
        == "y"
    )


# --- paging


def following(api: Api, body: str, url: str = ADDRESS, format: str = "json-api") -> list[str]:
    assert format in ("json-api", "xml-api")
    role: Literal["source", "list"] = "source" if url == ADDRESS else "list"
    found = parse_api(document(body.encode(), url, role), source(format, api))  # type: ignore[arg-type]
    assert all(each.role == "list" for each in found.requests)
    return [each.url for each in found.requests]


def counting(step: int = 1) -> Api:
    return Api(records="items", fields=(("title", "t"),), parameter="page", step=step)


def test_the_secret_and_all_else_in_the_address_stays_to_the_letter() -> None:
    assert following(counting(), '{"items": [{"t": "a"}]}') == [
        "https://api.example/v1/list?q=%E5%AD%A6&page=2&appid={key}"
    ]


def test_a_further_page_counts_on_from_its_own_address() -> None:
    url = "https://api.example/v1/list?page=101"

    assert following(counting(100), '{"items": [{"t": "a"}]}', url) == [
        "https://api.example/v1/list?page=201"
    ]


def test_after_a_page_without_records_there_is_none() -> None:
    assert following(counting(), '{"items": []}') == []


def test_a_parameter_is_not_found_inside_another() -> None:
    url = "https://api.example/?mypage=1&pages=2"

    with pytest.raises(ParseError, match="'page='"):
        following(counting(), '{"items": [{"t": "a"}]}', url)


@pytest.mark.parametrize(
    ("told", "url"),
    [
        ('"/v1/list?after=x"', ["https://api.example/v1/list?after=x"]),
        ("null", []),
        ('""', []),
        ('"javascript:x"', []),
    ],
)
def test_the_answer_may_name_its_next_page(told: str, url: list[str]) -> None:
    api = Api(records="items", fields=(("title", "t"),), next="next")

    assert following(api, f'{{"items": [{{"t": "a"}}], "next": {told}}}') == url


def test_xml_may_name_its_next_page_in_an_attribute() -> None:
    api = Api(records="e", fields=(("title", "t"),), next="link[@rel='next']/@href")
    links = "<link rel='self' href='a'/><link rel='next' href='?p=2'/>"
    body = f"<f xmlns='urn:a'>{links}<e><t>a</t></e></f>"

    assert following(api, body, format="xml-api") == ["https://api.example/v1/list?p=2"]


# --- what the API says itself


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"error": "no such key"}', "no such key"),
        ('{"error": {"message": "no such key"}}', "no such key"),
        ('{"errors": [{"message": "no such key"}]}', "no such key"),
        ('{"status": {"message": "no such key"}}', "no such key"),
        ('{"items": [], "error": "no such key"}', "no such key"),
        ('{"Message": "no such key"}', "no such key"),
        ('{"items": 7}', "the path 'items' found nothing; the answer holds 'items'"),
        ("[]", "the answer holds nothing"),
        ("7", "got a text that begins '7'|found nothing"),
    ],
)
def test_an_answer_without_records_is_repeated(body: str, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        parse_api(document(body.encode()), source("json-api", described("items", title="t")))


@pytest.mark.parametrize(
    "body",
    [
        '{"items": []}',
        '{"items": [], "error": null, "message": "OK"}',
        '{"items": [], "error": false}',
        '{"items": [], "error": 0}',
        '{"total": 0}',
        '{"response": {"numFound": 0}}',
        '{"status": "ERR_001", "message": "none"}',
    ],
)
def test_no_hits_are_no_failure(body: str) -> None:
    parsed = parse_api(document(body.encode()), source("json-api", described("items", title="t")))

    assert parsed == Parsed(items=())


def test_a_page_after_the_last_may_say_nothing() -> None:
    found = document(b'{"items": null, "total": 691}', "https://api.example/?page=30", "list")

    assert parse_api(found, source("json-api", counting())) == Parsed(items=())


@pytest.mark.parametrize("path", ["a[", "a[?b", "length(a, b)", "to_number()", "abs(@)"])
def test_a_path_that_is_none_in_json_is_named(path: str) -> None:
    with pytest.raises(ParseError, match=r"the path .* cannot be followed"):
        from_json({"id": 1}, title=path)


@pytest.mark.parametrize("path", ["a[", "a[b", "/a", "a[@b=", "a(b)", "a[0]"])
def test_a_path_that_is_none_in_xml_is_named(path: str) -> None:
    with pytest.raises(ParseError, match=r"the path .* cannot be followed"):
        from_xml("<a/>", title=path)


# --- anything

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["items", "a", "b", "@value", "@language", "ja", "id", "error"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
FIELDS = {
    "id": "id",
    "title": "a",
    "body": "b",
    "link": "a",
    "authors": "b",
    "attachment": "b[]",
    "doi": "{a}{b}",
}


def read(body: bytes, format: Literal["json-api", "xml-api"], api: Api) -> Parsed | None:
    try:
        return parse_api(document(body), source(format, api))
    except ParseError as err:
        assert str(err)
        return None


@settings(deadline=None)  # the machine may be busy
@given(value=JSON)
def test_json_of_any_shape_gives_items_or_a_parse_error(value: Any) -> None:
    parsed = read(json.dumps(value).encode(), "json-api", described("items", **FIELDS))

    assert parsed is None or all(sound(item) for item in parsed.items)


@settings(deadline=None)  # the machine may be busy
@given(value=JSON)
def test_records_of_any_shape_give_items(value: Any) -> None:
    parsed = read(json.dumps({"items": [value]}).encode(), "json-api", described("items", **FIELDS))

    assert parsed is None or all(sound(item) for item in parsed.items)


PIECES = [
    "<l>",
    "</l>",
    "<r id='1'>",
    "</r>",
    "<a>",
    "</a>",
    "<x:b>",
    "&",
    "&#0;",
    "<![CDATA[",
    "]]>",
]


@settings(deadline=None)  # the machine may be busy
@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([*PIECES, "<!--", "<?x", "学", "<!DOCTYPE l [", "xmlns="])).map(
        lambda pieces: "".join(["<l>", *pieces, "</l>"]).encode()
    )
)
def test_xml_of_any_shape_gives_items_or_a_parse_error(body: bytes) -> None:
    api = described("r", id="@id", title="a | b", body=".", link="{a}", attachment=".//b")
    parsed = read(body, "xml-api", api)

    assert parsed is None or all(sound(item) for item in parsed.items)
