"""The field's fixed terms, and where they stand in a text."""

from dataclasses import dataclass
from typing import Literal

#: `preferred` is what a translation says, a `variant` means the same, and what is `related` is
#: narrower, former or local: it speaks for the concept and keeps its own words in translation.
TermRole = Literal["preferred", "variant", "related"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One way in which a concept is written in one language, and when it counts."""

    text: str
    language: str
    role: TermRole
    proposed: bool = False  #: to find by; no translation is made to say it
    not_inside: tuple[str, ...] = ()  #: longer texts of which it is part without being meant
    case: bool = False  #: only with these capitals
    word: bool = False  #: only as a whole word
    context: bool = False  #: only beside another term that needs no other
    group: bool = False  #: only beside such a term of its concept's group
    country: bool = False  #: only in sources of its concept's country


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing that the field has fixed words for."""

    id: str
    group: str
    country: str = ""  #: whose it is, "" when no country's own
    terms: tuple[Term, ...]
    note: str = ""  #: what an editor must know

    def wording(self, language: str) -> str:
        """Return what a translation into the language must say, "" where nobody has settled it."""
        for term in self.terms:
            if term.language == language and term.role == "preferred" and not term.proposed:
                return term.text
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place in a text where a concept stands."""

    concept: str  #: id
    term: str  #: as the glossary writes it
    language: str  #: of the term: English ones are found in any language
    field: str  #: of the article; "" where there is but one text
    start: int
    end: int
    role: TermRole
