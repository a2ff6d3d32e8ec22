"""Sentences, their translations, and who made them."""

from collections.abc import Mapping, Sequence
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
    checked: str = ""  #: what a machine's was last checked with: `Doubts.version`; "": not yet
    doubt: float = 0.0  #: how much it is to be doubted: 0 to 1
    is_doubted: bool = False  #: it is not shown before an editor has looked at it
    reasons: tuple[str, ...] = ()  #: why it is doubted, weightiest first


class TranslationState(StrEnum):
    """How a shown text came about."""

    ORIGINAL = "original"  #: the source's own words, in the target language
    UNTRANSLATED = "untranslated"  #: the source's own words, since no translation is complete
    DOUBTED = "doubted"  #: the source's own words, since a machine's translation may be wrong
    MEMORY = "memory"
    MACHINE = "machine"
    EDITED = "edited"


#: States in which the source's own words are shown.
OWN_WORDS = frozenset(
    {TranslationState.ORIGINAL, TranslationState.UNTRANSLATED, TranslationState.DOUBTED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A field in a target language: complete, or the original, never half of each."""

    text: str
    state: TranslationState
    missing: int = 0  #: sentences without a translation
    engine: str = ""
    version: str = ""
    via: str = ""  #: the language in between, where there was one
    suggested: str = ""  #: the doubted translation
    reasons: tuple[str, ...] = ()  #: why it is doubted


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """What was learned of lengths from good translations."""

    #: By language and kind of sign, what one says: how many English letters.
    letters: Mapping[str, Mapping[str, float]]
    spread: float  #: variance of the logarithm of the ratio of long sentences …
    spread_of_short: float  #: … and what is added to it, divided by the length


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What was learned of good and of bad translations."""

    version: str  #: another one whenever the same translation could be judged differently
    lengths: Lengths
    bias: float
    weights: Mapping[str, Sequence[float]]  #: by check, of the steps of its scale
    limit: float  #: the doubt above which a translation is not shown before it was looked at
    engine: str = ""  #: of the vectors that are weighed too, and its version; "": none are
