"""Answers of the APIs that sources describe (`aggregator.model.Api`): bytes -> items."""

import re
from collections.abc import Callable, Iterator, Mapping

from aggregator.errors import ParseError
from aggregator.model import Api, Document, Further, Item, Parsed, Source
from aggregator.parse import fragment
from aggregator.parse.api.answer import Answer
from aggregator.parse.api.fields import item_of
from aggregator.parse.api.jsonpath import json_answer
from aggregator.parse.api.xmlpath import xml_answer
from aggregator.parse.keys import keyed

_READ: Mapping[str, Callable[[Document, Source, str], Answer]] = {
    "json-api": json_answer,
    "xml-api": xml_answer,
}

#: Where APIs say what is wrong, the surest first.
_ERRORS = ("error", "errors", "errormessage", "errmsg")
_COMPLAINTS = (*_ERRORS, "resultmsg", "message", "detail")

#: Where they say how many records there are in all.
_TOTALS = ("numFound", "totalResults", "opensearch:totalResults", "total", "totalCount", "count")

#: J-STAGE calls it an error that nothing was found.
_NO_HITS = frozenset({"ERR_001"})

#: Longest complaint that is repeated, in characters.
_SHOWN = 200


def parse_api(document: Document, source: Source) -> Parsed:
    """Give an item for each record in the answer of a JSON or XML API, and its next page.

    A path with `{` in it is a template: `https://eric.ed.gov/?id={id}` holds paths in braces, and
    gives nothing where one of them does. JMESPath's hashes (`{a: b}`) are therefore out of reach.
    With selectors for the article's page, each item's own page is a further request.

    Raises:
        ParseError: the answer is not what the source's format says, a path is none, or there are
            neither records nor a word that there are none.
    """
    api = source.api
    if api is None:
        raise ParseError("the source does not describe its API")
    answer = _READ[source.format](document, source, api.records)
    if not answer.records:
        _refuse_unless_empty(answer, api.records, follows=document.role == "list")
        return Parsed(items=())
    base = document.final_url
    items = keyed([item_of(record, api.fields, base) for record in answer.records])
    return Parsed(items=items, requests=tuple(_requests(answer, items, document, source)))


def _requests(
    answer: Answer, items: tuple[Item, ...], document: Document, source: Source
) -> Iterator[Further]:
    if source.page is not None:
        for item in items:
            if item.link:
                yield Further(url=item.link, role="page", key=item.key, version=item.updated)
    if source.api and (following := _next(answer, document, source, source.api)):
        yield Further(url=following, role="list")


def _next(answer: Answer, document: Document, source: Source, api: Api) -> str:
    """Give the address of the next page, "" when this is the last; {key} in it stays {key}."""
    current = document.url if document.role == "list" else source.url
    if api.next:
        following = next(iter(answer.whole(api.next)), "")
        return fragment.web_address(current, following) if following else ""
    if api.parameter and answer.records:
        return _counted_up(current, api.parameter, api.step)
    return ""


def _counted_up(address: str, parameter: str, step: int) -> str:
    place = re.compile(rf"([?&]{re.escape(parameter)}=)([0-9]{{1,9}})(?=[&#]|$)")
    if not place.search(address):
        raise ParseError(f"the address has no '{parameter}=' with a number to count up")
    return place.sub(lambda found: f"{found[1]}{int(found[2]) + step}", address, count=1)


def _refuse_unless_empty(answer: Answer, path: str, *, follows: bool) -> None:
    """Raise unless the answer says itself that nothing was found, or no page is left that follows.

    Nobody but J-STAGE calls it an error that there are no hits; a list that is there and empty
    beside an error is one.
    """
    if answer.said(("status",)) in _NO_HITS:
        return
    listed = answer.records is not None or follows
    complaint = answer.said(_ERRORS if listed else _COMPLAINTS)
    if complaint.strip("0"):
        raise ParseError(f"the API answers: {complaint[:_SHOWN]}")
    if listed or answer.said(_TOTALS) == "0":
        return
    names = ", ".join(f"'{name}'" for name in answer.names[:8])
    raise ParseError(f"the path '{path}' found nothing; the answer holds {names or 'nothing'}")
