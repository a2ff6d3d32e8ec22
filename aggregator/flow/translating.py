"""Translate: sentences that the memory lacks -> memory entries, as far as the engine can."""

from collections.abc import Iterator, Sequence
from functools import partial

from aggregator.errors import EngineDownError, TranslateError
from aggregator.flow.run import Run
from aggregator.model import Failure, MemoryEntry, Origin, Segment
from aggregator.store import Connection, memory, runs
from aggregator.translate.engines import Engine
from aggregator.translate.wording import version_of, worded

#: Sentences given to the engine at once: enough to sort by length into full batches, few enough
#: that a kill costs seconds of work.
_BATCH = 256

#: Sentences, their language, the target, and who is asked.
Batch = tuple[list[Segment], str, str, Engine]


def lacks(db: Connection, run: Run) -> Sequence[Batch]:
    """Return sentences that the memory lacks, of the first pair of languages that has some.

    Of the engines that have the pair the first one is asked; what it failed on in this run, and all
    if it is down, is the next one's. What any of them translated is not lacking.
    """
    down = runs.failed(db, run.id, "translate")
    offered = []
    for engine, pairs in offers(run):
        if pairs is not None:
            offered.append((engine, pairs))
        elif subject(engine, "") not in down:
            return [([], "", "", engine)]
    for target in run.targets:
        for language in sorted({one for _, pairs in offered for one, to in pairs if to == target}):
            pair = (language, target)
            able = [engine for engine, pairs in offered if pair in pairs]
            known = [(engine.name, engine.version(*pair)) for engine in able]
            for engine in able:
                if subject(engine, f"{language}>{target}") in down:
                    continue
                if found := memory.untranslated(db, run.id, pair, (engine.name, known), _BATCH):
                    return [(found, language, target, engine)]
    return []


def offers(run: Run) -> Iterator[tuple[Engine, frozenset[tuple[str, str]] | None]]:
    """Yield the engines with the pairs that each translates, None for one that cannot be asked."""
    for engine in run.engines:
        try:
            yield engine, engine.pairs()
        except EngineDownError:
            yield engine, None


def does(run: Run, batch: Sequence[Batch]) -> Iterator[MemoryEntry | Failure]:
    """Yield a memory entry for each sentence; of an engine that cannot be asked, why."""
    for segments, language, target, engine in batch:
        try:
            engine.pairs()
        except EngineDownError as err:
            yield _failure(subject(engine, ""), str(err), err)
            return
        try:
            yield from _translate(run, segments, (language, target), engine)
        except EngineDownError as err:
            yield _failure(subject(engine, f"{language}>{target}"), str(err), err)


def _translate(
    run: Run, segments: Sequence[Segment], pair: tuple[str, str], engine: Engine
) -> Iterator[MemoryEntry | Failure]:
    language, target = pair
    version = engine.version(language, target)
    wordings = run.lexicon.wordings(target)
    wanted = {each.text: wordings.prescribed(each.text, language) for each in segments}
    ask = partial(_ask, engine, language, target)
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


def _ask(
    engine: Engine, language: str, target: str, texts: Sequence[str]
) -> Iterator[str | TranslateError]:
    return engine.translate(texts, language, target)


def _failure(subject: str, reason: str, err: TranslateError) -> Failure:
    return Failure(stage="translate", subject=subject, reason=reason, error=type(err).__name__)


def subject(engine: Engine, what: str) -> str:
    """Name what an engine failed on, a text or a pair: it is not asked for it again in this run."""
    return f"{engine.name} {what}".strip()


def saves(db: Connection, _run: Run, results: Sequence[MemoryEntry]) -> None:
    """Keep the entries."""
    memory.save_entries(db, results)
