"""Index: articles whose words, labels or translations changed -> what can be found of them.

After `publish`, which notes what readers see of each story: a translation that reaches them is
indexed in the same run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aggregator.flow.reading import Words
from aggregator.flow.run import Run
from aggregator.model import Article, Label
from aggregator.store import Connection, labels, search
from aggregator.store.search import Findable

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Unindexed:
    """An article as it is to be found."""

    article: Article
    stamp: str
    label: Label
    translations: tuple[tuple[str, str], ...]  #: titles and summaries, one pair a target


def lacks(db: Connection, run: Run) -> Sequence[Unindexed]:
    """Return articles that are not indexed in their present state, with their translations."""
    every = {target for pipeline in run.site.pipelines for target in pipeline.targets}
    targets = sorted(every - {"original"})
    found = search.unindexed(db, run.sources.keys(), targets, _BATCH)
    every_article = [article for article, _ in found]
    words = [Words(db, every_article, target) for target in targets]
    known = labels.of(db, [article.id for article in every_article])
    return [
        Unindexed(
            article=article,
            stamp=stamp,
            label=known[article.id],
            translations=tuple(_translated(article, each) for each in words),
        )
        for article, stamp in found
    ]


def _translated(article: Article, words: Words) -> tuple[str, str]:
    return words.translate(article, "title").text, words.translate(article, "summary").text


def does(run: Run, batch: Sequence[Unindexed]) -> Iterator[Findable]:
    """Yield what can be found of each article; a field that is untranslated stands there once."""
    for each in batch:
        article = each.article
        pairs = ((article.title, article.summary), *each.translations)
        yield Findable(
            article_id=article.id,
            stamp=each.stamp,
            published=article.published,
            titles=tuple(dict.fromkeys(title for title, _ in pairs)),
            texts=tuple(dict.fromkeys(summary for _, summary in pairs)),
            aspects=frozenset(
                {
                    ("country", run.sources[article.source_id].country),
                    ("language", article.language),
                    ("kind", each.label.kind),
                    *(("topic", said.topic) for said in each.label.subject.topics),
                }
            ),
        )


def saves(db: Connection, _run: Run, results: Sequence[Findable]) -> None:
    """Put them into the index."""
    search.save(db, results)
