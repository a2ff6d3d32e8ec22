"""What the memory offers for a text that nobody has translated, for commands and pages."""

from aggregator.model import MemoryEntry
from aggregator.store import Connection, Database, memory, sketches
from aggregator.translate import fuzzy
from aggregator.translate.fuzzy import Match
from aggregator.translate.memory import best_of

#: Of so many whose sketches agree most the texts are compared: some 30 ms.
_CANDIDATES = 1_000


def sketch_memory(database: Database) -> int:
    """Sketch the entries that have no sketch yet, and return how many were.

    A million take about a minute; each page of them is a transaction of its own.
    """
    done = 0
    while True:
        with database.begin() as db:
            page = sketches.unsketched(db, fuzzy.VERSION)
            if not page:
                return done
            made = fuzzy.sketches([text for _, text in page])
            sketches.save(db, [entry_id for entry_id, _ in page], made, fuzzy.VERSION)
            done += len(page)


def offers_for(db: Connection, text: str, pair: tuple[str, str], limit: int) -> list[Match]:
    """Return what the memory says of nearly the same text, the closest first: pair is (from, to).

    Only entries that have a sketch are found: see `sketch_memory`.
    """
    (wanted,) = fuzzy.sketches([text])
    ids = sketches.closest(db, wanted, fuzzy.FEWEST, _CANDIDATES)
    found: list[MemoryEntry] = memory.entries_at(db, ids, pair)
    return fuzzy.matches(text, best_of(found).values(), limit)
