"""Drops what no XML document may hold, so that one bad character cannot cost a whole file."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

from aggregator.text.characters import without_junk

T = TypeVar("T")


def legal(value: T) -> T:
    """Return the value without illegal characters, in every text it holds however deep.

    Texts were cleaned when they were read and translated; this is the last guard, since one
    such character makes the XML writer refuse the feed, not just the entry. A value without any
    is returned itself.
    """
    match value:
        case Enum():
            return value
        case str():
            if value.isprintable():  # then it is legal as well, and this is ten times as fast
                return value
            clean = without_junk(value)
            return value if clean == value else cast(T, clean)
        case tuple():
            parts = tuple(legal(part) for part in value)
            same = all(new is old for new, old in zip(parts, value, strict=True))
            return value if same else cast(T, parts)
        case _ if is_dataclass(value) and not isinstance(value, type):
            old = {part.name: getattr(value, part.name) for part in fields(value)}
            new = {name: legal(part) for name, part in old.items()}
            changed = {name: part for name, part in new.items() if part is not old[name]}
            return cast(T, replace(value, **changed)) if changed else value
        case _:
            return value
