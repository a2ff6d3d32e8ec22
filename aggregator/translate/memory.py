"""Translated sentences put together to whole fields."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from aggregator.model import MemoryEntry, Origin, Segment, Translation, TranslationState
from aggregator.text.keys import text_key
from aggregator.text.languages import LANGUAGES

#: Who is believed first when several have translated the same sentence.
_RANK = {Origin.PERSON: 2, Origin.IMPORTED: 1, Origin.MACHINE: 0}

#: After these a Japanese or Chinese sentence needs no space before the next one.
_FULL_WIDTH_ENDS = tuple("。．！？…」』）】》〉”’")

#: The target that shows every source in its own words.
_AS_WRITTEN = "original"


#: The entry to use for a text, by its language and key.
Best = Mapping[tuple[str, str], MemoryEntry]


def best_of(entries: Iterable[MemoryEntry]) -> Best:
    """Return the entry to use for each text: a person's, else an imported one, else a machine's.

    Among persons' entries the latest decision wins, then as among all others the latest entry.
    All entries are of one target.
    """
    best: dict[tuple[str, str], MemoryEntry] = {}
    for entry in entries:
        rival = best.get((entry.language, entry.key))
        if rival is None or _standing(entry) > _standing(rival):
            best[entry.language, entry.key] = entry
    return best


def _standing(entry: MemoryEntry) -> tuple[int, int, datetime, str, str]:
    # Version and text come last, so that the answer never depends on the order of the entries.
    decision = -1 if entry.decision_id is None else entry.decision_id
    return _RANK[entry.origin], decision, entry.at, entry.version, entry.target_text


def assemble(
    text: str,
    segments: Sequence[Segment],
    best: Best,
    language: str,
    target: str,
) -> Translation:
    """Return the field *text* in *target*: translated whole, or the original with what is missing.

    Where a machine's sentence is doubted the field stays as it is too, with what it would be.

    *language* is that of most of the field. A translation of the whole field wins over its
    sentences; those that are in the target language already stay. Where any other has none, all of
    the field stays as it is: half a translation reads like a whole one that says something else.
    Entries of another language or target are not used.
    """
    ordered = sorted(segments, key=lambda each: each.position)
    is_cut = _cover(ordered, text)
    foreign = [each for each in ordered if each.language != target] if is_cut else []
    if not text.strip() or target == _AS_WRITTEN or (language == target and not foreign):
        return Translation(text=text, state=TranslationState.ORIGINAL)
    whole = _usable(best.get((language, text_key(text))), target)
    if whole is not None:
        return _translation(text, whole.target_text.strip(), [whole])
    if not is_cut:
        return Translation(text=text, state=TranslationState.UNTRANSLATED, missing=1)
    parts = {
        each.position: entry
        for each in foreign
        if (entry := _usable(best.get((each.language, each.key)), target)) is not None
    }
    if len(parts) < len(foreign):
        missing = len(foreign) - len(parts)
        return Translation(text=text, state=TranslationState.UNTRANSLATED, missing=missing)
    said = [
        parts[each.position].target_text if each.position in parts else each.text
        for each in ordered
    ]
    return _translation(text, _joined(ordered, said, target), [*parts.values()])


def through(original: str, first: Translation, second: Translation, language: str) -> Translation:
    """Return a field that was translated in two steps, by way of a language in between.

    *second* is what was made of *first*; it says which of both promises less. A second step that
    may be wrong is not shown.
    """
    less = max(first, second, key=lambda each: _TRUSTED.index(each.state))
    shown = replace(second, engine=less.engine, version=less.version, via=language)
    if second.state is TranslationState.DOUBTED:
        return replace(shown, text=original)
    return replace(shown, state=less.state)


#: What a whole translation may be, the most trusted first.
_TRUSTED = (
    TranslationState.EDITED,
    TranslationState.MEMORY,
    TranslationState.MACHINE,
    TranslationState.DOUBTED,
)


def is_known(entry: MemoryEntry | None, engines: Collection[tuple[str, str]]) -> bool:
    """Tell whether a text needs no engine: a person's word, or an engine's that still counts."""
    if entry is None or not entry.target_text.strip():
        return False
    return entry.origin is not Origin.MACHINE or (entry.engine, entry.version) in engines


def _usable(entry: MemoryEntry | None, target: str) -> MemoryEntry | None:
    if entry is None or entry.target != target:
        return None
    return entry if entry.target_text.strip() else None


def _cover(segments: Sequence[Segment], text: str) -> bool:
    """Tell whether the segments are those of *text*, and not of what stood there before."""
    return "".join(piece for each in segments for piece in each.text.split()) == "".join(
        text.split()
    )


def _joined(segments: Sequence[Segment], texts: Sequence[str], target: str) -> str:
    pieces: list[str] = []
    for each, text in zip(segments, texts, strict=True):
        said = text.strip()
        pieces += [said, _glue(each.tail, said, target)]
    return "".join(pieces[:-1])


def _glue(tail: str, before: str, target: str) -> str:
    """Return what stands between two sentences of *target*; line breaks of the source are kept.

    Thai, which puts no space between words, puts one between sentences.
    """
    breaks = tail.count("\n")
    if breaks:
        return "\n" * breaks
    known = LANGUAGES.get(target)
    closed_up = known is not None and known.script in ("japanese", "han")
    return "" if closed_up and before.endswith(_FULL_WIDTH_ENDS) else " "


#: Reasons that are told of a field: more are not read.
_TOLD = 4


def _translation(original: str, text: str, parts: Sequence[MemoryEntry]) -> Translation:
    """Return the translation with the state that promises least: one machine's sentence is enough.

    Only a machine is named: who edited is not for readers.
    """
    machine = next((each for each in parts if each.origin is Origin.MACHINE), None)
    if machine is None:
        edited = any(each.origin is Origin.PERSON for each in parts)
        state = TranslationState.EDITED if edited else TranslationState.MEMORY
        return Translation(text=text, state=state)
    made = Translation(
        text=text,
        state=TranslationState.MACHINE,
        engine=machine.engine,
        version=machine.version,
    )
    doubted = [each for each in parts if each.is_doubted]
    if not doubted:
        return made
    return replace(
        made,
        text=original,
        state=TranslationState.DOUBTED,
        suggested=text,
        reasons=tuple(dict.fromkeys(chain.from_iterable(each.reasons for each in doubted)))[:_TOLD],
    )
