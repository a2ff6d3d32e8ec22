"""A well-formed feed as feedparser sees it: elements under the names that it calls them by.

feedparser reads well-formed feeds with expat, the parser of Python itself. So does this, which
settles all questions of what is well-formed, what an entity stands for and where a text ends.
What is ours is only what feedparser makes of namespaces; it is followed here to the letter.
"""

from collections.abc import Callable
from typing import Any, NoReturn
from urllib.parse import urljoin
from xml.parsers import expat

import feedparser

#: feedparser's own reader of well-formed feeds: asked which elements it knows, and what looks like
#: HTML to it, so that no list of ours can grow stale.
FEEDPARSER: Any = feedparser.api.StrictFeedParser

#: Namespace, in lower case -> the prefix that feedparser gives its elements.
_STANDARD: dict[str, str] = {uri.lower(): name for uri, name in FEEDPARSER.namespaces.items()}
_PREFIXES = frozenset(_STANDARD.values())

_USERLAND = "http://backend.userland.com/rss"
_XLINK = "http://www.w3.org/1999/xlink"

#: Namespace -> the version that a feed of its elements has.
_VERSIONS = {"http://purl.org/rss/1.0/": "rss10", "http://www.w3.org/2005/atom": "atom10"}
_RSS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}

#: Attributes that are read of some element: another namespace's of that name would be taken for
#: them.
_ATTRIBUTES = frozenset(
    {"base", "lang", "version", "lastmod", "href", "url", "uri", "rel", "type", "mode", "src"}
    | {"term", "scheme", "domain", "label", "ispermalink", "length", "title", "text", "about"}
)

#: How characters from U+0080 to U+00FF come into a text: by these first bytes, or by a name.
_LATIN = (b"\xc2", b"\xc3", b"&#", b"<!ENTITY")

#: No feed nests deeper; markup inside an article does not either.
_DEPTH = 100


class NotPlainError(Exception):
    """The feed has something in it that only feedparser knows the meaning of."""


class Node:
    """One element; `content` holds its texts and elements in their order."""

    __slots__ = ("attributes", "base", "content", "lang", "local", "name", "rule")

    lang: str | None  #: the language in force, of items and what is around them only

    def __init__(
        self, called: tuple[str, str, "Rule"], attributes: dict[str, str], base: str
    ) -> None:
        #: By feedparser's name, with its prefix ("dc_creator") and without, and what it means.
        self.name, self.local, self.rule = called
        self.attributes = attributes  #: by names in lower case
        self.base = base  #: against which its addresses are resolved, "" for as they are
        self.content: list[str | Node] = []

    def elements(self) -> list["Node"]:
        """Give the elements in it."""
        return [part for part in self.content if isinstance(part, Node)]


#: What an element means to an item that it stands in.
Rule = Callable[[Any, Node], None]


class Events:
    """Follows a document, and takes each child of its feed or channel, which is dropped then."""

    def __init__(self, rule_of: Callable[[str], Rule]) -> None:
        """Take what names the rule of an element in an item, by feedparser's name of it."""
        self._rule_of = rule_of
        self.version = ""  #: "rss20", "atom10" …, as feedparser names them
        self.latin = True  #: whether there may be characters from U+0080 to U+00FF
        self._open: list[Node] = []
        self._base = ""
        self._called: dict[str, tuple[str, str, Rule]] = {}
        self._keys: dict[str, str] = {}
        self._mapped: dict[str | None, str] = {}  #: prefix -> standard prefix
        self._in_use: dict[str | None, str] = {}  #: prefix -> namespace

    def taken(self, node: Node, around: Node) -> None:
        """Take a child, and the element around it."""
        raise NotImplementedError

    def follow(self, xml: str) -> None:
        """Read a whole document.

        Raises:
            NotPlainError: it is not well-formed, or not plain.
        """
        raw = xml.encode()
        self.latin = any(sign in raw for sign in _LATIN)
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 16
        self._parser.StartNamespaceDeclHandler = self._declared
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        try:
            self._parser.Parse(raw, True)
        except expat.ExpatError as err:
            raise NotPlainError("not well-formed") from err
        finally:
            del self._parser  # it holds us, and we all items: else they stay until a collection

    def _started(self, tag: str, attributes: dict[str, str]) -> None:
        called = self._called.get(tag) or self._named(tag)
        if attributes:
            attributes = self._lowered(attributes)
            if told := attributes.get("xml:base"):
                self._base = _joined(self._base, told)
        node = Node(called, attributes, self._base)
        depth = len(self._open)
        if depth <= 2:
            self._placed(node)
        elif depth > _DEPTH:
            odd("nests too deep")
        if depth:
            self._open[-1].content.append(node)
        self._open.append(node)
        self._parser.CharacterDataHandler = node.content.append

    def _placed(self, node: Node) -> None:
        """Note the language of what holds items, and what kind of feed the root makes it."""
        if not self._open:
            node.lang = language(node, None)
            self._rooted(node)
            return
        node.lang = language(node, self._open[-1].lang)
        if node.name == "channel" and (node.attributes.keys() & {"href", "lastmod"}):
            odd("a channel of CDF")

    def _ended(self, _: str) -> None:
        node = self._open.pop()
        depth = len(self._open)
        if not depth:
            return
        around = self._open[-1]
        self._parser.CharacterDataHandler = around.content.append
        if around.base:  # where there is none, feedparser goes on with the last one
            self._base = around.base
        if (depth == 1 and node.name != "channel") or (depth == 2 and around.name == "channel"):
            self.taken(node, around)
            around.content.clear()

    def _rooted(self, root: Node) -> None:
        version = root.attributes.get("version", "")
        if root.name == "rss" and not self.version.startswith("rss"):
            self.version = _RSS.get(version) or ("rss20" if version.startswith("2.") else "rss")
        elif root.name == "feed" and not self.version:
            self.version = _ATOM.get(version, "atom")
        elif root.name not in ("rss", "feed", "rdf_rdf"):
            odd(f"<{root.name}> is no feed")
        elif not self.version:
            odd("RDF of no version")

    def _declared(self, prefix: str | None, uri: str | None) -> None:
        if not uri:
            return
        lower = uri.lower()
        if uri.split() != [uri] or (lower == _XLINK and self._open):
            odd("an odd namespace")
        if not self.version:
            netscape = prefix is None and lower == "http://my.netscape.com/rdf/simple/0.9/"
            self.version = "rss090" if netscape else _VERSIONS.get(lower, "")
        if _USERLAND in lower:
            uri = lower = _USERLAND
        standard = _STANDARD.get(lower)
        if standard is None:
            self._set(self._in_use, prefix or "", uri)
        else:
            self._set(self._mapped, prefix, standard)
            self._set(self._in_use, standard, uri)

    def _set(self, of: dict[str | None, str], key: str | None, value: str) -> None:
        """Remember; what elements without a prefix mean does not hang on the empty key."""
        if key and of.get(key, value) != value:
            odd("one prefix for two namespaces")
        if key and key not in of:
            self._called.clear()
        of[key] = value

    def _named(self, tag: str) -> tuple[str, str, Rule]:
        """Name an element as feedparser does, which asks for the namespace, then the prefix."""
        *told, local = tag.split(" ")[:2]
        uri = told[0] if told else ""
        if _USERLAND in uri.lower():
            uri = _USERLAND
        prefix = _STANDARD.get(uri.lower())
        if not prefix and uri:
            prefix = next((name for name, used in self._in_use.items() if name and used == uri), "")
        prefix = prefix.lower() if prefix else ""
        prefix = self._mapped.get(prefix, prefix)
        local = local.lower()
        name = f"{prefix}_{local}" if prefix else local
        self._called[tag] = (name, local, self._rule_of(name))
        return self._called[tag]

    def _lowered(self, attributes: dict[str, str]) -> dict[str, str]:
        lowered: dict[str, str] = {}
        for attribute, value in attributes.items():
            key = self._keys.get(attribute) or self._key(attribute)
            if key in lowered:
                odd(f"the attribute {key} twice")
            lowered[key] = value.lower() if key in ("rel", "type") else value
        return lowered

    def _key(self, attribute: str) -> str:
        """Name an attribute: feedparser takes those of unknown namespaces for the element's own."""
        *told, local = attribute.split(" ")[:2]
        key = local.lower()
        if told:
            prefix = attribute.split(" ")[2].lower()
            standard = _STANDARD.get(told[0].lower(), "")
            same = prefix == standard if standard else prefix not in _PREFIXES
            if not same or (not standard and key in _ATTRIBUTES):
                odd("an attribute that looks like another")
            key = f"{prefix}:{key}"
        if key == "base":
            odd("a base without a namespace")
        self._keys[attribute] = key
        return key


def language(node: Node, around: str | None) -> str | None:
    """Give the language in force inside an element; `xml:lang=""` says that there is none."""
    if not node.attributes:
        return around
    told = node.attributes.get("xml:lang", node.attributes.get("lang"))
    return around if told is None else told or None


def _joined(base: str, told: str) -> str:
    """Give the new base; one that its own elements would change again is left to feedparser."""
    try:
        joined = urljoin(base, told)
        steady = urljoin(joined, joined) == joined
    except ValueError:
        steady = False
    if not steady or ":///" in told or not joined.startswith(("http://", "https://")):
        odd("an odd base")
    return joined


def is_unknown(name: str) -> bool:
    """Tell whether feedparser has no rule for elements of that name."""
    return not hasattr(FEEDPARSER, f"_start_{name}") and not hasattr(FEEDPARSER, f"_end_{name}")


def odd(why: str) -> NoReturn:
    """Raise NotPlainError."""
    raise NotPlainError(why)
