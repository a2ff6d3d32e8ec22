"""An item of a catalog -> the record of a work."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from aggregator.model import Article, Item, Source
from aggregator.model.records import Record, Texts
from aggregator.normalize.records import numbers
from aggregator.normalize.records.people import name_and_orcid, without_mail
from aggregator.text.html import plain
from aggregator.text.languages import blocks

#: Names of details -> the field of a record, whatever their case and signs: those of ERIC's API,
#: of Dublin Core and its terms, of PRISM, and what the descriptions of sources use.
_FIELDS = {
    "accession": "accession", "ericnumber": "accession", "accessionnumber": "accession",
    "recordtype": "record_type", "type": "publication_types",
    "publicationtype": "publication_types", "journal": "journal", "publicationname": "journal",
    "source": "source", "bibliographiccitation": "source", "citation": "source",
    "sourceid": "source", "volume": "volume", "issue": "issue", "number": "issue",
    "pages": "pages", "publisher": "publishers", "institution": "publishers",
    "issued": "date", "date": "date", "doi": "doi", "issn": "issn", "eissn": "issn",
    "isbn": "isbn", "abstract": "abstract", "descriptors": "descriptors",
    "descriptor": "descriptors", "subject": "descriptors", "keywords": "descriptors",
    "keyword": "descriptors", "educationlevel": "education_levels",
    "educationallevel": "education_levels", "audience": "audiences",
    "intendedaudience": "audiences", "referencecount": "references",
    "numberofreferences": "references", "references": "references",
    "peerreviewed": "peer_reviewed", "peerreview": "peer_reviewed", "sponsor": "sponsors",
    "sponsors": "sponsors", "funder": "sponsors", "iesfunded": "sponsors",
    "language": "languages", "rights": "rights", "license": "rights", "accessrights": "rights",
    "relation": "relations", "ispartof": "relations", "hasversion": "relations",
    "isversionof": "relations", "isreferencedby": "relations", "requires": "relations",
    "replaces": "relations", "url": "links", "link": "links", "fulltext": "links",
    "fulltexturl": "links",
}  # fmt: skip

#: Any of these makes an item a work, whatever its source is else.
_OF_WORKS = frozenset({"doi", "journal", "issn", "isbn", "accession"})

#: Fields with one value: a second one (a journal's English name) is kept beside them.
_SINGLE = ("accession", "record_type", "journal", "volume", "issue", "pages", "doi")

_ERIC = re.compile(r"E[JD][0-9]{6,8}")
_ERIC_TYPES = {"EJ": "journal article", "ED": "document"}
# Journal of Lesson Study, v12 n3 p45-60 Jun 2024
_CITATION = re.compile(
    r"^(?:(?P<journal>.{2,200}?),?\s+)?v(?P<volume>[0-9]{1,4})"
    r"(?:\s+n(?P<issue>[0-9A-Za-z/-]{1,12}))?"
    r"(?:\s+p(?P<pages>[0-9A-Za-z]{1,9}(?:(?:-|\+|, ?)[0-9A-Za-z]{1,9}){0,9}))?"
    r"(?:,?\s+(?:[A-Z][a-z]{2,5}(?:-[A-Z][a-z]{2,5})?\s+)?[0-9]{4})?$"
)
_DAY = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?:[T ].*)?")
_WEB = re.compile(r"https?://[^\s<>\"]+")
_TEXT_LANGUAGE = re.compile(r"(title|description)-(.+)")
_SIGNS = re.compile(r"[^a-z]")

#: Rules of `Article.dated_by` that tell nothing of the work's own date.
_UNDATED = frozenset({"first-seen", "future"})


def record_of(item: Item, article: Article, source: Source) -> Record | None:
    """Return the work that *item* describes; None if it is none.

    Items of sources that are catalogs (research or books first of all) are works, and others that
    have a number or a journal as works have. Numbers whose check digit is wrong are kept among
    the unknown details; e-mail addresses nowhere.
    """
    told = _told(item)
    if source.kinds[0] not in ("research", "book") and not _OF_WORKS & told.keys():
        return None
    names = [name_and_orcid(plain(name)) for name in item.authors]
    cited = _cited(told["source"], told["journal"])
    accession = _accession(item, told["accession"])
    issn, wrong_issn = _checked(told["issn"], numbers.issn)
    isbn, wrong_isbn = _checked(told["isbn"], numbers.isbn)
    return Record(
        article_ids=(article.id,),
        titles=_texts([(article.language_of("title"), article.title)], told["titles"]),
        authors=_unique(name for name, _ in names),
        accession=accession,
        record_type=_first(told["record_type"]) or _ERIC_TYPES.get(accession[:2], ""),
        publication_types=_unique(told["publication_types"]),
        journal=cited.get("journal") or _first(told["journal"]),
        volume=_first(told["volume"]) or cited.get("volume", ""),
        issue=_first(told["issue"]) or cited.get("issue", ""),
        pages=_first(told["pages"]) or cited.get("pages", ""),
        publishers=_unique(told["publishers"]),
        date=_date([item.published, *told["date"]], article, source),
        doi=_own_doi(item, told, accession),
        issn=issn,
        isbn=isbn,
        abstracts=_texts(
            _by_language(_abstract(item, article), article.language),
            [*told["abstracts"], *_plainly(told)],
        ),
        descriptors=_unique([*map(plain, item.categories), *told["descriptors"]]),
        education_levels=_unique(told["education_levels"]),
        audiences=_unique(told["audiences"]),
        references=_count(told["references"]),
        peer_reviewed=_truth(told["peer_reviewed"]),
        sponsors=_unique(each for each in told["sponsors"] if _truth([each]) is None),
        languages=_unique([item.language, *told["languages"]]),
        rights=_unique(told["rights"]),
        relations=_unique(each for each in told["relations"] if not _WEB.fullmatch(each)),
        links=_links(item, article, told),
        others=_others(item, told, names, [("issn", wrong_issn), ("isbn", wrong_isbn)]),
    )


_Told = defaultdict[str, list[str]]


def _told(item: Item) -> _Told:
    """Return what the details say by the field of a record, mail addresses taken out."""
    told: _Told = defaultdict(list)
    for name, value in item.details:
        text = without_mail(value)
        if found := _TEXT_LANGUAGE.fullmatch(name):
            field = "titles" if found[1] == "title" else "abstracts"
            told[field].append(f"{found[2]}\n{text}")
        elif text:
            told[_FIELDS.get(_SIGNS.sub("", name.lower()), "")].append(text)
    return told


def _plainly(told: _Told) -> list[str]:
    return [f"und\n{text}" for text in told["abstract"]]


def _abstract(item: Item, article: Article) -> str:
    """Return the whole abstract: an article's summary is but its beginning."""
    return without_mail(plain(item.summary)) or without_mail(article.summary)


def _by_language(text: str, language: str) -> Iterable[tuple[str, str]]:
    """Return what each of its languages says in a text, which mostly is one."""
    runs = blocks(text, language)
    if len(runs) < 2:
        return [(language, text)]
    found: dict[str, list[str]] = {}
    for name, run in runs:
        found.setdefault(name, []).append(run.strip())
    return [(name, "\n".join(said)) for name, said in found.items()]


def _texts(own: Iterable[tuple[str, str]], others: Iterable[str]) -> Texts:
    """Return the texts with their languages, each language's first one, each text once."""
    found = {language: without_mail(text) for language, text in own if text}
    for each in others:
        told, _, value = each.partition("\n")
        if value and value not in found.values():
            found.setdefault(told, value)
    return tuple(found.items())


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    stripped = (without_mail(value).strip() for value in values)
    return tuple(dict.fromkeys(value for value in stripped if value))


def _cited(sources: Sequence[str], journals: Sequence[str]) -> dict[str, str]:
    """Return what a citation in one line says: journal, v12 n3 p45-60."""
    for text in (*sources, *journals):
        if found := _CITATION.fullmatch(text):
            return {name: part for name, part in found.groupdict().items() if part}
    return {}


def _accession(item: Item, told: Sequence[str]) -> str:
    for text in (*told, item.key):
        if found := _ERIC.fullmatch(text.strip()):
            return found[0]
    return _first(told)


def _checked(
    values: Iterable[str], check: Callable[[str], str]
) -> tuple[tuple[str, ...], list[str]]:
    """Return the numbers that are right in one form, and those that are wrong as written."""
    right: dict[str, None] = {}
    wrong: list[str] = []
    for value in values:
        for part in filter(None, re.split(r"[;,]\s*", value)):
            if number := check(part):
                right[number] = None
            else:
                wrong.append(part)
    return tuple(right), wrong


def _own_doi(item: Item, told: _Told, accession: str) -> str:
    """Return the work's DOI: told as such, in its address, or (ERIC) in the one link it has.

    Other catalogs name the works that are related to it in the same way.
    """
    related = told["relations"] if _ERIC.fullmatch(accession) else []
    texts = (*told["doi"], item.key, item.link, *told["links"], *related)
    return next((doi for text in texts if (doi := _doi(text))), "")


def _doi(text: str) -> str:
    return numbers.doi(text) if "10." in text else ""


def _date(written: Iterable[str], article: Article, source: Source) -> str:
    """Return the date no more precise than it was written."""
    for text in written:
        if found := _DAY.fullmatch(text.strip()):
            year, *rest = (part for part in found.groups() if part)
            return "-".join([year, *(part.zfill(2) for part in rest)])
    if article.dated_by in _UNDATED:
        return ""
    day = article.published.astimezone(ZoneInfo(source.timezone)).date().isoformat()
    return day[: {"year": 4, "month": 7}.get(article.dated_by, 10)]


def _count(values: Iterable[str]) -> int | None:
    numbers_told = [int(value) for value in values if re.fullmatch("[0-9]{1,5}", value)]
    return max(numbers_told, default=None)


def _truth(values: Iterable[str]) -> bool | None:
    for value in values:
        if value.strip().lower() in ("t", "true", "y", "yes", "1", "peer reviewed"):
            return True
        if value.strip().lower() in ("f", "false", "n", "no", "0"):
            return False
    return None


def _links(item: Item, article: Article, told: _Told) -> tuple[str, ...]:
    """Return where the work is found: its page, its files, and what else the details name."""
    related = [text for text in (*told["links"], *told["relations"]) if _WEB.fullmatch(text)]
    files = [each.url for each in item.enclosures]
    return _unique([article.url, item.link, *related, *files])


def _others(
    item: Item,
    told: _Told,
    names: Iterable[tuple[str, str]],
    wrong: Iterable[tuple[str, list[str]]],
) -> tuple[tuple[str, str], ...]:
    """Return what has no field of its own, under the name it came with."""
    kept = [
        (name, without_mail(text))
        for name, text in item.details
        if _SIGNS.sub("", name.lower()) not in _FIELDS and not _TEXT_LANGUAGE.fullmatch(name)
    ]
    kept += [(name, text) for name, texts in wrong for text in texts]
    kept += [("doi", text) for text in told["doi"][:1] if not _doi(text)]
    kept += [("source", text) for text in told["source"] if not _CITATION.fullmatch(text)]
    kept += [(name, text) for name in _SINGLE for text in told[name][1:]]
    kept += [("references", text) for text in told["references"] if not text.isdecimal()]
    for name in ("peer_reviewed", "sponsors"):
        is_odd = name == "peer_reviewed"
        kept += [(name, text) for text in told[name] if (_truth([text]) is None) == is_odd]
    kept += [("orcid", f"{name} {number}") for name, number in names if number]
    return tuple(dict.fromkeys((name, text) for name, text in kept if text))
