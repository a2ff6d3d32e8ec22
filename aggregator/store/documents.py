"""The addresses that are fetched, their last answers, and what the answers say."""

import hashlib
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from aggregator.model import Document, Fetched, Item, NotModified, Outcome, Parsed, Request
from aggregator.store.runs import failed_in
from aggregator.store.schema import attempts, documents, items, sources
from aggregator.store.upsert import add_missing, upsert


def due(db: Connection, run_id: int, urls: Mapping[str, str]) -> list[Request]:
    """Return what this run still has to ask of the given sources (source id -> its URL).

    That is each source's own address once a run, and each article page that was never read.
    """
    tried = set(db.execute(select(attempts.c.source_id, attempts.c.url).filter_by(run_id=run_id)))
    known = {
        (row.source_id, row.url): row
        for row in db.execute(
            select(
                documents.c.source_id,
                documents.c.url,
                documents.c.etag,
                documents.c.last_modified,
            ).where(documents.c.role == "source")
        )
    }
    own = [
        _request(source_id, url, known.get((source_id, url)))
        for source_id, url in urls.items()
        if (source_id, url) not in tried
    ]
    pages = db.execute(
        select(documents.c.source_id, documents.c.url)
        .where(documents.c.role == "page", documents.c.body_hash.is_(None))
        .order_by(documents.c.source_id, documents.c.url)
    )
    return own + [
        Request(source_id=source_id, url=url, role="page")
        for source_id, url in pages
        if source_id in urls and (source_id, url) not in tried
    ]


def _request(source_id: str, url: str, known: Any) -> Request:
    etag, modified = (known.etag, known.last_modified) if known else (None, None)
    return Request(source_id=source_id, url=url, role="source", etag=etag, last_modified=modified)


def save_answer(db: Connection, run_id: int, answer: Fetched | NotModified) -> None:
    """Keep a server's answer; a 304 changes nothing but the run's own record."""
    request = answer.request
    save_attempt(db, run_id, request, "fetched" if isinstance(answer, Fetched) else "unchanged")
    if isinstance(answer, NotModified):
        return
    row = {
        "source_id": request.source_id,
        "url": request.url,
        "role": request.role,
        "final_url": answer.final_url,
        "content_type": answer.content_type,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "body": zlib.compress(answer.body),
        "body_hash": hashlib.blake2b(answer.body, digest_size=16).hexdigest(),
    }
    upsert(db, documents, [row])
    if request.role == "source":
        _forget_other_addresses(db, request)


def _forget_other_addresses(db: Connection, request: Request) -> None:
    """Drop what a source's earlier address said: only the present one speaks for it."""
    for table, url in ((documents, documents.c.url), (items, items.c.document_url)):
        own = (table.c.source_id == request.source_id, table.c.role == "source")
        db.execute(delete(table).where(*own, url != request.url))


def save_attempt(db: Connection, run_id: int, request: Request, outcome: Outcome) -> None:
    """Note that an address was asked in this run, and what came of it."""
    row = {"source_id": request.source_id, "url": request.url, "outcome": outcome}
    upsert(db, attempts, [{"run_id": run_id, **row}])


def _parse_stamp() -> ColumnElement[str]:
    return documents.c.body_hash + ":" + sources.c.recipe


def unparsed(
    db: Connection, run_id: int, source_ids: Collection[str], limit: int
) -> list[Document]:
    """Return documents whose bytes, or whose source's recipe, changed since they were parsed."""
    rows = db.execute(
        select(documents)
        .join(sources, sources.c.id == documents.c.source_id)
        .where(
            documents.c.source_id.in_(source_ids),
            documents.c.body_hash.is_not(None),
            or_(documents.c.parsed.is_(None), documents.c.parsed != _parse_stamp()),
            ~failed_in(run_id, "parse", documents.c.source_id, documents.c.url),
        )
        .order_by(documents.c.source_id, documents.c.role.desc(), documents.c.url)
        .limit(limit)
    )
    return [
        Document(
            source_id=row.source_id,
            url=row.url,
            role=row.role,
            final_url=row.final_url,
            content_type=row.content_type,
            body=zlib.decompress(row.body),
        )
        for row in rows
    ]


def save_parsed(db: Connection, document: Document, parsed: Parsed) -> None:
    """Keep what a document says now, and the pages it asks for; forget what it no longer says.

    Articles stay: they are what it said once. Pages that were never read and that the source's
    list no longer names are not asked for again.
    """
    _forget_items(db, document, {item.key for item in parsed.items})
    if document.role == "source":
        _forget_pages(db, document.source_id, parsed.pages)
    upsert(db, items, [_item_row(document, n, item) for n, item in enumerate(parsed.items)])
    add_missing(
        db,
        documents,
        [{"source_id": document.source_id, "url": url, "role": "page"} for url in parsed.pages],
    )
    stamp = (
        select(documents.c.body_hash + ":" + sources.c.recipe)
        .where(sources.c.id == document.source_id, _is(document))
        .scalar_subquery()
    )
    db.execute(update(documents).where(_is(document)).values(parsed=stamp))


def _forget_items(db: Connection, document: Document, kept: Collection[str]) -> None:
    own = (items.c.source_id == document.source_id, items.c.document_url == document.url)
    gone = set(db.scalars(select(items.c.key).where(*own))).difference(kept)
    for key in gone:
        db.execute(delete(items).where(*own, items.c.key == key))


def _forget_pages(db: Connection, source_id: str, kept: Collection[str]) -> None:
    own = (
        documents.c.source_id == source_id,
        documents.c.role == "page",
        documents.c.body_hash.is_(None),
    )
    gone = set(db.scalars(select(documents.c.url).where(*own))).difference(kept)
    for url in gone:
        db.execute(delete(documents).where(*own, documents.c.url == url))


def _is(document: Document) -> ColumnElement[bool]:
    return and_(documents.c.source_id == document.source_id, documents.c.url == document.url)


def _item_row(document: Document, position: int, item: Item) -> dict[str, Any]:
    said = asdict(item)
    digest = hashlib.blake2b(repr(sorted(said.items())).encode(), digest_size=16).hexdigest()
    return {
        "source_id": document.source_id,
        "key": item.key,
        "document_url": document.url,
        "role": document.role,
        "position": position,
        "said": said,
        "hash": digest,
    }


def _item_stamp() -> ColumnElement[str]:
    return items.c.hash + ":" + sources.c.recipe


def unnormalized(
    db: Connection, run_id: int, source_ids: Collection[str]
) -> tuple[str, list[list[Item]]] | None:
    """Return one source with all its articles that say something new: each as its parts.

    An article's parts are its list row and its own page, in this order. Articles come in the
    order in which their source lists them.
    """
    outdated = (
        select(items.c.source_id, items.c.key)
        .join(sources, sources.c.id == items.c.source_id)
        .where(
            items.c.source_id.in_(source_ids),
            or_(items.c.normalized.is_(None), items.c.normalized != _item_stamp()),
            ~failed_in(run_id, "normalize", items.c.source_id, items.c.key),
        )
    )
    first = db.execute(outdated.order_by(items.c.source_id).limit(1)).first()
    if first is None:
        return None
    keys = outdated.where(items.c.source_id == first.source_id).distinct().subquery()
    rows = db.execute(
        select(items.c.key, items.c.said)
        .join(keys, and_(keys.c.source_id == items.c.source_id, keys.c.key == items.c.key))
        .order_by(items.c.role.desc(), items.c.document_url, items.c.position)
    )
    parts: dict[str, list[Item]] = {}
    for key, said in rows:
        parts.setdefault(key, []).append(_item(said))
    return first.source_id, list(parts.values())


def _item(said: dict[str, Any]) -> Item:
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return Item(**{**said, **lists})


def mark_normalized(db: Connection, source_id: str, keys: Sequence[str]) -> None:
    """Note that the present state of these items has become articles."""
    recipe = select(sources.c.recipe).where(sources.c.id == source_id).scalar_subquery()
    db.execute(
        update(items)
        .where(items.c.source_id == source_id, items.c.key.in_(keys))
        .values(normalized=items.c.hash + ":" + recipe)
    )


def count_items(db: Connection) -> dict[str, int]:
    """Return how many articles each source's documents tell of."""
    count = func.count(items.c.key.distinct())
    return dict(db.execute(select(items.c.source_id, count).group_by(items.c.source_id)).all())
