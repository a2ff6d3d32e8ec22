"""Parse: bytes that changed -> items, and pages to be fetched."""

from collections.abc import Iterator, Sequence

from aggregator.errors import ParseError
from aggregator.flow.run import Run
from aggregator.model import Document, Failure, Parsed
from aggregator.parse import parse
from aggregator.store import Connection, documents

#: Documents in memory at once: at most 15 MB each, usually 50 KB.
_BATCH = 20


def lacks(db: Connection, run: Run) -> Sequence[Document]:
    """Return documents that changed since they were parsed."""
    return documents.unparsed(db, run.id, run.sources.keys(), _BATCH)


def does(run: Run, batch: Sequence[Document]) -> Iterator[tuple[Document, Parsed] | Failure]:
    """Yield what each document says."""
    for document in batch:
        source = run.sources[document.source_id]
        if document.role == "page" and not (source.select and source.select.page):
            yield document, Parsed(items=())  # its pages are no longer read
            continue
        try:
            yield document, parse(document, source)
        except ParseError as err:
            yield Failure(
                stage="parse",
                subject=document.url,
                source_id=document.source_id,
                reason=str(err),
                error=type(err).__name__,
            )


def saves(db: Connection, _run: Run, results: Sequence[tuple[Document, Parsed]]) -> None:
    """Keep items and the requests for pages."""
    for document, parsed in results:
        documents.save_parsed(db, document, parsed)
