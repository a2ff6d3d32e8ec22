"""The items of one source and what is known of them -> articles.

Decides what the parser only read: which address and id an item has, which language it is in,
when it was published, what of it may be shown.
"""

from aggregator.normalize.article import Known, read_articles
from aggregator.normalize.identity import article_id
from aggregator.normalize.published import FRESH_ARTICLES
from aggregator.normalize.refrains import refrains, with_refrains
from aggregator.normalize.study import study

__all__ = [
    "FRESH_ARTICLES",
    "Known",
    "article_id",
    "read_articles",
    "refrains",
    "study",
    "with_refrains",
]

#: Raised whenever the same items could become other articles.
VERSION = 8
