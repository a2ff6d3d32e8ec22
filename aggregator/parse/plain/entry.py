"""The items of a plain feed: an element -> what feedparser would keep of it."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from aggregator.parse.plain.around import (
    DATES,
    INSIDE_ONLY,
    ITEM_KEYS,
    PERSON,
    pass_around,
    pass_inside,
    pass_unknown,
)
from aggregator.parse.plain.markup import markup
from aggregator.parse.plain.names import FEEDPARSER, Names, odd
from aggregator.parse.plain.texts import HTML, PLAIN, TYPES, XHTML, date_of, text_of, type_of
from aggregator.parse.plain.tree import Tree

_PARAMETER = re.compile(r"&([A-Za-z0-9_]+);")

#: Media RSS; what stands in these counts as if it stood in the item, only deeper.
_MEDIA = frozenset(
    f"media_{name}"
    for name in ("group", "content", "thumbnail", "credit", "rating", "restriction", "license")
)
_MEDIA_SCHEME = "http://search.yahoo.com/mrss/category_schema"
_ITUNES_SCHEME = "http://www.itunes.com/"


class Rules(dict[str, "Rule"]):
    """Tag -> what an element means in an item."""

    def __init__(self, names: Names) -> None:
        """Take what names the elements."""
        super().__init__()
        self._names = names

    def __missing__(self, tag: str) -> "Rule":
        """Look the rule up by name."""
        self[tag] = _RULES.get(self._names[tag], _Entry.unknown)
        return self[tag]


def entry_of(tree: Tree, rules: Rules, element: Element, lang: str | None) -> dict[str, Any]:
    """Give what feedparser would keep of an item, as far as it is read.

    Raises:
        NotPlainError: only feedparser knows.
    """
    entry = _Entry(tree, rules, lang)
    if element.attrib:
        told = tree.attributes(element)
        if "href" in told or "lastmod" in told:
            odd("an item of CDF")
        if told.get("rdf:about"):
            entry.data["id"] = told["rdf:about"]
    for child in element:
        rules[child.tag](entry, child)
    return entry.data


class _Entry:
    """One item: what feedparser would keep of it, in `data`."""

    def __init__(self, tree: Tree, rules: Rules, lang: str | None) -> None:
        self.data: dict[str, Any] = {}
        self.tree = tree
        self.rules = rules
        self.lang = lang
        self.mended = tree.mended
        self.titled = False  #: the first title that is not empty stays
        self.quoting = False  #: a source was named, with a title of its own
        self.deep = False  #: what is read stands in Media RSS, not in the item itself

    def name(self, element: Element) -> str:
        """Name an element."""
        return self.tree.names[element.tag]

    def media(self, element: Element) -> None:
        """Read the elements of Media RSS, of which some stand for the item's own."""
        before = self.lang, self.deep
        self.lang, self.deep = self.tree.language(element, self.lang), True
        for child in element:
            if self.name(child).startswith("media_"):
                self.rules[child.tag](self, child)
            else:
                pass_inside(self.tree, child)
        self.lang, self.deep = before

    def title(self, element: Element) -> None:
        """Keep the title, with its type and language."""
        if self.deep and (self.quoting or ("title" in self.data and not self.titled)):
            odd("titles at several depths")
        text, details = self.rich(element, PLAIN)
        if self.titled:
            return
        lang = self.tree.language(element, self.lang)
        details["language"] = lang.replace("_", "-") if lang else None
        self.data["title"] = text
        self.data["title_detail"] = details
        self.titled = bool(text) and self.name(element) != "media_title"

    def summary(self, element: Element) -> None:
        """Keep the summary; a second one is taken for the content, while there is none."""
        if "summary" in self.data:
            if self.deep:
                odd("summaries at several depths")
            if "content" not in self.data:
                self.content(element)
                return
        default = PLAIN if self.name(element) in ("summary", "itunes_summary") else HTML
        self.data["summary"], self.data["summary_detail"] = self.rich(element, default)

    def content(self, element: Element) -> None:
        """Keep one content more."""
        default = HTML if self.name(element) == "content_encoded" else PLAIN
        text, details = self.rich(element, default)
        details["value"] = text
        self.data.setdefault("content", []).append(details)
        self.data.setdefault("summary", text)

    def rich(self, element: Element, default: str) -> tuple[str, dict[str, Any]]:
        """Give a text and its details: what type it says it has, or it looks like."""
        told = type_of(self.tree.attributes(element), default) if element.attrib else default
        details = {"type": told, "base": self.tree.base(element)}
        if told == XHTML:
            return self.mended(markup(self.tree, element)), details
        text = text_of(element)
        if told == PLAIN and (";" in text or "</" in text) and self.tree.version == "rss":
            details["type"] = HTML if FEEDPARSER.looks_like_html(text) else PLAIN
        return self.mended(text), details

    def guid(self, element: Element) -> None:
        """Keep the id, which is the link as well if it does not say otherwise and there is none."""
        told = self.tree.attributes(element)
        permanent = told.get("ispermalink", "true") == "true"
        text = text_of(element)
        text = self.mended(self.resolved(element, text) if permanent and text else text)
        self.data["id"] = text
        self.data.setdefault("guidislink", permanent and "link" not in self.data)
        if permanent:
            self.data.setdefault("link", text)

    def link(self, element: Element) -> None:
        """Keep a link: RSS writes the address into the element, Atom into an attribute."""
        text = text_of(element)
        told = {"rel": "alternate", **self.tree.attributes(element)}
        if "url" in told or "uri" in told:
            odd("a link by another name")
        self.data.setdefault("links", []).append(told)
        if "href" in told:
            told["href"] = self.resolved(element, told["href"])
            # Without a type it is a page.
            is_page = TYPES.get(told.get("type", HTML)) in (HTML, XHTML)
            if told["rel"] == "alternate" and is_page:
                self.data["link"] = told["href"]
            return
        address = self.mended(self.resolved(element, text) if text else "")
        if ";" in address:
            address = _PARAMETER.sub(r"&\1", address.replace("&amp;", "&"))
        self.data["link"] = address
        if address:
            told["href"] = address

    def resolved(self, element: Element, address: str) -> str:
        """Give an address against the base in force, if there is one."""
        if ":///" in address:
            odd("an address with slashes to spare")
        base = self.tree.base(element)
        try:
            return urljoin(base, address) if base else address
        except ValueError:
            return ""

    def enclosure(self, element: Element) -> None:
        """Keep a file."""
        told = {**self.tree.attributes(element), "rel": "enclosure"}
        if href := told.get("url", told.get("uri", told.get("href"))):
            told["href"] = href
        text_of(element)
        self.data.setdefault("links", []).append(told)

    def date(self, element: Element) -> None:
        """Keep a date as written; the later of two stands."""
        name = self.name(element)
        if name == "date" and element.attrib:
            odd("a date with attributes")
        self.data[DATES[name]] = date_of(element)

    def other(self, element: Element) -> None:
        """Keep a text that feedparser has no rule for; with attributes it keeps only those."""
        text = self.mended(text_of(element))
        self.data[self.name(element)] = "" if element.attrib else text

    def language(self, element: Element) -> None:
        """Keep the item's own language."""
        self.data["language"] = self.mended(text_of(element))

    def publisher(self, element: Element) -> None:
        """Keep who published it."""
        self.data["publisher"] = self.mended(text_of(element))

    def category(self, element: Element) -> None:
        """Keep a tag: by its attributes, the text standing in for a term that is missing."""
        self.tagged(element, self.tree.attributes(element))

    def media_category(self, element: Element) -> None:
        """Keep a tag, which always has a scheme."""
        self.tagged(element, {"scheme": _MEDIA_SCHEME, **self.tree.attributes(element)})

    def tagged(self, element: Element, told: dict[str, str]) -> None:
        """Keep the tag of an element with those attributes."""
        tags = self.data.setdefault("tags", [])
        if told:
            scheme = told.get("scheme", told.get("domain"))
            self.tag(told.get("term"), scheme, told.get("label"))
        text = self.mended(text_of(element))
        if text and tags and not tags[-1]["term"]:
            tags[-1]["term"] = text
        elif text:
            self.tag(text, None, None)

    def tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        """Keep a tag once."""
        tags = self.data.setdefault("tags", [])
        told = {"term": term, "scheme": scheme, "label": label}
        if (term or scheme or label) and told not in tags:
            tags.append(told)

    def keywords(self, element: Element) -> None:
        """Keep tags that are written in one."""
        if element.attrib:
            odd("keywords with attributes")
        scheme = _ITUNES_SCHEME if self.name(element) == "itunes_keywords" else None
        for term in self.mended(text_of(element)).split(","):
            if term.strip():
                self.tag(term.strip(), scheme, None)

    def author(self, element: Element) -> None:
        """Keep an author, in one text or by name and address.

        Of several authors feedparser mixes up the addresses, and takes those in texts apart as it
        likes: only names are followed.
        """
        told = self.person(element) if len(element) else {}
        texts = [element.text, *[child.tail for child in element]]
        text = self.mended("".join(filter(None, texts)).strip())
        name, email = told.get("name", ""), told.get("email", "")
        self.data["author"] = (f"{name} ({email})" if name and email else name or email) or text
        clear = "name" in told if told else "@" not in text
        people = self.data.setdefault("authors", [])
        people.append({"name": name if told else text, "told": bool(told), "clear": clear})
        if len(people) > 1:
            one_way = people[0]["told"] == bool(told)
            if not (one_way and clear and people[0]["clear"]):
                odd("several authors with addresses")

    def person(self, element: Element) -> dict[str, str]:
        """Give what is told of a person in elements."""
        told: dict[str, str] = {}
        for child in element:
            name = self.name(child)
            if name in PERSON:
                told[name] = text_of(child)
            elif child.attrib and (child.text or len(child)):
                odd(f"<{name}> in a name")  # feedparser takes its text for the name's
            else:
                pass_inside(self.tree, child)
        return told

    def source(self, element: Element) -> None:
        """Pass over where the item was taken from; titles after it count anew."""
        self.titled = False
        for child in element:
            name = self.name(child)
            if name in INSIDE_ONLY or name in ("image", "textinput"):
                odd(f"<{name}> in a source")
            self.quoting = self.quoting or name in ("title", "dc_title")
            pass_around(self.tree, child)

    def around(self, element: Element) -> None:
        """Pass over what means the same as around the items."""
        pass_around(self.tree, element)

    def leaf(self, element: Element) -> None:
        """Pass over an element that must hold no others."""
        text_of(element)

    def unknown(self, element: Element) -> None:
        """Pass over what has no meaning."""
        pass_unknown(self.tree, element)


Rule = Callable[[_Entry, Element], None]

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
    **dict.fromkeys(("contributor", "dc_contributor", "itunes_subtitle"), _Entry.around),
    **dict.fromkeys(("rights", "dc_rights", "copyright"), _Entry.around),
    **dict.fromkeys(("cc_license", "creativecommons_license"), _Entry.around),
    **dict.fromkeys(("media_player", "itunes_image", "itunes_explicit"), _Entry.leaf),
    **dict.fromkeys(("itunes_block", "georss_point"), _Entry.leaf),
}
