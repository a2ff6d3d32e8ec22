"""What a page says in JSON-LD (https://www.w3.org/TR/json-ld11/), also where its JSON is broken."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

#: One object of the page's data.
Thing = dict[str, Any]

#: Where other things of the page stand inside a thing. What is listed in `itemListElement` or
#: `isPartOf` is not what the page is about.
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")

#: No page needs more; data that nests without end would end the parser.
_DEPTH = 6

# Comments around the data that hid it from browsers of the last century, and a comma too many.
_BEFORE = re.compile(r"\s*(?:<!--|(?://)?\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)?\s*")
_AFTER = re.compile(r"\s*(?:-->|(?://)?\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
_COMMA_TOO_MANY = re.compile(r",(?=\s*[}\]])")

# What is still found where no JSON can be read at all: quotation marks inside texts, mostly.
_SAVED = re.compile(
    r'"(@type|headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\\n]|\\.)*)"(?=\s*[,}\]])'
)
_SAVED_AUTHOR = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]*?"name"\s*:\s*"((?:[^"\\\n]|\\.)*)"')


def things(scripts: Iterable[str]) -> Iterator[Thing]:
    """Give the objects that the page's JSON-LD scripts describe, in its order."""
    for script in scripts:
        yield from _things(_read(script), _DEPTH)


def types(thing: Thing) -> frozenset[str]:
    """Name what the thing is, without the vocabulary's address: "NewsArticle"."""
    return frozenset(name.rpartition("/")[2] for name in _strings(thing.get("@type")))


def text(thing: Thing, *names: str) -> str:
    """Give the first of the properties that is a text, in one line, references resolved."""
    for name in names:
        for value in _strings(thing.get(name)):
            if line := one_line(value):
                return line
    return ""


def names(thing: Thing, property: str) -> tuple[str, ...]:
    """Give the names of whoever stands there: as texts, as objects, one or several."""
    found = thing.get(property)
    each = found if isinstance(found, list) else [found]
    named = (text(one, "name") if isinstance(one, dict) else _only_text(one) for one in each)
    return tuple(dict.fromkeys(name for name in named if name))


def one_line(value: str) -> str:
    """Give the text in one line; systems that write JSON-LD escape as if it were HTML."""
    return " ".join(html.unescape(value).split())


def _only_text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _strings(value: object) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [one for one in each if isinstance(one, str)]


def _things(value: object, depth: int) -> Iterator[Thing]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value:
            yield from _things(one, depth - 1)
    elif isinstance(value, dict):
        yield value
        for name in _INSIDE:
            yield from _things(value.get(name), depth - 1)


def _read(script: str) -> object:
    """Read the JSON; line breaks inside texts are let pass, and commas too many."""
    script = _AFTER.sub("", _BEFORE.sub("", script.strip(), count=1), count=1)
    for attempt in (script, _COMMA_TOO_MANY.sub("", script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _saved(script)


def _saved(script: str) -> Thing:
    saved: Thing = {}
    for name, value in _SAVED.findall(script):
        saved.setdefault(name, _unescaped(value))
    if author := _SAVED_AUTHOR.search(script):
        saved["author"] = _unescaped(author[1])
    return saved


def _unescaped(value: str) -> str:
    try:
        read: object = json.loads(f'"{value}"', strict=False)
    except ValueError:
        return value
    return read if isinstance(read, str) else value
