"""Pivot: English translations, where no engine knows the language itself -> translated further."""

from collections.abc import Sequence

from aggregator.flow.reading import PIVOT, Words
from aggregator.flow.run import Run
from aggregator.flow.translating import (
    Batch,
    askable,
    does,
    offers,
    saves,
    subject,
    versions,
    within_budget,
)
from aggregator.store import Connection, memory, runs
from aggregator.text.languages import LANGUAGES

__all__ = ["does", "lacks", "saves"]


def lacks(db: Connection, run: Run) -> Sequence[Batch]:
    """Return the English sentences that the memory lacks, of the first target that has some.

    Only of articles in whose language no engine translates to the target. Both steps are entries
    of the memory like others; what an editor corrected in the first is lacking in the second.
    """
    failed = runs.failed(db, run.id, "translate")
    offered = [(engine, pairs) for engine, pairs in offers(run) if pairs]
    for target in run.targets:
        pair = (PIVOT, target)
        able = list(askable(offered, pair, failed))
        direct = {one for _, pairs in offered for one, to in pairs if to == target}
        languages = LANGUAGES.keys() - direct - {target, PIVOT}
        if not able or not languages or target == PIVOT:
            continue
        words = Words(db, memory.leading_in(db, languages), target)
        lacking = words.steps_lacking(list(versions(run.engines, pair)))
        for engine in able:
            if found := [each for each in lacking if subject(engine, each.key) not in failed]:
                batch = Batch(engine=engine, pair=pair, segments=found)
                return [within_budget(db, run, batch)]
    return []
