"""Items in several languages: that of each field, and the runs of one in a text."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from aggregator.text.languages.detection import identify
from aggregator.text.languages.letters import group_of, main_script, words_of
from aggregator.text.languages.table import UNKNOWN

_LINE = re.compile(r"[^\n]*\n|[^\n]+")

# What a paragraph ends in. A line without is a heading of what follows.
_CLOSED = re.compile(r"[.!?…。！？｡:;,、，；：][\"'”’」』）)\]]*\s*$")


def parts(texts: Mapping[str, str], prior: str) -> Mapping[str, str]:
    """Return the language of each field of an item, by the field's name.

    The longest one leans on *prior*, the source's language ("" if there is none). A field that says
    too little of itself leans on the longest one, where that is in its script, else on *prior*.
    """
    longest = max(texts, key=lambda name: len(texts[name]), default="")
    first = {longest: identify(texts[longest], prior)} if texts else {}
    rest = {name: texts[name] for name in texts if name != longest}
    return first | {name: _leaning(text, [*first.values()], prior) for name, text in rest.items()}


def blocks(text: str, prior: str) -> list[tuple[str, str]]:
    """Return the runs of paragraphs of *text* in one language each, with that language.

    Joined again they are *text*; a blank text has no more than one. A paragraph that says too
    little belongs to the one before it, a heading to what follows.
    """
    lines = [line[0] for line in _LINE.finditer(text)]
    found = _languages([line for line in lines if line.strip()], prior)
    each, language = iter(found), found[0] if found else prior or UNKNOWN
    marked: list[tuple[str, str]] = []
    for line in lines:
        language = next(each) if line.strip() else language
        marked.append((language, line))
    runs = groupby(marked, key=lambda pair: pair[0])
    return [(language, "".join(line for _, line in run)) for language, run in runs]


def _languages(lines: list[str], prior: str) -> list[str]:
    """Return the language of each line, the unsure ones leaning on their neighbors."""
    sure = [_certain(line, prior) for line in lines]
    before, after = _carried(sure), _carried(reversed(sure))[::-1]
    languages = []
    for number, line in enumerate(lines):
        neighbors = [before[number], after[number]]
        near = neighbors if _CLOSED.search(line) else neighbors[::-1]
        languages.append(sure[number] or _leaning(line, [each for each in near if each], prior))
    return languages


def _carried(languages: Iterable[str]) -> list[str]:
    """Return each language, or the last one before it where there is none."""
    last, carried = "", []
    for each in languages:
        last = each or last
        carried.append(last)
    return carried


def _certain(text: str, prior: str) -> str:
    """Return the language of *text* if it is the same with and without the source's; else ""."""
    alone = identify(text, "")
    return alone if alone != UNKNOWN and identify(text, prior) == alone else ""


def _leaning(text: str, others: list[str], prior: str) -> str:
    """Return the language of *text* given the first of *others* that is written in its script."""
    script, letters = main_script(words_of(text), prior)
    fitting = [other for other in others if not letters or group_of(other) == script]
    return identify(text, fitting[0] if fitting else prior)
