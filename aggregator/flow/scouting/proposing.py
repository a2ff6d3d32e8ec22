"""Propose: what a site says of itself and what a person said -> a source to be added."""

import re
from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import urlsplit

from aggregator.config import address_fault
from aggregator.model import Format, Kind, PageSelect, Select, Source
from aggregator.text.characters import scrub
from aggregator.text.countries import COUNTRIES
from aggregator.text.languages import LANGUAGES, identify
from aggregator.text.urls import host_of

#: Longest name that is proposed, in characters: titles of front pages hold whole slogans.
NAME_CHARACTERS = 80

#: Longest short name of a site within an id.
_WORD_CHARACTERS = 30

#: First labels of hosts that say what is served, and last but one labels that say who may
#: register: neither names a site.
_SERVICES = frozenset(("www", "www2", "web", "feed", "feeds", "rss", "m", "news", "blog"))
_REGISTRIES = frozenset(("co", "or", "ac", "go", "gov", "edu", "com", "net", "org", "ne", "re"))

#: How texts separate a site's name from its slogan; without spaces these signs are part of words.
_SLOGAN = re.compile(r"\s+[|｜\-–—:：»·]\s+|[|｜]")

_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person said of a new source; "" where the site is to say it."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    country: str = ""
    language: str = ""
    kind: Kind = "news"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a new source is read, and what it says of itself."""

    url: str
    format: Format
    homepage: str = ""
    title: str = ""
    language: str = ""  #: a language tag as written
    sample: str = ""  #: some of its titles, for whoever has to guess its language
    select: Select | None = None


def propose(place: Place, given: Given, taken: Container[str]) -> Source:
    """Return the source as it would be added; its id is none of those *taken*.

    What a person said counts first, then what the site says, then its host's country and the
    script of its titles.
    """
    country = given.country or _country(place, given.language)
    language = given.language or _language(place, country)
    host = host_of(place.homepage or place.url)
    name = given.name or _name(place.title) or host
    return Source(
        id=given.id or _free_id(f"{country}-{_short(host)}", taken),
        name=name,
        name_en=given.name_en or (name if name.isascii() else host.removeprefix("www.")),
        country=country,
        language=language,
        homepage=_homepage(place),
        url=place.url,
        format=place.format,
        kinds=(given.kind,),
        timezone=COUNTRIES[country].zone,
        select=place.select,
        page=PageSelect() if _needs_pages(place) else None,
    )


def _homepage(place: Place) -> str:
    """Return where the site's readers go; what feeds say of it is not always an address."""
    usable = place.homepage and not address_fault(place.homepage)
    return place.homepage if usable else _root(place.url)


def _needs_pages(place: Place) -> bool:
    """Tell whether only articles' own pages say enough.

    A list without dates leaves them to the pages; a sitemap its titles.
    """
    return place.format == "sitemap" or bool(place.select and not place.select.date)


def _country(place: Place, language: str) -> str:
    """Return the country of the host's last label, else the one where the language is at home."""
    for url in (place.homepage, place.url):
        label = host_of(url).rpartition(".")[2].lower()
        if label in COUNTRIES:
            return label
    spoken = language or _known(place.language, "") or _guessed(place, "en")
    homes = (each.code for each in COUNTRIES.values() if spoken in each.languages[:1])
    return "int" if spoken == "en" else next(homes, "int")


def _language(place: Place, country: str) -> str:
    usual = COUNTRIES[country].languages[0]
    return _known(place.language, country) or _guessed(place, usual)


def _guessed(place: Place, prior: str) -> str:
    return identify(f"{place.title}\n{place.sample}", prior)


def _known(tag: str, country: str) -> str:
    """Return the language of ours that a tag names; "" if it names none."""
    primary, *rest = tag.replace("_", "-").lower().split("-")
    if primary == "zh":
        traditional = {"hant", "tw", "hk", "mo"} & set(rest)
        return "zh-Hant" if traditional or (not rest and country == "tw") else "zh-Hans"
    primary = {"in": "id", "jp": "ja", "kr": "ko", "vn": "vi"}.get(primary, primary)
    return primary if primary in LANGUAGES else ""


def _name(title: str) -> str:
    words = " ".join(scrub(title).split())
    name = next((part.strip() for part in _SLOGAN.split(words) if part.strip()), "")
    return name if len(name) <= NAME_CHARACTERS else ""


def _short(host: str) -> str:
    """Return the label of a host that names the site: "kyoiku" of www.kyoiku.co.jp."""
    labels = [label for label in host.lower().split(".") if label]
    core = labels[:-1] or labels
    if len(core) > 1 and core[-1] in _REGISTRIES:
        core = core[:-1]
    named = [label for label in core if label not in _SERVICES] or core
    short = _NO_LETTER.sub("-", named[-1] if named else "").strip("-")[:_WORD_CHARACTERS]
    return short.strip("-") or "site"


def _free_id(wanted: str, taken: Container[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
