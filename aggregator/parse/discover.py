"""What a site offers to be read by: its home page -> feeds, repositories, calendars, sitemaps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import bs4

from aggregator.model import Document, Format
from aggregator.parse import charset, fragment
from aggregator.parse.html import tree
from aggregator.parse.html.tree import Tree
from aggregator.text.html import plain

#: Best first: feeds say most of an article and cost least to read, sitemaps say least.
_RANK: dict[Format, int] = {
    "atom": 0,
    "rss": 0,
    "json-feed": 1,
    "oai-pmh": 2,
    "ical": 3,
    "sitemap": 4,
}
_LAST = 5

#: Feeds of readers' comments: WordPress offers one on each page, beside that of the posts.
_COMMENTS = re.compile(
    r"/comments?/|comments?[-_ ]?(?:feed|rss)|コメント|댓글|评论|評論|回應|bình luận|ความ(?:คิด)?เห็น"
    r"|komentar",
    re.IGNORECASE,
)

#: Types that a page gives its feeds.
#: https://html.spec.whatwg.org/multipage/links.html#rel-alternate
_TYPES: dict[str, Format] = {
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/feed+json": "json-feed",
    "text/calendar": "ical",
}

#: Where systems keep their feeds: WordPress; Rails and Ghost; site generators; Movable Type, on
#: which Japan's blogs were built; and what sites without any feed mostly have.
_GUESSES = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.rdf", "/sitemap.xml")

#: A document is told by its beginning. Some feeds have warnings of their server before them.
_HEAD = 4096

# The outermost element decides: pages quote feeds, feeds hold pages.
_ROOTS: tuple[tuple[re.Pattern[str], Format], ...] = (
    (re.compile(r"<(?:\w+:)?OAI-PMH[\s>]"), "oai-pmh"),
    (re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]"), "sitemap"),
    (re.compile(r"<rss[\s>]|<rdf:RDF\s[^>]*/(?:rss/1\.0|rdf/simple/0\.9)/"), "rss"),
    (re.compile(r"<(?:\w+:)?feed[\s>]"), "atom"),
    (re.compile(r"\s*BEGIN:VCALENDAR"), "ical"),
    (re.compile(r"\s*\{[^<]*?\"https?:\\?/\\?/jsonfeed\.org\\?/version"), "json-feed"),
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*>\s*(?:<!\[CDATA\[)?([^<\]]{1,200})")

# How the paths of feeds end: /rss, /feed/, /feed/atom, rss.xml, rssBoard.do, index.rdf. Whole words
# only: /feedback is none, and /rss.html tells people what a feed is.
_PROGRAM = r"\.(?:xml|rdf|php|do|jsp|aspx?|cgi)"
_FEED = rf"(?:^|[/._-])(?:rss2?|feeds?)(?:{_PROGRAM})?/?$"
_FEED_IN = rf"/rss[\w-]*{_PROGRAM}$|/rss/.*{_PROGRAM}$|/feeds?/(?:rss2?|rdf|posts/default)/?$"
_PATHS: dict[str, Format] = {
    r"\.ics$": "ical",
    r"/sitemap[\w-]*\.xml(?:\.gz)?$": "sitemap",
    rf"(?:^|[/._-])atom(?:{_PROGRAM})?/?$": "atom",
    r"/feed\.json$": "json-feed",
    rf"\.(?:rss|rdf)$|{_FEED}|{_FEED_IN}": "rss",
    r"/oai2?(?:/request)?/?$": "oai-pmh",
}
_QUERIES: dict[str, Format] = {
    r"(?:^|&)verb=(?:Identify|List\w+)\b": "oai-pmh",
    r"(?:^|&)(?:feed|type|format|output)=atom\b": "atom",
    r"(?:^|&)(?:format|output)=ical\b": "ical",
    r"(?:^|&)(?:feed|type|format|output|mod|act)=(?:rss2?|feed|rdf)\b": "rss",
}
_CALLED = re.compile(r"(?<![a-z])(?:RSS|RDF|Atom)(?![a-z])", re.IGNORECASE)
_NO_FEED = re.compile(r"\.(?:html?|pdf|gif|png|jpe?g|opml)$", re.IGNORECASE)
_TELLS_OF = re.compile(
    r"一覧|とは|について|안내|목록|이란|列表|说明|說明|list|about", re.IGNORECASE
)

#: "RSS", "RSS 2.0 配信"; a longer text tells of feeds.
_LONGEST = 20

#: Generator -> where its repository is asked, below the address of the journal or the site.
_REPOSITORIES = (
    (re.compile(r"open (?:journal|monograph|preprint) systems", re.IGNORECASE), "/oai"),
    (re.compile(r"\bdspace\b", re.IGNORECASE), "/oai/request"),
    (re.compile(r"\beprints\b", re.IGNORECASE), "/cgi/oai2"),
)

#: Longer addresses are of no feed, and would take long to look through.
_LONGEST_ADDRESS = 1000

_JOURNAL = re.compile(r".*?/index\.php/(?!index(?:/|$))[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address by which a site can be read."""

    url: str  #: absolute, http or https
    format: Format
    title: str = ""  #: what the page calls it, plain text


def discover(document: Document) -> tuple[Found, ...]:
    """Give what the document offers: itself if it is a feed or the like, else what the page links.

    Each address once (be it http or https), best first. Some are only what systems of the page's
    kind have (WordPress, Open Journal Systems); none is asked here.

    Raises:
        ParseError: it cannot be decoded, or is neither a page nor anything that is read.
    """
    if itself := _itself(document):
        return (itself,)
    page = Tree(document, None)
    declared = [*_linked(page), *_anchored(page)]
    found: dict[str, Found] = {}
    for each in (*declared, *_by_system(page, declared)):
        found.setdefault(each.url.partition(":")[2], each)
    return tuple(sorted(found.values(), key=_rank))


def guesses(url: str) -> tuple[str, ...]:
    """Give the addresses where sites like the one of *url* keep their feeds, likely ones first.

    A site that lives in a folder is tried there first; () for what is no web address.
    """
    folders = (fragment.web_address(url, relative).rstrip("/") for relative in (".", "/"))
    bases = dict.fromkeys(folder for folder in folders if folder)
    return tuple(f"{base}{path}" for base in bases for path in _GUESSES)


def _rank(found: Found) -> int:
    return _LAST if _is_of_comments(found) else _RANK[found.format]


def _is_of_comments(found: Found) -> bool:
    return bool(_COMMENTS.search(f"{found.url} {found.title}"))


def _itself(document: Document) -> Found | None:
    """Tell by its first letters whether the document is no page but one of the formats itself."""
    text = charset.decode(document.body, content_type=document.content_type).text
    head = text[:_HEAD].removeprefix("\ufeff")
    for root, form in _ROOTS:
        found = root.match(head) if form in ("ical", "json-feed") else root.search(head)
        if found and not _PAGE.search(head, 0, found.start()):
            title = _TITLE.search(head, found.start())
            named = plain(title[1]).strip() if title else ""
            return Found(url=document.final_url, format=form, title=named)
    return None


def _linked(page: Tree) -> Iterator[Found]:
    """Give what the page declares in its `<link>` elements."""
    for tag in page.named("link"):
        address = _address(page, tag)
        rel = _relations(tag)
        mime = tree.attribute(tag, "type").partition(";")[0].strip().lower()
        form = _TYPES.get(mime) if rel & {"alternate", "feed"} else None
        if form is None and "alternate" in rel and mime in ("application/json", "text/xml"):
            form = _form_of(urlsplit(address))
        if "sitemap" in rel:
            form = "sitemap"
        if form and address:
            yield Found(url=address, format=form, title=tree.attribute(tag, "title"))


def _anchored(page: Tree) -> Iterator[Found]:
    """Give what the page links and what, by its address or its name, is a feed or the like."""
    for tag in page.named("a", "area"):
        address = _address(page, tag)
        # Services that read feeds for people have the feed's address within their own.
        if not address or "http" in address[5:] or len(address) > _LONGEST_ADDRESS:
            continue
        parts = urlsplit(address)
        title = tree.words(tag) or tree.attribute(tag, "title") or _pictured(tag)
        form = _form_of(parts) or _form_by_name(title, parts)
        if tree.attribute(tag, "href").lower().startswith("webcal"):
            form = "ical"
        if form == "oai-pmh":
            address = address.partition("?")[0]
        if form and not _TELLS_OF.search(title):
            yield Found(url=address, format=form, title=title)


def _by_system(page: Tree, declared: list[Found]) -> Iterator[Found]:
    """Give what systems have, by what a page says it was made with, where it links none itself."""
    formats = {found.format for found in declared if not _is_of_comments(found)}
    made_with = " ".join(
        tree.attribute(tag, "content", "value")
        for tag in page.named("meta")
        if tree.attribute(tag, "name").lower() == "generator"
    )
    if "oai-pmh" not in formats:
        for system, path in _REPOSITORIES:
            if system.search(made_with):
                yield Found(url=f"{_journal(page)}{path}", format="oai-pmh")
    if not {"rss", "atom"} & formats and (root := _wordpress(page, made_with)):
        yield Found(url=f"{root}/feed/", format="rss")


def _wordpress(page: Tree, made_with: str) -> str:
    """Give the address of the WordPress that made the page, "" if another system did."""
    for tag in page.named("link"):
        if "https://api.w.org/" in _relations(tag):
            root, named, _ = _address(page, tag).partition("/wp-json")
            return root if named else _root(page)
    return _root(page) if "wordpress" in made_with.lower() else ""


def _relations(tag: bs4.Tag) -> frozenset[str]:
    return frozenset(name.lower() for name in tag.get_attribute_list("rel") if name)


def _journal(page: Tree) -> str:
    """Give the address of the journal, …/index.php/name, as its links have it; else the site's."""
    addresses = (page.base, *(page.link(tag) for tag in page.named("a")))
    host = urlsplit(page.base).netloc
    own = (address for address in addresses if urlsplit(address).netloc == host)
    found = next((journal for address in own if (journal := _JOURNAL.match(address))), None)
    return found[0] if found else fragment.web_address(page.base, ".").rstrip("/")


def _root(page: Tree) -> str:
    return fragment.web_address(page.base, "/").rstrip("/")


def _address(page: Tree, tag: bs4.Tag) -> str:
    """Give where the tag leads, without the part of a page; calendars' own scheme is the web's."""
    href = tree.attribute(tag, "href")
    scheme, colon, rest = href.partition(":")
    if colon and scheme.lower() in ("webcal", "webcals", "feed"):
        href = f"https:{rest}" if rest.startswith("//") else rest
    return fragment.web_address(page.base, href).partition("#")[0] if href else ""


def _form_of(parts: SplitResult) -> Format | None:
    for patterns, text in ((_PATHS, parts.path), (_QUERIES, parts.query)):
        for pattern, form in patterns.items():
            if re.search(pattern, text, re.IGNORECASE):
                return form
    return None


def _form_by_name(title: str, parts: SplitResult) -> Format | None:
    """Believe a short name, if the address may be a feed: no page, no picture, no home page."""
    name = _CALLED.search(title)
    is_no_feed = _NO_FEED.search(parts.path) or parts.path in ("", "/")
    if name is None or len(title) > _LONGEST or is_no_feed:
        return None
    return "atom" if name[0].lower() == "atom" else "rss"


def _pictured(tag: bs4.Tag) -> str:
    picture = tag.find("img")
    return tree.attribute(picture, "alt", "title") if isinstance(picture, bs4.Tag) else ""
