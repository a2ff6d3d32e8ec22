"""glossary.yaml -> the concepts of the field with their terms."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import GenericAlias
from typing import Annotated, Any, Literal, Optional, Self, get_args

from pydantic import Field, create_model, model_validator

from aggregator.config.complaints import Complaint, filled, one_error
from aggregator.config.fields import (
    LANGUAGES,
    UNIQUE,
    CountryCode,
    Form,
    Language,
    Slug,
    Text,
    suggestion,
    wrong,
)
from aggregator.config.yaml_file import KeyPath, read_yaml
from aggregator.model.glossary import Concept, Term, TermRole
from aggregator.text.languages import LANGUAGES as KNOWN
from aggregator.text.terms.finding import FEWEST_LETTERS
from aggregator.text.terms.spelling import Spelled, spelled

Group = Literal[
    "movement", "teaching", "curriculum", "assessment", "institution", "issue", "school"
]
Condition = Literal["case", "word", "context", "group", "country"]
CONDITIONS: tuple[str, ...] = get_args(Condition)

_TermList = Annotated[list[Text], *UNIQUE]
_Conditions = Annotated[list[Condition], *UNIQUE]


class GuardForm(Form):
    """When a term counts, in every language of the concept that has it."""

    term: Text = Field(description="one of the concept's terms, in any language")
    not_inside: _TermList | None = Field(
        None, description="longer texts of which the term is part without being meant"
    )
    only: _Conditions | None = Field(
        None,
        description="case: with these capitals; word: as a whole word; context: beside another "
        "term; group: beside another term of the group; country: in sources of the country",
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.not_inside and not self.only:
            raise wrong("says nothing of the term", "add `not_inside: […]` or `only: […]`")
        return self


class _ConceptForm(Form):
    concept: Slug = Field(description="never change it: topics and trends refer to it")
    group: Group = Field(description="what kind of thing it is")
    country: CountryCode | None = Field(None, description="whose it is, if one country's only")
    proposed: Annotated[list[Language], *UNIQUE] | None = Field(
        None, description="languages in which nobody has confirmed the terms yet"
    )
    only: _Conditions | None = Field(None, description="conditions of all its terms")
    guards: list[GuardForm] | None = Field(None, description="conditions of single terms")
    note: Text | None = Field(None, description="what an editor must know")


def _per_language(name: str, doc: str, base: type[Form], **others: Any) -> Any:
    """Return a form with a list of terms for each language, under the language's own code."""
    fields: dict[str, Any] = {
        code: (_TermList | None, Field(None, description=f"terms in {KNOWN[code].name}"))
        for code in LANGUAGES
    }
    return create_model(name, __doc__=doc, __base__=base, **fields, **others)


_RelatedForm = _per_language("RelatedForm", "Narrower, former or local words, by language.", Form)
_RELATED = "words that speak for the concept, and that no translation puts its own word for"
_Concepts = _per_language(
    "ConceptForm",
    "One concept; of each language's terms the first is the preferred one.",
    _ConceptForm,
    related=(Optional[_RelatedForm], Field(None, description=_RELATED)),  # noqa: UP045 - a value
)

#: The form of the whole file. Made here and not written as a class, for its keys have hyphens.
GlossaryForm: Any = GenericAlias(list, (_Concepts,))


def read_glossary(path: Path) -> tuple[Concept, ...]:
    """Return the concepts of the file in their order, none when it holds nothing but remarks.

    Raises:
        ConfigError: the file is not as the schema says, a term is written twice, or a condition
            can never be met.
    """
    file = read_yaml(path)
    if file.data in (None, []):
        return ()
    forms = filled(file, GlossaryForm)
    rows = [tuple(_rows(at, form)) for at, form in enumerate(forms)]
    complaints = list(_complaints(forms, rows))
    if complaints:
        raise one_error(file, complaints)
    return tuple(map(_concept, forms, rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One term with the place where it is written."""

    path: KeyPath
    form: Any
    term: Term
    spelled: Spelled

    @property
    def key(self) -> tuple[str, str]:
        return self.term.language, self.spelled.letters

    @property
    def gaps(self) -> frozenset[int]:
        return self.spelled.gaps(0, len(self.spelled.letters))

    @property
    def is_conditional(self) -> bool:
        return self.term.context or self.term.group


def _rows(at: int, form: Any) -> Iterator[_Row]:
    for language in LANGUAGES:
        own = getattr(form, language) or ()
        for place, text in enumerate(own):
            role: TermRole = "variant" if place else "preferred"
            yield _row((at, language, place), form, text, role)
        related = getattr(form.related, language) if form.related else None
        for place, text in enumerate(related or ()):
            yield _row((at, "related", language, place), form, text, "related")


def _row(path: KeyPath, form: Any, text: str, role: TermRole) -> _Row:
    letters = spelled(text)
    guards = [each for each in form.guards or () if spelled(each.term).letters == letters.letters]
    only = {*(form.only or ()), *(flag for guard in guards for flag in guard.only or ())}
    term = Term(
        text=text,
        language=str(path[-2]),
        role=role,
        proposed=path[-2] in (form.proposed or ()),
        not_inside=tuple(longer for guard in guards for longer in guard.not_inside or ()),
        case="case" in only or _is_capitals(text),
        word="word" in only,
        context="context" in only,
        group="group" in only,
        country="country" in only,
    )
    return _Row(path=path, form=form, term=term, spelled=letters)


def _is_capitals(text: str) -> bool:
    """Tell whether a term is an abbreviation, which in small letters may be another word: stem."""
    letters = spelled(text).letters
    return letters.isascii() and letters.isalnum() and text.isupper()


def _concept(form: Any, rows: Sequence[_Row]) -> Concept:
    return Concept(
        id=form.concept,
        group=form.group,
        country=form.country or "",
        terms=tuple(row.term for row in rows),
        note=form.note or "",
    )


def _complaints(forms: Sequence[Any], rows: Sequence[Sequence[_Row]]) -> Iterator[Complaint]:
    yield from _repeated_concepts(forms)
    for at, form in enumerate(forms):
        yield from _concept_complaints(at, form, rows[at])
    yield from _repeated_terms([row for own in rows for row in own])


def _repeated_concepts(forms: Sequence[Any]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for at, form in enumerate(forms):
        if form.concept in seen:
            yield Complaint(
                path=(at, "concept"),
                said=f"`{form.concept}` is there already",
                remedy="put the terms of both into one entry, or give one another name",
            )
        seen.add(form.concept)


def _concept_complaints(at: int, form: Any, rows: Sequence[_Row]) -> Iterator[Complaint]:
    if not rows:
        remedy = f"add a line for a language: {', '.join(LANGUAGES)}"
        yield Complaint(path=(at,), said=f"{form.concept} has no term", remedy=remedy)
    yield from (each for row in rows for each in _term_complaints(row))
    for place, language in enumerate(form.proposed or ()):
        if not getattr(form, language):
            yield Complaint(
                path=(at, "proposed", place),
                said=f"{form.concept} has no terms in `{language}` to be confirmed",
                remedy=f"add `{language}: […]`, or take it out of the list",
            )
    for place, guard in enumerate(form.guards or ()):
        yield from _guard_complaints((at, "guards", place), form, guard, rows)


def _term_complaints(row: _Row) -> Iterator[Complaint]:
    if len(row.spelled.letters) < FEWEST_LETTERS:
        remedy = "write a longer one: such a letter stands in every text"
        yield Complaint(path=row.path, said=f"`{row.term.text}` is too short", remedy=remedy)
    if row.term.country and not row.form.country:
        yield Complaint(
            path=row.path,
            said=f"`{row.term.text}` counts only in its country's sources, and there is none",
            remedy="add `country: …` to the entry, or take the condition `country` away",
        )


def _guard_complaints(
    path: KeyPath, form: Any, guard: GuardForm, rows: Sequence[_Row]
) -> Iterator[Complaint]:
    there = [row.term.text for row in rows]
    if guard.term not in there:
        yield Complaint(
            path=(*path, "term"),
            said=f"{form.concept} has no term `{guard.term}`",
            remedy=suggestion(guard.term, there) + "write it as it stands in the language's list",
        )
    letters = spelled(guard.term).letters
    for place, longer in enumerate(guard.not_inside or ()):
        if letters not in spelled(longer).letters or letters == spelled(longer).letters:
            yield Complaint(
                path=(*path, "not_inside", place),
                said=f"`{longer}` is no longer text with `{guard.term}` in it",
                remedy="write the whole of what is not meant: 기독교권 for 교권",
            )


def _repeated_terms(rows: Sequence[_Row]) -> Iterator[Complaint]:
    """Yield the terms that say the same as one before: the same letters in the same language.

    Concepts of several countries may share a term, for the source's country decides; and so may
    two of which one needs other terms beside it.
    """
    seen: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        for other in seen[row.key]:
            if said := _repetition(row, other):
                remedy = "remove one of the two"
                yield Complaint(path=row.path, said=said, remedy=remedy)
                break
        seen[row.key].append(row)


def _repetition(row: _Row, other: _Row) -> str:
    if row.form is other.form:
        if not row.gaps <= other.gaps or row.term.case != other.term.case:
            return ""
        return f"`{row.term.text}` is found by `{other.term.text}` already"
    if (row.form.country or "") != (other.form.country or ""):
        return ""
    if row.is_conditional != other.is_conditional:
        return ""
    return f"`{row.term.text}` stands for {other.form.concept} already"
