"""Copies planted among texts: what a rewrite leaves, and what only looks like one."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from opencc import OpenCC

#: A text as its lines, the title first.
Lines = tuple[str, ...]

CHANGED = 0.2  #: of the letters of a rewrite
FEWEST = 60  #: letters of a text that is rewritten: of a title alone, nothing is claimed

_NUMBER = re.compile(r"\d+")
_OTHER_WRITING = {"zh-Hans": "s2twp", "zh-Hant": "tw2sp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text, and which one it is a copy of: of none if that is its own name."""

    name: str
    lines: Lines
    of: str
    kind: str  #: how it was made


class Rewriter:
    """Changes texts of one language, by chance but always alike."""

    def __init__(self, texts: Sequence[Lines], language: str, seed: int) -> None:
        """Take letters from the language's own texts."""
        self._letters = [each for text in texts for line in text for each in line if each.isalpha()]
        self._chance = random.Random(f"{language} {seed}")  # noqa: S311 - no secret
        other = _OTHER_WRITING.get(language)
        self._other = OpenCC(other) if other else None

    def copies(self, text: Text) -> Iterator[Text]:
        """Yield near copies: letters and runs changed and paragraphs reordered, a signature, …."""
        yield self._made(text, "scattered", [self._scattered(line) for line in text.lines])
        yield self._made(text, "runs", [self._runs(line) for line in text.lines])
        yield self._made(text, "edited", [self._edited(line) for line in text.lines])
        if self._other:
            every = [self._other.convert(line) for line in text.lines]
            yield self._made(text, "other writing", every)

    def others(self, text: Text) -> Iterator[Text]:
        """Yield what is no copy: another number, in the text as it is and in a rewrite."""
        found = [
            (at, each) for at, line in enumerate(text.lines) for each in _NUMBER.finditer(line)
        ]
        if not found:
            return
        at, number = self._chance.choice(found)
        for kind, more in (("number", 1), ("number, scattered", 2)):
            lines = list(text.lines)
            another = str(int(number[0]) + more)
            lines[at] = lines[at][: number.start()] + another + lines[at][number.end() :]
            if kind != "number":
                lines = [self._scattered(line) for line in lines]
            name = f"{text.name} {kind}"
            yield Text(name=name, lines=tuple(lines), of=name, kind=kind)

    def _made(self, text: Text, kind: str, lines: Sequence[str]) -> Text:
        title, *rest = lines
        self._chance.shuffle(rest)
        return replace(text, name=f"{text.name} {kind}", lines=(title, *rest), kind=kind)

    def _scattered(self, line: str) -> str:
        """Change a fifth of the letters, each for itself."""
        signs = list(line)
        places = [at for at, sign in enumerate(signs) if sign.isalpha()]
        for at in self._chance.sample(places, int(CHANGED * len(places))):
            signs[at] = self._chance.choice(self._letters)
        return "".join(signs)

    def _runs(self, line: str) -> str:
        """Change a fifth of the letters in runs of two to six, as if words were replaced."""
        signs, left = list(line), int(CHANGED * len(line))
        while left > 0:
            length = min(left, self._chance.randint(2, 6))
            start = self._chance.randrange(max(1, len(signs) - length))
            if not any(sign.isdigit() for sign in signs[start : start + length]):
                fill = self._chance.choices(self._letters, k=length)
                signs[start : start + length] = fill
            left -= length
        return "".join(signs)

    def _edited(self, line: str) -> str:
        """Leave out a tenth of the letters and put in as many others elsewhere."""
        signs, tenth = list(line), int(CHANGED / 2 * len(line))
        for _ in range(tenth):
            at = self._chance.randrange(len(signs))
            if not _near_digit(signs, at):
                del signs[at]
            at = self._chance.randrange(len(signs))
            if not _near_digit(signs, at):
                signs.insert(at, self._chance.choice(self._letters))
        return "".join(signs)


def _near_digit(signs: Sequence[str], at: int) -> bool:
    """Tell whether a change here may join or part numbers."""
    return any(sign.isdigit() for sign in signs[max(0, at - 1) : at + 2])
