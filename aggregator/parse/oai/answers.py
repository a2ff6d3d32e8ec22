"""OAI-PMH 2.0: a repository's answers -> its records, and where its list goes on.

https://www.openarchives.org/OAI/openarchivesprotocol.html - a list comes in pages, each with the
token of the next. `aggregator.parse.oai.sweep` remembers how far reading got,
`aggregator.parse.oai.dublin` says what a record means.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl, quote, unquote_plus, urlsplit

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document, Further, Item, Oai, Parsed, Source
from aggregator.parse.oai import dublin
from aggregator.parse.oai.sweep import Page, Sweep, day_of
from aggregator.parse.xml import local, read_xml, words

#: Records of one answer; repositories give 100 to 5,000.
_MOST_RECORDS = 50_000

_VERBS = frozenset(
    {"identify", "listmetadataformats", "listsets", "listidentifiers", "listrecords", "getrecord"}
)

#: The protocol's own parameters; a base address may have others (`?journal=5`).
_PARAMETERS = frozenset({"verb", "metadataPrefix", "set", "from", "until", "resumptionToken"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Which sweep a document belongs to, and how far reading got."""

    name: str  #: of the document's sweep
    state: Sweep
    goes_on: bool  #: whether it is the sweep under way
    known: bool  #: whether it is that, or the last one that came to its end


def harvest_address(source: Source, bookmark: str, now: datetime) -> str:
    """Give the address that asks a repository for what changed since the last complete sweep.

    In days: no finer granularity has to be supported (section 3.3.1). An address that was copied
    with set and prefix in it keeps them where the source says nothing else.
    """
    base, written = _base(source)
    oai = source.oai or Oai(prefix=written.get("metadataPrefix") or Oai().prefix)
    told = {
        "metadataPrefix": oai.prefix,
        "set": oai.set or written.get("set"),
        "from": Sweep.read(bookmark).start(now) or oai.since,
    }
    parameters = (f"&{name}={quote(value, safe='')}" for name, value in told.items() if value)
    return f"{base}verb=ListRecords{''.join(parameters)}"


def parse_oai(document: Document, source: Source) -> Parsed:
    """Give the records of an answer, and the next page of the list they stand in.

    A record taken back is an item that says so. Answers to other questions than for records have
    none. A repository that forgot its token is asked anew in the next run.

    Raises:
        ParseError: it is no answer of a repository, the repository refuses the question, or its
            list runs in circles.
    """
    root = read_xml(document, source)
    if local(root) == "rdf":  # the same records without the protocol, as some export them
        return Parsed(items=_unique(_described(each, source) for each in root))
    if local(root) != "oai-pmh":
        raise ParseError(f"expected an answer of OAI-PMH, got a document of <{local(root)}>")
    answers = [child for child in root if local(child) in _VERBS]
    records = [each for answer in answers for each in answer if local(each) == "record"]
    if len(records) > _MOST_RECORDS:
        raise ParseError(f"the repository gives over {_MOST_RECORDS} records in one answer")
    if not answers:
        errors = [child for child in root if local(child) == "error"]
        return _without_answer(errors, _reading(document, root))
    items = _unique(_item(record, source) for record in records)
    if local(answers[0]) != "listrecords":
        return Parsed(items=items)
    page = _page(document, root, records)
    return _followed(items, page, _reading(document, root), source)


def _item(record: etree._Element, source: Source) -> Item:
    parts = {local(part): part for part in record}
    header = parts.get("header", record)
    key = _said(header, "identifier")
    if header.get("status") == "deleted":
        return Item(key=key, link="", deleted=True)
    updated = _said(header, "datestamp")
    metadata = parts.get("metadata")
    if metadata is None:
        return Item(key=key, link="", updated=updated)
    return dublin.item_of(metadata, key=key, updated=updated, language=source.language)


def _described(description: etree._Element, source: Source) -> Item:
    about = description.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    return dublin.item_of(description, key=about, updated="", language=source.language)


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for item in items:
        if item.key:
            found.setdefault(item.key, item)
    return tuple(found.values())


def _said(parent: etree._Element, name: str) -> str:
    return words(next((child for child in parent if local(child) == name), None))


def _reading(document: Document, root: etree._Element) -> _Reading:
    """Tell to which sweep an answer belongs: a first page begins one, others are told theirs.

    A late page of an earlier sweep is read, but leads nowhere: the sweep under way reads again
    what is behind it.
    """
    moment = _said(root, "responsedate")
    state = Sweep.read(document.bookmark)
    if document.role == "list":
        name = document.version
    else:
        name = moment if day_of(moment) else hashlib.sha256(document.body).hexdigest()[:20]
    is_new = document.role != "list" or not document.bookmark
    if is_new and name != state.done:
        fetched = document.fetched.date().isoformat() if document.fetched else ""
        state = state.begun(name, day_of(name) or day_of(moment) or fetched)
    goes_on = name == state.current
    return _Reading(name=name, state=state, goes_on=goes_on, known=goes_on or name == state.done)


def _page(document: Document, root: etree._Element, records: Sequence[etree._Element]) -> Page:
    headers = [
        (_said(header, "identifier"), _said(header, "datestamp"))
        for record in records
        for header in [part for part in record if local(part) == "header"] or [record]
    ]
    places = (each for parent in (*root, root) for each in parent)
    token = next((each for each in places if local(each) == "resumptiontoken"), None)
    asked = dict(parse_qsl(urlsplit(document.url).query)) if document.role == "list" else {}
    return Page(
        asked=asked.get("resumptionToken", ""),
        next="" if token is None else (token.text or "").strip(),
        headers=tuple(map(" ".join, headers)),
        days=tuple(day_of(datestamp) for _, datestamp in headers),
    )


def _followed(items: tuple[Item, ...], page: Page, reading: _Reading, source: Source) -> Parsed:
    parsed = Parsed(items=items)
    if page.next and reading.known:
        url = f"{_base(source)[0]}verb=ListRecords&resumptionToken={quote(page.next, safe='')}"
        parsed = replace(parsed, requests=(Further(url=url, role="list", version=reading.name),))
    if not reading.goes_on:
        return parsed
    after = reading.state.after(page)
    return replace(parsed, bookmark=(after if page.next else after.completed()).bookmark())


def _without_answer(errors: Sequence[etree._Element], reading: _Reading) -> Parsed:
    """Judge an answer without records by the codes of section 3.6."""
    codes = {(error.get("code") or "").lower() for error in errors}
    if codes == {"norecordsmatch"}:
        state = reading.state.completed()
    elif "badresumptiontoken" in codes:
        state = reading.state.broken_off() if reading.goes_on else reading.state
    else:
        raise ParseError(_refusal(errors))
    return Parsed(items=(), bookmark=state.bookmark() if reading.goes_on else None)


def _refusal(errors: Sequence[etree._Element]) -> str:
    if not errors:
        return "the repository's answer holds neither records nor an error"
    said = (": ".join(filter(None, (each.get("code"), words(each)))) for each in errors)
    return f"the repository refuses: {'; '.join(said)[:500]}"


def _base(source: Source) -> tuple[str, dict[str, str]]:
    """Give the base address up to where parameters follow, and those of the protocol in it."""
    place, _, query = source.url.partition("#")[0].partition("?")
    own, written = [], {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        if name in _PARAMETERS:
            written[name] = unquote_plus(value)
        else:
            own.append(f"{part}&")
    return f"{place}?{''.join(own)}", written
