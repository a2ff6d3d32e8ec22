"""What one source says again and again around its titles and texts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aggregator.model import Item, Source
from aggregator.normalize.cleaning import Cleaner
from aggregator.text.html import plain
from aggregator.text.keys import folded

#: Items that must say a line with something else each, and what share of those with a text. Four
#: meetings in the same hall, or a series in a mixed list, are not enough.
LEAST = 6
SHARE = 0.6

#: The same of titles, where what is left must say something for itself: of "第3回 - 授業研究会" it
#: does not.
TITLE_SHARE = 0.8
TITLE_CHARACTERS = 8

#: Characters of the longest refrain, and how many a source may have; more is not learned.
LONGEST = 120
MOST = 20

#: Lines at either end of a text in which refrains are looked for, and the characters of HTML in
#: which those lines are; a share bar of links has some hundred of them for a word.
_EDGE = 3
_EDGE_CHARACTERS = 3_000

#: A line that tells something, however often: a place, a time, a number to call.
_TELLING = re.compile(r"\d|: ?\S|@")

#: What sets the name of a site apart from a headline. A colon or a hyphen within words also joins.
_SIGN = re.compile(r"\s*(?:[|｜»•]|::)\s*|\s+[-‐–—―−－]+\s+")

#: Sources of what happens at one place again and again.
_OF_EVENTS = frozenset({"event"})


def refrains(source: Source, items: Sequence[Item]) -> tuple[str, ...]:
    """Return the lines and parts of titles that a source puts around what it says, folded.

    None of those that the source's `remove` has already: give it with all that was learned before.
    """
    cleaner = Cleaner(source)
    found = set(_of_titles(cleaner.title(plain(item.title).replace("\n", " ")) for item in items))
    if source.format != "ical" and not _OF_EVENTS & set(source.kinds):
        for texts in ([item.summary for item in items], [item.body for item in items]):
            found.update(_of_texts(cleaner.text(_ends(text)) for text in texts if text))
    spared = {folded(each) for each in source.keep}
    return tuple(sorted(found - spared))[: max(0, MOST - len(source.remove))]


def with_refrains(source: Source, learned: Iterable[str]) -> Source:
    """Return the source as if its entry said to remove what was learned."""
    return replace(source, remove=(*source.remove, *learned))


def _ends(html: str) -> str:
    """Return the text of some HTML; of a long one what it begins and ends with."""
    if len(html) <= 2 * _EDGE_CHARACTERS:
        return plain(html)
    return f"{plain(html[:_EDGE_CHARACTERS])}\n{plain(html[-_EDGE_CHARACTERS:])}"


def _of_texts(texts: Iterable[str]) -> Iterator[str]:
    """Yield lines that stand at an edge of most texts, each with another rest."""
    every = {lines for text in texts if len(lines := tuple(text.split("\n"))) > 1}
    rests: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for lines in every:
        for line in {*lines[:_EDGE], *lines[-_EDGE:]}:
            if len(line) <= LONGEST:
                rests[folded(line)].add(tuple(each for each in lines if each != line))
    for line, others in rests.items():
        if len(others) >= max(LEAST, SHARE * len(every)) and not _TELLING.search(line):
            yield line


def _of_titles(titles: Iterable[str]) -> Iterator[str]:
    """Yield what stands before or behind a separator in most titles."""
    every = set(titles)
    rests: dict[str, set[str]] = defaultdict(set)
    for title in every:
        for part, rest in _parted(title):
            rests[folded(part)].add(rest)
    for part, others in rests.items():
        is_common = len(others) >= max(LEAST, TITLE_SHARE * len(every))
        if (
            is_common
            and not _TELLING.search(part)
            and min(len(folded(other)) for other in others) >= TITLE_CHARACTERS
        ):
            yield part


def _parted(title: str) -> Iterator[tuple[str, str]]:
    """Yield the ends of a title that a sign sets apart, each with the rest."""
    found = list(_SIGN.finditer(title))
    for sign in found[:1]:
        yield title[: sign.start()], title[sign.end() :]
    for sign in found[-1:]:
        yield title[sign.end() :], title[: sign.start()]
