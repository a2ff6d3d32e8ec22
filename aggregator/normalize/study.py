"""An article with the items it was made from -> its events, its series, its record."""

from collections.abc import Sequence
from datetime import datetime

from aggregator.model import Article, Item, Source, Study
from aggregator.model.events import Event
from aggregator.normalize.article import whole
from aggregator.normalize.events import find_events, revised, series_of
from aggregator.normalize.records import record_of


def study(
    article: Article, parts: Sequence[Item], source: Source, known: Sequence[Event], now: datetime
) -> Study:
    """Return what *article* tells of events and works.

    *parts* are the items it was made from; without them it has no record. *known* are the events
    that it told of when it was last read. Arguments and results are plain values, so that another
    process can do this.
    """
    found = find_events(article, source, now)
    series = series_of(article.title, article.language)
    return Study(
        article_id=article.id,
        events=revised(known, found, now),
        series=series.key if series else "",
        record=record_of(whole(parts), article, source) if parts else None,
    )
