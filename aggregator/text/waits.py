"""Moments and waits as HTTP writes them."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: The longest wait that is kept: whoever asks for more is asked again after two days (FreshRSS
#: has the same cap). A mistyped header would silence a source for years otherwise.
LONGEST = timedelta(days=2)

#: Digits that no sensible number of seconds has; `int` itself gives up beyond 4,300.
_MANY_DIGITS = 9


def read_wait(header: str, now: datetime) -> datetime | None:
    """Return the moment until which a Retry-After header asks to wait, at most `LONGEST` ahead.

    None for what is neither form of it, and for moments that are not ahead. `now` is aware.
    https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """
    told = read_retry_after(header)
    if told is None:
        return None
    latest = now + LONGEST
    until = min(told, latest) if isinstance(told, datetime) else now + min(told, LONGEST)
    return until if until > now else None


def read_retry_after(header: str) -> timedelta | datetime | None:
    """Return what a Retry-After header says: a wait, a moment (UTC), None if it is neither."""
    said = header.strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=int(said[:_MANY_DIGITS]))
    return read_http_date(said)


def read_http_date(header: str) -> datetime | None:
    """Return an HTTP-date in UTC, None if it is in none of the three forms.

    https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
    """
    try:
        when = parsedate_to_datetime(header)
        # The form of C's asctime names no zone; it is UTC like the others.
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
