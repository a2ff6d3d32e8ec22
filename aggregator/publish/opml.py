"""Shelves -> a subscription list, OPML 2.0."""

from collections.abc import Sequence
from itertools import groupby

from lxml import etree

from aggregator.publish.posts import Imprint, Shelf
from aggregator.text.languages import LANGUAGES


def render_opml(shelves: Sequence[Shelf], imprint: Imprint) -> bytes:
    """Return the list of our feeds, in folders by target language.

    Each feed is listed once, as Atom: a reader would subscribe to every format listed. No dates:
    the file changes when the feeds do. http://opml.org/spec2.opml
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Feeds"
    if imprint.mail:
        etree.SubElement(head, "ownerEmail").text = imprint.mail
    body = etree.SubElement(root, "body")
    for target, group in groupby(shelves, key=lambda shelf: shelf.target):
        folder = etree.SubElement(body, "outline", text=_folder(target))
        for shelf in group:
            _add(folder, shelf, imprint)
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def _folder(target: str) -> str:
    return LANGUAGES[target].name if target in LANGUAGES else target.capitalize()


def _add(folder: etree._Element, shelf: Shelf, imprint: Imprint) -> None:
    """Add one feed; type "rss" is the format's word for any feed."""
    etree.SubElement(
        folder,
        "outline",
        type="rss",
        text=shelf.title,
        title=shelf.title,
        description=shelf.description,
        xmlUrl=imprint.address(f"{shelf.path}.atom"),
        htmlUrl=imprint.address(shelf.page),
    )
