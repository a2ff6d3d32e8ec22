"""Fetch: addresses this run has not asked yet -> answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aggregator.flow.run import Run
from aggregator.model import Failure, Fetched, NotModified, Request
from aggregator.store import Connection, documents, runs
from aggregator.text.urls import without_credentials

#: An answer, or the request that got none with the reason.
Outcome = Fetched | NotModified | tuple[Request, Failure]


def lacks(db: Connection, run: Run) -> Sequence[Request]:
    """Return each source's own address, and article pages that were never read."""
    return documents.due(db, run.id, run.asked)


def does(run: Run, batch: Sequence[Request]) -> Iterator[Outcome]:
    """Yield answers as they come."""
    asked = {(request.source_id, request.url): request for request in batch}
    for answer in run.fetcher.fetch(batch):
        if isinstance(answer, Failure):
            # A page's address may hold a name and a password, which no report should show.
            request = asked[answer.source_id or "", answer.subject]
            yield request, replace(answer, subject=without_credentials(answer.subject))
        else:
            yield answer


def saves(db: Connection, run: Run, results: Sequence[Outcome]) -> None:
    """Keep the answers; a failure is an attempt of this run too."""
    for result in results:
        match result:
            case Fetched() | NotModified():
                documents.save_answer(db, run.id, result)
            case (request, failure):
                documents.save_attempt(db, run.id, request, "failed")
                runs.save_failure(db, run.id, failure)
