"""Marks that stay: questions, quotations, brackets, the end of a sentence, its parts."""

import re
from collections.abc import Iterator, Mapping

from aggregator.translate.checks.pair import Finding, Pair

_MARKS: Mapping[str, re.Pattern[str]] = {
    "question": re.compile("[?？]"),
    "quotation": re.compile("[\"“”„«»「」『』《》]|''"),
    "bracket": re.compile(r"[(（\[［【]"),
    "stop": re.compile(r"[.!?。！？…](?=[\s\"“”’')）」』]|$|(?<=[。！？]))"),
    "comma": re.compile("[,，、;；:：—–]|--"),
}
_END = re.compile(r"[.!?。！？…][\"“”’'」』)）》\s]*$")

#: Thai ends no sentence with a mark, and sets spaces for commas.
_UNMARKED = "th"


def marks_kept(pair: Pair) -> Iterator[Finding]:
    """Yield the marks that only one side has."""
    is_marked = _UNMARKED not in (pair.language, pair.target)
    for name, mark in _MARKS.items():
        if is_marked or name == "question":
            source, said = len(mark.findall(pair.source)), len(mark.findall(pair.said))
            least = _least(name, source, said)
            if source - said > least:
                yield Finding(f"{name} lost", source - said - least, f"lacks a {name} mark")
            if said - source > least:
                yield Finding(f"{name} new", said - source - least, f"has one more {name} mark")
    if is_marked and _END.search(pair.source) and not _END.search(pair.said):
        yield Finding("no end", 1.0, "does not come to an end")


def _least(name: str, source: int, said: int) -> int:
    # Quotation marks come in pairs, an opening one alone is a quotation that goes on; and a comma
    # more or less is a matter of taste.
    return int(name == "comma" or (name == "quotation" and min(source, said) > 0))
