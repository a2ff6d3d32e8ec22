"""Sources -> a subscription list of the feeds among them, OPML 2.0."""

from collections.abc import Sequence
from itertools import groupby

from lxml import etree

from aggregator.model import Source
from aggregator.text.countries import COUNTRIES

#: Formats that feed readers subscribe to.
FEEDS = frozenset({"rss", "atom", "json-feed"})


def render_subscriptions(sources: Sequence[Source]) -> bytes:
    """Return the list of the feeds among the sources, in folders by country.

    Sources of another format are left out, and so are those whose address holds a {placeholder}:
    no reader could fill it in. http://opml.org/spec2.opml
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Sources"
    body = etree.SubElement(root, "body")
    listed = sorted(filter(is_feed, sources), key=_country)
    for country, group in groupby(listed, key=lambda source: source.country):
        folder = etree.SubElement(body, "outline", text=COUNTRIES[country].name)
        for source in group:
            etree.SubElement(
                folder,
                "outline",
                type="rss",  # the format's word for any feed
                text=source.name,
                title=source.name,
                description=source.name_en,
                language=source.language,
                xmlUrl=source.url,
                htmlUrl=source.homepage,
            )
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def is_feed(source: Source) -> bool:
    """Tell whether a feed reader could subscribe to the source."""
    return source.format in FEEDS and "{" not in source.url


def _country(source: Source) -> int:
    return list(COUNTRIES).index(source.country)
