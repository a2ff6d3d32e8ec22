"""The languages that are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Script = Literal["japanese", "hangul", "han", "thai", "latin"]

#: What a text is said to be in whose language is not known (BCP 47: undetermined).
UNKNOWN = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language with what its writing needs."""

    code: str  #: BCP 47
    name: str  #: English
    own_name: str
    script: Script
    unspaced: bool  #: written without spaces between words
    country: str = ""  #: whose it is, of those whose sources are read (ISO 3166-1)


_ALL = (
    Language(
        code="ja",
        name="Japanese",
        own_name="日本語",
        script="japanese",
        unspaced=True,
        country="jp",
    ),
    Language(
        code="ko", name="Korean", own_name="한국어", script="hangul", unspaced=False, country="kr"
    ),
    Language(
        code="zh-Hans",
        name="Chinese (Simplified)",
        own_name="简体中文",
        script="han",
        unspaced=True,
        country="cn",
    ),
    Language(
        code="zh-Hant",
        name="Chinese (Traditional)",
        own_name="繁體中文",
        script="han",
        unspaced=True,
        country="tw",
    ),
    Language(
        code="vi",
        name="Vietnamese",
        own_name="Tiếng Việt",
        script="latin",
        unspaced=False,
        country="vn",
    ),
    Language(code="th", name="Thai", own_name="ไทย", script="thai", unspaced=True, country="th"),
    Language(
        code="id",
        name="Indonesian",
        own_name="Bahasa Indonesia",
        script="latin",
        unspaced=False,
        country="id",
    ),
    Language(code="en", name="English", own_name="English", script="latin", unspaced=False),
)

#: Every language a source or a target may have, by code.
LANGUAGES: Mapping[str, Language] = MappingProxyType({each.code: each for each in _ALL})


def is_latin(code: str) -> bool:
    """Tell whether a language that is read is written in Latin letters."""
    return code in LANGUAGES and LANGUAGES[code].script == "latin"
