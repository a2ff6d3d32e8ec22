"""Plain text of several lines -> paragraphs as an HTML fragment."""

import re
from collections.abc import Callable, Iterable

from aggregator.parse import fragment

_END_OF_LINE = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


def paragraphs(text: str, write: Callable[[str], str] = fragment.from_text) -> str:
    """Write the text as HTML: blank lines part paragraphs, other ends of lines stay ends of lines.

    Text of one paragraph is given without `<p>`. `write` escapes what is plain.
    """
    parts = [part.strip() for part in _BLANK_LINES.split(_END_OF_LINE.sub("\n", text))]
    written = [write(part).replace("\n", "<br>") for part in parts if part]
    return written[0] if len(written) == 1 else boxed(written)


def boxed(paragraphs: Iterable[str]) -> str:
    """Put each fragment into a paragraph of its own."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
