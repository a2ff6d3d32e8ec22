"""What is asked -> the stories that say it, for the commands and the pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import Entry, Place, Source
from aggregator.store import Connection, search
from aggregator.store.search import Order, Within
from aggregator.text.tokens import query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for."""

    words: str  #: as typed: see `aggregator.text.tokens.query`
    within: Within = field(default_factory=Within)
    order: Order = "newest"
    target: str = "en"  #: the language that stories are shown in
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story, and the article of it that says what was asked."""

    entry: Entry
    place: Place


def look_for(
    db: Connection, sources: Mapping[str, Source], asked: Asked, now: datetime
) -> list[Found]:
    """Return the stories that are found, in the order asked for, at most as many as asked for.

    Stories of sources that are no longer configured are left out.
    """
    hits = search.find(db, query(asked.words), asked.within, asked.limit, asked.order)
    said_by = {hit.story_id: hit.article_id for hit in hits}
    told = [story for hit in hits for story in read_stories(db, sources, hit.story_id)]
    found = []
    for entry in read_entries(db, told, asked.target, now).every:
        story = entry.story
        wanted = said_by[story.id]
        place = next((each for each in story.places if each.article.id == wanted), story.lead)
        found.append(Found(entry=entry, place=place))
    return found
