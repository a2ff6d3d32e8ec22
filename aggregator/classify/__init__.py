"""Article -> kind: what an article is, with the reason.

Takes an article and its source, gives a `Label`.
"""

from aggregator.model import Article, Label, Source

#: Raised whenever the same article could get another label.
VERSION = 1


def label(article: Article, source: Source) -> Label:
    """Return the kind its source is known for."""
    return Label(
        article_id=article.id,
        kind=source.kinds[0],
        because=f"{source.id} publishes {source.kinds[0]}",
    )
