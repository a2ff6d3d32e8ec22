"""What the store last had of sources' own addresses, for whoever compares."""

import zlib
from collections.abc import Mapping

from sqlalchemy import Connection, select, tuple_

from aggregator.model import Document
from aggregator.store.schema import documents


def last_documents(db: Connection, urls: Mapping[str, str]) -> dict[str, Document]:
    """Return the last document of each source's own address (source id -> URL) that came."""
    columns = (
        documents.c.url,
        documents.c.final_url,
        documents.c.content_type,
        documents.c.body,
        documents.c.fetched,
    )
    places = tuple_(documents.c.source_id, documents.c.url)
    rows = db.execute(
        select(documents.c.source_id, *columns).where(
            places.in_(list(urls.items())), documents.c.body.is_not(None)
        )
    )
    return {
        row.source_id: Document(
            source_id=row.source_id,
            url=row.url,
            role="source",
            final_url=row.final_url,
            content_type=row.content_type,
            body=zlib.decompress(row.body),
            fetched=row.fetched,
        )
        for row in rows
    }
