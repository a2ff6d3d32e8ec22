"""Feeds made up of what feeds are made of, in any order: plain ones, odd ones and broken ones."""

from html import escape

from hypothesis import strategies as st

ROOTS = [
    ("rss", 'version="2.0"'),
    ("rss", 'version="0.91"'),
    ("rss", "xml:lang='ja_JP' xml:base='http://base.example/a/'"),
    ("rdf:RDF", 'xmlns="http://purl.org/rss/1.0/"'),
    ("rdf:RDF", 'xmlns="http://my.netscape.com/rdf/simple/0.9/" xml:lang="ko"'),
    ("feed", 'xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hant"'),
    ("feed", 'xmlns="http://www.w3.org/2005/Atom" xml:base="http://base.example/b/"'),
    ("feed", 'xmlns="http://purl.org/atom/ns#" version="0.3"'),
    ("feed", 'version="1.0"'),
    ("atom:feed", ""),
    ("RSS", 'Version="2.0"'),
]

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "d": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/DTDs/Podcast-1.0.dtd",
    "h": "http://www.w3.org/1999/xhtml",
    "x": "http://unknown.example/",
}

#: Declarations that turn a prefix into another one's.
TRAPS = [
    'xmlns:dc="http://unknown.example/"',
    'xmlns:content="http://purl.org/dc/elements/1.1/"',
    'xmlns:title="http://unknown.example/2"',
    'xmlns:x="http://purl.org/dc/elements/1.1/"',
    'xmlns:y="http://unknown.example/"',
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
    'xmlns="http://unknown.example/"',
    'xmlns="http://www.w3.org/1999/xhtml"',
    'xmlns=""',
    'xmlns:u="http://backend.userland.com/rss2"',
]

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "\n  ",
            "学びの共同体 — 授業",
            "a &lt; b &amp;amp; c",
            "Q&amp;A",
            "&lt;p&gt;x&lt;/p&gt; &amp;nbsp;",
            '&lt;a href="x"&gt;y&lt;/a&gt;',
            "&lt;unknown&gt;x&lt;/unknown&gt;",
            "<![CDATA[<b>bold</b> & <i>x</i>]]>",
            "<![CDATA[ ]]>",
            "a<!-- no -->b<?pi x?>c",
            "&nbsp;&eacute;&amp;eacute;",
            "Ã©tude",
            "caf&#233;",
            "&#146;x&#150;",
            "&#xe3;&#x80;&#x80;",
            "http://news.example/1?a=1&amp;b=2",
            "http://news.example/1?a=1&amp;amp;b;=2",
            "http:////news.example/x",
            "/relative/1",
            "tag:news.example,2026:1",
            "http://[broken",
            "2026-11-16T08:15:00+09:00",
            "Mon, 16 Nov 2026 08:15:00 +0900",
            "Fri, 2006/99/15 08:19:53 EDT",
            "2026년 11월 16일",
            "Kim &lt;kim@news.example&gt;",
            "kim@news.example (Kim)",
            "山田 花子",
            "60",
            "-1",
            "hourly",
            "weekly",
            "doi:10.1234/ab.c",
            "a, b,, c",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12).map(
        escape
    ),
)

ATTRIBUTES = [
    'type="html"',
    'type="text"',
    "type='XHTML'",
    'type="text/html" mode="escaped"',
    'type="application/xhtml+xml" mode="xml"',
    'type="text/plain"',
    'type="image/png"',
    'mode="base64"',
    'isPermaLink="false"',
    'isPermaLink="true"',
    'rel="alternate"',
    'rel="Enclosure" length="12" title="a"',
    'rel="self"',
    'href="http://news.example/é?a=1&amp;b=2"',
    'href="a/b"',
    'href=""',
    'url="http://news.example/a.mp3" type="audio/mpeg" length="5"',
    'url="/a.pdf"',
    'term="t"',
    'scheme="s"',
    'label="l" term=""',
    'domain="d"',
    'xml:lang="vi_VN"',
    'xml:lang=""',
    'lang="th"',
    'xml:base="http://base.example/c/"',
    'xml:base="d/"',
    'xml:base="http://base.example"',
    'base="http://base.example/e/"',
    'rdf:about="http://news.example/about"',
    'rdf:resource="r"',
    'x:href="http://unknown.example/"',
    'x:y="z"',
    'Type="html"',
    'xml:space="preserve"',
    'src="http://news.example/s"',
    'lastmod="2026-11-16"',
    'foo="bar"',
]

NAMES = [
    *("title", "link", "description", "guid", "id", "summary", "content", "author", "category"),
    *("pubDate", "published", "updated", "modified", "issued", "created", "date", "language"),
    *("comments", "source", "enclosure", "ttl", "rights", "contributor", "generator", "image"),
    *("textInput", "name", "email", "uri", "url", "width", "info", "tagline", "subtitle"),
    *("dc:title", "dc:creator", "dc:date", "dc:subject", "dc:description", "dc:identifier"),
    *("dc:publisher", "dc:language", "dc:rights", "dc:contributor", "d:title", "dcterms:modified"),
    *("content:encoded", "sy:updatePeriod", "sy:updateFrequency", "prism:doi", "prism:volume"),
    *("media:title", "media:description", "media:group", "media:content", "media:keywords"),
    *("media:category", "media:thumbnail", "itunes:author", "itunes:summary", "itunes:keywords"),
    *("itunes:subtitle", "itunes:owner", "itunes:image", "itunes:explicit", "h:div", "h:body"),
    *("x:y", "x:title", "x:updated", "x:title_detail", "atom:link", "atom:updated", "atom:author"),
    *("links", "tags", "foo", "items", "webMaster", "managingEditor", "body", "fullitem", "TITLE"),
]

#: What feeds and items mostly hold, so that plain feeds come about as well.
AROUND = ["title", "link", "description", "language", "ttl", "sy:updatePeriod", "dc:date", "author"]
USUAL = [*NAMES[:13], "dc:creator", "dc:date", "content:encoded", "summary", "content", "x:y"]
HARMLESS = [
    'type="html"',
    'type="text"',
    'isPermaLink="false"',
    'rel="alternate" href="http://news.example/é?a=1&amp;b=2"',
    'rel="Enclosure" href="a.mp3" length="12" title="a"',
    'url="http://news.example/a.mp3" type="audio/mpeg" length="5"',
    'domain="d"',
    'term="t" label="l"',
    'xml:lang="vi_VN"',
    'xml:base="http://base.example/c/"',
]
WHOLE = [
    "<title type='xhtml'>{0}</title>",
    "<summary type='xhtml'>{0}</summary>",
    "<content type='application/xhtml+xml'>{0}</content>",
    "<content type='xhtml' xml:lang='ko' xml:base='http://base.example/g/'>{0}</content>",
    "<info type='text/html' mode='xml'>{0}</info>",
    "<author>{1}</author>",
    "<atom:author><name>Lee</name>{1}</atom:author>",
    "<source url='http://other.example/'>Other</source>",
    "<source><title>Other</title><id>other</id></source>",
    "<media:group><media:title>deep</media:title></media:group>",
    "<media:content url='v'><media:description>deep</media:description></media:content>",
    "<media:title>shallow</media:title>",
    "<media:category>m</media:category>",
    "<category term='t' label='l' scheme='s'/><category domain='s'>t</category>",
]

#: Markup inside texts.
MARKUP = [
    "<div xmlns='http://www.w3.org/1999/xhtml'>x <b class='a\"b'>y</b> &lt; z</div>",
    "<h:div>x<h:br/><h:a href='a' REL='Next'>y</h:a></h:div>",
    "<div>a</div><div>b</div>",
    " <div><p xml:lang='ja'>授業</p></div> ",
    "<div><svg/></div>",
    "<b>x</b> y",
    "<div xml:base='http://base.example/f/'><img src='i.png'/></div>",
    "<name>山田</name>",
    "<name>Kim</name><email>kim@news.example</email><uri>http://news.example/kim</uri>",
    "<email>kim@news.example</email>",
    "<title>inner</title><link href='http://inner.example/'/><id>inner</id>",
    "<media:title>deep</media:title><media:description>deeper</media:description>",
    "<x:y>z</x:y>",
    "<ttl>5</ttl>",
]


def _element(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.one_of(st.just(""), st.just(""), _attributes())
    inside = st.one_of(TEXTS, TEXTS, TEXTS, st.sampled_from(MARKUP))
    return st.builds(_written, names, attributes, inside)


def _attributes() -> st.SearchStrategy[str]:
    few = st.lists(st.sampled_from(ATTRIBUTES), min_size=1, max_size=2, unique_by=_attribute_name)
    return few.map(lambda told: "".join(f" {one}" for one in told))


def _attribute_name(told: str) -> str:
    return told.partition("=")[0]


def _written(name: str, attributes: str, inside: str) -> str:
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _plain(names: list[str]) -> st.SearchStrategy[str]:
    harmless = st.sampled_from(HARMLESS).map(lambda told: f" {told}")
    attributes = st.one_of(*[st.just("")] * 3, harmless)
    return st.builds(_written, st.sampled_from(names), attributes, TEXTS)


def _fields(names: list[str], most: int) -> st.SearchStrategy[str]:
    usual = _plain(names)
    whole = st.builds(
        str.format, st.sampled_from(WHOLE), st.sampled_from(MARKUP[:7]), st.sampled_from(MARKUP[7:])
    )
    odd = st.one_of(_element(st.sampled_from(NAMES)), _plain(NAMES))
    # One in twenty is odd: most feeds then have none, and some have one.
    kinds = st.sampled_from([usual] * 15 + [whole] * 4 + [odd])
    return st.lists(kinds.flatmap(lambda kind: kind), max_size=most).map("\n".join)


def _items(name: str) -> st.SearchStrategy[str]:
    attributes = st.sampled_from(["", "", "", "", " rdf:about='/a'", " xml:lang='id'", " foo='b'"])
    return st.lists(
        st.builds(_written, st.just(name), attributes, _fields(USUAL, 7)), max_size=3
    ).map("\n".join)


def _document(root: tuple[str, str], traps: list[str], around: str, items: str, after: str) -> str:
    name, attributes = root
    declared = [f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items()]
    names = {_attribute_name(one) for one in (*traps, *attributes.split())}
    kept = [one for one in declared if _attribute_name(one) not in names]
    if name == "feed" and "2005/Atom" not in attributes:  # an older Atom
        kept = [one for one in kept if not one.startswith("xmlns:atom=")]
        around, items, after = (text.replace("atom:", "") for text in (around, items, after))
    inside = f"{around}{items}{after}"
    if name == "rdf:RDF":
        inside = f"<channel>{around}</channel>{items}{after}"
    elif name in ("rss", "RSS"):
        inside = f"<channel>{inside}</channel>"
    return f"<{name} {' '.join((attributes, *kept, *traps))}>{inside}</{name}>"


# Built once: built in each example, they take a third of its time.
_NONE: list[str] = []
_SOME = st.one_of(*[st.just(_NONE)] * 4, st.lists(st.sampled_from(TRAPS), max_size=1))
_BEFORE, _AFTER = _fields(AROUND, 3), _fields(AROUND, 1)
_ITEMS = st.one_of(_items("item"), _items("entry"))


@st.composite
def feeds(draw: st.DrawFn) -> str:
    """A feed, most likely well-formed."""
    root = draw(st.sampled_from(ROOTS))
    taken = {_attribute_name(one) for one in root[1].split()}
    traps = [one for one in draw(_SOME) if _attribute_name(one) not in taken]
    return _document(root, traps, draw(_BEFORE), draw(_ITEMS), draw(_AFTER))
