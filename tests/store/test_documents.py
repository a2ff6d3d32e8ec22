"""What is kept of documents, and how much of it is in memory at once."""

from aggregator.model import Fetched, Request
from aggregator.store import Database, documents, runs, sources
from tests.builders import NOW


def test_a_batch_is_small_however_much_its_documents_shrink(database: Database) -> None:
    """A page of spaces takes a thousandth in the store, and all of it in memory."""
    bodies = [b"<rss>" + bytes(12_000_000) + b"%d" % number for number in range(5)]
    answers = [
        Fetched(
            request=Request(source_id=f"s{number}", url="http://a.example/", role="source"),
            final_url="http://a.example/",
            content_type="text/xml",
            body=body,
            etag=None,
            last_modified=None,
            max_age_s=None,
            moved_to=None,
        )
        for number, body in enumerate(bodies)
    ]
    ids = [answer.request.source_id for answer in answers]
    with database.begin() as db:
        sources.configure(db, dict.fromkeys(ids, "r"), dict.fromkeys(ids, "q"), NOW)
        run_id = runs.begin(db, NOW)
        documents.save_answers(db, run_id, answers, NOW)

    read = []
    with database.begin() as db:
        while batch := documents.unparsed(db, run_id, ids):
            assert len(batch) <= 3
            read += batch
            documents.mark_parsed(db, run_id, [(document, True) for document in batch])

    assert [document.body for document in read] == bodies
