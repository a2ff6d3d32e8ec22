"""Texts cut into sentences, nothing lost."""

import re
from collections.abc import Callable, Iterator

from aggregator.text.sentences.chinese import chinese_cuts
from aggregator.text.sentences.japanese import japanese_cuts
from aggregator.text.sentences.korean import korean_cuts
from aggregator.text.sentences.latin import latin_cuts
from aggregator.text.sentences.thai import thai_cuts

#: Sentences that lead a text. What follows tells of particulars.
_LEAD_SENTENCES = 2

_NEWLINES = re.compile(r"\n\s*")
_TAIL = re.compile(r"\s*")

#: What cuts a line of a language: the line and the language -> where its sentences end.
_CUTS: dict[str, Callable[[str, str], Iterator[int]]] = {
    "ja": japanese_cuts,
    "zh-Hans": chinese_cuts,
    "zh-Hant": chinese_cuts,
    "ko": korean_cuts,
    "th": thai_cuts,
}


def split(text: str, language: str) -> list[tuple[str, str]]:
    """Return the sentences of *text*, each with the white space that follows it there.

    Joined again, all sentences and their white space are *text*. White space before the first
    sentence belongs to it; a text of white space alone is one empty sentence. A new line always
    cuts. Where a rule cannot know, nothing is cut: two sentences translated together read well,
    half a one does not. A language that has no rules of its own is cut as English is.
    """
    pieces: list[tuple[str, str]] = []
    start, blank = 0, ""
    for end in _ends(text, language):
        tail = _TAIL.match(text, end)
        stop = tail.end() if tail else end
        if text[start:end].strip():
            pieces.append((blank + text[start:end], text[end:stop]))
            blank = ""
        else:
            blank += text[start:stop]
        start = stop
    if blank:
        pieces.append(("", blank))
    return pieces


def lead(text: str, language: str) -> str:
    """Return the first sentences of *text*."""
    sentences = split(text, language)[:_LEAD_SENTENCES]
    return "".join(f"{sentence}{tail}" for sentence, tail in sentences).strip()


def _ends(text: str, language: str) -> Iterator[int]:
    """Yield where sentences end, the end of *text* last."""
    cuts = _CUTS.get(language, latin_cuts)
    start = 0
    for line in (*_NEWLINES.finditer(text), None):
        end = line.start() if line else len(text)
        content = text[start:end].rstrip()
        yield from (start + cut for cut in cuts(content, language) if cut < len(content))
        yield start + len(content)
        start = line.end() if line else end
