"""Texts made simple for searching, each sign in its place."""

import unicodedata
from functools import cache


def simple(text: str) -> str:
    """Return *text* with wide signs narrow and all digits ASCII, of the same length.

    What is found in it stands at the same place in the text as written, so that the words can be
    kept to the letter. Signs that stand for several (㈯, ㍻) stay.
    """
    return text if text.isascii() else "".join(map(_simple, text))


@cache
def _simple(sign: str) -> str:
    if sign.isdecimal():
        return str(int(sign))
    if sign.isspace():
        return sign if sign == "\n" else " "
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign
