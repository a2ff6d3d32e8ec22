"""The lines of an iCalendar file -> components with their properties; broken lines are passed over.

icalendar reads a content line; its components are not used: one broken line outside an event makes
them refuse the file, and they run the rules of a VTIMEZONE, for hours if someone wishes so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from icalendar.parser import Contentline
from icalendar.parser.property import split_on_unescaped_comma

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse import charset, guard

# Lines are folded by bytes, in the middle of a character too: they are joined before decoding.
_FOLD = re.compile(rb"(?<![\r\n])(?:\r?\n)++[ \t]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_LINE_END = re.compile(r"\r\n?|\n")
_BEGIN_OR_END = re.compile(r"\s*(BEGIN|END)\s*:\s*([\w-]+)\s*", re.IGNORECASE)

#: Of lines that matter not one is longer; the library takes seconds over a million parameters.
_LONGEST = 200_000

#: An alarm stands in an event in a calendar.
_DEEPEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One line: `DTSTART;TZID=Asia/Tokyo:20261121T100000`."""

    value: str  #: a text, with its escapes undone
    parameters: Mapping[str, str]
    parts: tuple[str, ...]  #: the text where it is a list


@dataclass(slots=True, kw_only=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    inner: list["Component"] = field(default_factory=list)
    whole: bool = False  #: its end was reached

    def all(self, name: str) -> list[Property]:
        """Give the properties of a name."""
        return self.properties.get(name, [])

    def first(self, name: str) -> Property | None:
        """Give the first property of a name."""
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        """Give the first property's text, "" without one."""
        found = self.first(name)
        return found.value.strip() if found else ""

    def walk(self, name: str) -> Iterator["Component"]:
        """Give the whole components of a name, at any depth."""
        for each in self.inner:
            if each.name == name and each.whole:
                yield each
            yield from each.walk(name)


def read_calendars(document: Document, source: Source) -> list[Component]:
    """Give the VCALENDAR components of a file. What has no end was cut off, and is not `whole`.

    Raises:
        ParseError: there is none; the message says what it is instead.
    """
    body = document.body
    text = charset.decode(
        body if body.startswith(_WIDE) else _FOLD.sub(b"", body),
        content_type=document.content_type,
        charset=source.charset,
        language=source.language,
    ).text
    root = _components(guard.clean(text))
    calendars = [each for each in root.inner if each.name == "VCALENDAR"]
    if not calendars:
        raise ParseError(_what_is_it(text))
    return calendars


def _components(text: str) -> Component:
    root = Component(name="")
    stack = [root]
    for line in _LINE_END.split(text):
        edge = _BEGIN_OR_END.fullmatch(line) if line[:8].strip()[:1] in "BbEe" else None
        if edge is None:
            _add(stack[-1], line)
        elif edge[1].upper() == "BEGIN":
            _begin(stack, edge[2].upper())
        else:
            _end(stack, edge[2].upper())
    return root


def _begin(stack: list[Component], name: str) -> None:
    component = Component(name=name)
    if len(stack) <= _DEEPEST:
        stack[-1].inner.append(component)
        stack.append(component)


def _end(stack: list[Component], name: str) -> None:
    """Close the innermost component of the name, and those in it that were left open."""
    places = [place for place, each in enumerate(stack) if each.name == name and place]
    if places:
        stack[places[-1]].whole = True
        del stack[places[-1] :]


def _add(component: Component, line: str) -> None:
    if not line.strip() or len(line) > _LONGEST:
        return
    content = Contentline(line)  # type: ignore[no-untyped-call]
    try:
        name, parameters, value = content.parts()
    except ValueError:
        return
    raw = line[content.value_separator_index() + 1 :]
    told = {
        key.upper(): ",".join(told) if isinstance(told, list) else str(told)
        for key, told in parameters.items()
    }
    found = Property(value=str(value), parameters=told, parts=tuple(split_on_unescaped_comma(raw)))
    # Some programs write a group before the name, as in vCards: `item1.URL`.
    component.properties.setdefault(name.rpartition(".")[2].upper(), []).append(found)


def _what_is_it(text: str) -> str:
    if not text.strip():
        return "expected a calendar, got an empty document"
    if guard.is_html(text.lstrip()):
        return "expected a calendar, got an HTML page"
    return f"expected a calendar, got a text that begins {text.strip()[:40]!r}"
