"""The queue: what is new, and what editors have said of it so far."""

from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from aggregator.flow.queueing import Shelf, Wanted, read_queue
from aggregator.model import TranslationState
from aggregator.text.languages import LANGUAGES
from aggregator.web.desk import Desk, TheDesk
from aggregator.web.guards import HOME, Reader
from aggregator.web.pages import page

router = APIRouter()


class Asked(BaseModel):
    """The page's address: whatever is not understood there sets no limit."""

    shelf: str = "all"
    country: str = ""
    language: str = ""
    state: str = ""
    target: str = ""
    page: str = "1"

    def wanted(self, desk: Desk) -> Wanted:
        """Return what is asked for."""
        countries = {source.country for source in desk.sources.values()}
        number = self.page if self.page.isascii() and self.page.isdecimal() else "1"
        return Wanted(
            target=self.target if self.target in desk.targets else desk.targets[0],
            shelf=self.shelf if self.shelf in get_args(Shelf) else "all",  # type: ignore[arg-type]
            country=self.country if self.country in countries else None,
            language=self.language if self.language in LANGUAGES else None,
            state=_state(self.state),
            page=int(number[:6]),
        )


def _state(value: str) -> TranslationState | None:
    return TranslationState(value) if value in set(TranslationState) else None


@router.get("/")
def show_queue(
    request: Request, desk: TheDesk, _session: Reader, asked: Annotated[Asked, Query()]
) -> Response:
    """Return a page of the queue."""
    wanted = asked.wanted(desk)
    with desk.database.read() as db:
        queue = read_queue(db, desk.sources, wanted, desk.clock())
    here = _parts(wanted, desk)
    return page(
        request,
        "queue.html",
        queue=queue,
        wanted=wanted,
        countries=sorted({source.country for source in desk.sources.values()}),
        languages=sorted({source.language for source in desk.sources.values()}),
        targets=desk.targets,
        address=lambda **changes: _address({**here, "page": "", **changes}),
        here=_address(here),
    )


def _parts(wanted: Wanted, desk: Desk) -> dict[str, str]:
    """Return the wanted part as a query's fields; what is the default is empty."""
    return {
        "shelf": "" if wanted.shelf == "all" else wanted.shelf,
        "country": wanted.country or "",
        "language": wanted.language or "",
        "state": wanted.state or "",
        "target": "" if wanted.target == desk.targets[0] else wanted.target,
        "page": "" if wanted.page == 1 else str(wanted.page),
    }


def _address(parts: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{HOME}?{query}" if query else HOME
