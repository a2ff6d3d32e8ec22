"""Fetch: addresses that were not asked yet and are due -> answers."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from aggregator import parse, polling
from aggregator.flow.run import Run
from aggregator.model import (
    Answer,
    Failure,
    Fetched,
    NotModified,
    Poll,
    Postponed,
    Request,
    Robots,
    Source,
    Unfetched,
)
from aggregator.store import Connection, articles, documents, polls, runs, sources
from aggregator.text.urls import host_of, without_credentials

#: Most addresses beside its own that a run asks of one source; the next run goes on.
PAGES_A_RUN = 100

#: How long what robots.txt says is believed: https://www.rfc-editor.org/rfc/rfc9309#section-2.4;
#: and how long that it could not be read, which forbids everything.
ROBOTS_KEPT = timedelta(hours=24)
ROBOTS_RETRIED = timedelta(hours=1)

#: Lists and pages made for people: there robots.txt says what a program may read. Feeds and APIs
#: are published for programs to fetch.
FOR_PEOPLE = frozenset({"html-list", "sitemap"})


def lacks(db: Connection, run: Run) -> Sequence[Request]:
    """Return what this run still has to ask: what is due, and what completes it."""
    wanted = documents.unfetched(db, run.id, run.asked)
    if not wanted:
        return []
    known = _Known(db, run)
    due = (known.completed(request) for request in wanted)
    return list(_within(PAGES_A_RUN, [each for each in due if each], _asked(db, run)))


def due(run: Run) -> list[str]:
    """Return the sources whose own address a run begun now would ask."""
    with run.database.read() as db:
        return [request.source_id for request in lacks(db, run) if request.role == "source"]


def _asked(db: Connection, run: Run) -> Counter[str]:
    """Return how many addresses beside its own this run asked of each source."""
    own = run.asked
    tried = runs.outcomes(db, run.id)
    return Counter(source_id for source_id, url in tried if url != own.get(source_id))


def _within(most: int, requests: Sequence[Request], asked: Counter[str]) -> Iterator[Request]:
    """Yield the requests, but of those beside a source's own address no more than so many."""
    for request in requests:
        if request.role != "source":
            asked[request.source_id] += 1
        if request.role == "source" or asked[request.source_id] <= most:
            yield request


class _Known:
    """What is known of asking: it decides whether, where and how."""

    def __init__(self, db: Connection, run: Run) -> None:
        self._run = run
        self._polls = polls.of(db, run.asked.keys())
        self._resting = polls.waiting_hosts(db, run.now)
        self._bookmarks = sources.bookmarks(db)
        self._halfway = documents.halfway(db)
        self._rhythms = {} if run.early else _rhythms(db, run.asked.keys())

    def completed(self, lacking: Request) -> Request | None:
        """Return the request with where and how to ask, None if it is not to be asked now."""
        run, source_id = self._run, lacking.source_id
        if lacking.role in ("page", "attachment") and run.sources[source_id].page is None:
            return None  # its pages are no longer read
        poll = self._polls.get((source_id, lacking.url))
        request = _completed(
            lacking, run.sources[source_id], poll, self._bookmarks.get(source_id, ""), run
        )
        if host_of(request.at or request.url) in self._resting or self._waits(request):
            return None
        due = polling.is_due(poll, self._rhythms.get(source_id), run.now, early=run.early)
        return request if due else None

    def _waits(self, request: Request) -> bool:
        """Tell whether it would begin a harvest before the last one has come to its end."""
        harvest = self._run.sources[request.source_id].format == "oai-pmh"
        return harvest and request.role == "source" and request.source_id in self._halfway


def _rhythms(db: Connection, source_ids: Collection[str]) -> dict[str, int | None]:
    """Return how often each source publishes."""
    dates = articles.newest_dates(db, source_ids, polling.RHYTHM_DATES)
    return {key: polling.rhythm_s(found) for key, found in dates.items()}


def _completed(
    request: Request, source: Source, poll: Poll | None, bookmark: str, run: Run
) -> Request:
    """Return a request with where and how to ask."""
    own = request.role == "source"
    place = parse.address(source, bookmark, run.now) if own else request.url
    at = polling.address(poll, place, run.now) if place == request.url else place
    # What came from one address says nothing of another, which has other parameters.
    bare = own and (place != request.url or polling.is_whole(poll, run.now))
    return replace(
        request,
        at="" if at == request.url else at,
        etag=None if bare else request.etag,
        last_modified=None if bare else request.last_modified,
        obeys_robots=request.role in ("page", "attachment") or source.format in FOR_PEOPLE,
        referer=source.referer or "",
    )


def does(run: Run, batch: Sequence[Request]) -> Iterator[Sequence[Answer | Robots]]:
    """Yield answers as they come."""
    with run.database.read() as db:
        robots = polls.robots_since(db, run.now - ROBOTS_KEPT, run.now - ROBOTS_RETRIED, run.now)
    yield from run.fetcher.fetch(batch, robots)


def saves(db: Connection, run: Run, results: Sequence[Answer | Robots]) -> None:
    """Keep the answers and what they say of asking again."""
    polls.save_robots(db, [each for each in results if isinstance(each, Robots)], run.now)
    answers = [each for each in results if not isinstance(each, Robots)]
    came = [each for each in answers if isinstance(each, (Fetched, NotModified))]
    failed = [each for each in answers if isinstance(each, Unfetched)]
    own = {each.request.source_id for each in came if each.request.role == "source"}
    formats = {source_id: run.sources[source_id].format for source_id in own}
    documents.give_up(db, {key for key, form in formats.items() if form == "oai-pmh"})
    # An index without times says nothing when one of its children changed.
    indexes = {key for key, form in formats.items() if form == "sitemap"}
    documents.ask_again(db, indexes, run.now.date().isoformat())
    documents.save_answers(db, run.id, came, run.now)
    documents.save_attempts(db, run.id, {each.request: "failed" for each in failed})
    put_off = [each.request for each in answers if isinstance(each, Postponed)]
    documents.save_attempts(db, run.id, dict.fromkeys(put_off, "waiting"))
    for each in failed:
        runs.save_failure(db, run.id, _failure(each))
    _save_polls(db, run, [*came, *failed])


def _failure(answer: Unfetched) -> Failure:
    return Failure(
        stage="fetch",
        # It may hold a name and a password, which no report should show.
        subject=without_credentials(answer.request.url),
        reason=answer.reason,
        error=answer.error,
        source_id=answer.request.source_id,
    )


def _save_polls(
    db: Connection, run: Run, answers: Sequence[Fetched | NotModified | Unfetched]
) -> None:
    known = polls.of(db, {answer.request.source_id for answer in answers})
    after, waits = [], {}
    for answer in answers:
        request = answer.request
        poll = known.get((request.source_id, request.url))
        # Of a page that came nothing needs to be remembered: it is not asked again.
        if request.role == "source" or poll or isinstance(answer, Unfetched):
            after.append(polling.after(poll, answer, run.now))
        if isinstance(answer, Unfetched) and (until := polling.host_wait(answer, run.now)):
            waits[host_of(request.at or request.url)] = until
    polls.save(db, after)
    if waits:
        polls.save_waits(db, waits, run.now)
