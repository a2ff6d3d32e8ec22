"""An article -> the events it announces, until when to answer, and the series of its meeting.

What was found in a text waits for an editor; what a source's calendar says is confirmed. Events
that several articles tell of -> occasions.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from aggregator.model import Article, Source
from aggregator.model.events import Deadline, Event
from aggregator.normalize.events.find import events_in, read_text
from aggregator.normalize.events.occasions import occasions
from aggregator.normalize.events.revisions import revised
from aggregator.normalize.events.series import series_of
from aggregator.normalize.events.told import events_told

__all__ = ["find_deadlines", "find_events", "occasions", "revised", "series_of"]

#: What is further ahead than this is a wrong year.
_AHEAD = timedelta(days=1100)


def find_events(article: Article, source: Source, now: datetime) -> tuple[Event, ...]:
    """Return the events that *article* announces, numbered from 1, with their deadlines.

    The article's details (of a calendar, of markup) are sure and leave the text only the
    deadlines to tell; without them the text is read. A report of what took place is no event:
    a wrong entry in a calendar costs its readers more than a missing one that is over. Years that
    are not written are told by `certainty`. *now* bounds what can be planned.
    """
    text = read_text(article, source)
    told = events_told(article, source)
    if told:
        ends = text.deadlines()
        events = tuple(replace(each, deadlines=ends) for each in told)
    else:
        limit = (now + _AHEAD).date()
        events = tuple(each for each in events_in(text) if _day(each) <= limit)
    series = series_of(article.title, article.language_of("title"))
    key = series.key if series else ""
    return tuple(replace(each, series=key) for each in events)


def find_deadlines(article: Article, source: Source) -> tuple[Deadline, ...]:
    """Return until when one may answer to *article*: also where it announces no event.

    A journal's call for papers has one, and a post to be filled.
    """
    return read_text(article, source).deadlines()


def _day(event: Event) -> date:
    return event.starts.date() if isinstance(event.starts, datetime) else event.starts
