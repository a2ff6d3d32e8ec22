"""What a page says in its markup, as if it were said in JSON-LD: microdata, RDFa, microformats.

Specifications: https://html.spec.whatwg.org/multipage/microdata.html, https://www.w3.org/TR/rdfa-lite/,
http://microformats.org/wiki/h-event.
"""

from collections.abc import Iterator

import bs4

from aggregator.parse.html import tree
from aggregator.parse.html.linked import Thing, one_line
from aggregator.parse.html.tree import Tree

#: By what class a microformat says what schema.org has another name for; the older one last.
_CLASSES = {
    "dt-start": "startDate", "dt-end": "endDate", "dt-duration": "duration", "p-name": "name",
    "p-location": "location", "u-url": "url", "p-organizer": "organizer", "p-author": "organizer",
    "dtstart": "startDate", "dtend": "endDate", "duration": "duration", "summary": "name",
    "location": "location", "url": "url", "organizer": "organizer",
}  # fmt: skip
_EVENTS = frozenset(("h-event", "vevent"))
#: What is a thing of its own inside an event: its place or its host.
_CARDS = frozenset(("h-card", "h-adr", "vcard", "adr"))

#: No page describes more.
_MOST = 200


def things(page: Tree) -> Iterator[Thing]:
    """Give what the page's elements describe, in its order, each with what stands inside it."""
    for tag in page.tags:
        if _type(tag) and not _property(tag):
            yield _described(tag)
        elif _EVENTS & set(tree.called(tag).split()):
            yield _formatted(tag)


def _type(tag: bs4.Tag) -> str:
    return tree.attribute(tag, "itemtype", "typeof")


def _property(tag: bs4.Tag) -> str:
    return tree.attribute(tag, "itemprop", "property")


def _described(tag: bs4.Tag) -> Thing:
    thing: Thing = {"@type": _type(tag).split()}
    for each in _below(tag):
        for name in _property(each).split():
            value = _described(each) if _type(each) else _value(each)
            thing.setdefault(name.rpartition(":")[2], []).append(value)
    return thing


def _below(tag: bs4.Tag) -> list[bs4.Tag]:
    """Give the elements with a property of the thing itself, not of one inside it."""
    found: list[bs4.Tag] = []
    waiting = [child for child in reversed(list(tag.children)) if isinstance(child, bs4.Tag)]
    while waiting and len(found) < _MOST:
        each = waiting.pop()
        if _property(each):
            found.append(each)
        if not _type(each):
            waiting += [
                child for child in reversed(list(each.children)) if isinstance(child, bs4.Tag)
            ]
    return found


def _value(tag: bs4.Tag) -> str:
    said = tree.attribute(tag, "content", "datetime", "value")
    return (
        one_line(said)
        or (tree.attribute(tag, "href") if tag.name in ("a", "link") else "")
        or (tree.words(tag))
    )


def _formatted(tag: bs4.Tag) -> Thing:
    """Give a microformat's event; a class is looked at once, as its first element has it."""
    thing: Thing = {"@type": "Event"}
    for each in tag.find_all(class_=True):
        classes = tree.called(each).split()
        for name in dict.fromkeys(_CLASSES[one] for one in classes if one in _CLASSES):
            if name not in thing and (value := _shown(each, name, set(classes))):
                thing[name] = value
    return thing


def _shown(tag: bs4.Tag, name: str, classes: set[str]) -> str:
    """Give what the element says: to machines, in parts (value-class-pattern), or to readers."""
    if name == "url":
        return tree.attribute(tag, "href")
    if _CARDS & classes and (named := tag.find(class_=["p-name", "fn", "org"])):
        return tree.words(named)
    if name.endswith("Date") or name == "duration":
        parts = list(tag.find_all(class_=["value", "value-title"])) or [tag]
        return " ".join(_said(part) for part in parts)
    return tree.words(tag)


def _said(tag: bs4.Tag) -> str:
    return tree.attribute(tag, "datetime", "title", "value") or tree.words(tag)
