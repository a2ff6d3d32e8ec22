"""What documents say of articles, and the addresses that complete it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from aggregator.model import Document, Enclosure, Further, Item
from aggregator.store.parts import parts
from aggregator.store.runs import failed_in
from aggregator.store.schema import articles, documents, items, sources
from aggregator.store.upsert import upsert

#: The order in which an article's parts complete one another: a later one's words win.
_PART = case((items.c.role == "page", 1), (items.c.role == "attachment", 2), else_=0)

#: Articles that are understood together: enough to keep every processor busy, few enough to keep.
_AT_ONCE = 5_000


#: Instead of a document's address: what is kept of an item that its source took back.
_NOWHERE = ""

#: There, the name of the time at which the document came that says so.
_DELETED = "deleted"

#: Key -> hash and position of the items that a document's last bytes told of.
Known = dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a document tells of now: the keys that it names, and the items that are taken of it."""

    document: Document
    known: Known
    kept: Collection[str]
    taken: Sequence[Item]
    whole: bool  #: whether all it tells of is taken


def known(db: Connection, some: Iterable[Document]) -> dict[tuple[str, str], Known]:
    """Return what each document's last bytes told of: (source id, URL) -> items."""
    found: dict[tuple[str, str], Known] = {(each.source_id, each.url): {} for each in some}
    place = (items.c.source_id, items.c.document_url)
    rows = db.execute(
        select(*place, items.c.key, items.c.hash, items.c.position).where(tuple_(*place).in_(found))
    )
    for source_id, url, key, digest, position in rows:
        found[source_id, url][key] = digest, position
    return found


def save(db: Connection, found: Iterable[Told]) -> None:
    """Keep the items that documents tell of; forget those that they no longer name.

    Articles stay: they are what it said once.
    """
    changed = []
    for told in found:
        place = (told.document.source_id, told.document.url)
        if gone := told.known.keys() - told.kept:
            _forget_of(db, place, gone)
        rows = (_row(told.document, position, item) for position, item in enumerate(told.taken))
        changed += [
            row for row in rows if told.known.get(row["key"]) != (row["hash"], row["position"])
        ]
    upsert(db, items, changed)


def _forget_of(db: Connection, place: tuple[str, str], gone: Iterable[str]) -> None:
    """Forget items of a document, and what was to complete them and was never fetched."""
    source_id, url = place
    for key in gone:
        own = (items.c.source_id == source_id, items.c.document_url == url)
        db.execute(delete(items).where(*own, items.c.key == key))
    told = select(items.c.key).where(items.c.source_id == source_id)
    db.execute(
        delete(documents).where(
            documents.c.source_id == source_id,
            documents.c.role.in_(["page", "attachment"]),
            documents.c.version.is_(None),
            documents.c.key.not_in(told),
        )
    )


def _row(document: Document, position: int, item: Item) -> dict[str, Any]:
    said = _said(item)
    digest = hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()
    return {
        "source_id": document.source_id,
        "key": item.key,
        "document_url": document.url,
        "role": document.role,
        "position": position,
        "said": said,
        "hash": digest,
    }


def _said(item: Item) -> dict[str, Any]:
    """Return the fields of an item that say something, as JSON writes them."""
    said = {name: value for name in Item.__dataclass_fields__ if (value := getattr(item, name))}
    if item.enclosures:
        names = Enclosure.__dataclass_fields__
        said["enclosures"] = [{n: getattr(each, n) for n in names} for each in item.enclosures]
    return said


def _item(key: str, said: Mapping[str, Any]) -> Item:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    if "enclosures" in values:
        values["enclosures"] = tuple(Enclosure(**each) for each in said["enclosures"])
    if "details" in values:
        values["details"] = tuple((name, text) for name, text in said["details"])
    return Item(**({"key": key, "link": ""} | values))


def take_back(db: Connection, document: Document, keys: Sequence[str]) -> None:
    """Drop all that is said of items that a document says are deleted, and what completes them.

    That they are deleted stays: older documents still tell of them when they are read again.
    """
    for some in parts(keys):
        for table in (items, documents):
            own = (table.c.source_id == document.source_id, table.c.key.in_(some))
            db.execute(delete(table).where(*own, table.c.key != ""))
    upsert(db, items, [_tombstone(document, key) for key in keys])


def _tombstone(document: Document, key: str) -> dict[str, Any]:
    at = document.fetched.isoformat() if document.fetched else ""
    place = {"source_id": document.source_id, "key": key, "document_url": _NOWHERE}
    told = {"role": document.role, "position": 0, "said": {_DELETED: at}}
    return {**place, **told, "hash": "", "normalized": ""}


def deleted(db: Connection, source_ids: Collection[str]) -> dict[tuple[str, str], datetime]:
    """Return the items that these sources took back: (source id, key) -> when we were told so."""
    rows = db.execute(
        select(items.c.source_id, items.c.key, items.c.said).where(
            items.c.source_id.in_(source_ids), items.c.document_url == _NOWHERE
        )
    )
    return {
        (source_id, key): datetime.fromisoformat(said[_DELETED])
        for source_id, key, said in rows
        if said.get(_DELETED)
    }


def ask_for(db: Connection, document: Document, requests: Sequence[Further]) -> None:
    """Note the addresses that complete a document; one that came in this version is not due."""
    if not requests:
        return
    rows = {
        each.url: {
            "source_id": document.source_id,
            "url": each.url,
            "role": each.role,
            "key": each.key,
            "position": position,
            "wanted": each.version,
        }
        for position, each in enumerate(requests)
        if each.url != document.url
    }
    own = (documents.c.source_id == document.source_id, documents.c.url.in_(rows))
    # A source's own address is asked once a run anyway.
    for url in db.scalars(select(documents.c.url).where(*own, documents.c.role == "source")):
        del rows[url]
    upsert(db, documents, list(rows.values()))


def _stamp() -> ColumnElement[str]:
    return items.c.hash + ":" + _reading()


def _reading() -> ColumnElement[str]:
    """SQL expression: how a source's items are read.

    Refrains only become more, so their length tells which there are.
    """
    return sources.c.recipe + ":" + cast(func.length(sources.c.refrains), String)


def unnormalized(
    db: Connection, run_id: int, source_ids: Collection[str]
) -> dict[str, list[list[Item]]]:
    """Return some sources with all their articles that say something new: each as its parts.

    An article's parts are its row in a list, its own page and its files, in this order. Articles
    come in the order in which their source lists them. One that is listed no more stays as it is:
    its page alone has neither its id nor, often, its title and date.
    """
    outdated = (
        select(items.c.source_id, items.c.key)
        .join(sources, sources.c.id == items.c.source_id)
        .where(
            items.c.source_id.in_(source_ids),
            items.c.document_url != _NOWHERE,
            or_(items.c.normalized.is_(None), items.c.normalized != _stamp()),
            ~failed_in(run_id, "normalize", items.c.source_id, items.c.key),
            or_(is_listed(), ~_is_article()),
        )
        .distinct()
    )
    chosen = _some(db, outdated)
    keys = outdated.where(items.c.source_id.in_(chosen)).subquery()
    rows = db.execute(
        select(items.c.source_id, items.c.key, items.c.said, items.c.role)
        .join(keys, and_(keys.c.source_id == items.c.source_id, keys.c.key == items.c.key))
        .where(items.c.document_url != _NOWHERE)
        .order_by(items.c.source_id, _PART, items.c.role.desc(), items.c.document_url)
        .order_by(items.c.position)
    )
    parts: dict[str, dict[str, list[tuple[str, Item]]]] = {}
    for source_id, key, said, role in rows:
        parts.setdefault(source_id, {}).setdefault(key, []).append((role, _item(key, said)))
    return {
        source_id: [_in_order(found) for found in told.values()]
        for source_id, told in parts.items()
    }


def parts_of(
    db: Connection, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[Item]]:
    """Return the parts that articles are made from, by source id and key, as documents say now."""
    place = (items.c.source_id, items.c.key)
    rows = db.execute(
        select(*place, items.c.said, items.c.role)
        .where(tuple_(*place).in_(keys), items.c.document_url != _NOWHERE)
        .order_by(*place, _PART, items.c.role.desc(), items.c.document_url, items.c.position)
    )
    parts: dict[tuple[str, str], list[tuple[str, Item]]] = {}
    for source_id, key, said, role in rows:
        parts.setdefault((source_id, key), []).append((role, _item(key, said)))
    return {key: _in_order(found) for key, found in parts.items()}


def is_listed(table: Table = items) -> ColumnElement[bool]:
    """SQL condition: a list or a feed tells of the row's key, not its own page and files alone."""
    row = items.alias()
    own = (row.c.source_id == table.c.source_id, row.c.key == table.c.key)
    return exists().where(*own, row.c.role.in_(["source", "list"]))


def _is_article() -> ColumnElement[bool]:
    return exists().where(articles.c.source_id == items.c.source_id, articles.c.key == items.c.key)


#: A further page of a list is older than its first one; an article's own page knows best.
_WINS = ("list", "source", "page", "attachment")


def _in_order(parts: list[tuple[str, Item]]) -> list[Item]:
    return [item for _, item in sorted(parts, key=lambda part: _WINS.index(part[0]))]


def _some(db: Connection, outdated: Any) -> list[str]:
    """Return the ids of the first sources that have enough for one batch."""
    each = outdated.subquery()
    counts = db.execute(
        select(each.c.source_id, func.count()).group_by(each.c.source_id).order_by(each.c.source_id)
    )
    chosen: list[str] = []
    room = _AT_ONCE
    for source_id, number in counts:
        if chosen and number > room:
            break
        chosen.append(source_id)
        room -= number
    return chosen


def keys(db: Connection, source_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the keys of all that each source's documents tell of now."""
    told = select(items.c.source_id, items.c.key).where(
        items.c.source_id.in_(source_ids),
        items.c.role.in_(["source", "list"]),
        items.c.document_url != _NOWHERE,
    )
    found: dict[str, set[str]] = {source_id: set() for source_id in source_ids}
    for source_id, key in db.execute(told):
        found[source_id].add(key)
    return {source_id: frozenset(each) for source_id, each in found.items()}


def unheard(db: Connection, urls: Mapping[str, str], limit: int) -> dict[str, str]:
    """Return sources that say something new since refrains were learned, with where that stands.

    `urls` has each source's own address: without a change of what it answers nothing is new.
    """
    state = documents.c.parsed
    new = exists().where(
        items.c.source_id == sources.c.id,
        items.c.document_url != _NOWHERE,
        items.c.normalized.is_distinct_from(_stamp()),
    )
    rows = db.execute(
        select(sources.c.id, state)
        .join(documents, documents.c.source_id == sources.c.id)
        .where(
            tuple_(documents.c.source_id, documents.c.url).in_(list(urls.items())),
            state.is_not(None),
            state != sources.c.heard,
            new,
        )
        .order_by(sources.c.id)
        .limit(limit)
    )
    return dict(rows.all())


def some_of(db: Connection, source_id: str, number: int) -> list[Item]:
    """Return the first things that documents say of a source's articles, in the order of keys."""
    rows = db.execute(
        select(items.c.key, items.c.said)
        .where(items.c.source_id == source_id, items.c.document_url != _NOWHERE)
        .order_by(items.c.key, items.c.document_url)
        .limit(number)
    )
    return [_item(key, said) for key, said in rows]


def mark_normalized(db: Connection, done: Sequence[tuple[str, str]]) -> None:
    """Note that the present state of these items (source id and key) has become articles."""
    if not done:
        return
    reading = select(_reading()).where(sources.c.id == items.c.source_id).scalar_subquery()
    # A row at a time: one statement for hundreds of pairs takes five times as long to write.
    own = (items.c.source_id == bindparam("of"), items.c.key == bindparam("is"))
    statement = update(items).where(*own).values(normalized=items.c.hash + ":" + reading)
    db.execute(statement, [{"of": source_id, "is": key} for source_id, key in done])


def count(db: Connection) -> dict[str, int]:
    """Return how many articles each source's documents tell of."""
    number = func.count(items.c.key.distinct())
    told = select(items.c.source_id, number).where(items.c.document_url != _NOWHERE)
    return dict(db.execute(told.group_by(items.c.source_id)).all())
