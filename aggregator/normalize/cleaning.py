"""One source's titles and texts without what its site puts around them."""

import re
from collections.abc import Sequence
from html import unescape

from aggregator.model import Source
from aggregator.normalize.boilerplate import without_invitation, without_name
from aggregator.normalize.leftovers import LONGEST, is_leftover
from aggregator.text.keys import folded
from aggregator.text.trim import trimmed

#: Characters of HTML at either end in which the first and the last line are looked for. A share
#: bar of links has some hundred of them for a word.
_EDGE = 1_000

#: Characters at the end of a text in which a needless last sentence is looked for.
_TAIL = 80

#: Where a sentence ends that something may follow in its line; in Thai any space may be one.
_SENTENCE_END = re.compile(r"(?<=[.…。!！?？」』）)\]])\s*(?=\S)")
_THAI_GAP = re.compile(r"\s+(?=[\u0e01-\u0e4e])")

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_WITHIN = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|span|small|font|sup|sub|mark|img|time|cite)\b", re.IGNORECASE
)


class Cleaner:
    """Takes away what stands around a source's titles and texts: at all sites, and at this one.

    At this one that is its name, and the phrases that the source's entry says. A phrase goes where
    it stands at an edge for itself: of a title, behind a sign that separates the two; of a text, as
    a line, or behind the end of a sentence.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._spared = {folded(each) for each in source.keep}
        self._phrases = {folded(each) for each in source.remove if each.strip()} - self._spared
        self._names = {folded(source.name), folded(source.name_en), *self._phrases}
        #: Phrases in brackets and the like need no sign.
        self._marks = tuple(
            mark
            for each in source.remove
            if folded(mark := each.strip()) in self._phrases
            and not (mark[0].isalnum() and mark[-1].isalnum())
        )
        self._longest = max([LONGEST, *map(len, self._phrases)])
        self._tail = max([_TAIL, *map(len, self._phrases)])

    def title(self, title: str) -> str:
        """Return a title without names and phrases at its ends; one that is nothing else stays."""
        while True:
            shorter = without_name(title, self._names)
            for mark in self._marks:
                shorter = shorter.removeprefix(mark).removesuffix(mark).strip() or shorter
            if shorter == title:
                return title
            title = shorter

    def text(self, text: str) -> str:
        """Return a text without needless lines and sentences at its ends."""
        while True:
            shorter = "\n".join(self._stays(text.split("\n"))[1])
            if shorter == text:
                return text
            text = shorter

    def html(self, html: str) -> str:
        """Return HTML without needless lines and sentences at its ends; not sanitized."""
        if not html:
            return html
        first = "".join(_line(_TOKEN.findall(html[:_EDGE])))
        last = "".join(_line(_TOKEN.findall(html[-_EDGE:])[::-1])[::-1])
        ends = [each.strip() for each in (unescape(first), unescape(last))]
        return html if self._stays(ends) == (0, ends) else trimmed(html, self._stays)

    def _stays(self, lines: Sequence[str]) -> tuple[int, list[str]]:
        """Return how many lines go from the beginning, and those that stay, the last one cut."""
        start = 0
        while start < len(lines) and self._is_needless(lines[start]):
            start += 1
        stays = list(lines[start:])
        while stays:
            if kept := self._kept(stays[-1]):
                return start, [*stays[:-1], kept]
            del stays[-1]
        return start, []

    def _is_needless(self, line: str) -> bool:
        if self._phrases and len(line) <= self._longest and folded(line) in self._phrases:
            return True
        return is_leftover(line) and not (self._spared and folded(line) in self._spared)

    def _kept(self, line: str) -> str:
        """Return a last line without what is needless at its end."""
        if not line or self._is_needless(line):
            return ""
        if len(kept := without_invitation(line)) < len(line):
            return kept
        start = max(0, len(line) - self._tail)
        for end in _SENTENCE_END.finditer(line, start + 1):
            if self._is_needless(line[end.end() :]):
                return line[: end.start()]
        for gap in _THAI_GAP.finditer(line, start + 1) if self._phrases else ():
            if folded(line[gap.end() :]) in self._phrases:
                return line[: gap.start()]
        return line


def _line(tokens: Sequence[str]) -> list[str]:
    """Return the pieces of text in the first line of some HTML that is given in its tokens."""
    pieces: list[str] = []
    for token in tokens:
        if not token.startswith("<"):
            pieces.append(token)
        elif not _WITHIN.match(token) and any(not piece.isspace() for piece in pieces):
            break
    return pieces
