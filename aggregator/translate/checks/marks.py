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

#: Korean quotes with what may be an apostrophe in English, Thai ends no sentence with a mark.
_UNMARKED = frozenset({"th"})


def marks_kept(pair: Pair) -> Iterator[Finding]:
    """Yield the marks that only one side has."""
    for name, mark in _MARKS.items():
        if name == "question" or not _UNMARKED & {pair.language, pair.target}:
            source, said = len(mark.findall(pair.source)), len(mark.findall(pair.said))
            least = _least(name, source, said)
            if source - said > least:
                yield Finding(f"{name} lost", source - said - least, f"lacks a {name} mark")
            if said - source > least:
                yield Finding(f"{name} new", said - source - least, f"has one more {name} mark")
    if not _UNMARKED & {pair.language, pair.target} and (
        _END.search(pair.source) and not _END.search(pair.said)
    ):
        yield Finding("no end", 1.0, "does not come to an end")


def _least(name: str, source: int, said: int) -> int:
    # Quotation marks come in pairs, an opening one alone is a quotation that goes on; and a comma
    # more or less is a matter of taste.
    return int(name == "comma" or (name == "quotation" and min(source, said) > 0))
