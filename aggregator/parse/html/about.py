"""A page or a feed of any kind -> what it says of itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document, Format, Source
from aggregator.parse import fragment
from aggregator.parse.api.jsontext import read_json
from aggregator.parse.html.tree import Tree, words
from aggregator.parse.xml import local, read_xml
from aggregator.parse.xml import words as text_of

#: Formats by the name of the outermost element.
_FORMATS: Mapping[str, Format] = {
    "rss": "rss",
    "rdf": "rss",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "oai-pmh": "oai-pmh",
}

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a site says of itself; plain texts in one line, "" where it says nothing."""

    title: str = ""
    language: str = ""  #: a language tag as written: "ja", "zh_TW"
    homepage: str = ""  #: absolute address
    format: Format | None = None  #: None of a page


def about(document: Document, source: Source) -> About:
    """Give what the document says of its site; of one that cannot be read, nothing."""
    try:
        if document.body.lstrip()[:1] in (b"{", b"["):
            return _of_json(read_json(document, source), document)
        return _of_feed(read_xml(document, source), document)
    except ParseError:
        try:
            return _of_page(Tree(document, source))
        except ParseError:
            return About()


def _of_page(page: Tree) -> About:
    name = words(page.first('meta[property="og:site_name"]'))
    html = page.first("html[lang]")
    said = str(html.get("lang") or "") if html else ""
    return About(title=name or page.title, language=_language(said))


def _of_feed(root: etree._Element, document: Document) -> About:
    head = next((child for child in root if local(child) == "channel"), root)
    said = {local(child): text_of(child) for child in reversed(head)}
    links = [child for child in head if local(child) == "link"]
    home = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    address = (home.get("href") or text_of(home)) if home is not None else ""
    return About(
        title=said.get("title", ""),
        language=_language(said.get("language", "") or root.get(_LANGUAGE, "")),
        homepage=fragment.web_address(document.final_url, address) if address else "",
        format=_FORMATS.get(local(root)),
    )


def _of_json(value: Any, document: Document) -> About:
    told = value if isinstance(value, dict) else {}
    said = {
        name: " ".join(text.split()) if isinstance(text := told.get(name), str) else ""
        for name in ("title", "language", "home_page_url")
    }
    home = said["home_page_url"]
    return About(
        title=said["title"],
        language=_language(said["language"]),
        homepage=fragment.web_address(document.final_url, home) if home else "",
        format="json-feed" if isinstance(told.get("items"), list) else None,
    )


def _language(tag: str) -> str:
    return tag.strip() if _TAG.fullmatch(tag.strip()) else ""
