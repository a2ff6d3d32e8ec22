"""Sentences of Chinese, in either writing."""

import re
from collections.abc import Iterator

from aggregator.text.sentences.quotes import CLOSERS, QUOTES, ends

_END = re.compile(
    # An ASCII sign between two others is part of an address. A full stop may stand on both
    # sides of a quote's end: “来了！”。
    rf"(?:[。！？｡]|[!?](?!(?<=[!-~][!?])[A-Za-z\d=&/%]))+[{CLOSERS}]*+(?:[。｡]+[{CLOSERS}]*+)*+"
    # A full stop of ASCII, or dots, behind Latin letters that are no initials and before Han ones.
    rf"|(?<![A-Z\d.])\.++[{CLOSERS}]*+(?=\s*[\"“「]?[\u3040-\u9fff])"
)

# Who said what was quoted: 他说。 李先生在週一的會議上表示。 It belongs to the quote before it.
_SAID = re.compile(
    r"[^。！？!?“”「」\"，,：:]{0,24}(?:说|說|表示|称|稱|道|指出|补充|補充|告诉|告訴|解释|解釋|写|寫)"
    r"[^。！？!?“”「」\"，,：:]{0,12}[。.]"
)


# What a closing quote may be followed by so that the sentence goes on around the quoted one.
_GOES_ON = re.compile("[，,、的了等]")


def chinese_cuts(line: str, _language: str) -> Iterator[int]:
    """Yield where the sentences of *line* end."""
    for _, stop in ends(line, _END):
        is_quote = line[stop - 1] in QUOTES
        if not (is_quote and (_GOES_ON.match(line, stop) or _SAID.match(line, stop))):
            yield stop
