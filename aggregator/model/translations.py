"""Sentences, their translations, and who made them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aggregator.model.articles import Field


class Origin(StrEnum):
    """Who wrote a translation, most trusted first."""

    PERSON = "person"
    IMPORTED = "imported"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One sentence of an article's field; `tail` is the white space that follows it there."""

    article_id: str
    field: Field
    position: int
    language: str
    key: str  #: of the normalized text, the same in every article
    field_key: str  #: of the whole field: a translation of the whole wins over its sentences
    text: str
    tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryEntry:
    """One translated sentence or field, with who made it."""

    language: str
    target: str
    key: str
    source_text: str
    target_text: str
    origin: Origin
    engine: str  #: "argos", "tmx"; for a person, who it was
    version: str  #: of engine and model; "" for people
    at: datetime
    decision_id: int | None = None  #: the editor's decision it came from
    glossary: str = ""  #: version of the glossary that a machine's was last held against
    wording: str = ""  #: what that prescribed: `aggregator.translate.wording.version_of`
    missing: tuple[str, ...] = ()  #: prescribed words that a machine did not say


class TranslationState(StrEnum):
    """How a shown text came about."""

    ORIGINAL = "original"  #: the source's own words, in the target language
    UNTRANSLATED = "untranslated"  #: the source's own words, since no translation is complete
    MEMORY = "memory"
    MACHINE = "machine"
    EDITED = "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A field in a target language: complete, or the original, never half of each."""

    text: str
    state: TranslationState
    missing: int = 0  #: sentences without a translation
    engine: str = ""
    version: str = ""
