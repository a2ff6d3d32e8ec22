"""Check: machines' translations that were not checked yet -> how much each is to be doubted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import fsum
from operator import mul

from aggregator.errors import EmbedError
from aggregator.flow.run import Run
from aggregator.model import Doubts, Failure, MemoryEntry
from aggregator.store import Connection, memory, runs
from aggregator.translate.checks import Pair, judged

#: Two texts an entry are embedded: some ten seconds of the bundled engine's work.
_BATCH = 128

#: Entries, and what they are checked with.
Batch = tuple[list[MemoryEntry], Doubts]


def lacks(db: Connection, run: Run) -> Sequence[Batch]:
    """Return machines' entries that were not checked with the present checks.

    Where the engine for vectors failed in this run, what can be found without them will do.
    """
    able = [each for each in run.doubts if not each.engine or not runs.failed(db, run.id, "check")]
    if not able:
        return []
    enough = [each.version for each in run.doubts[: run.doubts.index(able[0]) + 1]]
    found = memory.unchecked(db, enough, _BATCH)
    return [(found, able[0])] if found else []


def does(run: Run, batch: Sequence[Batch]) -> Iterator[MemoryEntry | Failure]:
    """Yield each entry with what the checks say of it; if there are no vectors, why."""
    for entries, doubts in batch:
        try:
            near = _nearness(run, entries) if doubts.engine else [None] * len(entries)
        except EmbedError as err:
            yield Failure(stage="check", subject=doubts.engine, reason=str(err), error="EmbedError")
            return
        for entry, nearness in zip(entries, near, strict=True):
            yield _checked(entry, nearness, doubts)


def _nearness(run: Run, entries: Sequence[MemoryEntry]) -> list[float | None]:
    """Return the cosine of each entry's two texts."""
    sources = [(each.source_text, each.language) for each in entries]
    said = [(each.target_text, each.target) for each in entries]
    texts, languages = zip(*sources, *said, strict=True)
    made = run.embedder.embed(texts, languages)
    pairs = zip(made[: len(entries)], made[len(entries) :], strict=True)
    return [fsum(map(mul, one, other)) for one, other in pairs]


def _checked(entry: MemoryEntry, nearness: float | None, doubts: Doubts) -> MemoryEntry:
    pair = Pair(
        source=entry.source_text,
        said=entry.target_text,
        language=entry.language,
        target=entry.target,
        nearness=nearness,
    )
    found = judged(pair, doubts)
    terms = tuple(f"does not say “{wanted}”, as the glossary wants" for wanted in entry.missing)
    return replace(
        entry,
        checked=doubts.version,
        doubt=found.doubt,
        is_doubted=found.is_doubted,
        reasons=(*found.reasons, *terms),
    )


def saves(db: Connection, _run: Run, results: Sequence[MemoryEntry]) -> None:
    """Keep them."""
    memory.save_entries(db, results)
