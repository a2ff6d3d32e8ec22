"""The two ways of writing Chinese made one."""

from functools import cache

# Imported where it is needed: its dictionaries take a fifth of a second.


def simplified(text: str) -> str:
    """Return *text* with each traditional Chinese letter as its simplified one.

    For matching only, never for showing: letter by letter, so the text keeps its length, but 乾燥
    and 后 may come out as nobody writes them, and Japanese letters change as well.
    """
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    from opencc import OpenCC

    letters = [chr(code) for code in range(0x3400, 0xA000)]
    # Each on a line of its own, so that no two of them are read as a word.
    lean = OpenCC("t2s").convert("\n".join(letters)).split("\n")
    pairs = zip(letters, lean, strict=True)
    return {ord(each): other for each, other in pairs if each != other and len(other) == 1}
