"""How far the sweep through a repository's list got: one page more -> where reading stands now.

A sweep is one reading of all that changed since the last: it is known by the moment of its first
answer. It goes over many pages and may be broken off after each; the repository's clock counts.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from aggregator.errors import ParseError

#: Pages of one sweep that are remembered to notice a circle: 30 KB. A circle is shorter.
_PAGES = 1000

#: Pages without a record that a sweep may meet: repositories filter after they have cut pages.
_EMPTY_PAGES = 20

#: Hexadecimal digits of a page's hashes: two of 1,000 are alike with a chance of 5e-7.
_DIGITS = 10

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a repository's list."""

    asked: str  #: the token it was asked with, "" for the first
    next: str  #: the token of the page after it, "" for the last
    headers: tuple[str, ...]  #: its records, each as its identifier and its date
    days: tuple[str, ...]  #: the dates of its records, "" where one cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Where reading a repository stands; days are YYYY-MM-DD."""

    complete: str = ""  #: the day on which the last complete sweep began
    done: str = ""  #: which sweep that was
    resume: str = ""  #: the day from which to go on; "" if the one above tells
    current: str = ""  #: the sweep under way, "" for none
    began: str = ""  #: its day
    base: str = ""  #: the `resume` it started with
    last: str = ""  #: the latest date of a record so far
    ordered: bool = True  #: whether no record so far was older than the one before it
    pages: tuple[str, ...] = ()  #: of this sweep: the hashes of token and records
    expired: str | None = None  #: the `resume` with which a token was refused the last time

    @classmethod
    def read(cls, bookmark: str) -> Self:
        """Give what a bookmark says; one that is not of our writing says nothing."""
        try:
            told: Any = json.loads(bookmark)
            state = cls(**{**told, "pages": tuple(told.get("pages", ()))})
            for day in filter(None, (state.complete, state.resume)):
                date.fromisoformat(day)
        except (AttributeError, TypeError, ValueError):
            return cls()
        return state

    def bookmark(self) -> str:
        """Give the bookmark that says this."""
        empty = asdict(Sweep())
        return json.dumps({name: it for name, it in asdict(self).items() if it != empty[name]})

    def start(self, now: datetime) -> str:
        """Give the day from which to ask for records, "" for all.

        Never a later one than today: a clock that once was wrong must not hide what comes.
        """
        days = []
        if self.complete:
            # One day is read twice: records may be committed after the moment they are dated.
            until = min(date.fromisoformat(self.complete), now.date())
            days.append(until - timedelta(days=1))
        if self.resume:
            days.append(min(date.fromisoformat(self.resume), now.date()))
        return max(days).isoformat() if days else ""

    def begun(self, name: str, day: str) -> Self:
        """Give the state with a new sweep under way; the same one again goes on."""
        if name == self.current:
            return self
        new = {"current": name, "began": day, "base": self.resume}
        return replace(self, **new, last="", ordered=True, pages=())

    def completed(self) -> "Sweep":
        """Give the state after the last page."""
        return Sweep(complete=self.began or self.complete, done=self.current)

    def broken_off(self) -> "Sweep":
        """Give the state when the repository no longer knows its token.

        The next sweep starts where this one stands if the records came in the order of their
        dates: then all before that day were read.

        Raises:
            ParseError: the last sweep stopped at the same place.
        """
        if self.expired == self.resume:
            raise ParseError("the repository forgets its resumption tokens before they are used")
        return Sweep(
            complete=self.complete, done=self.done, resume=self.resume, expired=self.resume
        )

    def after(self, page: Page) -> "Sweep":
        """Give the state after a further page of the sweep under way.

        Raises:
            ParseError: the list runs in circles.
        """
        days = [self.last, *page.days]
        ordered = self.ordered and all(page.days) and days == sorted(days)
        last = days[-1] if ordered else ""
        pages = [*self.pages]
        here = f"{_digest(page.asked)}:{_digest(*page.headers)}"
        place = next((i for i, each in enumerate(pages) if _token(each) == _token(here)), None)
        if place is None:
            pages.append(here)
        else:
            pages[place] = here  # the same page is read again: the program reads it in a new way
        if page.next:
            _refuse_circles(page, pages, len(pages) - 1 if place is None else place)
        return replace(
            self,
            ordered=ordered,
            last=last,
            resume=last or self.base,
            pages=tuple(pages[-_PAGES:]),
        )


def day_of(moment: str) -> str:
    """Give the day of a UTC moment as the protocol writes it, "" for anything else."""
    found = _DAY.match(moment)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""


def _refuse_circles(page: Page, pages: Sequence[str], place: int) -> None:
    tokens = [_token(each) for each in pages]
    others = [each for i, each in enumerate(pages) if i != place]
    records = _digest(*page.headers)
    again = _digest(page.next) in tokens[: place + 1]
    same = page.headers and any(each.endswith(f":{records}") for each in others)
    if again or same:
        raise ParseError("the repository's list runs in a circle: it gives the same page again")
    empty = _digest()
    if sum(each.endswith(f":{empty}") for each in pages) > _EMPTY_PAGES:
        raise ParseError(
            f"the repository's list has more than {_EMPTY_PAGES} pages without records"
        )


def _token(page: str) -> str:
    return page.partition(":")[0]


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_DIGITS]
