"""Article -> kind, topics and relevance: what an article is and is about, with the reasons.

`label` takes an article and its source, gives its kind. `Classifier` takes an article, the
concepts found in it and its vector, gives a `Subject`: its topics, and whether it concerns schools.
"""

from collections.abc import Sequence

from aggregator.classify.kind import kind_of
from aggregator.classify.subject import RELEVANT, Classifier
from aggregator.model import Article, Label, Source

__all__ = ["RELEVANT", "VERSION", "Classifier", "kind_of", "label"]

#: Raised whenever the same article could get another label.
VERSION = 2


def label(article: Article, source: Source, details: Sequence[tuple[str, str]] = ()) -> Label:
    """Return what the article is; *details* are its item's."""
    kind, because = kind_of(article, source, details)
    return Label(article_id=article.id, kind=kind, because=because)
