"""Plain feeds are read as feedparser reads them; whatever is not plain is left to it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import event, example, given, reject, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Parsed, Source
from aggregator.parse import charset, feed, fragment, guard, plain
from aggregator.parse.entry import item_of
from aggregator.parse.plain import Odd, Plain
from tests.parse import cases, corpus, made_feeds

FLOORS = json.loads((Path(__file__).parent / "quick_floors.json").read_text("utf-8"))

ADDRESS = "http://feeds.example/list/index.xml"

ITEM = "<rss version='2.0'><channel><item>{0}</item></channel></rss>"
ENTRY = '<feed xmlns="http://www.w3.org/2005/Atom">{0}<entry><title>t</title></entry></feed>'


def xml_of(document: Document, source: Source) -> str:
    """The text that the parsers get."""
    return guard.guarded(
        charset.decode(
            document.body,
            content_type=document.content_type,
            charset=source.charset,
            language=source.language,
        ).text
    ).xml


def differences(xml: str) -> list[Any]:
    """What of a guarded feed is not read alike: pairs of ours and feedparser's; [] if not plain."""
    ours = plain.read(xml)
    if isinstance(ours, Odd):
        return []
    theirs = feed.read_slowly(xml)
    told = [ours.feed.get(name) or "" for name in SAID]
    said = [value if isinstance(value := theirs.feed.get(name), str) else "" for name in SAID]
    pairs: list[Any] = [
        (is_atom(ours.version), is_atom(theirs.version)),
        (len(ours.entries), len(theirs.entries)),
        (True, theirs.well_formed),
        (told, said),
    ]
    exact = ours.version == "atom10"
    for mine, other in zip(ours.entries, theirs.entries, strict=False):
        pairs.append(
            (item_of(mine, ADDRESS, exact=exact), item_of(dict(other), ADDRESS, exact=exact))
        )
    return [(mine, other) for mine, other in pairs if mine != other]


SAID = ("ttl", "sy_updateperiod", "sy_updatefrequency")


def is_atom(version: str) -> tuple[bool, bool]:
    return version == "atom10", version.startswith("atom")


def is_plain(feed: str) -> bool:
    return isinstance(plain.read(guard.guarded(feed).xml), Plain)


def in_corpus(shared: Path, kind: str) -> Iterable[tuple[str, Document, Source]]:
    for row in corpus.rows(shared / "corpus", kind):
        yield row["file"], corpus.document_of(shared / "corpus", row), corpus.source_of(row)


@pytest.mark.parametrize("kind", ["feeds", "feeds_encoding", "feeds_illformed"])
def test_real_feeds_are_read_alike(shared: Path, kind: str) -> None:
    different = {}
    for file, document, source in in_corpus(shared, kind):
        try:
            different[file] = differences(xml_of(document, source))
        except ParseError:
            continue

    assert {file: found for file, found in different.items() if found} == {}


def test_most_real_feeds_are_plain(shared: Path) -> None:
    read = [
        plain.read(xml_of(document, source)) for _, document, source in in_corpus(shared, "feeds")
    ]

    assert sum(isinstance(one, Plain) for one in read) >= FLOORS["corpus"] * len(read)


@pytest.mark.parametrize("folder", cases.folders(), ids=lambda folder: folder.name)
def test_a_case_is_read_alike(folder: Path) -> None:
    case = cases.load(folder)
    if case.source.format not in ("rss", "atom") or case.document.role != "source":
        return
    try:
        xml = xml_of(case.document, case.source)
    except ParseError:
        return

    assert differences(xml) == []


@settings(deadline=None, max_examples=200)  # the machine may be busy
@given(made=made_feeds.feeds())
# What differed once:
@example(ITEM.format("<author>Kim</author><author><name>Lee</name></author><title>x</title>"))
@example(ITEM.format("<description>x</description><description>y &amp;amp; z</description>"))
@example(ITEM.format("<pubDate>Fri, 2006/99/15 08:19:53 EDT</pubDate><title>x</title>"))
@example(ITEM.format("<link>http://x.example/?a=1&amp;amp;b;=2</link>"))
@example(ITEM.format("<guid>1</guid><link>/a</link>"))
@example(ITEM.format("<title/><title>x</title><title>y</title>"))
@example(ITEM.format("<title>&#146;x&#233;</title><author>Ã©tude</author>"))
@example(ITEM.format("<author>x <a href='y'>z</a></author><title>x</title>"))
@example(ITEM.format("<link rel='enclosure' href='http://x.example/a.mp3'/>"))
@example(ITEM.format("<title>x</title><source><title>y</title></source><title>z</title>"))
@example(ITEM.format("<category domain='d'>t</category><category>t</category><category/>"))
def test_feeds_of_all_kinds_are_read_alike(made: str) -> None:
    xml = guard.guarded(made).xml
    event(f"plain: {isinstance(plain.read(xml), Plain)}")

    assert differences(xml) == []


def test_many_of_the_made_feeds_are_plain() -> None:
    """Else the comparison would be of little use."""
    found: list[bool] = []

    @settings(deadline=None, max_examples=100, database=None, derandomize=True)
    @given(made=made_feeds.feeds())
    def read(made: str) -> None:
        found.append(is_plain(made))

    read()

    assert sum(found) >= FLOORS["made"] * len(found)


@pytest.mark.parametrize(
    "inside",
    [
        "<title>a <b>bold</b> word</title>",
        "<title type='text/x-markdown'>a</title>",
        "<content mode='base64' type='application/octet-stream'>YQ==</content>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><svg/></div></content>",
        "<description type='xhtml'><title>x</title></description>",
        "<link>http:////news.example/x</link>",
        "<link url='http://news.example/'/>",
        "<pubDate>Fri, 2006/99/15 08:19:53 EDT</pubDate>",
        "<author>a@b.example (A)</author><author>B</author>",
        "<author><name>A</name></author><author><email>b@b.example</email></author>",
        "<textInput><name>x</name></textInput>",
        "<image><title>x</title></image>",
        "<name>x</name>",
        "<links>x</links>",
        "<tags>x</tags>",
        "<title_detail>x</title_detail>",
        "<x:detail xmlns:x='http://unknown.example/'><title>x</title></x:detail>",
        "<x:title xmlns:x='http://u.example/' xmlns:y='http://u.example/'>x</x:title>",
        "<t:detail xmlns:t='http://a.example/'/><t:detail xmlns:t='http://b.example/'/>",
        "<content:encoded xmlns:content='http://purl.org/dc/elements/1.1/'>x</content:encoded>",
        "<link x:href='http://evil.example/' xmlns:x='http://u.example/'>http://n.example/</link>",
        "<title xml:base='javascript:x'>x</title>",
        "<title base='http://other.example/'>x</title>",
        "<title><![CDATA[x]]>&undefined;</title>",
        "<title>x</titel>",
        "<item><title>x</title></item>",
        "<channel><title>x</title></channel>",
        "<title Type='html' type='text'>x</title>",
        "<fullitem>x</fullitem>",
        "<body xmlns='http://www.w3.org/1999/xhtml'>x</body>",
        "<a>" * 2000 + "</a>" * 2000,
    ],
)
def test_a_hostile_item_is_never_taken(inside: str) -> None:
    assert is_plain(ITEM.format("<title>x</title>"))
    assert not is_plain(ITEM.format(inside))


@pytest.mark.parametrize(
    "around",
    [
        "<summary>x</summary>",
        "<content>x</content>",
        "<textInput><image/></textInput>",
        "<info type='text/html' xml:lang='ja'><div>x</div></info>",
        "<email>x</email>",
        "<author><ttl>5</ttl></author>",
        "<links>x</links>",
        "<channel/>",
        "<title type='audio/mpeg'>x</title>",
    ],
)
def test_a_hostile_surrounding_is_never_taken(around: str) -> None:
    assert is_plain(ENTRY.format("<title>x</title>"))
    assert not is_plain(ENTRY.format(around))


@pytest.mark.parametrize(
    "document",
    [
        "<html><body/></html>",
        "<opml/>",
        "<channel><item/></channel>",
        '<x:feed xmlns:x="http://unknown.example/"/>',
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://www.w3.org/2005/Atom"/>',
        '<feed xmlns:r="http://purl.org/rss/1.0/" xmlns="http://www.w3.org/2005/Atom"/>',
        '<feed xmlns="http://purl.org/atom/ns#" xmlns:a="http://www.w3.org/2005/Atom"/>',
        "",
    ],
)
def test_another_document_is_never_taken(document: str) -> None:
    assert not is_plain(document)


# Whole addresses are passed over quickly: joining must leave them as they are.
ADDRESSES = st.one_of(
    st.from_regex(r"\A(?:https?:/{1,3}[a-zA-Z.:@\[0-9-]{0,6})?[/?#;.a%\\é \t]{0,8}\Z"),
    st.from_regex(r"\A(?:/[a.~%-]{0,3}){1,3}/?(?:\?[a=;#]{0,3})?\Z"),
    st.text(max_size=12),
)


@settings(deadline=None)
@given(
    base=st.sampled_from(
        ["http://news.example/a/b?c", "https://news.example/", "http://news.example", "", "x:y"]
    ),
    address=ADDRESSES,
)
def test_joining_quickly_is_joining(base: str, address: str) -> None:
    try:
        joined = urljoin(base, address)
    except ValueError:
        joined = address

    assert fragment.joined(base, address) == joined


@settings(deadline=None)
@given(address=ADDRESSES.map(str.strip))
def test_a_whole_address_is_given_as_joining_gives_it(address: str) -> None:
    try:
        joined = urljoin(ADDRESS, address)
        parts = urlsplit(joined)
    except ValueError:
        reject()
    found = fragment.web_address(ADDRESS, address)

    if parts.scheme in ("http", "https") and parts.netloc:
        assert found == f"{parts.scheme}:{joined.partition(':')[2]}"
    else:
        assert found == ""


def parsed(body: str, **of_source: Any) -> Parsed:
    """What `feed.parse_feed` gives of a feed."""
    document = Document(
        source_id="x",
        url=ADDRESS,
        role="source",
        final_url=ADDRESS,
        content_type="application/xml; charset=utf-8",
        body=body.encode(),
    )
    return feed.parse_feed(document, corpus.source_of({"language": "en", **of_source}))


#: What makes feedparser read a feed.
ODD = "<fullitem/>"


@pytest.mark.parametrize("odd", ["", ODD])
@pytest.mark.parametrize(
    ("said", "refresh_s"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl> 5 </ttl>", 300),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>600000</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            21_600,
        ),
        ("<sy:updateFrequency>2</sy:updateFrequency>", 43_200),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            None,
        ),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 31_536_000),
        ("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        ("<title>x</title>", None),
    ],
)
def test_a_feed_says_how_seldom_it_asks_to_be_fetched(
    said: str, refresh_s: int | None, odd: str
) -> None:
    space = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    inside = f"{said}<item><guid>1</guid>{odd}</item>"
    body = f"<rss version='2.0' {space}><channel>{inside}</channel></rss>"

    assert is_plain(body) is not bool(odd)
    assert parsed(body).refresh_s == refresh_s
