"""Compare: articles whose text or vector changed -> how they are like those of their time."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aggregator.dedupe import WINDOW, Index, Meaning, Side, Trace, compared, nearest
from aggregator.flow.embedding import engine
from aggregator.flow.run import Run
from aggregator.model import Article, Likeness
from aggregator.store import Connection, articles, bands, likenesses, mentions, studies, vectors

#: Raise it when a pair could get another likeness.
VERSION = "3"

_BATCH = 200

#: Where a text links to.
_LINK = re.compile('href="(https?://[^"/]+/[^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Articles to be compared, and what is known of those that may be like them."""

    stamps: Mapping[str, str]  #: of the articles to be compared, by id
    sides: Mapping[str, Side]  #: theirs and the others', by id
    pairs: Collection[tuple[str, str]]  #: those that may be one article or one text
    near: Collection[tuple[str, str]]  #: those that mean much the same
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
    sides = _sides(db, run, {article.id: article for article, _ in found})
    copies, stand = _copies(db, sides.values())
    same = articles.sharing(db, [article for article, _ in found]) | studies.same_works(db, sides)
    pairs = copies | same
    near = _near(db, run, [side for side in sides.values() if side.meaning])
    others = {each for pair in pairs | near for each in pair} - sides.keys()
    return [
        Batch(
            stamps={article.id: stamp for article, stamp in found},
            sides=sides | _sides(db, run, articles.by_id(db, sorted(others))),
            pairs=pairs,
            near=near,
            bands=stand,
        )
    ]


def _copies(
    db: Connection, sides: Iterable[Side]
) -> tuple[set[tuple[str, str]], list[tuple[int, str]]]:
    """Return who may be a near copy of whom, and the bands that the articles will stand in."""
    traces = [Trace.of(side.article, side.writing) for side in sides]
    index = Index(bands.having(db, {band for trace in traces for band in trace.sought}))
    pairs: set[tuple[str, str]] = set()
    stand: list[tuple[int, str]] = []
    for trace in traces:
        pairs |= {(trace.article_id, other) for other in index.closest(trace.sought)}
        stand += [(band, trace.article_id) for band in sorted(index.add(trace))]
    return pairs, stand


def _near(db: Connection, run: Run, sides: Sequence[Side]) -> set[tuple[str, str]]:
    """Return which articles mean nearly the same, of those that were published about then.

    All these have a meaning; they come in the order of publication.
    """
    if run.likelihood is None:
        return set()
    pairs: set[tuple[str, str]] = set()
    for group in _close_in_time(sides):
        first, last = (group[at].article.published for at in (0, -1))
        ids, there = vectors.published_between(db, first - WINDOW, last + WINDOW, engine(run))
        found = nearest([side.meaning.whole for side in group if side.meaning], there)
        pairs |= {
            (side.article.id, ids[at]) for side, row in zip(group, found, strict=True) for at in row
        }
    return pairs


def _close_in_time(ordered: Sequence[Side]) -> Iterator[Sequence[Side]]:
    """Yield articles in groups that were published within a window, so that little is read."""
    start = 0
    times = [side.article.published for side in ordered]
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or times[at] - times[start] > WINDOW:
            yield ordered[start:at]
            start = at


def _sides(db: Connection, run: Run, every: Mapping[str, Article]) -> dict[str, Side]:
    ids = sorted(every)
    known = vectors.kept(db, ids, engine(run))
    events, works = studies.events_of(db, ids), studies.works_of(db, ids)
    named = mentions.of(db, ids)
    return {
        key: Side(
            article,
            meaning=Meaning(title=known[key].title, whole=known[key].vector)
            if key in known
            else None,
            pages=frozenset(_LINK.findall(article.body)),
            days=frozenset(event.days[0] for event in events.get(key, ())),
            concepts=frozenset(each.concept for each in named[key]),
            work=works.get(key, ""),
        )
        for key, article in every.items()
    }


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
