"""The items of a plain feed: an element -> what feedparser would keep of it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from aggregator.parse.plain.around import (
    DATES,
    INSIDE_ONLY,
    ITEM_KEYS,
    PERSON,
    pass_around,
    pass_inside,
    pass_leaf,
    pass_rich,
    pass_unknown,
)
from aggregator.parse.plain.events import FEEDPARSER, Node, Rule, language, odd
from aggregator.parse.plain.texts import (
    HTML,
    PLAIN,
    TYPES,
    XHTML,
    date_of,
    markup,
    resolved,
    text_of,
    type_of,
)

_PARAMETER = re.compile(r"&([A-Za-z0-9_]+);")

#: Media RSS; what stands in these counts as if it stood in the item, only deeper.
_MEDIA = frozenset(
    f"media_{name}"
    for name in ("group", "content", "thumbnail", "credit", "rating", "restriction", "license")
)
_MEDIA_SCHEME = "http://search.yahoo.com/mrss/category_schema"
_ITUNES_SCHEME = "http://www.itunes.com/"


def entry_of(node: Node, version: str, mend: Callable[[str], str]) -> dict[str, Any]:
    """Give what feedparser would keep of an item, as far as it is read.

    `mend` is `mended`, or what leaves texts as they are where there is nothing to mend.

    Raises:
        NotPlainError: only feedparser knows.
    """
    entry = _Entry(version, node.lang, mend)
    if node.attributes:
        if node.attributes.keys() & {"href", "lastmod"}:
            odd("an item of CDF")
        if about := node.attributes.get("rdf:about"):
            entry.data["id"] = about
    for child in node.elements():
        child.rule(entry, child)
    return entry.data


class _Entry:
    """One item: what feedparser would keep of it, in `data`."""

    def __init__(self, version: str, lang: str | None, mend: Callable[[str], str]) -> None:
        self.data: dict[str, Any] = {}
        self.version = version
        self.lang = lang
        self.mended = mend
        self.titled = False  #: the first title that is not empty stays
        self.quoting = False  #: a source was named, with a title of its own
        self.deep = False  #: what is read stands in Media RSS, not in the item itself

    def media(self, node: Node) -> None:
        """Read the elements of Media RSS, of which some stand for the item's own."""
        before = self.lang, self.deep
        self.lang, self.deep = language(node, self.lang), True
        for child in node.elements():
            if child.name.startswith("media_"):
                child.rule(self, child)
            else:
                pass_inside(child)
        self.lang, self.deep = before

    def title(self, node: Node) -> None:
        """Keep the title, with its type and language."""
        if self.deep and (self.quoting or ("title" in self.data and not self.titled)):
            odd("titles at several depths")
        text, details = self.rich(node, PLAIN)
        if self.titled:
            return
        lang = language(node, self.lang)
        details["language"] = lang.replace("_", "-") if lang else None
        self.data["title"] = text
        self.data["title_detail"] = details
        self.titled = bool(text) and node.name != "media_title"

    def summary(self, node: Node) -> None:
        """Keep the summary; a second one is taken for the content, while there is none."""
        if "summary" in self.data:
            if self.deep:
                odd("summaries at several depths")
            if "content" not in self.data:
                self.content(node)
                return
        default = PLAIN if node.name in ("summary", "itunes_summary") else HTML
        self.data["summary"], self.data["summary_detail"] = self.rich(node, default)

    def content(self, node: Node) -> None:
        """Keep one content more."""
        text, details = self.rich(node, HTML if node.name == "content_encoded" else PLAIN)
        details["value"] = text
        self.data.setdefault("content", []).append(details)
        self.data.setdefault("summary", text)

    def rich(self, node: Node, default: str) -> tuple[str, dict[str, Any]]:
        """Give a text and its details: what type it says it has, or it looks like."""
        told = type_of(node, default) if node.attributes else default
        details = {"type": told, "base": node.base}
        if told == XHTML:
            return self.mended(markup(node, self.version).strip()), details
        text = text_of(node)
        if told == PLAIN and (";" in text or "</" in text) and not self.version.startswith("atom"):
            details["type"] = HTML if FEEDPARSER.looks_like_html(text) else PLAIN
        return self.mended(text), details

    def guid(self, node: Node) -> None:
        """Keep the id, which is the link as well if it does not say otherwise and there is none."""
        permanent = node.attributes.get("ispermalink", "true") == "true"
        text = text_of(node)
        text = self.mended(resolved(node, text) if permanent and text else text)
        self.data["id"] = text
        self.data.setdefault("guidislink", permanent and "link" not in self.data)
        if permanent:
            self.data.setdefault("link", text)

    def link(self, node: Node) -> None:
        """Keep a link: RSS writes the address into the element, Atom into an attribute."""
        text = text_of(node)
        told = {"rel": "alternate", **node.attributes}
        if "url" in told or "uri" in told:
            odd("a link by another name")
        self.data.setdefault("links", []).append(told)
        if "href" in told:
            told["href"] = resolved(node, told["href"])
            # Without a type it is a page, but for the feed's own address.
            is_page = TYPES.get(told.get("type", HTML)) in (HTML, XHTML)
            if told["rel"] == "alternate" and is_page:
                self.data["link"] = told["href"]
            return
        address = self.mended(resolved(node, text) if text else "")
        if ";" in address:
            address = _PARAMETER.sub(r"&\1", address.replace("&amp;", "&"))
        self.data["link"] = address
        if address:
            told["href"] = address

    def enclosure(self, node: Node) -> None:
        """Keep a file."""
        told = {**node.attributes, "rel": "enclosure"}
        if href := told.get("url", told.get("uri", told.get("href"))):
            told["href"] = href
        text_of(node)
        self.data.setdefault("links", []).append(told)

    def date(self, node: Node) -> None:
        """Keep a date as written; the later of two stands."""
        self.data[DATES[node.name]] = date_of(node)

    def other(self, node: Node) -> None:
        """Keep a text that feedparser has no rule for; with attributes it keeps only those."""
        text = self.mended(text_of(node))
        self.data[node.name] = node.attributes or text

    def language(self, node: Node) -> None:
        """Keep the item's own language."""
        self.data["language"] = self.mended(text_of(node))

    def publisher(self, node: Node) -> None:
        """Keep who published it."""
        self.data["publisher"] = self.mended(text_of(node))

    def category(self, node: Node) -> None:
        """Keep a tag: by its attributes, the text standing in for a term that is missing."""
        tags = self.data.setdefault("tags", [])
        if told := node.attributes:
            scheme = told.get("scheme", told.get("domain"))
            self.tag(told.get("term"), scheme, told.get("label"))
        text = self.mended(text_of(node))
        if text and tags and not tags[-1]["term"]:
            tags[-1]["term"] = text
        elif text:
            self.tag(text, None, None)

    def media_category(self, node: Node) -> None:
        """Keep a tag, which always has a scheme."""
        if "scheme" not in node.attributes:
            node.attributes = {**node.attributes, "scheme": _MEDIA_SCHEME}
        self.category(node)

    def tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        """Keep a tag once."""
        tags = self.data.setdefault("tags", [])
        told = {"term": term, "scheme": scheme, "label": label}
        if (term or scheme or label) and told not in tags:
            tags.append(told)

    def keywords(self, node: Node) -> None:
        """Keep tags that are written in one."""
        if node.attributes:
            odd("keywords with attributes")
        scheme = _ITUNES_SCHEME if node.name == "itunes_keywords" else None
        for term in self.mended(text_of(node)).split(","):
            if term.strip():
                self.tag(term.strip(), scheme, None)

    def author(self, node: Node) -> None:
        """Keep an author, in one text or by name and address.

        Of several authors feedparser mixes up the addresses, and takes those in texts apart as it
        likes: only names are followed.
        """
        elements = node.elements()
        told = self.person(elements) if elements else {}
        texts = [part for part in node.content if isinstance(part, str)]
        text = self.mended("".join(texts).strip())
        name, email = told.get("name", ""), told.get("email", "")
        self.data["author"] = (f"{name} ({email})" if name and email else name or email) or text
        clear = "name" in told if told else "@" not in text
        people = self.data.setdefault("authors", [])
        people.append({"name": name if told else text, "told": bool(told), "clear": clear})
        if len(people) > 1:
            one_way = people[0]["told"] == bool(told)
            if not (one_way and clear and people[0]["clear"]):
                odd("several authors with addresses")

    def person(self, elements: list[Node]) -> dict[str, str]:
        """Give what is told of a person."""
        told = {}
        for element in elements:
            if element.name in PERSON:
                told[element.name] = text_of(element)
            else:
                pass_inside(element)
        return told

    def source(self, node: Node) -> None:
        """Pass over where the item was taken from; titles after it count anew."""
        self.titled = False
        for child in node.elements():
            if child.name in ("image", "textinput") or child.name in INSIDE_ONLY:
                odd(f"<{child.name}> in a source")
            self.quoting = self.quoting or child.name in ("title", "dc_title")
            pass_around(child)


_RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("title", "dc_title", "media_title"), _Entry.title),
    **dict.fromkeys(("description", "dc_description", "media_description"), _Entry.summary),
    **dict.fromkeys(("summary", "itunes_summary"), _Entry.summary),
    **dict.fromkeys(("content", "content_encoded"), _Entry.content),
    **dict.fromkeys(("guid", "id"), _Entry.guid),
    "link": _Entry.link,
    "enclosure": _Entry.enclosure,
    "source": _Entry.source,
    **dict.fromkeys(DATES, _Entry.date),
    **dict.fromkeys(("author", "dc_creator", "dc_author", "itunes_author"), _Entry.author),
    **dict.fromkeys(("category", "dc_subject"), _Entry.category),
    "media_category": _Entry.media_category,
    **dict.fromkeys(("media_keywords", "itunes_keywords"), _Entry.keywords),
    **dict.fromkeys(("language", "dc_language"), _Entry.language),
    **dict.fromkeys(("webmaster", "dc_publisher"), _Entry.publisher),
    **dict.fromkeys(ITEM_KEYS, _Entry.other),
    **dict.fromkeys(_MEDIA, _Entry.media),
    **dict.fromkeys(
        ("contributor", "dc_contributor", "cc_license", "creativecommons_license"),
        lambda _, node: pass_around(node),
    ),
    **dict.fromkeys(
        ("rights", "dc_rights", "copyright", "itunes_subtitle"), lambda _, node: pass_rich(node)
    ),
    **dict.fromkeys(
        ("media_player", "itunes_image", "itunes_explicit", "itunes_block", "georss_point"),
        lambda _, node: pass_leaf(node),
    ),
}


def rule_of(name: str) -> Rule:
    """Give what an element of that name means in an item."""
    return _RULES.get(name, _unknown)


def _unknown(_: _Entry, node: Node) -> None:
    pass_unknown(node)
