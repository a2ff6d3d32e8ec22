"""What every answer says beside its content, and how large a form may be."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTHING = "default-src 'none'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"

_DESK_POLICY = f"{_NOTHING}; style-src 'self'; form-action 'self'"
_SITE_POLICY = f"{_NOTHING}; style-src 'self'; form-action 'none'"

#: A digest is also a mail, and mail knows no style sheets: its style stands in it.
_DIGEST_POLICY = f"{_NOTHING}; style-src 'unsafe-inline'; form-action 'none'"

#: Bytes of a form. A summary of 20,000 Thai letters takes nine bytes each when it is sent.
_LARGEST_FORM = 256 * 1024


class Seals:
    """Adds the headers that keep browsers strict; a header that a page has set stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse one whose body is larger than any form of ours."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = _headers(scope["path"])

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        status = _refusal(scope)
        app = PlainTextResponse("This form is too large.", status) if status else self._app
        await app(scope, receive, sealed)


def _headers(path: str) -> dict[str, str]:
    common = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    if path == "/desk" or path.startswith("/desk/"):
        return common | {"Content-Security-Policy": _DESK_POLICY, "Cache-Control": "no-store"}
    policy = _DIGEST_POLICY if path.startswith("/digests/") else _SITE_POLICY
    return common | {"Content-Security-Policy": policy}


def _refusal(scope: Scope) -> int:
    """Return the status to refuse a body with, 0 to take it."""
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers:
        return 411
    length = headers.get("content-length", "0")
    return 0 if length.isdecimal() and int(length[:9]) <= _LARGEST_FORM else 413
