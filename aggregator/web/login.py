"""The login page, and the way out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from aggregator.store import users
from aggregator.web import sessions
from aggregator.web.desk import Desk, TheDesk
from aggregator.web.guards import HOME, Writer, local_path, same_origin
from aggregator.web.pages import page

router = APIRouter()


class Credentials(BaseModel):
    """The login form."""

    name: str = ""
    password: str = Field(default="", repr=False)
    next: str = HOME


@router.get("/login")
def show_login(request: Request, next: str = HOME) -> Response:
    """Return the login form."""
    return page(request, "login.html", name="", next=local_path(next), complaint="")


@router.post("/login", dependencies=[Depends(same_origin)])
def log_in(request: Request, desk: TheDesk, form: Annotated[Credentials, Form()]) -> Response:
    """Open a session for the right name and password; for any other, say no more than that."""
    name, back = form.name.strip(), local_path(form.next)
    seconds = desk.throttle.wait(name, request.client.host if request.client else "", desk.clock())
    if seconds:
        complaint = f"Too many attempts. Try again in {-(-seconds // 60)} minutes."
        response = page(
            request, "login.html", status=429, name=name, next=back, complaint=complaint
        )
        response.headers["Retry-After"] = str(seconds)
        return response
    with desk.database.read() as db:
        user = users.by_name(db, name)
    if not desk.passwords.match(user.password_hash if user else None, form.password) or not user:
        complaint = "Name and password do not match an account."
        return page(request, "login.html", status=403, name=name, next=back, complaint=complaint)
    desk.throttle.forgive(name)
    return _enter(request, desk, user, back)


def _enter(request: Request, desk: Desk, user: users.User, back: str) -> Response:
    with desk.database.begin() as db:
        sessions.end(db, sessions.cookie_of(request, secure=desk.secure))
        token = sessions.begin(db, user, desk.clock())
    response = RedirectResponse(back, 303)
    sessions.set_cookie(response, token, secure=desk.secure)
    return response


@router.post("/logout", dependencies=[Depends(same_origin)])
def log_out(request: Request, desk: TheDesk, _session: Writer) -> Response:
    """Close the session, here and in the database."""
    with desk.database.begin() as db:
        sessions.end(db, sessions.cookie_of(request, secure=desk.secure))
    response = RedirectResponse("/desk/login", 303)
    sessions.drop_cookie(response, secure=desk.secure)
    return response
