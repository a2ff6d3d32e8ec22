"""Translation memories as TMX files, the format translators' tools exchange."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from aggregator.errors import ConfigError
from aggregator.model import MemoryEntry, Origin
from aggregator.text.keys import text_key
from aggregator.text.languages import LANGUAGES

#: Bytes handed to the XML parser at once.
_CHUNK = 65_536

#: Elements one translation unit may hold; beyond it the file is not a memory. A unit with every
#: language of the world and ten properties each stays below.
MAX_ELEMENTS = 5_000

#: The date of an entry whose file says none: older than any that says one.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = "%Y%m%dT%H%M%SZ"
_ALL = "*all*"

#: What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}|\\\\")

#: A `ph` of this type stands for one character that XML cannot hold, by its number in hexadecimal.
_CODE_POINT = "x-code-point"

#: Elements of a segment that hold a tool's codes and not words (`hi` holds words).
#: https://www.ttt.org/oscarstandards/tmx/tmx14b.html#Content_Markup
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})

_CHINESE = {"cn": "zh-Hans", "sg": "zh-Hans", "hans": "zh-Hans"} | {
    "tw": "zh-Hant", "hk": "zh-Hant", "mo": "zh-Hant", "hant": "zh-Hant",
}  # fmt: skip


def our_language(tag: str) -> str | None:
    """Return our code for a language tag as tools write it (`zh_TW`, `ja-JP`), or None.

    Chinese without script or region is taken for simplified, as translators' tools do.
    """
    first, *more = tag.strip().replace("_", "-").lower().split("-")
    if first in ("zh", "cmn"):
        return next((_CHINESE[each] for each in more if each in _CHINESE), "zh-Hans")
    code = "id" if first == "in" else first  # "in" was Indonesian's code until 1989
    return code if code in LANGUAGES else None


# --- reading ----------------------------------------------------------------------------------


def read_tmx(path: Path) -> Iterator[MemoryEntry]:
    """Yield the entries of a TMX file (1.4 or older), one per translation of each unit.

    Of a unit whose source language is `*all*`, each variant is a source of all others. Variants
    in languages that are not ours are passed over. An entry that does not say who made it is
    imported; its version is then who created it, if that is said. Decisions' numbers are another
    database's and are not read. Memory stays bounded by the largest unit; a fault
    further on in the file is met only after the entries before it.

    Specification: https://www.ttt.org/oscarstandards/tmx/tmx14b.html

    Raises:
        ConfigError: the file cannot be read or is no TMX; says the line.
    """
    default = ""
    for element in _elements(path):
        if element.tag == "header":
            default = element.get("srclang", "")
        else:
            yield from _unit(element, element.get("srclang", default), path)


def _elements(path: Path) -> Iterator[etree._Element]:
    """Yield the header and each whole unit, and forget all before."""
    # Entities stay unexpanded and nothing outside the file is read: it comes from strangers.
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    watch = _Watch(path)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.feed(chunk)
                yield from watch.whole(parser)
        parser.close()
        yield from watch.whole(parser)
    except etree.XMLSyntaxError as err:
        raise ConfigError(
            f"this is not well-formed XML: {err.msg}", file=str(path), line=err.lineno
        ) from err
    except OSError as err:
        raise ConfigError(f"cannot be read: {err.strerror}", file=str(path)) from err


class _Watch:
    """Follows one file's elements, and drops what has been handed on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.started = False
        self.inside = 0  #: elements of the unit that is open; 0: none is

    def whole(self, parser: etree.XMLPullParser) -> Iterator[etree._Element]:
        """Yield what is complete by now."""
        for event, element in parser.read_events():
            if not isinstance(element, etree._Element):
                continue
            if event == "start":
                self._start(element)
            elif element.tag == "tu":
                self.inside = 0
                yield element
                _forget(element)
            elif not self.inside:
                if element.tag == "header":
                    yield element
                _forget(element)

    def _start(self, element: etree._Element) -> None:
        if not self.started and element.tag != "tmx":
            raise ConfigError(
                f"this is no TMX file: its root is {element.tag!r}", file=str(self.path), line=1
            )
        self.started = True
        if self.inside or element.tag == "tu":
            self.inside += 1
        if self.inside > MAX_ELEMENTS:
            raise _wrong(element, self.path, f"a unit has more than {MAX_ELEMENTS} elements")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


def _wrong(element: etree._Element, path: Path, message: str) -> ConfigError:
    return ConfigError(message, file=str(path), line=element.sourceline)


def _unit(unit: etree._Element, srclang: str, path: Path) -> Iterator[MemoryEntry]:
    variants = [
        (language, each)
        for each in unit.iterchildren("tuv")
        if (language := our_language(each.get(_LANG) or each.get("lang") or "")) is not None
    ]
    wanted = None if srclang.strip().lower() in ("", _ALL) else our_language(srclang)
    any_source = srclang.strip().lower() == _ALL
    for language, source in variants:
        if not any_source and language != wanted:
            continue
        for target, translation in variants:
            if target != language:
                yield _entry(unit, (language, source), (target, translation), path)


def _entry(
    unit: etree._Element,
    source: tuple[str, etree._Element],
    translation: tuple[str, etree._Element],
    path: Path,
) -> MemoryEntry:
    language, source_variant = source
    target, variant = translation
    text = _segment(source_variant, path)
    origin = _origin(_said(unit, variant, "x-origin"), variant, path)
    creator = _attribute(unit, variant, "creationid")
    version = _said(unit, variant, "x-version")
    return MemoryEntry(
        language=language,
        target=target,
        key=text_key(text),
        source_text=text,
        target_text=_segment(variant, path),
        origin=origin,
        engine=_first(_said(unit, variant, "x-engine"), "tmx"),
        version=_first(version, creator if origin is Origin.IMPORTED else ""),
        at=_date(unit, variant, path),
    )


def _first(said: str | None, otherwise: str) -> str:
    return otherwise if said is None else said


def _origin(said: str | None, variant: etree._Element, path: Path) -> Origin:
    try:
        return Origin(said or Origin.IMPORTED)
    except ValueError as err:
        raise _wrong(variant, path, f"unknown x-origin {said!r}") from err


def _attribute(unit: etree._Element, variant: etree._Element, name: str) -> str:
    return variant.get(name) or unit.get(name) or ""


def _said(unit: etree._Element, variant: etree._Element, kind: str) -> str | None:
    """Return what a property says of the variant, or of its whole unit."""
    for place in (variant, unit):
        for each in place.iterchildren("prop"):
            if each.get("type") == kind:
                return _unescaped(each.text or "")
    return None


def _date(unit: etree._Element, variant: etree._Element, path: Path) -> datetime:
    exact = _said(unit, variant, "x-at")
    text = _attribute(unit, variant, "changedate") or _attribute(unit, variant, "creationdate")
    try:
        if exact:
            return datetime.fromisoformat(exact).astimezone(UTC)
        return datetime.strptime(text, _DATE).replace(tzinfo=UTC) if text else UNDATED
    except (ValueError, OverflowError) as err:
        raise _wrong(variant, path, f"not a date: {exact or text!r}") from err


def _segment(variant: etree._Element, path: Path) -> str:
    segment = variant.find("seg")
    if segment is None:
        raise _wrong(variant, path, "a variant has no seg")
    return _words(segment, path)


def _words(element: etree._Element, path: Path) -> str:
    """Return the words of a segment: without tools' codes, with the characters XML cannot hold."""
    pieces = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            raise _wrong(element, path, "a text refers to an entity of the file's own")
        if child.get("type") == _CODE_POINT and child.tag == "ph":
            pieces.append(_character(child, path))
        elif child.tag not in _CODES:
            pieces.append(_words(child, path))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _character(element: etree._Element, path: Path) -> str:
    try:
        return chr(int(element.text or "", 16))
    except (ValueError, OverflowError) as err:
        raise _wrong(element, path, f"not a character's number: {element.text!r}") from err


# --- writing ----------------------------------------------------------------------------------


def write_tmx(destination: Path | BinaryIO, entries: Iterable[MemoryEntry]) -> None:
    """Write *entries* as TMX 1.4, one unit each; a file at a path is whole or not there.

    `read_tmx` gives the same entries back, but for the decisions' numbers: they mean something
    in one database only, and a foreign number would outrank every later decision there.

    Raises:
        ConfigError: the place cannot be written; what was there is untouched.
    """
    if not isinstance(destination, Path):
        _write(destination, entries)
        return
    part = destination.with_name(destination.name + ".part")
    try:
        try:
            with part.open("wb") as file:
                _write(file, entries)
            part.replace(destination)
        finally:
            part.unlink(missing_ok=True)
    except OSError as err:
        reason = f"cannot be written: {err.strerror or err}"
        remedy = "name a file in a folder that this user may write to"
        raise ConfigError(reason, file=str(destination), remedy=remedy) from err


def _write(file: BinaryIO, entries: Iterable[MemoryEntry]) -> None:
    header = {
        "creationtool": "aggregator", "creationtoolversion": "1", "segtype": "sentence",
        "o-tmf": "aggregator", "adminlang": "en", "srclang": _ALL, "datatype": "plaintext",
    }  # fmt: skip
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"):
            xml.write("\n", etree.Element("header", header), "\n")
            with xml.element("body"):
                for entry in entries:
                    xml.write("\n", _element(entry))
                xml.write("\n")
            xml.write("\n")


def _element(entry: MemoryEntry) -> etree._Element:
    unit = etree.Element("tu", srclang=entry.language)
    source = etree.SubElement(unit, "tuv", {_LANG: entry.language})
    _fill(etree.SubElement(source, "seg"), entry.source_text)
    at = entry.at.astimezone(UTC)
    # strftime would write the year 800 with three digits.
    date = f"{at.year:04}{at:%m%dT%H%M%SZ}"
    translation = etree.SubElement(unit, "tuv", {_LANG: entry.target, "changedate": date})
    if entry.origin is Origin.PERSON:
        translation.set("creationid", _ILLEGAL.sub("\ufffd", entry.engine))
    said = {"x-origin": entry.origin.value, "x-engine": entry.engine, "x-version": entry.version}
    if at.microsecond:
        said["x-at"] = at.isoformat()
    for kind, value in said.items():
        etree.SubElement(translation, "prop", type=kind).text = _escaped(value)
    _fill(etree.SubElement(translation, "seg"), entry.target_text)
    return unit


def _fill(segment: etree._Element, text: str) -> None:
    """Put *text* into a segment; what XML cannot hold becomes an element that names it."""
    start = 0
    last: etree._Element | None = None
    for found in (*_ILLEGAL.finditer(text), None):
        piece = text[start : found.start() if found else None]
        if last is None:
            segment.text = piece
        else:
            last.tail = piece
        if found is not None:
            last = etree.SubElement(segment, "ph", type=_CODE_POINT)
            last.text = f"{ord(found.group()):04X}"
            start = found.end()


def _escaped(text: str) -> str:
    """Return *text* for a property, which may hold no elements."""
    doubled = text.replace("\\", "\\\\")
    return _ILLEGAL.sub(lambda found: f"\\u{{{ord(found.group()):x}}}", doubled)


def _unescaped(text: str) -> str:
    def _original(found: re.Match[str]) -> str:
        return chr(int(found.group(1), 16)) if found.group(1) else "\\"

    return _ESCAPED.sub(_original, text)
