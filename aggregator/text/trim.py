"""HTML without lines at its beginning and its end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from aggregator.text.characters import without_junk
from aggregator.text.html import DROPPED

#: The lines of a text -> how many go from the beginning, and those that stay; the last may be cut.
Judge = Callable[[Sequence[str]], tuple[int, list[str]]]

#: What may stand within a line; any other element begins a new one.
_WITHIN = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em",
        "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s",
        "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


@dataclass(slots=True)
class _Line:
    """Pieces of text that stand in one line: each an element's own text, or what follows it."""

    pieces: list[tuple[etree._Element, str]] = field(default_factory=list)

    def text(self) -> str:
        return " ".join("".join(getattr(*piece) or "" for piece in self.pieces).split())

    def clear(self) -> None:
        for element, place in self.pieces:
            setattr(element, place, None)
        for element, place in self.pieces:
            _drop_if_empty(element if place == "text" else element.getparent())

    def shorten(self, end: str) -> None:
        """Take what its text ends in off its pieces, in which there may be more white space."""
        letters = sum(not sign.isspace() for sign in end)
        for element, place in reversed(self.pieces):
            text = getattr(element, place) or ""
            while letters and text:
                letters -= not text[-1].isspace()
                text = text[:-1]
            # Character references bring in signs that the tree takes from a page and not from us.
            setattr(element, place, without_junk(text))


def trimmed(html: str, judge: Judge) -> str:
    """Return *html* without what *judge* says of its lines; not yet safe, as it was before.

    An element that holds nothing else goes with its line: a share bar with its pictures.
    """
    root = etree.fromstring(f"<section>{without_junk(html)}</section>".encode(), _PARSER)
    lines = [line for line in _lines(root) if line.text()]
    texts = [line.text() for line in lines]
    start, stays = judge(texts)
    stop = start + len(stays)
    for line in (*lines[:start], *lines[stop:]):
        line.clear()
    if stays:
        lines[stop - 1].shorten(texts[stop - 1][len(stays[-1]) :])
    section = root.find(".//section")
    return "" if section is None else _inside(section)


def _lines(root: etree._Element) -> Iterator[_Line]:
    """Yield the lines of a tree, blank ones among them."""
    line = _Line()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if tag not in _WITHIN:
            yield line
            line = _Line()
        place = "text" if event == "start" else "tail"
        if not (tag in DROPPED and place == "text"):
            line.pieces.append((element, place))
    yield line


def _drop_if_empty(element: etree._Element | None) -> None:
    """Take an element out of its tree if it shows nothing, and so what it stood in."""
    while element is not None and element.tag != "section" and not _shows(element):
        parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
        if parent is None:
            return
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(element)
        element = parent


def _shows(element: etree._Element) -> bool:
    """Tell whether there is a text, or a picture that is no link's."""
    if "".join(element.itertext()).strip():
        return True
    return any(
        all(over.tag != "a" for over in image.iterancestors()) for image in element.iter("img")
    )


def _inside(section: etree._Element) -> str:
    html = etree.tostring(section, encoding="unicode", method="html", with_tail=False)
    return html.removeprefix("<section>").removesuffix("</section>").strip()
