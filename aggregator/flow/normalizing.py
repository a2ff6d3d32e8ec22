"""Normalize: all that some sources newly say -> articles."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aggregator.flow.run import Run
from aggregator.model import Article, Failure, Item, Source
from aggregator.normalize import FRESH_ARTICLES, Known, read_articles, with_refrains
from aggregator.store import Connection, articles, items, runs, sources

#: Articles that are saved at once: enough to be quick, few enough that the workers go on meanwhile.
AT_ONCE = 500

#: What of an article is known to its next reading.
_KNOWN = (
    *("first_seen", "published", "dated_by", "backlog", "date_confidence"),
    *("key", "url", "title"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What one source newly says, and what is known of it."""

    source: Source
    parts: Sequence[Sequence[Item]]  #: of each article
    known: Mapping[str, Known]
    room: int | None  #: how many of the articles may be news; None: all
    still: frozenset[str]  #: keys of what else the source tells of


def lacks(db: Connection, run: Run) -> Sequence[Fetch]:
    """Return sources that say something new, each whole: the backlog rule needs all of it."""
    said = items.unnormalized(db, run.id, run.sources.keys())
    fresh = sources.unsettled(db, said.keys())
    known = articles.of_sources(db, said.keys())
    listed = items.keys(db, said.keys())
    learned = sources.refrains(db, said.keys())
    return [
        Fetch(
            source=with_refrains(run.sources[key], learned[key]),
            parts=part,
            known={
                each[0]: Known(**dict(zip(_KNOWN, each[1:], strict=True))) for each in known[key]
            },
            room=max(0, FRESH_ARTICLES - fresh[key]) if key in fresh else None,
            still=listed[key] - {parts[0].key for parts in part},
        )
        for key, found in said.items()
        for part in _split(found, whole=key in fresh)
    ]


def _split(said: list[list[Item]], *, whole: bool) -> list[list[list[Item]]]:
    """Return what a source says in parts that a worker has room for."""
    if whole:
        return [said]
    return [said[start : start + AT_ONCE] for start in range(0, len(said), AT_ONCE)]


def does(run: Run, batch: Sequence[Fetch]) -> Iterator[list[Article | Failure]]:
    """Yield the articles of one source or more, each source's whole."""
    inputs = [
        (each.source, each.parts, each.known, run.now, each.room, each.still) for each in batch
    ]
    ready: list[Article | Failure] = []
    for fetch, read in zip(batch, run.workers.map(read_articles, inputs), strict=True):
        if isinstance(read, Exception):
            ready += [_failure(fetch, parts, read) for parts in fetch.parts]
        else:
            ready += read
        if len(ready) >= AT_ONCE:
            yield ready
            ready = []
    if ready:
        yield ready


def _failure(fetch: Fetch, parts: Sequence[Item], error: Exception) -> Failure:
    return Failure(
        stage="normalize",
        subject=parts[0].key,
        source_id=fetch.source.id,
        reason=str(error),
        error=type(error).__name__,
    )


def saves(db: Connection, run: Run, results: Sequence[Article]) -> None:
    """Keep articles, that their items are done, and how many are new."""
    known = articles.known_ids(db, [article.id for article in results])
    articles.save(db, results)
    items.mark_normalized(db, [(article.source_id, article.key) for article in results])
    new = {article.id: article.source_id for article in results if article.id not in known}
    runs.add_arrivals(db, run.id, new=Counter(new.values()))
    sources.settle(db, {article.source_id for article in results}, run.now)
