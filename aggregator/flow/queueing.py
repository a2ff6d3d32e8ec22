"""Stories as editors get them: the queue, and one story's sheet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aggregator import curate
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import (
    Article,
    Decision,
    Entry,
    Field,
    Source,
    Standing,
    Story,
    Translation,
    TranslationState,
)
from aggregator.publish.wording import trust, trust_line
from aggregator.store import Connection, articles, decisions, queue, stories
from aggregator.store.queue import QueueRow

#: Stories on a page of the queue: some ten screens, and about what an editor reads at one go.
PAGE_SIZE = 50

_OWN = TranslationState.ORIGINAL

#: Where a story lies on the desk; it may lie on several shelves.
Shelf = Literal["unreviewed", "again", "pinned", "approved", "rejected", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of the queue is asked for; None sets no limit."""

    target: str
    shelf: Shelf = "all"
    country: str | None = None
    language: str | None = None
    state: TranslationState | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A story in a target language with every decision on it, as an editor works on it."""

    entry: Entry
    decisions: tuple[Decision, ...]  #: oldest first
    others: Mapping[str, Article] = field(default_factory=dict)  #: decided on with it, by id

    @property
    def seen(self) -> str:
        """The hash of the text that is shown: a decision is on this text."""
        return self.entry.story.lead.article.content_hash

    @property
    def standing_ids(self) -> frozenset[int]:
        """The decisions that nobody has undone."""
        return frozenset(decision.id for decision in curate.effective(self.decisions))

    @property
    def state(self) -> TranslationState:
        """The state of the least trusted text that is shown."""
        return trust(self.entry)

    @property
    def trust_line(self) -> str:
        """The sentence that readers see of how far to trust the story."""
        return trust_line(self.entry)

    @property
    def editable(self) -> tuple[Field, ...]:
        """The fields that have a translation to edit: they hold text of another language."""
        article = self.entry.story.lead.article
        shown: dict[Field, Translation] = {
            "title": self.entry.title,
            "summary": self.entry.summary,
        }
        return tuple(
            name
            for name, text in shown.items()
            if text.text.strip()
            and (article.language_of(name) != self.entry.target or text.state != _OWN)
        )

    def partner(self, decision: Decision) -> str:
        """Return the id of the other article that a decision is about, "" where there is none.

        A decision on two stories stands in both: seen from the second, the first is the other.
        """
        ids = {place.article.id for place in self.entry.story.places}
        ends = (decision.other or "", decision.story_id)
        is_second = ends[0] == self.entry.story.id or (ends[0] in ids and ends[1] not in ids)
        return ends[1] if is_second else ends[0]

    def changed_since(self, seen: str, count: int) -> bool:
        """Tell whether text or decisions changed since an editor saw this hash and number."""
        return (seen, count) != (self.seen, len(self.decisions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One page of the queue."""

    sheets: tuple[Sheet, ...]
    page: int
    pages: int
    counts: Mapping[Shelf, int]  #: stories that fit all other limits, by shelf


def read_sheet(
    db: Connection, sources: Mapping[str, Source], story_id: str, target: str, now: datetime
) -> Sheet | None:
    """Return one story's sheet, None if there is no such story.

    The id of a story that was joined into another stands for that one.
    """
    key = stories.of_article(db, story_id) or story_id
    papers = _Papers(db=db, sources=sources, decided=decisions.by_story(db, key))
    return next(iter(papers.sheets([key], target, now)), None)


def read_queue(
    db: Connection, sources: Mapping[str, Source], wanted: Wanted, now: datetime
) -> Queue:
    """Return a page of the stories that are news: what waits for an editor first, newest first."""
    papers = _Papers(db=db, sources=sources, decided=decisions.by_story(db))
    rows = [row for row in queue.live(db, list(sources)) if _fits(row, sources, wanted)]
    if wanted.state is not None:
        every = papers.sheets([row.story_id for row in rows], wanted.target, now)
        fitting = {each.entry.story.id for each in every if each.state == wanted.state}
        rows = [row for row in rows if row.story_id in fitting]
    lies = {row.story_id: _shelves(papers.standing(row)) for row in rows}
    rows = [row for row in rows if wanted.shelf in lies[row.story_id]]
    rows.sort(key=lambda row: (row.published, row.story_id), reverse=True)
    rows.sort(key=lambda row: not lies[row.story_id] & {"unreviewed", "again"})
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    shown = [row.story_id for row in rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    return Queue(
        sheets=tuple(papers.sheets(shown, wanted.target, now)),
        page=page,
        pages=pages,
        counts=Counter(shelf for shelves in lies.values() for shelf in shelves),
    )


def _fits(row: QueueRow, sources: Mapping[str, Source], wanted: Wanted) -> bool:
    country = sources[row.source_id].country
    return wanted.country in (None, country) and wanted.language in (None, row.language)


def _shelves(standing: Standing) -> frozenset[Shelf]:
    lies: set[Shelf] = {"all", standing.review}
    if standing.check_again:
        lies.add("again")
    if standing.pinned:
        lies.add("pinned")
    return frozenset(lies)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Papers:
    """What sheets are made of; decisions are read once for all of them."""

    db: Connection
    sources: Mapping[str, Source]
    decided: Mapping[str, Sequence[Decision]]

    def standing(self, row: QueueRow) -> Standing:
        return curate.standing(self.decided.get(row.story_id, ()), row.content_hash)

    def sheets(self, story_ids: Sequence[str], target: str, now: datetime) -> list[Sheet]:
        """Return the stories' sheets in the order asked for; unknown ones are left out."""
        entries = read_entries(self.db, self._told(story_ids), target, now).every
        return [self._sheet(entry) for entry in entries]

    def _sheet(self, entry: Entry) -> Sheet:
        decided = tuple(self.decided.get(entry.story.id, ()))
        ends = {end for each in decided if each.other for end in (each.story_id, each.other)}
        return Sheet(entry=entry, decisions=decided, others=articles.by_id(self.db, sorted(ends)))

    def _told(self, story_ids: Sequence[str]) -> list[Story]:
        if len(story_ids) <= PAGE_SIZE:
            return [each for key in story_ids for each in read_stories(self.db, self.sources, key)]
        # One by one costs 1 ms each; all at once is cheaper from a page's number on.
        every = {story.id: story for story in read_stories(self.db, self.sources)}
        return [every[key] for key in story_ids if key in every]
