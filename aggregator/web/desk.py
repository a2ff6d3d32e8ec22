"""What the pages are given, and how they ask for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Request

from aggregator.model import Source
from aggregator.store import Database
from aggregator.web.passwords import Passwords
from aggregator.web.throttle import Throttle


class Publisher(Protocol):
    """Makes decisions seen by readers."""

    @property
    def trouble(self) -> str:
        """Why the last publication is not whole, for people; "" when it is."""

    def ask(self) -> None:
        """Have everything published that is decided by now; return at once."""

    def finish(self) -> None:
        """Return when all that was asked for is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts that pages work with."""

    database: Database
    sources: Mapping[str, Source]  #: all that are configured, by id
    targets: Sequence[str]  #: languages that texts can be edited in, the default first
    output: Path  #: the published site
    base_url: str
    clock: Callable[[], datetime]
    publisher: Publisher
    passwords: Passwords
    throttle: Throttle

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https only."""
        return self.base_url.startswith("https://")


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


#: A page's parameter of this type is the desk.
TheDesk = Annotated[Desk, Depends(_desk)]
