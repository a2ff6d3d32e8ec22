"""One record in Dublin Core, simple or qualified -> an item.

https://www.dublincore.org/specifications/dublin-core/dcmi-terms/ - elements go by their name,
whatever their namespace: repositories write the same words in `dc`, `dcterms`, `prism` or in none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from aggregator.model import Enclosure, Item
from aggregator.parse import fragment
from aggregator.parse.xml import local, words
from aggregator.text.html import plain

#: Element -> the field it is read as. What these elements hold inside is theirs: the `name` of a
#: creator, the title of a related work.
_FIELDS = {
    "title": "title",
    "alternative": "alternative",
    "creator": "creator",
    "author": "creator",
    "subject": "subject",
    "description": "description",
    "abstract": "description",
    "date": "date",
    "issued": "issued",
    "publicationdate": "issued",
    "dateofissued": "issued",
    "available": "created",
    "created": "created",
    "language": "language",
    "identifier": "identifier",
    "uri": "identifier",
    "fulltexturl": "relation",
    "relation": "relation",
    "doi": "doi",
    "selfdoi": "doi",
    "isbn": "isbn",
    "issn": "issn",
    "eissn": "issn",
    "publisher": "publisher",
    "type": "type",
    "rights": "rights",
    "license": "rights",
    "accessrights": "rights",
    "source": "source",
    "bibliographiccitation": "source",
    "publicationname": "journal",
    "jtitle": "journal",
    "volume": "volume",
    "issue": "issue",
    "number": "issue",
    "startingpage": "first page",
    "spage": "first page",
    "endingpage": "last page",
    "epage": "last page",
}

#: Beginnings of elements (isPartOf, hasVersion, relatedItem) that describe other works.
_OF_OTHERS = ("is", "has", "relat", "referen")

#: Values of one record: a paper of a whole collaboration names 5,000 people.
_MOST_VALUES = 10_000

#: A title or a summary in more languages than these is nobody's.
_MOST_LANGUAGES = 20

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

#: Fields that become details under their own name.
_AS_THEY_ARE = ("journal", "volume", "issue", "publisher", "type", "rights", "relation", "source")

#: ISO 639-2 as repositories write it -> the code of a language that is read here.
_THREE_LETTERS = {
    "jpn": "ja", "kor": "ko", "zho": "zh", "chi": "zh", "vie": "vi", "tha": "th", "ind": "id",
    "eng": "en",
}  # fmt: skip
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})

#: Writings of the sound beside the title itself: `ja-Kana`, `ja-Latn`.
_READINGS = frozenset({"kana", "hira", "latn", "hrkt"})
_EASTERN = frozenset({"ja", "ko", "zh", "th"})
_EASTERN_LETTER = re.compile("[\u0e01-\u0e5b\u1100-\u11ff\u3041-\u9fff\uac00-\ud7af]")

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_DOI = re.compile(
    r"(?:doi:\s*|info:doi/|https?://(?:dx\.|www\.)?doi\.org/|info:eu-repo/\S{1,60}?/doi/)?"
    r"(10\.[0-9]{4,9}/\S+)",
    re.IGNORECASE,
)
# Ten digits without the word are any number.
_ISBN = re.compile(
    r"(?:urn:)?isbn[-:\s]{0,3}((?:[0-9][- ]?){9,12}[0-9X])|(97[89][- ]?(?:[0-9][- ]?){9}[0-9])",
    re.IGNORECASE,
)
_ISSN = re.compile(r"(?:urn:)?(?:[ep]?-?issn)?[-:\s]{0,3}([0-9]{4}-[0-9]{3}[0-9X])", re.IGNORECASE)
_MAIL = re.compile(
    r"[<(\[]?(?:mailto:)?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+[>)\]]?"
)
_DAY = re.compile(r"[0-9]{4}(?:[-/.]?[0-9]{1,2}(?:[-/.]?[0-9]{1,2})?)?")
_MARKUP = re.compile(
    r"</?(?:p|br|i|b|u|em|strong|su[bp]|span|div|[uo]l|li|a)\b[^<>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """One value of a field, in one line, and the language it says it is in."""

    value: str
    language: str = ""


_Fields = defaultdict[str, list[_Text]]


def item_of(metadata: etree._Element, *, key: str, updated: str, language: str) -> Item:
    """Give what a record's metadata says; of several titles that in the source's `language`.

    `key` is the record's own id, else the link is. Titles and descriptions in other languages are
    details. The link is a landing page where there is one; files in PDF are enclosures.
    """
    fields = _fields(metadata)
    titles = _ranked(fields["title"] or fields["alternative"], language)
    descriptions = _ranked(fields["description"], language)
    pages, files = _addresses(fields)
    link = next(iter((*pages, *files)), "")
    return Item(
        key=key or link,
        link=link,
        title=_html(titles[0].value, link) if titles else "",
        summary=_html(descriptions[0].value, link) if descriptions else "",
        published=_published(fields),
        updated=updated,
        authors=_authors(fields["creator"]),
        categories=_unique(_html(each.value, link) for each in fields["subject"]),
        language=next((each.value for each in fields["language"]), ""),
        enclosures=tuple(Enclosure(url=url, type="application/pdf") for url in files),
        details=(*_names(fields), *_others("title", titles), *_others("description", descriptions)),
    )


def _fields(metadata: etree._Element) -> _Fields:
    fields: _Fields = defaultdict(list)
    for name, element in islice(_elements(metadata), _MOST_VALUES):
        if value := _value(element):
            told = element.get(_LANGUAGE) or element.get("lang") or ""
            fields[_FIELDS[name]].append(_Text(value=value, language=_language(told)))
    return fields


def _elements(parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for child in parent:
        name = local(child)
        if name in _FIELDS and not (name == "description" and _is_record(child)):
            yield name, child
        elif not name.startswith(_OF_OTHERS):
            yield from _elements(child)


def _is_record(element: etree._Element) -> bool:
    """Tell RDF's word for a whole record from Dublin Core's for a summary."""
    return any(local(child) == "title" for child in element)


def _value(element: etree._Element) -> str:
    """Give the text; of a person or a thing with properties its name."""
    if not len(element):
        return words(element)
    inside = {local(child): words(child) for child in element.iterdescendants()}
    if family := inside.get("keyname"):  # arXiv's own format
        return ", ".join((family, *filter(None, [inside.get("forenames")])))
    return inside.get("name") or inside.get("label") or words(element)


@lru_cache(maxsize=256)
def _language(told: str) -> str:
    """Give a language as we write it: `ja`, `zh-Hant`; others as written."""
    first, *rest = told.strip().replace("_", "-").split("-")
    first = _THREE_LETTERS.get(first.lower(), first.lower())
    subtags = frozenset(map(str.lower, rest))
    if first == "zh" and rest:
        return "zh-Hant" if subtags & _TRADITIONAL else "zh-Hans"
    # Which English or Thai it is, is no matter here.
    is_read = first in _THREE_LETTERS.values() and not subtags & _READINGS
    return first if is_read else "-".join((first, *rest))


def _ranked(texts: list[_Text], wanted: str) -> list[_Text]:
    """Order what says the same in several languages, the wanted one first."""
    return sorted(texts, key=lambda text: _distance(text, wanted))


def _distance(text: _Text, wanted: str) -> int:
    own, *rest = text.language.split("-")
    asked = wanted.partition("-")[0]
    if _READINGS.intersection(map(str.lower, rest)):
        return 5
    if own:
        return 0 if text.language == wanted else 1 if own == asked else 4
    # Many repositories write each title twice and don't say which is in English.
    eastern = _EASTERN_LETTER.search(text.value) is not None
    return 2 if eastern == (asked in _EASTERN) else 3


def _others(name: str, texts: list[_Text]) -> Iterator[tuple[str, str]]:
    for text in texts[1:_MOST_LANGUAGES]:
        if text.value != texts[0].value:
            yield f"{name}-{text.language or 'und'}", _words_only(text.value)


def _words_only(value: str) -> str:
    is_marked = "<" in value or "&" in value
    return plain(_html(value, "")).replace("\n", " ") if is_marked else value


def _html(value: str, base: str) -> str:
    """Write a text as a fragment; journals put the HTML of their abstracts into it, escaped."""
    if _MARKUP.search(value):
        return fragment.with_absolute_addresses(value, base)
    return fragment.from_loose_text(value)


def _authors(creators: list[_Text]) -> tuple[str, ...]:
    """Give the names; mail addresses that stand in their place or beside them are nobody's need."""
    names = (_MAIL.sub("", each.value).strip(" ,;") for each in creators)
    return _unique(fragment.from_text(name) for name in names)


def _published(fields: _Fields) -> str:
    """Give the most precise date of issue.

    Simple Dublin Core has one word for all dates: repositories write the moment of deposit, with
    its time of day, before the day or the year of issue. So a moment counts only where it says
    more of the same day, or where there is nothing else.
    """
    dates = [each.value for each in fields["issued"] or fields["date"] or fields["created"]]
    dates = [date for date in dates if not date.lower().startswith("info:")] or [""]
    days = [date for date in dates if _DAY.fullmatch(date)]
    day = max(days, key=len) if days else dates[0]
    return max((date for date in dates if date.startswith(day)), key=len)


def _addresses(fields: _Fields) -> tuple[list[str], list[str]]:
    """Give the addresses of pages, the best first, and those of files in PDF."""
    own = [url for each in fields["identifier"] if (url := _web(each.value))]
    related = [url for each in fields["relation"] if (url := _web(each.value))]
    dois = [f"https://doi.org/{doi}" for doi in _dois(fields)]
    pages = [url for url in (*own, *dois, *related) if not _is_pdf(url)]
    return pages, list(dict.fromkeys(url for url in (*own, *related) if _is_pdf(url)))


def _web(value: str) -> str:
    return fragment.web_address("", value) if _WEB.fullmatch(value) else ""


def _is_pdf(url: str) -> bool:
    return urlsplit(url).path.lower().endswith(".pdf")


def _dois(fields: _Fields) -> tuple[str, ...]:
    values = [each.value for each in (*fields["doi"], *fields["identifier"])]
    # A plain DOI among the relations is another work's; this is the record's by another name.
    values += [each.value for each in fields["relation"] if "altIdentifier/doi/" in each.value]
    return _unique(found[1] for value in values if (found := _DOI.fullmatch(value)))


def _names(fields: _Fields) -> Iterator[tuple[str, str]]:
    """Yield by which names and numbers a record is known beside its title."""
    for doi in _dois(fields):
        yield "doi", doi
    for name, pattern, places in (
        ("isbn", _ISBN, ("isbn", "identifier")),
        ("issn", _ISSN, ("issn", "identifier", "source")),
    ):
        values = [each.value for place in places for each in fields[place]]
        for found in filter(None, map(pattern.fullmatch, dict.fromkeys(values))):
            yield name, found[found.lastindex or 0]
    for name in _AS_THEY_ARE:
        for value in _unique(each.value for each in fields[name]):
            if not (name == "source" and _ISSN.fullmatch(value)):
                yield name, value
    pages = [each.value for field in ("first page", "last page") for each in fields[field][:1]]
    if pages:
        yield "pages", "-".join(pages)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
