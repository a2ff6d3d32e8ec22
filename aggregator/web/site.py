"""The published site: the files of the output folder, as any web server would send them."""

import os
from email.utils import formatdate
from hashlib import blake2b
from os import PathLike, stat_result
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

#: The machine's own table knows no feeds, and differs from machine to machine.
_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}

#: https://www.jsonfeed.org/version/1.1/#suggestions-for-publishers
_FEED = "application/feed+json; charset=utf-8"


class Site(StaticFiles):
    """Sends what is published, whole: each answer has the file as it stood at one moment.

    Files are replaced while we serve, so length, tag and bytes are taken from one open file. The
    tag is weak, since a later layer may compress: the bytes then differ, what they say doesn't.
    """

    def __init__(self, output: Path) -> None:
        super().__init__(directory=output, html=True, check_dir=False)

    async def check_config(self) -> None:
        """Accept a folder that is not there yet: nothing is published then."""

    def lookup_path(self, path: str) -> tuple[str, stat_result | None]:
        """Return the file of a path and its state; half-written and hidden ones are not there."""
        if any(part.startswith(".") for part in Path(path).parts):
            return "", None
        return super().lookup_path(path)

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,  # noqa: ARG002 - the open file's own is taken
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file's answer, or that it is what the reader has already."""
        try:
            with Path(full_path).open("rb") as file:
                state = os.fstat(file.fileno())
                body = file.read()
        except FileNotFoundError as err:
            raise HTTPException(404) from err
        tag = blake2b(f"{state.st_mtime_ns} {state.st_size}".encode(), digest_size=12).hexdigest()
        headers = {
            "Cache-Control": "no-cache",
            "ETag": f'W/"{tag}"',
            "Last-Modified": formatdate(state.st_mtime, usegmt=True),
        }
        response = Response(body, status_code, headers, media_type=_type(Path(full_path)))
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            # What compresses the others leaves this one alone, and caches need the same words.
            response.headers["Vary"] = "Accept-Encoding"
            return NotModifiedResponse(response.headers)
        return response

    def is_not_modified(self, response_headers: Headers, request_headers: Headers) -> bool:
        """Tell whether the reader's copy is the present one; a tag decides before a date."""
        tags = request_headers.get("if-none-match")
        if tags is None:
            return super().is_not_modified(response_headers, request_headers)
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or response_headers["etag"].removeprefix("W/") in known


def _type(file: Path) -> str:
    if file.suffix == ".json" and "feeds" in file.parts:
        return _FEED
    return _TYPES.get(file.suffix, "application/octet-stream")
