"""The parts that are measured, each in a process of its own."""

import resource
from collections.abc import Callable, Mapping, Sequence
from filecmp import cmp
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

from aggregator.cli.memory import AT_ONCE
from aggregator.flow.remembering import offers_for, sketch_memory
from aggregator.store import Database, memory
from aggregator.translate.fuzzy import FLOOR, share
from aggregator.translate.tmx import read_tmx, write_tmx
from bench.memory.segments import changed, segments
from bench.search.items import sentences

PARALLEL = Path(__file__).resolve().parents[3] / "shared" / "parallel"
SEED = 11
ASKED = 60

Part = Callable[[Path, int], str]


def make(folder: Path, number: int) -> str:
    """Write the TMX file that is read."""
    words = sentences(PARALLEL)
    write_tmx(folder / "made.tmx", (entry for _, entry in segments(number, words, SEED)))
    return f"{(folder / 'made.tmx').stat().st_size / 1e6:,.0f} MB"


def bring_in(folder: Path, _: int) -> str:
    """Do what `memory import` does."""
    database = _database(folder)
    database.migrate()
    path = folder / "made.tmx"
    count = sum(1 for _ in read_tmx(path))
    entries = read_tmx(path)
    while batch := list(islice(entries, AT_ONCE)):
        with database.begin() as db:
            memory.save_entries(db, batch)
    return f"{count:,} entries, {sum(e.stat().st_size for e in folder.glob('x.db*')) / 1e6:,.0f} MB"


def bring_out(folder: Path, _: int) -> str:
    """Do what `memory export` does."""
    with _database(folder).read() as db:
        write_tmx(folder / "out.tmx", memory.every_entry(db))
    same = cmp(folder / "out.tmx", folder / "made.tmx", shallow=False)
    return "the same file" if same else "ANOTHER FILE"


def sketch(folder: Path, _: int) -> str:
    """Make the sketches."""
    return f"{sketch_memory(_database(folder)):,} entries"


def look_up(folder: Path, number: int) -> str:
    """Look changed entries up, and tell how many are found, and how fast."""
    chance = Random(SEED)  # noqa: S311 - no secret
    wanted = {chance.randrange(number) for _ in range(ASKED)}
    made = enumerate(segments(number, sentences(PARALLEL), SEED))
    some = [(language, entry.source_text) for at, (language, entry) in made if at in wanted]
    kinds: Mapping[str, Callable[[str], str]] = {
        "a number": lambda text: _renumbered(text, number),
        "a tenth": lambda text: changed(text, 0.1, chance),
        "a fifth": lambda text: changed(text, 0.2, chance),
        "a quarter": lambda text: changed(text, 0.24, chance),
    }
    return "; ".join(_found(folder, kind, change, some) for kind, change in kinds.items())


def _found(
    folder: Path, kind: str, change: Callable[[str], str], some: Sequence[tuple[str, str]]
) -> str:
    right, times = 0, []
    with _database(folder).read() as db:
        for language, text in some:
            asked = change(text)
            if share(asked, text) < FLOOR:
                continue
            start = perf_counter()
            found = offers_for(db, asked, (language, "en"), 5)
            times.append(perf_counter() - start)
            right += any(match.entry.source_text == text for match in found)
    cuts = quantiles(times, n=20)
    return f"{kind}: {right} of {len(times)}, {cuts[9] * 1e3:.0f}/{cuts[18] * 1e3:.0f} ms"


def _renumbered(text: str, number: int) -> str:
    digits = "".join(each for each in text if each.isdigit())
    return text.replace(digits, str(int(digits) + number)) if digits in text else text


def _database(folder: Path) -> Database:
    return Database(f"sqlite:///{folder / 'x.db'}")


def measured(part: Part, folder: Path, number: int) -> None:
    start = perf_counter()
    said = part(folder, number)
    took = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{part.__name__:10} {took:7.1f} s {peak:5.0f} MiB  {said}", flush=True)


PARTS: Sequence[Part] = (make, bring_in, bring_out, sketch, look_up)
