"""Reword: machines' translations, where the glossary changed -> those that are to be made anew."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aggregator.flow.run import Run
from aggregator.model import MemoryEntry
from aggregator.store import Connection, memory
from aggregator.translate.wording import version_of

_BATCH = 500

#: The version of a translation that nothing makes any more: the next run of its engine lacks it.
_OUTDATED = ""


def lacks(db: Connection, run: Run) -> Sequence[MemoryEntry]:
    """Return machines' entries that were not held against the present glossary."""
    return memory.unheld(db, run.lexicon.version, _BATCH)


def does(run: Run, batch: Sequence[MemoryEntry]) -> Iterator[MemoryEntry]:
    """Yield each entry as it stands: outdated where something else is prescribed for it now.

    It is shown until a translation takes its place. What people wrote is never asked for again.
    """
    wordings = {target: run.lexicon.wordings(target) for target in {each.target for each in batch}}
    for each in batch:
        said = wordings[each.target].prescribed(each.source_text, each.language)
        version = each.version if version_of(said) == each.wording else _OUTDATED
        yield replace(each, glossary=run.lexicon.version, version=version)


def saves(db: Connection, _run: Run, results: Sequence[MemoryEntry]) -> None:
    """Keep them."""
    memory.save_entries(db, results)
