"""Compare: articles whose text or vector changed -> how they are like those of their time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aggregator.dedupe import WINDOW, Index, Meaning, Side, Trace, compared, nearest
from aggregator.embed import opening
from aggregator.flow.embedding import engine
from aggregator.flow.run import Run
from aggregator.model import Article, Likeness
from aggregator.model.events import When
from aggregator.store import Connection, articles, bands, likenesses, studies, vectors

#: Raise it when a pair could get another likeness.
VERSION = "1"

_BATCH = 200

#: Where a text links to.
_LINK = re.compile('href="(https?://[^"/]+/[^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Articles to be compared, and what is known of those that may be like them."""

    traces: Sequence[Trace]  #: of the articles to be compared
    stamps: Mapping[str, str]  #: theirs, by id
    sides: Mapping[str, Side]  #: theirs and the others', by id
    pairs: frozenset[tuple[str, str]]  #: those that may be one article or one text
    near: frozenset[tuple[str, str]]  #: those that mean much the same
    bands: Sequence[tuple[int, str]]  #: where near copies will find them


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How the articles of a batch are like others."""

    batch: Batch
    found: Sequence[Likeness]


def lacks(db: Connection, run: Run) -> Sequence[Batch]:
    """Return articles not compared in their present state, with those that may be like them."""
    version = f"{VERSION} {run.likelihood.version if run.likelihood else ''}".strip()
    found = likenesses.uncompared(db, engine(run), version, _BATCH)
    if not found:
        return []
    fresh = {article.id: article for article, _ in found}
    pairs = {
        (one, two)
        for one, twos in articles.sharing(db, list(fresh.values())).items()
        for two in twos
    }
    pairs |= set(studies.same_works(db, fresh))
    texts = {article.id: Side(article).writing for article in fresh.values()}
    traces = [Trace.of(article, texts[article.id]) for article in fresh.values()]
    copies, stand = _copies(db, traces)
    pairs |= copies
    near = _near(db, run, list(fresh.values()))
    others = {each for pair in pairs | near for each in pair} - fresh.keys()
    every = {**fresh, **articles.by_id(db, sorted(others))}
    return [
        Batch(
            traces=traces,
            stamps={article.id: stamp for article, stamp in found},
            sides=_sides(db, run, every),
            pairs=frozenset(pair for pair in pairs if every.keys() >= set(pair)),
            near=frozenset(pair for pair in near if every.keys() >= set(pair)),
            bands=stand,
        )
    ]


def _copies(
    db: Connection, traces: Sequence[Trace]
) -> tuple[set[tuple[str, str]], list[tuple[int, str]]]:
    """Return who may be a near copy of whom, and the bands that the articles will stand in."""
    index = Index(bands.having(db, {band for trace in traces for band in trace.sought}))
    pairs: set[tuple[str, str]] = set()
    stand: list[tuple[int, str]] = []
    for trace in traces:
        pairs |= {(trace.article_id, other) for other in index.closest(trace.sought)}
        stand += [(band, trace.article_id) for band in sorted(index.add(trace))]
    return pairs, stand


def _near(db: Connection, run: Run, fresh: Sequence[Article]) -> set[tuple[str, str]]:
    """Return which articles mean nearly the same, of those that were published about then."""
    if run.likelihood is None:
        return set()
    known = vectors.kept(db, [article.id for article in fresh], engine(run))
    wanted = [article for article in fresh if article.id in known]
    pairs: set[tuple[str, str]] = set()
    for group in _close_in_time(wanted):
        first, last = group[0].published - WINDOW, group[-1].published + WINDOW
        ids, there = vectors.published_between(db, first, last, engine(run))
        found = nearest([known[article.id].vector for article in group], there)
        pairs |= {
            (article.id, ids[at]) for article, row in zip(group, found, strict=True) for at in row
        }
    return pairs


def _close_in_time(ordered: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """Yield articles in groups that were published within a window, so that little is read."""
    start = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or ordered[at].published - ordered[start].published > WINDOW:
            yield ordered[start:at]
            start = at


def _sides(db: Connection, run: Run, every: Mapping[str, Article]) -> dict[str, Side]:
    ids = sorted(every)
    known = vectors.kept(db, ids, engine(run))
    events, works = studies.events_of(db, ids), studies.works_of(db, ids)
    return {
        key: Side(
            article,
            lead=opening(article)[1],
            meaning=Meaning(title=known[key].title, whole=known[key].vector)
            if key in known
            else None,
            pages=frozenset(_LINK.findall(article.body)),
            days=frozenset(_day(event.starts) for event in events.get(key, ())),
            work=works.get(key, ""),
        )
        for key, article in every.items()
    }


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when


def does(run: Run, batch: Sequence[Batch]) -> Iterator[Compared]:
    """Yield how articles are like others."""
    for each in batch:
        found = list(compared(each.sides, each.pairs, run.likelihood, each.near))
        yield Compared(batch=each, found=found)


def saves(db: Connection, _run: Run, results: Sequence[Compared]) -> None:
    """Keep likenesses and what near copies find articles by; have their places looked at."""
    for each in results:
        fresh = [each.batch.sides[key].article for key in each.batch.stamps]
        concerned = likenesses.replace(db, each.batch.stamps.keys(), each.found)
        likenesses.mark_compared(db, each.batch.stamps)
        bands.save(db, each.batch.bands)
        vectors.redate(db, {article.id: article.published.toordinal() for article in fresh})
        articles.place_alone(db, fresh)
        articles.unsettle(db, concerned)
