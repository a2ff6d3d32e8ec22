"""A text -> the language it is in, of each of its parts; and the languages that are read."""

from aggregator.text.languages.detection import identify
from aggregator.text.languages.mixed import blocks, parts
from aggregator.text.languages.table import LANGUAGES, UNKNOWN, Language, Script, is_latin

__all__ = [
    "LANGUAGES",
    "UNKNOWN",
    "Language",
    "Script",
    "blocks",
    "identify",
    "is_latin",
    "parts",
]
