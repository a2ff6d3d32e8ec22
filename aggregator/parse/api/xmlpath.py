"""An API's answer in XML, read by ElementPath.

https://docs.python.org/3/library/xml.etree.elementtree.html#supported-xpath-syntax, and more: a
plain name fits in any namespace, a prefix means what the document means by it, a last step `@name`
reads an attribute, and of `path | path` the first counts that finds something.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse.api.answer import Answer, Reader, Told, in_language
from aggregator.parse.xml import local, read_xml, words

_XML = "http://www.w3.org/XML/1998/namespace"
_LANGUAGE = f"{{{_XML}}}lang"

#: An error stands this near the root: `feed/result/status`.
_NEAR = 3

_STEP = re.compile(r"/|(?:[^/\[]|\[[^\]]*\])+")
_NAMED = re.compile(r"(?:([^\W\d][\w.-]*):)?([^\W\d][\w.-]*)((?:\[.*\])?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """A path as ElementPath understands it, and the attribute that is read at its end."""

    elements: str
    attribute: str = ""


#: Makes a path of what the source's description says.
_Compile = Callable[[str], _Path]


def xml_answer(document: Document, source: Source, path: str) -> Answer:
    """Read the answer; its records stand at `path`, which may begin with the root's own name.

    Raises:
        ParseError: it is no XML.
    """
    root = read_xml(document, source)
    namespaces = {name: uri for name, uri in root.nsmap.items() if name}
    compile_path = _compiler(namespaces)
    found = _found(root, compile_path(path.lstrip("/")))
    first, _, rest = path.lstrip("/").partition("/")
    if not found and rest and _plain(first) == local(root):
        found = _found(root, compile_path(rest))
    return Answer(
        whole=_reader(root, compile_path, source.language),
        records=tuple(_reader(each, compile_path, source.language) for each in found) or None,
        said=lambda names: _said(root, names),
        names=tuple(dict.fromkeys(local(child) for child in root)),
    )


def _plain(step: str) -> str:
    return step.rpartition(":")[2].lower()


def _compiler(namespaces: Mapping[str, str]) -> _Compile:
    compiled: dict[str, _Path] = {}

    def compile_path(path: str) -> _Path:
        if path not in compiled:
            compiled[path] = _compiled(path, namespaces)
        return compiled[path]

    return compile_path


def _compiled(path: str, namespaces: Mapping[str, str]) -> _Path:
    steps, _, last = path.strip().rpartition("/")
    if last.startswith("@"):
        return _Path(elements=_in_any_namespace(steps or ".", namespaces), attribute=last[1:])
    return _Path(elements=_in_any_namespace(path.strip(), namespaces))


def _in_any_namespace(path: str, namespaces: Mapping[str, str]) -> str:
    def written(step: re.Match[str]) -> str:
        named = _NAMED.fullmatch(step[0])
        if named is None:
            return step[0]
        prefix, name, condition = named.groups()
        return f"{{{namespaces.get(prefix, '*')}}}{name}{condition}"

    return _STEP.sub(written, path)


def _found(element: etree._Element, path: _Path) -> list[etree._Element]:
    try:
        return element.findall(path.elements, namespaces={"xml": _XML})
    except (SyntaxError, KeyError, ValueError, TypeError, IndexError) as err:
        reason = str(err) or "it is no path"
        raise ParseError(f"the path '{path.elements}' cannot be followed: {reason}") from err


def _reader(element: etree._Element, compile_path: _Compile, language: str) -> Reader:
    def read(path: str) -> list[str]:
        for each in path.split(" | "):
            if texts := _texts(element, compile_path(each), language):
                return texts
        return []

    return read


def _texts(element: etree._Element, path: _Path, language: str) -> list[str]:
    found = _found(element, path)
    if path.attribute:
        return [text for each in found for text in _attributes(each, path.attribute)]
    told = [Told(text=words(each), language=each.get(_LANGUAGE, "")) for each in found]
    return in_language(told, language)


def _attributes(element: etree._Element, name: str) -> list[str]:
    name = name.rpartition(":")[2]
    found = (
        " ".join(str(value).split())
        for full, value in element.attrib.items()
        if etree.QName(full).localname == name
    )
    return [value for value in found if value]


def _said(root: etree._Element, names: Sequence[str]) -> str:
    """Look level by level."""
    level = [root]
    for _ in range(_NEAR):
        level = [child for element in level for child in element]
        for name in names:
            for element in level:
                if local(element) == name.lower() and (text := words(element)):
                    return text
    return ""
