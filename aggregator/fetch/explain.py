"""What went wrong, as an error of our own tree with a sentence for people."""

import os
import ssl
from datetime import datetime
from http import HTTPStatus

import anyio
import httpcore2
import httpx2

from aggregator.errors import FetchError, RefusedError, TimedOutError, TooLargeError
from aggregator.text.waits import read_retry_after

TIMEOUTS = (TimeoutError, httpcore2.TimeoutException)
INVALID = (
    httpx2.InvalidURL,
    httpcore2.UnsupportedProtocol,
    httpcore2.LocalProtocolError,
    UnicodeError,  # a host or a stored validator that cannot be written in a request
)
BROKEN = (httpcore2.ProtocolError,)
UNREACHED = (
    httpcore2.NetworkError,
    httpcore2.ProxyError,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,
    anyio.EndOfStream,
    OSError,  # with ssl.SSLError
)

#: All that the client and what lies below it raise because of an address or a server.
FOREIGN = (*TIMEOUTS, *INVALID, *BROKEN, *UNREACHED)


def explained(err: Exception, *, url: str) -> FetchError:
    """Return one of the `FOREIGN` errors as ours, and ours as it is; `url` must be showable."""
    if isinstance(err, FetchError):
        err.url = err.url or url
        return err
    if isinstance(err, TIMEOUTS):
        return TimedOutError("The server could not be reached in time", url=url)
    if isinstance(err, INVALID):
        # Without details: they may quote a part of a password.
        return FetchError("The address, or what was stored with it, cannot be sent", url=url)
    if isinstance(err, BROKEN):
        return FetchError(f"The server broke off or broke HTTP's rules: {_detail(err)}", url=url)
    return FetchError(f"The connection failed: {_detail(err)}", url=url)


def too_slow(deadline_s: float) -> TimedOutError:
    """Return the error of a request whose deadline (seconds) is over."""
    return TimedOutError(f"The server did not finish within {deadline_s:g} s")


def too_large(max_bytes: int) -> TooLargeError:
    """Return the error of an answer beyond the limit."""
    return TooLargeError(f"The answer is larger than {max_bytes:,} bytes")


def refused(status: int, retry_after: str) -> RefusedError:
    """Return the error of an answer that is neither a document nor "not modified"."""
    try:
        said = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        said = f"The server answered with the unknown status {status}"
    wait = _wait_in_words(retry_after)
    message = f"{said}; it asks to come back {wait}" if wait else said
    return RefusedError(message, status=status, retry_after=retry_after or None)


def _wait_in_words(retry_after: str) -> str:
    """Return a Retry-After header in words, "" if it is none."""
    told = read_retry_after(retry_after)
    if told is None:
        return ""
    if isinstance(told, datetime):
        return f"after {told:%Y-%m-%d %H:%M} UTC"
    return f"after {told.total_seconds():.0f} s"


def _detail(err: BaseException) -> str:
    """Return the innermost cause in words; each layer of the client wraps the one below."""
    inner = err.args[0] if err.args and isinstance(err.args[0], BaseException) else err.__cause__
    if isinstance(inner, BaseException):
        return _detail(inner)
    if isinstance(err, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({err.verify_message})"
    if isinstance(err, ssl.SSLError):
        return f"no secure channel ({err.reason or 'unknown reason'})"
    if isinstance(err, OSError) and err.errno:
        return os.strerror(err.errno)  # the error's own words hold the address
    return str(err) or type(err).__name__
