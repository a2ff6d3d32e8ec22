"""Many words -> one pattern, which finds all of them in a text at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar


class Lettered(Protocol):
    """Something that is found by its letters."""

    @property
    def letters(self) -> str: ...


T = TypeVar("T", bound=Lettered)

_Tree = dict[str, Any]


class Words(Generic[T]):
    """Things with letters, ready to be found wherever a text has these.

    The words are compiled into one regular expression in which those that begin alike share
    their beginning. Looking through a text for 500 words then takes twice as long as with an
    Aho-Corasick automaton written in C, and a sixth of the time of a table by first letters.
    """

    def __init__(self, things: Iterable[T]) -> None:
        by_letters: dict[str, list[T]] = defaultdict(list)
        for thing in things:
            by_letters[thing.letters].append(thing)
        # One word may begin another; the pattern finds the longest at each place.
        self._beginnings = {
            letters: [
                thing
                for length in range(len(letters), 0, -1)
                for thing in by_letters.get(letters[:length], ())
            ]
            for letters in by_letters
        }
        self._pattern = re.compile(_expression(_tree(by_letters)) or "(?!)")

    def find(self, letters: str) -> Iterator[tuple[int, T]]:
        """Yield each thing with the place where it begins, those that overlap as well."""
        found = self._pattern.search(letters)
        while found:
            start = found.start()
            for thing in self._beginnings[found[0]]:
                yield start, thing
            found = self._pattern.search(letters, start + 1)


def _tree(words: Iterable[str]) -> _Tree:
    """Return the words by their letters; an empty key is where one ends."""
    tree: _Tree = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return tree


def _expression(tree: _Tree) -> str:
    ways = [_way(letter, branch) for letter, branch in tree.items() if letter]
    if not ways:
        return ""
    if len(ways) == 1 and "" not in tree:
        return ways[0]
    return f"(?:{'|'.join(ways)})" + ("?" if "" in tree else "")


def _way(letters: str, branch: _Tree) -> str:
    # Without branches the letters are read in one go: a term may be longer than Python recurses.
    while len(branch) == 1 and "" not in branch:
        ((letter, branch),) = branch.items()
        letters += letter
    return re.escape(letters) + _expression(branch)
