"""Parse: bytes that changed -> items, and addresses that complete them."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator import polling
from aggregator.flow.run import Run
from aggregator.model import Document, Failure, Further, Item, Parsed, Source
from aggregator.parse import parse
from aggregator.store import Connection, articles, documents, items, polls, runs, sources
from aggregator.text.urls import host_of

#: Most new items that a run takes in of one source; the next run goes on.
ITEMS_A_RUN = 2_000

#: Bytes. A row of PostgreSQL's indexes holds 2,700, and ours have an id and an address in one row.
LONGEST_KEY, LONGEST_URL = 800, 1_500

#: Formats whose further pages are all part of the whole, whatever is known already.
FOLLOWED = frozenset({"oai-pmh", "sitemap"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a document says."""

    document: Document
    parsed: Parsed


def lacks(db: Connection, run: Run) -> Sequence[Document]:
    """Return documents that changed since they were parsed."""
    return documents.unparsed(db, run.id, run.sources.keys())


def does(run: Run, batch: Sequence[Document]) -> Iterator[Reading | Failure]:
    """Yield what each document says."""
    wanted = [document for document in batch if not _is_unwanted(document, run)]
    for document in batch:
        if _is_unwanted(document, run):
            yield Reading(document=document, parsed=Parsed(items=()))
    inputs = [(document, run.sources[document.source_id]) for document in wanted]
    for document, read in zip(wanted, run.workers.map(parse, inputs), strict=True):
        if isinstance(read, Exception):
            yield Failure(
                stage="parse",
                subject=document.url,
                source_id=document.source_id,
                reason=str(read),
                error=type(read).__name__,
            )
        else:
            yield Reading(document=document, parsed=_storable(read))


def _storable(parsed: Parsed) -> Parsed:
    """Return what is said with ids and addresses that fit an index of every database."""
    items = tuple(item if _is_storable(item) else _shortened(item) for item in parsed.items)
    requests = tuple(
        replace(each, key=_short(each.key)) for each in parsed.requests if _fits(each.url)
    )
    return replace(parsed, items=items, requests=requests)


def _is_storable(item: Item) -> bool:
    return _short(item.key) == item.key and _fits(item.link)


def _shortened(item: Item) -> Item:
    return replace(item, key=_short(item.key), link=item.link if _fits(item.link) else "")


def _short(key: str) -> str:
    if len(key.encode()) <= LONGEST_KEY:
        return key
    return f"long:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _fits(url: str) -> bool:
    return len(url.encode()) <= LONGEST_URL


def _is_unwanted(document: Document, run: Run) -> bool:
    """Tell whether it is the page of an article whose source's pages are no longer read."""
    return document.role in ("page", "attachment") and run.sources[document.source_id].page is None


def saves(db: Connection, run: Run, results: Sequence[Reading]) -> None:
    """Keep items, what completes them, and where reading the source stands."""
    results = _living(db, run, results)
    known = items.known(db, [reading.document for reading in results])
    before = runs.taken_by(db, run.id)
    taken: Counter[str] = Counter()
    told = []
    for reading in results:
        source_id = reading.document.source_id
        room = ITEMS_A_RUN - before.get(source_id, 0) - taken[source_id]
        found = _told(reading, known[source_id, reading.document.url], room, run)
        taken[source_id] += sum(item.key not in found.known for item in found.taken)
        told.append(found)
    items.save(db, told)
    runs.add_arrivals(db, run.id, taken=taken)
    for reading in results:
        _follow(db, run, reading)
    documents.mark_parsed(db, run.id, [(each.document, each.whole) for each in told])
    _keep_hints(db, results)
    sources.settle(db, {reading.document.source_id for reading in results}, run.now)


def _living(db: Connection, run: Run, results: Sequence[Reading]) -> list[Reading]:
    """Return what is said, but what its source took back; take back what is so for the first time.

    A document tells of an item in vain if it came no later than the one that says it is deleted.
    Read again, that one deletes nothing: a later document may have told of the item anew.
    """
    harvests = {each.document.source_id for each in results if _is_harvest(each.document, run)}
    if not harvests:
        return list(results)
    deleted = items.deleted(db, harvests)
    for reading in results:
        document = reading.document
        told = [item.key for item in reading.parsed.items if item.deleted]
        new = [key for key in told if not _is_known(deleted, document, key)]
        items.take_back(db, document, new)
        articles.take_back(db, document.source_id, new)
        if document.fetched:
            deleted |= {(document.source_id, key): document.fetched for key in new}
    return [_without(deleted, reading) for reading in results]


def _is_harvest(document: Document, run: Run) -> bool:
    """Tell whether its source tells what is new or deleted, not all that there is."""
    return run.sources[document.source_id].format == "oai-pmh"


def _without(deleted: Mapping[tuple[str, str], datetime], reading: Reading) -> Reading:
    document, parsed = reading.document, reading.parsed
    living = (item for item in parsed.items if not item.deleted)
    kept = tuple(item for item in living if not _is_known(deleted, document, item.key))
    return replace(reading, parsed=replace(parsed, items=kept))


def _is_known(deleted: Mapping[tuple[str, str], datetime], document: Document, key: str) -> bool:
    """Tell whether the item was known to be deleted when the document came, or came to be later."""
    when = deleted.get((document.source_id, key))
    return when is not None and (document.fetched is None or document.fetched <= when)


def _told(reading: Reading, known: items.Known, room: int, run: Run) -> items.Told:
    """Return what is taken of a document: the known items, and of the new ones what has room."""
    told = {item.key: item for item in reading.parsed.items}
    chosen = []
    for key, item in told.items():
        room -= key not in known
        if key in known or room >= 0:
            chosen.append(item)
    return items.Told(
        document=reading.document,
        known=known,
        kept=told.keys() | known.keys() if _is_harvest(reading.document, run) else told.keys(),
        taken=chosen,
        whole=len(chosen) == len(told),
    )


def _follow(db: Connection, run: Run, reading: Reading) -> None:
    """Ask for what completes the document; keep where reading its source stands."""
    document, parsed = reading.document, reading.parsed
    source = run.sources[document.source_id]
    keys = [item.key for item in parsed.items]
    further = any(each.role == "list" for each in parsed.requests)
    is_new = further and not articles.tell_of(db, document.source_id, keys)
    wanted = (_wanted(each, document, source, is_new=is_new) for each in parsed.requests)
    items.ask_for(db, document, [each for each in wanted if each])
    if parsed.bookmark is not None:
        sources.save_bookmark(db, document, parsed.bookmark)


def _wanted(
    further: Further, document: Document, source: Source, *, is_new: bool
) -> Further | None:
    """Return the request as it is to be made; None: a further page of a list that is not read.

    A list is followed while all that a page tells of is new, so that a visit after a week of
    silence reads as far as the last one got. The version counts the pages since the first.
    """
    if "{key}" in further.url and host_of(further.url) != host_of(source.url):
        return None  # a secret goes nowhere but to whom it belongs
    if further.role != "list" or source.format in FOLLOWED:
        return further
    first, _, depth = document.version.rpartition("/")
    number = int(depth) + 1 if depth.isdecimal() else 1
    if not is_new or number > source.pages:
        return None
    chain = first or (document.fetched.isoformat() if document.fetched else "")
    return replace(further, version=f"{chain}/{number}")


def _keep_hints(db: Connection, results: Sequence[Reading]) -> None:
    own = [each for each in results if each.document.role == "source"]
    known = polls.of(db, {each.document.source_id for each in own})
    changed = []
    for each in own:
        poll = known.get((each.document.source_id, each.document.url))
        if poll and poll.refresh_s != each.parsed.refresh_s:
            changed.append(polling.refreshed(poll, each.parsed.refresh_s))
    polls.save(db, changed)
