"""The addresses that are fetched, and their last answers."""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from aggregator.model import Document, Fetched, NotModified, Outcome, Request
from aggregator.store.runs import failed_in
from aggregator.store.schema import attempts, documents, items, polls, sources
from aggregator.store.upsert import upsert

#: Bytes of documents in memory at once, as they are kept and as they came; a batch holds at least
#: one document. Some 300 feeds; of a hostile server's, which may shrink to a thousandth, two.
_BATCH_BYTES = 4_000_000
_UNPACKED_BYTES = 30_000_000

#: zlib's fastest: 0.4 ms for a feed of 57 KB where its default takes 1.6 ms, for a fifth more disk.
_LEVEL = 1

#: What is kept of a source's further pages to be read again: two months of a busy one.
_KEPT_BYTES = 20_000_000

#: So often in a row a further page of a list may fail before the list is begun anew.
GIVEN_UP = 3

#: What is still to be fetched beside the sources' own addresses; the index has the same words.
_LACKING = and_(
    documents.c.role != "source",
    or_(documents.c.version.is_(None), documents.c.version != documents.c.wanted),
)


def unfetched(db: Connection, run_id: int, urls: Mapping[str, str]) -> list[Request]:
    """Return what this run did not ask yet of the given sources (source id -> its URL).

    That is each source's own address, and what completes its documents: further pages of its
    list first, then articles' pages in the order of the list, then their files.
    """
    tried = set(db.execute(select(attempts.c.source_id, attempts.c.url).filter_by(run_id=run_id)))
    columns = (
        documents.c.source_id,
        documents.c.url,
        documents.c.role,
        documents.c.etag,
        documents.c.last_modified,
    )
    own = {
        (row.source_id, row.url): row
        for row in db.execute(select(*columns).where(documents.c.role == "source"))
    }
    lacking = db.execute(
        select(*columns)
        .where(_LACKING)
        .order_by(
            documents.c.source_id,
            documents.c.role.desc(),
            documents.c.position,
            documents.c.url,
        )
    )
    found = [
        _request(own[source_id, url])
        if (source_id, url) in own
        else Request(source_id=source_id, url=url, role="source")
        for source_id, url in urls.items()
    ]
    found += [_request(row) for row in sorted(lacking, key=lambda row: row.role != "list")]
    return [
        request
        for request in found
        if request.source_id in urls
        and (request.source_id, request.url) not in tried
        and (request.role == "source" or request.url != urls[request.source_id])
    ]


def _request(row: Any) -> Request:
    return Request(**row._mapping)


def halfway(db: Connection) -> set[str]:
    """Return the sources of whose list further pages are to be fetched, or taken in whole.

    Pages that failed several times in a row are not waited for.
    """
    place = (polls.c.source_id == documents.c.source_id, polls.c.url == documents.c.url)
    given_up = exists().where(*place, or_(polls.c.failures >= GIVEN_UP, polls.c.stopped != ""))
    lacking = and_(_LACKING, documents.c.role == "list", ~given_up)
    partial = documents.c.parsed.contains("#")
    return set(db.scalars(select(documents.c.source_id).where(or_(lacking, partial)).distinct()))


def give_up(db: Connection, source_ids: Collection[str]) -> None:
    """Forget the further pages of these sources' lists that are lacking: a new list begins."""
    own = documents.c.source_id.in_(source_ids)
    db.execute(delete(documents).where(own, documents.c.role == "list", _LACKING))


def ask_again(db: Connection, source_ids: Collection[str], day: str) -> None:
    """Ask for the further pages of these sources' lists whose version is an earlier day."""
    db.execute(
        update(documents)
        .where(
            documents.c.source_id.in_(source_ids),
            documents.c.role == "list",
            func.length(documents.c.version) == len(day),
            documents.c.version < day,
        )
        .values(wanted=day)
    )


def save_answers(
    db: Connection, run_id: int, answers: Sequence[Fetched | NotModified], now: datetime
) -> None:
    """Keep servers' answers; the same bytes again, or a 304, change no more than validators."""
    save_attempts(
        db,
        run_id,
        {each.request: "fetched" if isinstance(each, Fetched) else "unchanged" for each in answers},
    )
    fetched = [each for each in answers if isinstance(each, Fetched)]
    known = _hashes(db, [each.request for each in fetched])
    rows = [_row(each, now) for each in fetched]
    same = [row for row in rows if known.get((row["source_id"], row["url"])) == row["body_hash"]]
    upsert(db, documents, [row for row in rows if row not in same])
    upsert(db, documents, [{name: row[name] for name in _OF_A_LOOK} for row in same])
    for answer in answers:
        if isinstance(answer, NotModified):
            _keep_validators(db, answer)
    _forget_other_addresses(db, [each.request for each in fetched])
    _note_versions(db, [each.request for each in answers if each.request.role != "source"])


_OF_A_LOOK = (
    "source_id", "url", "role", "final_url", "content_type", "etag", "last_modified",
)  # fmt: skip


def _hashes(db: Connection, requests: Iterable[Request]) -> dict[tuple[str, str], str]:
    places = [(request.source_id, request.url) for request in requests]
    columns = (documents.c.source_id, documents.c.url)
    rows = db.execute(
        select(*columns, documents.c.body_hash).where(
            tuple_(*columns).in_(places), documents.c.body.is_not(None)
        )
    )
    return {(row.source_id, row.url): row.body_hash for row in rows}


def _row(answer: Fetched, now: datetime) -> dict[str, Any]:
    return {
        "source_id": answer.request.source_id,
        "url": answer.request.url,
        "role": answer.request.role,
        "final_url": answer.final_url,
        "content_type": answer.content_type,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "fetched": now,
        "body_hash": hashlib.blake2b(answer.body, digest_size=16).hexdigest(),
        "body": zlib.compress(answer.body, _LEVEL),
    }


def _keep_validators(db: Connection, answer: NotModified) -> None:
    """Keep the validators that came with a 304 (RFC 9111, 4.3.4)."""
    sent = {"etag": answer.etag, "last_modified": answer.last_modified}
    request = answer.request
    new = {name: value for name, value in sent.items() if value}
    if any(value != getattr(request, name) for name, value in new.items()):
        db.execute(update(documents).where(_is(request)).values(**new))


def _note_versions(db: Connection, requests: Sequence[Request]) -> None:
    for request in requests:
        # What leads on from it may be another version's as well, so it is parsed again.
        changed = documents.c.version.is_distinct_from(documents.c.wanted)
        new = {"version": documents.c.wanted, "parsed": None}
        db.execute(update(documents).where(_is(request), changed).values(**new))


def _forget_other_addresses(db: Connection, requests: Iterable[Request]) -> None:
    """Drop what a source's earlier address said: only the present one speaks for it."""
    present = {each.source_id: each.url for each in requests if each.role == "source"}
    rows = db.execute(
        select(documents.c.source_id, documents.c.url).where(
            documents.c.role == "source", documents.c.source_id.in_(present)
        )
    )
    for source_id, url in rows.all():
        if url != present[source_id]:
            for table, column in ((documents, documents.c.url), (items, items.c.document_url)):
                db.execute(delete(table).where(table.c.source_id == source_id, column == url))


def save_attempts(db: Connection, run_id: int, asked: Mapping[Request, Outcome]) -> None:
    """Note that addresses were asked in this run, and what came of it."""
    rows = [
        {"run_id": run_id, "source_id": each.source_id, "url": each.url, "outcome": outcome}
        for each, outcome in asked.items()
    ]
    upsert(db, attempts, rows)


def _stamp() -> ColumnElement[str]:
    """SQL: what a document is parsed from; with a run's mark, as far as that run takes it."""
    return documents.c.body_hash + ":" + sources.c.recipe


def _mark(run_id: int) -> str:
    return f"#{run_id}"


def unparsed(db: Connection, run_id: int, source_ids: Collection[str]) -> list[Document]:
    """Return a batch of documents whose bytes or whose source's recipe changed since parsed."""
    keys = [documents.c.source_id, documents.c.url]
    waiting = db.execute(
        select(*keys, func.length(documents.c.body).label("size"))
        .join(sources, sources.c.id == documents.c.source_id)
        .where(
            documents.c.source_id.in_(source_ids),
            documents.c.body.is_not(None),
            documents.c.parsed.is_distinct_from(_stamp()),
            documents.c.parsed.is_distinct_from(_stamp() + _mark(run_id)),
            ~failed_in(run_id, "parse", documents.c.source_id, documents.c.url),
        )
        .order_by(documents.c.source_id, documents.c.role.desc(), documents.c.url)
        .limit(500)
    ).all()
    chosen: list[tuple[str, str]] = []
    room = _BATCH_BYTES
    for row in waiting:
        room -= row.size
        if chosen and room < 0:
            break
        chosen.append((row.source_id, row.url))
    rows = db.execute(
        select(documents, sources.c.bookmark)
        .join(sources, sources.c.id == documents.c.source_id)
        .where(tuple_(*keys).in_(chosen))
        .order_by(documents.c.source_id, documents.c.role.desc(), documents.c.url)
    )
    found: list[Document] = []
    room = _UNPACKED_BYTES
    for row in rows:
        found.append(_document(row))
        room -= len(found[-1].body)
        if room < 0:
            break
    return found


def _document(row: Any) -> Document:
    return Document(
        source_id=row.source_id,
        url=row.url,
        role=row.role,
        final_url=row.final_url,
        content_type=row.content_type,
        body=zlib.decompress(row.body),
        key=row.key,
        version=row.version or "",
        fetched=row.fetched,
        bookmark=row.bookmark,
    )


def mark_parsed(db: Connection, run_id: int, done: Sequence[tuple[Document, bool]]) -> None:
    """Note what documents were parsed from; of those not taken in whole, as done in this run."""
    recipe = select(sources.c.recipe).where(sources.c.id == documents.c.source_id).scalar_subquery()
    stamp = documents.c.body_hash + ":" + recipe
    place = tuple_(documents.c.source_id, documents.c.url)
    for value, is_whole in ((stamp, True), (stamp + _mark(run_id), False)):
        places = [(each.source_id, each.url) for each, found in done if found is is_whole]
        if places:
            db.execute(update(documents).where(place.in_(places)).values(parsed=value))


def _is(place: Document | Request) -> ColumnElement[bool]:
    return and_(documents.c.source_id == place.source_id, documents.c.url == place.url)


def let_go(db: Connection, kept_bytes: int = _KEPT_BYTES) -> None:
    """Drop the bytes of the oldest further pages of each source, beyond so many (compressed).

    What they said stays, and they are not fetched again. A source's own address keeps its bytes.
    """
    size = func.sum(func.length(documents.c.body)).over(
        partition_by=documents.c.source_id,
        order_by=(documents.c.fetched.desc(), documents.c.url),
        rows=(None, 0),
    )
    sizes = (
        select(documents.c.source_id, documents.c.url, size.label("size"))
        .join(sources, sources.c.id == documents.c.source_id)
        .where(
            documents.c.role != "source",
            documents.c.body.is_not(None),
            documents.c.parsed == _stamp(),
        )
        .subquery()
    )
    beyond = select(sizes.c.source_id, sizes.c.url).where(sizes.c.size > kept_bytes)
    place = tuple_(documents.c.source_id, documents.c.url)
    db.execute(update(documents).where(place.in_(beyond)).values(body=None))
