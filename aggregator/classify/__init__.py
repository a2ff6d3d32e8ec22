"""Article -> kind, topics and relevance: what an article is and is about, with the reasons.

A `Classifier` takes an article, the concepts found in it and its vector, gives a `Subject`: its
topics, and whether it concerns schools. `label` joins that with the article's kind.
"""

from aggregator.classify.kind import kind_of
from aggregator.classify.subject import RELEVANT, Classifier
from aggregator.model import Article, Label, Source
from aggregator.model.topics import Subject

__all__ = ["RELEVANT", "VERSION", "Classifier", "kind_of", "label"]

#: Raised whenever the same article could get another label by code alone.
VERSION = 3


def label(article: Article, source: Source, subject: Subject) -> Label:
    """Return what the article is and is about."""
    kind, because = kind_of(article, source)
    return Label(article_id=article.id, kind=kind, because=because, subject=subject)
