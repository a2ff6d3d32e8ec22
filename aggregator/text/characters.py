"""Which characters a text may hold when people see it."""

import re
import unicodedata

# Everything that shows nothing, or changes what is shown elsewhere, and that no language of ours
# needs: control characters but tab and newline, noncharacters, lone surrogates, bidi marks,
# embeddings, overrides and isolates (all our scripts run left to right), soft hyphen, zero-width
# spaces, word joiner and invisible operators, byte order marks, annotation marks, and the tag
# characters in which text can be hidden.
_JUNK_SIGNS = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff"
)
_PLANE_ENDS = "".join(
    chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)
)
_JUNK = re.compile(f"[{_JUNK_SIGNS}\U000e0000-\U000e007f{_PLANE_ENDS}]+")
_NEWLINE = re.compile("\r\n?|[\u2028\u2029]")
_FEED = re.compile("[\x0b\x0c]")

# Any character that may have to change. Most texts hold none, and finding that out takes a
# twentieth of the time of the substitutions. All of the upper planes are in it, for a pattern
# that names single characters there is slow everywhere.
_SPECIAL = re.compile(f"[{_JUNK_SIGNS}\r\u2028\u2029\x0b\x0c\U00010000-\U0010ffff]")

# Those of them that Python calls printable: marks and fillers without a shape of their own.
_PRINTABLE_JUNK = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"

# Zero-width joiner and non-joiner shape letters in Arabic, Indic and South-East Asian scripts and
# join emoji; between other letters they only hide differences.
_JOINER = re.compile("[\u200c\u200d]+")
_JOINED = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u18af\u200d"
    "\ufe0f\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]"
)


def scrub(text: str) -> str:
    """Return *text* in NFC with only the characters that readers see.

    Invisible and direction-changing characters go, line ends become newlines. Not NFKC: that
    would turn `＜お知らせ＞` into a tag, and Japanese punctuation into ASCII. For HTML this comes
    before sanitizing, never after: taking a character out may complete a `javascript:`.
    """
    if text.isascii() and text.isprintable():
        return text
    text = without_junk(text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINER.sub(_needed_joiner, text)
    return unicodedata.normalize("NFC", text)


def without_junk(text: str) -> str:
    """Return *text* without the characters no text needs, and otherwise as it is.

    The smaller half of `scrub`: what a parser must be spared, with no mark joined to a letter.
    """
    if _is_plain(text) or not _SPECIAL.search(text):
        return text
    return _JUNK.sub("", _FEED.sub(" ", _NEWLINE.sub("\n", text)))


def _is_plain(text: str) -> bool:
    """Tell for sure that *text* holds nothing special: takes a fifth of the time of the search."""
    shown = text.replace("\n", "").replace("\u3000", "").replace("\xa0", "")
    return shown.isprintable() and not any(sign in text for sign in _PRINTABLE_JUNK)


def _needed_joiner(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 1) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    needed = _JOINED.match(before) and _JOINED.match(after)
    return found[0][0] if needed else ""
