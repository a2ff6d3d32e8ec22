"""Translate: sentences that the memory lacks -> memory entries, as far as the engine can."""

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, islice

from aggregator.errors import BudgetError, EngineDownError, TranslateError
from aggregator.flow.run import Run
from aggregator.model import Failure, MemoryEntry, Origin, Segment
from aggregator.store import Connection, costs, memory, runs
from aggregator.translate.engines import Engine
from aggregator.translate.wording import version_of, worded

#: Sentences given to the engine at once: enough to sort by length into full batches, few enough
#: that a kill costs seconds of work.
_BATCH = 256

#: An engine, and the pairs of languages that it has.
Offered = tuple[Engine, frozenset[tuple[str, str]]]

#: What an engine failed on whose budget is used up.
_BUDGET = "budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Sentences of one pair of languages, and who is asked for them."""

    engine: Engine
    pair: tuple[str, str] = ("", "")
    segments: Sequence[Segment] = ()
    used_up: str = ""  #: why the engine may not be asked any more today


def lacks(db: Connection, run: Run) -> Sequence[Batch]:
    """Return sentences that the memory lacks, of the first pair of languages that has some.

    Of the engines that have the pair the first one is asked; what it failed on in this run, and all
    if it is down or its budget is used up, is the next one's. What any of them translated is not
    lacking. Where there are budgets, all pairs' titles come before what stands below them.
    """
    down = runs.failed(db, run.id, "translate")
    offered: list[Offered] = []
    for engine, pairs in offers(run):
        if pairs is not None:
            offered.append((engine, pairs))
        elif subject(engine, "") not in down:
            return [Batch(engine=engine)]
    batches = _lacking(db, run, offered, down)
    if not run.budgets:
        return list(islice(batches, 1))
    titles_first = sorted(batches, key=lambda batch: batch.segments[0].field != "title")
    return [within_budget(db, run, batch) for batch in titles_first[:1]]


def _lacking(
    db: Connection, run: Run, offered: Sequence[Offered], down: Set[str]
) -> Iterator[Batch]:
    """Yield, for each pair that lacks sentences, those that the first of its engines is to do."""
    for target in run.targets:
        for language in sorted({one for _, pairs in offered for one, to in pairs if to == target}):
            pair = (language, target)
            known = list(versions(run.engines, pair))
            for engine in askable(offered, pair, down):
                if found := memory.untranslated(db, run.id, pair, (engine.name, known), _BATCH):
                    yield Batch(engine=engine, pair=pair, segments=found)
                    break


def askable(offered: Iterable[Offered], pair: tuple[str, str], down: Set[str]) -> Iterator[Engine]:
    """Yield the engines that have a pair, are not down for it and may still be asked today."""
    for engine, pairs in offered:
        stopped = {subject(engine, ">".join(pair)), subject(engine, _BUDGET)}
        if pair in pairs and not stopped & down:
            yield engine


def offers(run: Run) -> Iterator[tuple[Engine, frozenset[tuple[str, str]] | None]]:
    """Yield the engines with the pairs that each translates, None for one that cannot be asked."""
    for engine in run.engines:
        try:
            yield engine, engine.pairs()
        except EngineDownError:
            yield engine, None


def versions(engines: Sequence[Engine], pair: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield whose translations count: those of engines that are not to be asked now, too."""
    for engine in engines:
        with suppress(EngineDownError):
            yield engine.name, engine.version(*pair)


def within_budget(db: Connection, run: Run, batch: Batch) -> Batch:
    """Return what of a batch its engine may still be asked for today: titles alone, if any.

    A title always goes as long as nothing was spent. Where there are no budgets, all of it.
    """
    if not run.budgets:
        return batch
    field = batch.segments[0].field
    segments = [each for each in batch.segments if each.field == field]
    budget = run.budgets.get(batch.engine.name)
    if budget is None:
        return replace(batch, segments=segments)
    midnight = run.now.replace(hour=0, minute=0, second=0, microsecond=0)
    spent = costs.spent(db, batch.engine.name, midnight)
    totals = accumulate(len(each.text) for each in segments)
    number = sum(spent + total <= budget for total in totals)
    if not spent and field == "title":
        number = max(number, 1)
    if number:
        return replace(batch, segments=segments[:number])
    said = f"the day's budget of {budget:,} characters is used up"
    waiting = _waiting(db, run, batch.engine)
    return replace(batch, segments=(), used_up=f"{batch.engine.name}: {said}; {waiting:,} wait")


def _waiting(db: Connection, run: Run, engine: Engine) -> int:
    """Return how many characters nothing has translated of what the engine could."""
    pairs = {f"{language}>{target}" for language, target in engine.pairs()}
    return sum(
        cost.characters
        for target in run.targets
        for pair, cost in costs.waiting(db, run.now, target).items()
        if pair in pairs
    )


def does(run: Run, batches: Sequence[Batch]) -> Iterator[MemoryEntry | Failure]:
    """Yield a memory entry for each sentence; of an engine that cannot be asked, why."""
    for batch in batches:
        engine = batch.engine
        try:
            engine.pairs()
        except EngineDownError as err:
            yield _failure(subject(engine, ""), str(err), err)
            return
        if batch.used_up:
            yield _failure(subject(engine, _BUDGET), batch.used_up, BudgetError())
            return
        try:
            yield from _translate(run, batch.segments, batch.pair, engine)
        except EngineDownError as err:
            yield _failure(subject(engine, ">".join(batch.pair)), str(err), err)


def _translate(
    run: Run, segments: Sequence[Segment], pair: tuple[str, str], engine: Engine
) -> Iterator[MemoryEntry | Failure]:
    language, target = pair
    version = engine.version(language, target)
    wordings = run.lexicon.wordings(target)
    wanted = {each.text: wordings.prescribed(each.text, language) for each in segments}
    ask = partial(engine.translate, source=language, target=target)
    results = worded(ask, wanted, wordings, engine.shape(language, target))
    by_text = {each.text: each for each in segments}
    for text, result in results:
        segment = by_text[text]
        if isinstance(result, TranslateError):
            yield _failure(subject(engine, segment.key), f"{result}: {segment.text}", result)
            continue
        yield MemoryEntry(
            language=language,
            target=target,
            key=segment.key,
            source_text=segment.text,
            target_text=result.text,
            origin=Origin.MACHINE,
            engine=engine.name,
            version=version,
            at=run.now,
            glossary=run.lexicon.version,
            wording=version_of(wanted[text]),
            missing=result.missing,
        )


def _failure(subject: str, reason: str, err: TranslateError) -> Failure:
    return Failure(stage="translate", subject=subject, reason=reason, error=type(err).__name__)


def subject(engine: Engine, what: str) -> str:
    """Name what an engine failed on, a text or a pair: it is not asked for it again in this run."""
    return f"{engine.name} {what}".strip()


def saves(db: Connection, _run: Run, results: Sequence[MemoryEntry]) -> None:
    """Keep the entries."""
    memory.save_entries(db, results)
