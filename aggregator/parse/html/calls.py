"""Addresses of links that a script follows: `onclick="view('294', '7')"` and a template."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

import bs4

from aggregator.parse.html import tree

# A call and what stands in its parentheses; those inside quotation marks are not its own.
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_CALL = re.compile(rf"[\w$.]+\s*\(((?:{_QUOTED}|[^()'\"])*)\)")
_ARGUMENT = re.compile(rf"\s*(?:({_QUOTED})|([^,'\"]*?))\s*(?:,|$)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))", re.DOTALL)

_PLACE = re.compile(r"\{(\d+|[A-Za-z][\w.:-]*)\}")

#: What an argument may bring into an address as it is: it may be a path or a query.
_KEPT = "/?&=%:;,@+~!$*()#"


def address(template: str, link: bs4.Tag, row: bs4.Tag) -> str:
    """Give the address that the template makes of a link, "" if the link lacks a part of it.

    {1}, {2} … are the arguments of the call in the link's `onclick`, its `href` or the row's
    `onclick`; only texts and numbers count. {name} is an attribute of the link, else of the row.
    """
    wanted = _PLACE.findall(template)
    parts = {name: _attribute(name, link, row) for name in wanted if not name.isdigit()}
    places = [int(name) for name in wanted if name.isdigit()]
    if places:
        calls = (call for script in _scripts(link, row) for call in _calls(script))
        fitting = (call for call in calls if all(_argument(call, place) for place in places))
        called = next(fitting, [])
        parts |= {str(place): _argument(called, place) for place in places}
    if not all(parts.values()):
        return ""
    return _PLACE.sub(lambda place: quote(parts[place[1]], safe=_KEPT), template)


def _scripts(link: bs4.Tag, row: bs4.Tag) -> Iterator[str]:
    yield tree.attribute(link, "onclick")
    href = tree.attribute(link, "href")
    if href.lower().startswith("javascript:"):
        yield unquote(href)
    yield tree.attribute(row, "onclick")


def _attribute(name: str, link: bs4.Tag, row: bs4.Tag) -> str:
    return tree.attribute(link, name.lower()) or tree.attribute(row, name.lower())


def _calls(script: str) -> Iterator[list[str]]:
    """Give the arguments of each call; what is neither a text nor a number is empty."""
    for call in _CALL.finditer(script):
        yield [_value(*found.groups()) for found in _ARGUMENT.finditer(call[1])]


def _value(quoted: str | None, bare: str | None) -> str:
    if quoted:
        return _ESCAPE.sub(_unescaped, quoted[1:-1]).strip()
    return bare if bare and _NUMBER.fullmatch(bare) else ""


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else escape[3]


def _argument(call: list[str], place: int) -> str:
    return call[place - 1] if 0 < place <= len(call) else ""
