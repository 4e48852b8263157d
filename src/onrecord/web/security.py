"""What keeps a page from being turned against its reader: headers, host names, and who may send a form.

A record holds text from anywhere.  Whatever of it reached a page as code would not run: the policy lets
nothing run, load or be sent but the desk's own files.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer, browsers send a form of ours with "Origin: null", as if it were another's
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Checks each request's host and origin, and gives each answer the headers."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = LOCAL | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope["method"], Headers(scope=scope))
        await (refused or self.app)(scope, receive, guarded)

    def _refused(self, method: str, headers: Headers) -> PlainTextResponse | None:
        """Why a request is not let in: another name of this machine (DNS rebinding), or a page of another origin that writes."""
        host = headers.get("host", "")
        if _name(host) not in self.hosts:
            return PlainTextResponse(f"This desk is not called {host!r}: open it by the address that onrecord serve printed.\n", 421)
        if method not in SAFE and not _own(host, headers):
            return PlainTextResponse("Refused: this request came from a page of another origin.\n", 403)
        return None


def _name(host: str) -> str:
    """The host without its port, in lower case."""
    name = host.strip().lower()
    return name[: name.index("]") + 1] if name.startswith("[") and "]" in name else name.partition(":")[0]


def _own(host: str, headers: Headers) -> bool:
    """Whether a request that writes came from a page of the desk, or from no page at all (a program)."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def token_fits(given: str, token: str) -> bool:
    """Whether a form brought the token that its page was given; compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
