"""Markup that stands in a text as elements, written out as feedparser does."""

from xml.etree.ElementTree import Element

from aggregator.parse.plain.names import FEEDPARSER, odd, split
from aggregator.parse.plain.texts import escaped, quoted, unwrapped
from aggregator.parse.plain.tree import Tree


def markup(tree: Tree, element: Element) -> str:
    """Give the texts and elements in an element as markup.

    Raises:
        NotPlainError: feedparser takes an element in it for something else.
    """
    pieces: list[str] = []
    write(tree, element, pieces)
    if tree.version == "atom10":
        pieces = unwrapped(pieces, len(element))
    return "".join(pieces).strip()


def write(tree: Tree, element: Element, pieces: list[str]) -> None:
    """Write them, piece by piece; no element ends itself."""
    pieces += escaped(element.text)
    for child in element:
        name, local = tree.names[child.tag], split(child.tag)[1]
        if local in ("svg", "math") or hasattr(FEEDPARSER, f"_end_{name}"):
            odd(f"<{name}> in a text")
        pieces.append(f"<{local}{quoted(tree.attributes(child))}>")
        write(tree, child, pieces)
        pieces.append(f"</{local}>")
        pieces += escaped(child.tail)
