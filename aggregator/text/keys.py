"""Keys under which equal texts meet."""

import re
import unicodedata
from hashlib import blake2b

#: Bytes of a key: among 10 million texts the odds that any two share one are below 1e-24.
KEY_BYTES = 16


# What NFKC changes in ordinary texts: the wide ASCII of Chinese and Japanese, sara am in Thai, the
# ellipsis. These few replaced, the text mostly is NFKC, which is found out at once; written anew
# as a whole, 300 Chinese or Thai characters take 60 microseconds.
_COMPATIBLE = re.compile("[\u0e33\u2026\u3000\uff01-\uff5e]")


def folded(text: str) -> str:
    """Return *text* as it is compared: NFKC, case folded, each run of white space one space.

    For matching only, never for showing: NFKC turns `＜お知らせ＞` into what looks like a tag.
    """
    # Case folding may bring back a decomposed character and NFKC a folded one; the order is
    # Unicode's NFKC_Casefold, which applies the two until nothing changes any more.
    # https://www.unicode.org/reports/tr15/
    text = unicodedata.normalize("NFKC", _COMPATIBLE.sub(_nfkc, text)).casefold()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.split())


def _nfkc(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def text_key(text: str) -> str:
    """Return the key of *text*: 32 hexadecimal digits.

    Texts that differ only by NFKC forms, case and white space have the same key.
    """
    # A lone surrogate cannot be written in UTF-8; a key must exist for any string all the same.
    data = folded(text).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=KEY_BYTES).hexdigest()


def exact_hash(text: str) -> str:
    """Return a hash of *text* to the letter: 32 hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).hexdigest()
