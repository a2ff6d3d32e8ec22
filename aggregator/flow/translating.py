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

#: Sentences, their language and the target.
Batch = tuple[list[Segment], str, str]


def lacks(db: Connection, run: Run) -> Sequence[Batch]:
    """Return sentences of the first pair of languages that the engine has and the memory lacks."""
    down = runs.failed(db, run.id, "translate")
    pairs = run.engine.pairs()
    for target in run.targets:
        for language in sorted(source for source, to in pairs if to == target):
            if _pair(language, target) in down:
                continue
            engine = (run.engine.name, run.engine.version(language, target))
            if found := memory.untranslated(db, run.id, (language, target), engine, _BATCH):
                return [(found, language, target)]
    return []


def does(run: Run, batch: Sequence[Batch]) -> Iterator[MemoryEntry | Failure]:
    """Yield a memory entry for each sentence."""
    for segments, language, target in batch:
        try:
            yield from _translate(run, segments, language, target)
        except EngineDownError as err:
            yield _failure(_pair(language, target), str(err), err)


def _translate(
    run: Run, segments: Sequence[Segment], language: str, target: str
) -> Iterator[MemoryEntry | Failure]:
    version = run.engine.version(language, target)
    wordings = run.lexicon.wordings(target)
    wanted = {each.text: wordings.prescribed(each.text, language) for each in segments}
    results = worded(partial(_ask, run.engine, language, target), wanted, wordings)
    for segment, result in zip(segments, results, strict=True):
        if isinstance(result, TranslateError):
            yield _failure(segment.key, f"{result}: {segment.text}", result)
            continue
        yield MemoryEntry(
            language=language,
            target=target,
            key=segment.key,
            source_text=segment.text,
            target_text=result.text,
            origin=Origin.MACHINE,
            engine=run.engine.name,
            version=version,
            at=run.now,
            glossary=run.lexicon.version,
            wording=version_of(wanted[segment.text]),
            missing=result.missing,
        )


def _ask(
    engine: Engine, language: str, target: str, texts: Sequence[str]
) -> Iterator[str | TranslateError]:
    return engine.translate(texts, language, target)


def _failure(subject: str, reason: str, err: TranslateError) -> Failure:
    return Failure(stage="translate", subject=subject, reason=reason, error=type(err).__name__)


def _pair(language: str, target: str) -> str:
    """Name a pair of languages as the subject of a failure: it is not tried again in this run."""
    return f"{language}>{target}"


def saves(db: Connection, _run: Run, results: Sequence[MemoryEntry]) -> None:
    """Keep the entries."""
    memory.save_entries(db, results)
