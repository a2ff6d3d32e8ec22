"""Who is logged in: a random token in a cookie, its hash in the database."""

import hashlib
import secrets
from datetime import datetime, timedelta

from fastapi import Request, Response
from sqlalchemy import Connection

from aggregator.store import users
from aggregator.store.users import Session, User

#: A working day; who comes back the next morning logs in again.
LIFE = timedelta(hours=12)

_PATH = "/desk"
_BYTES = 32


def begin(db: Connection, user: User, now: datetime) -> str:
    """Open a session and return its token, which is known to nobody else from here on."""
    token = secrets.token_urlsafe(_BYTES)
    csrf = secrets.token_urlsafe(_BYTES)
    users.add_session(db, _hash(token), user, csrf, (now, now + LIFE))
    return token


def find(db: Connection, token: str, now: datetime) -> Session | None:
    """Return the live session of a token."""
    return users.session(db, _hash(token), now)


def end(db: Connection, token: str) -> None:
    """Close the session of a token, if there is one."""
    users.end_session(db, _hash(token))


def _hash(token: str) -> str:
    # A token has 256 random bits, so a plain hash is as good as a slow one.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def cookie_of(request: Request, *, secure: bool) -> str:
    """Return the token that the browser sent, "" if none."""
    return request.cookies.get(_name(secure=secure), "")


def set_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Have the browser keep a token, out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        _name(secure=secure),
        token,
        max_age=int(LIFE.total_seconds()),
        path=_PATH,
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, *, secure: bool) -> None:
    """Have the browser forget the token."""
    response.delete_cookie(
        _name(secure=secure), path=_PATH, secure=secure, httponly=True, samesite="lax"
    )


def _name(*, secure: bool) -> str:
    # Browsers accept the prefix by https only: a forged cookie cannot come in by plain http.
    # https://www.rfc-editor.org/rfc/rfc6265.html and draft-ietf-httpbis-rfc6265bis, 4.1.3
    return "__Secure-desk" if secure else "desk"
