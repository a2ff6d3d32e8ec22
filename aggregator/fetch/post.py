"""Bytes posted to an endpoint of the operator's -> its answer.

Not for addresses that sources name: these are the operator's own, so loopback and private ones are
fine, and no robots.txt is asked.
"""

from collections.abc import Callable

import httpx2

from aggregator.errors import StatusError

#: A batch of 64 texts takes a large model on a small machine some ten seconds.
TIMEOUT_S = 60.0

#: 64 vectors of 4,096 floats with all their digits are 6 MB.
MOST_BYTES = 32_000_000

#: What is read of an answer that is a refusal.
_MOST_OF_REFUSAL = 4_096

#: Sends a body of JSON to an address, or gets it without one; returns the answer's body.
Post = Callable[[str, bytes | None], bytes]


def poster(key: str = "", timeout_s: float = TIMEOUT_S, most_bytes: int = MOST_BYTES) -> Post:
    """Return what posts JSON, with the key as a bearer token (RFC 6750) if there is one.

    Without a body it gets what the address has.

    It raises OSError (TimeoutError is one) when there is no answer with status 200, in time and
    no larger than *most_bytes*. No proxy is used and no redirect followed, which would carry the
    key elsewhere; a refusal that repeats the key is told without it.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"

    def post(url: str, body: bytes | None) -> bytes:
        try:
            with (
                httpx2.Client(timeout=timeout_s, trust_env=False) as client,
                client.stream(
                    "POST" if body else "GET", url, content=body, headers=headers
                ) as answer,
            ):
                _check(answer, key)
                return _read(answer, most_bytes)
        except httpx2.TimeoutException as err:
            raise TimeoutError(f"no answer within {timeout_s:g} s") from err
        except (httpx2.HTTPError, httpx2.InvalidURL) as err:
            raise OSError(str(err) or type(err).__name__) from err

    return post


def _check(answer: httpx2.Response, key: str) -> None:
    if answer.status_code == httpx2.codes.OK:
        return
    said, reason = next(answer.iter_bytes(_MOST_OF_REFUSAL), b""), answer.reason_phrase
    if key:  # there are servers that say which key was wrong
        said, reason = said.replace(key.encode(), b"[key]"), reason.replace(key, "[key]")
    raise StatusError(answer.status_code, reason, said)


def _read(answer: httpx2.Response, most_bytes: int) -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > most_bytes:
            raise OSError(f"its answer is larger than {most_bytes} bytes")
    return bytes(body)
