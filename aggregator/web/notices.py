"""What the last form did, said once on the next page: kept in a cookie of a minute."""

import base64
import json
from dataclasses import asdict, dataclass

from fastapi import Request, Response

_COOKIE = "desk-notice"
_SECONDS = 60

#: Characters of a notice: a title may be longer than browsers let a cookie be (4 KB).
_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence, and the story it is about ("" if none)."""

    text: str
    story_id: str = ""


def leave(response: Response, notice: Notice, *, secure: bool) -> None:
    """Leave a notice for the next page."""
    said = asdict(notice) | {"text": notice.text[:_LENGTH]}
    response.set_cookie(
        _COOKIE,
        base64.urlsafe_b64encode(json.dumps(said).encode()).decode(),
        max_age=_SECONDS,
        path="/desk",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def read(request: Request) -> Notice | None:
    """Return the notice that was left, None if there is none or it is not one of ours."""
    try:
        said = json.loads(base64.urlsafe_b64decode(request.cookies.get(_COOKIE, "")))
        return Notice(text=str(said["text"]), story_id=str(said["story_id"]))
    except (ValueError, LookupError, TypeError):
        return None


def drop(response: Response) -> None:
    """Have the browser forget the notice: it was read."""
    response.delete_cookie(_COOKIE, path="/desk")
