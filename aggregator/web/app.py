"""The application: which page answers which address."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from aggregator.errors import StoreError, UsageError
from aggregator.web import deciding, login, queue, story
from aggregator.web.desk import Desk
from aggregator.web.guards import HOME
from aggregator.web.headers import Seals
from aggregator.web.pages import page
from aggregator.web.site import Site


def create_app(desk: Desk) -> FastAPI:
    """Return the application: the desk below /desk/, the published site everywhere else."""
    # FastAPI's own pages of documentation load scripts from a foreign host.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_life)
    app.state.desk = desk
    app.add_middleware(Seals)
    for router in ROUTERS:
        app.include_router(router, prefix=_PREFIX)
    app.add_api_route(_PREFIX, _front)
    app.mount("/desk/static", StaticFiles(directory=Path(__file__).with_name("static")))
    app.add_api_route("/desk/{rest:path}", _no_page)
    # Only what holds no secrets is compressed: a page that repeats what somebody sent beside a
    # secret tells its length. https://www.breachattack.com/
    app.mount("/", GZipMiddleware(Site(desk.output), compresslevel=6))
    app.add_exception_handler(AnyHTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _bad_form)
    app.add_exception_handler(UsageError, _bad_use)
    app.add_exception_handler(StoreError, _no_store)
    return app


#: The desk's pages, one router a file.
ROUTERS = (login.router, queue.router, story.router, deciding.router)

_PREFIX = "/desk"

_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    # What was decided is published before the program ends.
    await to_thread.run_sync(app.state.desk.publisher.finish)


def _front() -> Response:
    return RedirectResponse(HOME, 308)


def _no_page() -> Response:
    raise HTTPException(404)


_SAID: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "Log in again",
    HTTPStatus.FORBIDDEN: "Refused",
    HTTPStatus.NOT_FOUND: "There is nothing here",
    HTTPStatus.SERVICE_UNAVAILABLE: "Try again in a moment",
}


def _http_error(request: Request, err: Exception) -> Response:
    assert isinstance(err, AnyHTTPException)  # noqa: S101 - registered for these only
    if err.status_code == HTTPStatus.SEE_OTHER:
        return RedirectResponse((err.headers or {})["Location"], 303)
    silent = err.detail == HTTPStatus(err.status_code).phrase
    return _message(request, err.status_code, "" if silent else err.detail)


def _bad_form(request: Request, _err: Exception) -> Response:
    return _message(request, 400, "This form is not one of ours. Nothing was saved.")


def _bad_use(request: Request, err: Exception) -> Response:
    return _message(request, 400, f"Nothing was saved: {err}.")


def _no_store(request: Request, err: Exception) -> Response:
    # The database's own words may name its address: they are for the operator, not for the page.
    _LOG.error("%s %s: %s", request.method, request.url.path, err)
    return _message(request, 503, "The database does not answer. Nothing was saved.")


def _message(request: Request, status: int, text: str) -> Response:
    empty = request.url.path in ("/", "/index.html") and status == HTTPStatus.NOT_FOUND
    said = "Nothing is published yet: run the aggregator first." if empty else text
    return page(
        request,
        "message.html",
        status=status,
        heading=_SAID.get(status, "This did not work"),
        text=said,
        lost=getattr(request.state, "lost", ()),
    )
