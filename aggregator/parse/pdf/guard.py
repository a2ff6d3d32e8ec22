"""What of a PDF may reach the library: no contents that grow to gigabytes or repeat without end.

A megabyte that unpacks to a gigabyte of spaces, or ten lines that draw themselves twice, keep the
library busy for hours, and it cannot be stopped. So the bytes are looked through before, as far as
they are not encrypted; what escapes is for the deadline of whoever calls.
"""

import bisect
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aggregator.errors import ParseError

#: Longest content of a page or drawing, in bytes. A page of 5,000 characters takes 50 kB, a map
#: some megabytes; the library reads one of the densest text in a second.
_CONTENT = 8 << 20

#: Most that is unpacked to look at, in bytes.
_UNPACKED = 128 << 20

#: Longest content that is packed in a way we do not unpack, in bytes; it grows up to 1,000 times.
_PACKED = 1 << 18

#: How often drawings may be drawn inside others, and how deep: five levels are many.
_DRAWN, _DEEP = 20_000, 20

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,7})\s{1,9}[0-9]{1,5}\s{1,9}obj\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PICTURES = re.compile(rb"/XObject\s{0,9}<<([^<>]{0,4000})>>")
_ELSEWHERE = re.compile(rb"/(?:Resources|XObject)\s{1,9}([0-9]{1,7})\s{1,9}[0-9]{1,5}\s{1,9}R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,100})\s{1,9}([0-9]{1,7})\s{1,9}[0-9]{1,5}\s{1,9}R")
_DRAW = re.compile(rb"/([^\s/<>\[\]()]{1,100})\s{1,9}Do\b")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_GROWING = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL|BrotliDecode)\b")

#: In the dictionaries of streams that may be long and are not run: pictures, fonts, other files.
_OTHER = re.compile(
    rb"/(?:Image|Length[123]|CIDFontType0C|Type1C|OpenType|EmbeddedFile)(?![A-Za-z0-9])"
)

#: Longest dictionary that is looked at, in bytes.
_DICTIONARY = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """One program of drawing."""

    number: int
    dictionary: bytes
    text: bytes  #: unpacked


def refuse_bombs(pdf: bytes) -> None:
    """Look for contents that would keep the library busy without end.

    Raises:
        ParseError: there are some.
    """
    places = {int(found[1]): found.end() for found in _OBJECT.finditer(pdf)}
    drawings = {
        content.number: content
        for content in _contents(pdf, places)
        if b"/Form" in content.dictionary
    }
    drawn = {
        number: _drawn_by(content, drawings, pdf, places) for number, content in drawings.items()
    }
    known: dict[int, int] = {}
    for number in drawings:
        if _times(number, drawn, known, _DEEP) > _DRAWN:
            raise ParseError("the PDF draws things inside each other without end")


def _contents(pdf: bytes, places: Mapping[int, int]) -> Iterator[_Content]:
    numbers = sorted((place, number) for number, place in places.items())
    left, position = _UNPACKED, 0
    while found := _STREAM.search(pdf, position):
        ended = pdf.find(b"endstream", found.end())
        position = ended if ended >= 0 else len(pdf)
        at = bisect.bisect(numbers, (found.start(), 0)) - 1
        place, number = numbers[at] if at >= 0 else (0, 0)
        dictionary = pdf[max(place, found.start() - _DICTIONARY) : found.start()]
        if _OTHER.search(dictionary):
            continue
        text = _unpacked(pdf[found.end() : position], dictionary)
        left -= len(text)
        if len(text) > _CONTENT or left < 0:
            raise ParseError("the PDF unpacks to more than any text needs")
        yield _Content(number=number, dictionary=dictionary, text=text)


def _unpacked(packed: bytes, dictionary: bytes) -> bytes:
    """Give what is packed, at most one byte more than is allowed; nothing of what is broken."""
    if _GROWING.search(dictionary):
        return packed if len(packed) <= _PACKED else b" " * (_CONTENT + 1)
    for _ in _FLATE.findall(dictionary)[:5]:
        try:
            packed = zlib.decompressobj().decompress(packed, _CONTENT + 1)
        except zlib.error:
            return b""
    return packed


def _drawn_by(
    content: _Content,
    drawings: Mapping[int, _Content],
    pdf: bytes,
    places: Mapping[int, int],
) -> Counter[int]:
    """Count how often the drawing draws which others."""
    resources = [content.dictionary]
    for number in _ELSEWHERE.findall(content.dictionary)[:2]:
        place = places.get(int(number), len(pdf))
        told = pdf[place : place + _DICTIONARY].partition(b"endobj")[0]
        resources.append(told if b"/XObject" in told else b"/XObject" + told)
    names = {
        name: int(number)
        for told in resources
        for pictures in _PICTURES.findall(told)
        for name, number in _NAMED.findall(pictures)
        if int(number) in drawings
    }
    drawn: Counter[int] = Counter()
    for name in _DRAW.findall(content.text):
        if name in names:
            drawn[names[name]] += 1
    return drawn


def _times(number: int, drawn: Mapping[int, Counter[int]], known: dict[int, int], deep: int) -> int:
    """Count what drawing this one draws; too deep is too often."""
    if number not in known:
        inside = drawn[number].items()
        if inside and not deep:
            return _DRAWN + 1
        known[number] = 1 + sum(
            count * _times(other, drawn, known, deep - 1) for other, count in inside
        )
    return known[number]
