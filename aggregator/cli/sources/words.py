"""Ids, dates and offers -> what commands on sources are given and print."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast, get_args

from aggregator.config import address_fault, shown_address
from aggregator.errors import UsageError
from aggregator.flow.scouting.offering import Offer
from aggregator.flow.scouting.proposing import Given
from aggregator.model import Kind, Source
from aggregator.text.characters import scrub
from aggregator.text.countries import COUNTRIES
from aggregator.text.languages import LANGUAGES

_DAY_S = 86_400
_MONTH_DAYS = 30
_YEAR_DAYS = 365

#: Days up to which an age is told in days: two months.
_DAYS_TOLD = 60


def chosen(sources: Mapping[str, Source], ids: Sequence[str]) -> list[Source]:
    """Return the sources of these ids, all enabled ones if none is given.

    Raises:
        UsageError: there is no source of that id.
    """
    for each in ids:
        if each not in sources:
            raise UsageError(f"there is no source {each!r}; `aggregator sources list` lists them")
    if ids:
        return [sources[each] for each in dict.fromkeys(ids)]
    return [source for source in sources.values() if source.enabled]


def checked_address(url: str) -> str:
    """Return the address that a person named.

    Raises:
        UsageError: it is none that can be asked; the message never has its password.
    """
    if not (fault := address_fault(url)):
        return url
    whole = f"https://{url}"
    remedy = "write the whole address, without user name, password and braces"
    if "://" not in url and not address_fault(whole):
        remedy = f"write the whole address: {whole}"
    raise UsageError(f"{shown(shown_address(url))} {fault}\n  {remedy}")


def given(
    *,
    id: str = "",
    name: str = "",
    name_en: str = "",
    country: str = "",
    language: str = "",
    kind: str = "news",
) -> Given:
    """Return what a person said of a new source.

    Raises:
        UsageError: a country, language or kind is not one we know.
    """
    for what, value, known in (
        ("country", country, tuple(COUNTRIES)),
        ("language", language, tuple(LANGUAGES)),
        ("kind", kind, get_args(Kind)),
    ):
        if value and value not in known:
            raise UsageError(f"there is no {what} {value!r}; there are {', '.join(known)}")
    return Given(
        id=id,
        name=name,
        name_en=name_en,
        country=country,
        language=language,
        kind=cast(Kind, kind or "news"),
    )


def age(then: datetime, now: datetime) -> str:
    """Return how long ago something was, in the word that says enough."""
    days = int((now - then).total_seconds() // _DAY_S)
    if days < 0:
        return "in the future"
    if days < 1:
        return "today"
    if days <= _DAYS_TOLD:
        return f"{days} days ago" if days > 1 else "yesterday"
    if days < 2 * _YEAR_DAYS:
        return f"{days // _MONTH_DAYS} months ago"
    return f"{days // _YEAR_DAYS} years ago"


def shown(text: str) -> str:
    """Return a text of the web in one line, without what a terminal would obey."""
    return " ".join(scrub(text).split())


def lines(offer: Offer, now: datetime) -> list[str]:
    """Return an offer's items as they would arrive: title, date as it was read, link."""
    rows = []
    for each in offer.previews:
        date = f"{each.published:%Y-%m-%d %H:%M} UTC" if each.published else "no date"
        rows.append(f"  {date:<21} {shown(each.title) or '(the title stands on its page)'}")
        rows.append(f"    {shown(each.link)}")
    if len(offer.previews) < offer.items:
        rows.append(f"  … {offer.items - len(offer.previews)} more")
    if offer.newest:
        rows.append(f"  the newest: {age(offer.newest, now)}")
    return rows
