"""Classify: articles whose text, source, terms or vector changed -> labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aggregator.classify import label
from aggregator.embed import Vector
from aggregator.flow.embedding import engine
from aggregator.flow.run import Run
from aggregator.model import Article, Label
from aggregator.model.glossary import Found
from aggregator.store import Connection, labels, mentions, vectors

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article to be labeled, and what is known of it."""

    article: Article
    stamp: str
    concepts: Sequence[Found]
    vector: Vector | None


def lacks(db: Connection, run: Run) -> Sequence[Case]:
    """Return articles without a label made from their present state."""
    found = labels.unlabeled(db, run.sources.keys(), run.classifier.version, _BATCH)
    ids = [article.id for article, _ in found]
    concepts, known = mentions.of(db, ids), vectors.of(db, ids, engine(run))
    return [
        Case(
            article=article,
            stamp=stamp,
            concepts=concepts[article.id],
            vector=known.get(article.id),
        )
        for article, stamp in found
    ]


def does(run: Run, batch: Sequence[Case]) -> Iterator[tuple[Label, str]]:
    """Yield each article's label, with the stamp of what it was made from."""
    for case in batch:
        source = run.sources[case.article.source_id]
        subject = run.classifier.subject(case.article, source.country, case.concepts, case.vector)
        yield label(case.article, source, subject), case.stamp


def saves(db: Connection, _run: Run, results: Sequence[tuple[Label, str]]) -> None:
    """Keep labels."""
    labels.save(db, results)
