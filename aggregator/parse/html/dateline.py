"""The date that a page shows beside its headline, where it tells machines none."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import bs4

from aggregator.model import Source
from aggregator.parse.html import tree
from aggregator.parse.html.tree import Tree
from aggregator.text.dates import read_date

# What elements are called that hold a date, in English and in the romanized words of our
# countries' systems.
_NAMED = re.compile(
    r"date|time|publi|posted|post-?on|regist|wdate|tanggal|waktu|ngay|thoigian|riqi|fabu|shijian"
)
_NOT_NAMED = re.compile(r"update|modif|timeline|sometime|expire|copyright|footer|calendar")
_UNSEEN = frozenset({"html", "head", "title", "meta", "link", "script", "style", "body"})

#: A date with office, author and number of views beside it.
_LONGEST = 80

#: So many elements before or behind the headline there still is its own dateline. Behind it
#: lists of other articles begin, each with its date.
_NEAR = 60

#: Text that only looks like a date is looked for in fewer: the article itself begins there.
_NEAR_UNNAMED = 20


def dateline(
    page: Tree,
    headline: str,
    source: Source,
    now: datetime,
    *,
    named: bool = True,
    but: frozenset[str] = frozenset(),
) -> str:
    """Give the shown date nearest to the headline, as written; "" if none is near.

    With `named` only `<time>` elements and such as are called a date, else any short text. The
    days in `but` (ISO 8601) are dates of something else.
    """
    tags = [tag for tag in page.tags if tag.name not in _UNSEEN]
    at = _position(tags, headline)
    best, text = (_NEAR if named else _NEAR_UNNAMED), ""
    for position, tag in enumerate(tags[: at + best]):
        distance = abs(position - at)
        if distance < best and _is_named(tag) is named:
            said, day = _date_of(tag, source, now)
            if said and day not in but:
                best, text = distance, said
    return text


def _position(tags: list[bs4.Tag], headline: str) -> int:
    """Find the headline's element: a heading that shows it, or else any; without one the start."""
    wanted = "".join(headline.split())
    first = 0
    for position, tag in enumerate(tags):
        if wanted and tag.string is not None and "".join(str(tag.string).split()) == wanted:
            if tag.name in ("h1", "h2", "h3"):
                return position
            first = first or position
    return first


def _is_named(tag: bs4.Tag) -> bool:
    if tag.name == "time":
        return True
    called = tree.called(tag).lower()
    return bool(_NAMED.search(called)) and not _NOT_NAMED.search(called)


def _date_of(tag: bs4.Tag, source: Source, now: datetime) -> tuple[str, str]:
    """Give the date that the element says, as written and as the day it is at the source."""
    for text in _texts(tag):
        read = read_date(
            text,
            language=source.language,
            country=source.country,
            zone=source.timezone,
            now=now,
        )
        if read and read.confidence != "guess":  # 10:30 beside a headline is a time of anything
            return text, read.at.astimezone(ZoneInfo(source.timezone)).date().isoformat()
    return "", ""


def _texts(tag: bs4.Tag) -> Iterator[str]:
    """Give what the element says: to machines, then its own short text."""
    for name in ("datetime", "data-date-time", "data-date", "data-origindate"):
        if said := tree.attribute(tag, name):
            yield said
    text = tree.short_words(tag, _LONGEST)
    if any(sign.isdigit() for sign in text):
        yield text
