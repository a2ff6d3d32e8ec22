"""Names of authors without what is nobody's need, and as they are compared."""

import re

from aggregator.text.keys import folded

_MAIL = re.compile(
    r"[<＜(（\[{]?\s?(?:e-?mail:?\s*|mailto:)?[\w.+%-]{1,64}\s?(?:@|＠|\[at\]|\(at\)|\s\{at\}\s)\s?[\w-]{1,63}(?:\.[\w-]{1,63})+\s?[>＞)）\]}]?",
    re.IGNORECASE,
)
_ORCID = re.compile(
    r"[(\[]?\s*(?:(?:https?://)?orcid\.org/|orcid:?\s*)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])\s*[)\]]?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[（(\[].*?[)）\]]")
_SIGNS = re.compile(r"[^\w\u0e31-\u0e4e]+")


def without_mail(text: str) -> str:
    """Return *text* without e-mail addresses and the brackets around them."""
    if "@" not in text and "＠" not in text and "at]" not in text and "at)" not in text:
        return text
    return " ".join(_MAIL.sub(" ", text).split()).strip(" ,;")


def name_and_orcid(author: str) -> tuple[str, str]:
    """Return an author's name without mail and ORCID iD, and that; "" where there is none."""
    text = without_mail(author)
    found = _ORCID.search(text)
    if not found:
        return text, ""
    return " ".join(_ORCID.sub(" ", text).split()).strip(" ,;"), found[1]


def family_name(author: str) -> str:
    """Return the name by which an author is compared: what stands before a comma, else last.

    Names in Chinese, Japanese and Korean are compared whole, without spaces and offices.
    """
    text = _BRACKETS.sub("", author)
    family, comma, _ = text.partition(",")
    if comma:
        return _letters(family)
    if re.search("[\u3040-\u9fff\uac00-\ud7af]", text):
        return _letters(text)
    words = text.split()
    return _letters(words[-1]) if words else ""


def _letters(text: str) -> str:
    return _SIGNS.sub("", folded(text))
