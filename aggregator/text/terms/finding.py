"""The concepts of the glossary -> where their terms stand in a text."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aggregator.model.glossary import Concept, Found, Term
from aggregator.text.terms.edges import is_part
from aggregator.text.terms.spelling import Spelled, cased, spelled
from aggregator.text.terms.words import Words

#: A term of one letter would stand in every text.
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A term that stands in a text and does not count there."""

    concept: str  #: id
    term: str
    field: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a text says: the terms that count, in their order, and those that do not."""

    found: tuple[Found, ...]
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guard:
    """A longer text in which the term is not meant."""

    text: str
    letters: str
    gaps: frozenset[int]
    at: int  #: where the term begins in it

    def stands(self, text: Spelled, term_start: int) -> bool:
        """Tell whether the text has it around the term that begins there, in no more words."""
        start = term_start - self.at
        if start < 0 or not text.letters.startswith(self.letters, start):
            return False
        return text.gaps(start, start + len(self.letters)) <= self.gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A term with what comparing it needs."""

    concept: Concept
    term: Term
    letters: str
    gaps: frozenset[int]
    guards: tuple[_Guard, ...]
    cased: str
    contested: bool  #: its country's, and written as a concept that is not

    @property
    def needs_company(self) -> bool:
        return self.term.context or self.term.group


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    """A term that stands in one of the fields, by its letters."""

    entry: _Entry
    field: str
    text: Spelled
    start: int
    end: int

    @property
    def shown(self) -> str:
        return self.text.text[self.text.starts[self.start] : self.text.end(self.end - 1)]

    def overlaps(self, other: "_Hit") -> bool:
        return self.field == other.field and self.start < other.end and other.start < self.end


class Terms:
    """All terms of a glossary, ready to be found: built once, used for any number of texts."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        by_language: dict[str, list[_Entry]] = defaultdict(list)
        for concept in concepts:
            for term in concept.terms:
                by_language[term.language].extend(_entries(concept, term))
        entries = {language: _contested(found) for language, found in by_language.items()}
        english = entries.pop("en", [])
        self._english = Words(english)
        self._words = {
            language: Words([*own, *_foreign(english, own)]) for language, own in entries.items()
        }

    def find(self, text: str, language: str, country: str) -> tuple[Found, ...]:
        """Return the terms that count in *text*, of a source from *country*, in their order.

        They are those of the text's language and English ones. Of terms that overlap the longest
        counts. Positions are those of *text* as it is.
        """
        return self.look({"": text}, language, country).found

    def look(self, fields: Mapping[str, str], language: str, country: str) -> Looked:
        """Return what the fields of one article say: a term in one is company for all others."""
        hits: list[_Hit] = []
        passed: list[Passed] = []
        for field, text in fields.items():
            for hit in self._hits(field, spelled(text), language):
                if reason := _local_fault(hit, language, country):
                    passed.append(_passed(hit, reason))
                else:
                    hits.append(hit)
        company = _by_group(_longest(hit for hit in hits if not hit.entry.needs_company))
        kept: list[_Hit] = []
        for hit in hits:
            if hit.entry.needs_company and not _has_company(hit, company):
                passed.append(_passed(hit, _lonely(hit)))
            else:
                kept.append(hit)
        found = _longest(kept)
        order = {field: place for place, field in enumerate(fields)}
        found.sort(key=lambda hit: (order[hit.field], hit.start))
        return Looked(found=tuple(map(_found, found)), passed=tuple(passed))

    def _hits(self, field: str, text: Spelled, language: str) -> Iterator[_Hit]:
        for start, entry in self._words.get(language, self._english).find(text.letters):
            end = start + len(entry.letters)
            if text.gaps(start, end) <= entry.gaps:
                yield _Hit(entry=entry, field=field, text=text, start=start, end=end)


def _entries(concept: Concept, term: Term) -> Iterator[_Entry]:
    """Yield the term as it is written, and an English one that ends in y in the plural."""
    own = spelled(term.text)
    yield _entry(concept, term, own, own.letters)
    if term.language == "en" and own.letters.endswith("y") and not (term.case or term.word):
        yield _entry(concept, term, own, f"{own.letters[:-1]}ies")


def _entry(concept: Concept, term: Term, own: Spelled, letters: str) -> _Entry:
    return _Entry(
        concept=concept,
        term=term,
        letters=letters,
        gaps=own.gaps(0, len(own.letters)),
        guards=tuple(each for longer in term.not_inside for each in _guards(letters, longer)),
        cased=cased(term.text) if term.case else "",
        contested=False,
    )


def _guards(letters: str, longer: str) -> Iterator[_Guard]:
    whole = spelled(longer)
    gaps = whole.gaps(0, len(whole.letters))
    at = whole.letters.find(letters)
    while at >= 0:
        yield _Guard(text=longer, letters=whole.letters, gaps=gaps, at=at)
        at = whole.letters.find(letters, at + 1)


def _contested(entries: Sequence[_Entry]) -> list[_Entry]:
    """Return a language's entries, marked a country's that others or none have as well."""
    owners = Counter(
        letters for letters, _ in {(each.letters, each.concept.country) for each in entries}
    )
    return [
        replace(each, contested=bool(each.concept.country) and owners[each.letters] > 1)
        for each in entries
    ]


def _foreign(english: Sequence[_Entry], own: Sequence[_Entry]) -> Iterator[_Entry]:
    """Yield the English entries that a language does not have by itself."""
    there = {each.letters for each in own}
    return (each for each in english if each.letters not in there)


def _local_fault(hit: _Hit, language: str, country: str) -> str:
    """Return why a term does not count where it stands, "" if it does."""
    entry, term = hit.entry, hit.entry.term
    if is_part(hit.text, hit.start, hit.end, (language, term.language), term.word):
        return "is part of another word"
    if term.case and cased(hit.shown) != entry.cased:
        return f"is not written {term.text}"
    for guard in entry.guards:
        if guard.stands(hit.text, hit.start):
            return f"is part of {guard.text}"
    if (term.country or entry.contested) and country != entry.concept.country:
        return f"counts in sources from {entry.concept.country} only"
    return ""


def _lonely(hit: _Hit) -> str:
    wanted = f"of the group {hit.entry.concept.group} " if hit.entry.term.group else ""
    return f"needs another term {wanted}beside it"


def _by_group(hits: Iterable[_Hit]) -> Mapping[str, Sequence[_Hit]]:
    """Return the hits of each group, and all under no name."""
    found: dict[str, list[_Hit]] = defaultdict(list)
    for hit in hits:
        found[""].append(hit)
        found[hit.entry.concept.group].append(hit)
    return found


def _has_company(hit: _Hit, company: Mapping[str, Sequence[_Hit]]) -> bool:
    # Few terms can overlap this one, so the search ends soon however long the text is.
    group = hit.entry.concept.group if hit.entry.term.group else ""
    return any(not other.overlaps(hit) for other in company.get(group, ()))


def _longest(hits: Iterable[_Hit]) -> list[_Hit]:
    """Return the hits none of which overlaps a longer one.

    Of those in one place the text's own language comes before English, a concept of the source's
    country before one of none, and one that needs company, and has it, before one that does not.
    """
    taken: dict[str, set[int]] = defaultdict(set)
    kept: list[_Hit] = []
    for hit in sorted(hits, key=_rank):
        places = taken[hit.field]
        # Whatever is taken is at least as long: an overlap holds one of the two ends.
        if hit.start not in places and hit.end - 1 not in places:
            places.update(range(hit.start, hit.end))
            kept.append(hit)
    return kept


def _rank(hit: _Hit) -> tuple[int, bool, bool, int]:
    entry = hit.entry
    return hit.start - hit.end, not entry.contested, not entry.needs_company, hit.start


def _found(hit: _Hit) -> Found:
    return Found(
        concept=hit.entry.concept.id,
        term=hit.entry.term.text,
        language=hit.entry.term.language,
        field=hit.field,
        start=hit.text.starts[hit.start],
        end=hit.text.end(hit.end - 1),
        role=hit.entry.term.role,
    )


def _passed(hit: _Hit, reason: str) -> Passed:
    return Passed(
        concept=hit.entry.concept.id,
        term=hit.entry.term.text,
        field=hit.field,
        start=hit.text.starts[hit.start],
        end=hit.text.end(hit.end - 1),
        reason=reason,
    )
