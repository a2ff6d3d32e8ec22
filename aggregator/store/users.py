"""Accounts of the desk and their sessions. Only hashes of passwords and tokens are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from aggregator.store.schema import sessions, users


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account."""

    id: int
    name: str
    password_hash: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that logged in, known by the hash of its cookie's token."""

    user: User
    csrf: str
    expires: datetime


def add(db: Connection, name: str, password_hash: str, now: datetime) -> None:
    """Add an account; the name must be new."""
    db.execute(insert(users).values(name=name, password_hash=password_hash, created=now))


def set_password(db: Connection, name: str, password_hash: str) -> None:
    """Replace an account's password and end its sessions."""
    db.execute(update(users).where(users.c.name == name).values(password_hash=password_hash))
    ids = select(users.c.id).where(users.c.name == name)
    db.execute(delete(sessions).where(sessions.c.user_id.in_(ids)))


def by_name(db: Connection, name: str) -> User | None:
    """Return the account of this name."""
    row = db.execute(select(users).where(users.c.name == name)).first()
    return User(**row._asdict()) if row else None


def every(db: Connection) -> list[User]:
    """Return all accounts by name."""
    return [User(**row._asdict()) for row in db.execute(select(users).order_by(users.c.name))]


def add_session(
    db: Connection, token_hash: str, user: User, csrf: str, life: tuple[datetime, datetime]
) -> None:
    """Open a session for (created, expires); sessions that have run out are removed."""
    created, expires = life
    db.execute(delete(sessions).where(sessions.c.expires <= created))
    db.execute(
        insert(sessions).values(
            token_hash=token_hash, user_id=user.id, csrf=csrf, created=created, expires=expires
        )
    )


def session(db: Connection, token_hash: str, now: datetime) -> Session | None:
    """Return the live session of a token's hash."""
    row = db.execute(
        select(users, sessions.c.csrf, sessions.c.expires)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(sessions.c.token_hash == token_hash, sessions.c.expires > now)
    ).first()
    if row is None:
        return None
    user = User(id=row.id, name=row.name, password_hash=row.password_hash, created=row.created)
    return Session(user=user, csrf=row.csrf, expires=row.expires)


def end_session(db: Connection, token_hash: str) -> None:
    """End a session."""
    db.execute(delete(sessions).where(sessions.c.token_hash == token_hash))
