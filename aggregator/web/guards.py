"""Who may do what: sign-in, forms of our own, and where to go afterwards."""

import hmac
import re
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, HTTPException, Request

from aggregator.store.users import Session
from aggregator.web import sessions
from aggregator.web.desk import TheDesk

HOME = "/desk/"

#: Paths of the desk's own pages with what their queries hold. No backslash, no encoded slash, no
#: white space: browsers read some of these as the beginning of another host's address.
_LOCAL = re.compile(
    r"/desk/(?!log(?:in|out)\b)(?:[\w.~=&?+-]|%(?!2f|5c|0)[0-9a-f]{2}|(?<!/)/)*",
    re.ASCII | re.IGNORECASE,
)


def local_path(path: str) -> str:
    """Return the path if it is one of the desk's pages, else the queue's."""
    return path if _LOCAL.fullmatch(path) and ".." not in path else HOME


def same_origin(request: Request, desk: TheDesk) -> None:
    """Refuse a form that another site's page sent, by what browsers say of where it came from.

    The token of the session is the guard; this one also covers the login, which has none yet.
    """
    fetch_site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = {request.headers.get("host", ""), urlsplit(desk.base_url).netloc}
    if fetch_site not in ("same-origin", "none") or (
        origin is not None and urlsplit(origin).netloc not in own - {""}
    ):
        raise HTTPException(403, "This form was sent from another site.")


def session_of(request: Request, desk: TheDesk) -> Session | None:
    """Return the session of the browser that asks, None if it is not logged in."""
    token = sessions.cookie_of(request, secure=desk.secure)
    if not token:
        return None
    with desk.database.read() as db:
        found = sessions.find(db, token, desk.clock())
    request.state.session = found
    return found


def reader(request: Request, session: Annotated[Session | None, Depends(session_of)]) -> Session:
    """Return the editor's session; who is not logged in is sent to do so first."""
    if session is None:
        query = f"?{request.url.query}" if request.url.query else ""
        back = quote(f"{request.url.path}{query}", safe="")
        raise HTTPException(303, headers={"Location": f"/desk/login?next={back}"})
    return session


async def writer(
    request: Request, session: Annotated[Session | None, Depends(session_of)]
) -> Session:
    """Return the session of an editor who sent a form of ours."""
    form = await request.form()
    if session is None:
        # What was written is shown once more: the error's page takes it from here.
        request.state.lost = [form[name] for name in ("title", "summary", "text") if form.get(name)]
        raise HTTPException(401, "You are not logged in any more. Nothing was saved.")
    token = form.get("csrf")
    if not isinstance(token, str) or not hmac.compare_digest(
        token.encode("utf-8", "surrogatepass"), session.csrf.encode()
    ):
        raise HTTPException(403, "This form is not one of yours, or it is from another session.")
    return session


#: Parameters of pages that show, and of pages that change something.
Reader = Annotated[Session, Depends(reader)]
Writer = Annotated[Session, Depends(writer)]
