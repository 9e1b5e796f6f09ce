"""Checks of every request: the host's name, the secret in the address, the origin, the size.

A page of another site can make a browser send requests to this machine, but it does not know the secret, and its
requests have another origin.  A name that resolves to 127.0.0.1 (DNS rebinding) is not in the list of hosts.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A list of this size is read and written in bounded memory; a larger one would take the browser too long.
MOST_BYTES = 150_000_000
# How much of a request that is too large is still read, so that the browser shows the answer.
MOST_DISCARDED = 2_000_000_000
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass
class Keys:
    """The secret in every address, and another one that opens the page once.

    The browser is started with the second, since all users of a machine can see the arguments of its programs.
    """

    secret: str = field(default_factory=secrets.token_urlsafe)
    once: str = field(default_factory=secrets.token_urlsafe)

    def is_secret(self, given: str) -> bool:
        """Whether a text is the secret."""
        return secrets.compare_digest(given.encode(), self.secret.encode())

    def opens_once(self, given: str) -> bool:
        """Whether a text is the key that opens the page, and is used for the first time."""
        opened = bool(self.once) and secrets.compare_digest(given.encode(), self.once.encode())
        if opened:
            self.once = ""
        return opened


class Guard:
    """Passes allowed requests on to the page, and answers the others itself."""

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Collection[str], most_bytes: int = MOST_BYTES) -> None:
        self._app, self._keys, self._hosts, self._most = app, keys, hosts, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return  # only HTTP is served

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._refused(scope)
        if answer is None and scope["method"] == "POST":
            size = int(Headers(scope=scope)["content-length"])
            if size > self._most:
                await _discard(receive, size)
                scope = {**scope, "method": "GET", "path": f"/{self._keys.secret}/too-large", "query_string": b""}
        await (answer or self._app)(scope, receive, send_with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return PlainTextResponse("This address is not the one that the page was opened with.", 421)
        first, _, rest = scope["path"].lstrip("/").partition("/")
        if first == "open" and self._keys.opens_once(rest):
            return RedirectResponse(f"/{self._keys.secret}/", 303)
        if not self._keys.is_secret(first):
            return PlainTextResponse("Not found. Open the address that csv-preflight has printed.", 404)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return PlainTextResponse("Another page has asked for this.", 403)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST" or not self._is_own(headers):
            return PlainTextResponse("Another page has asked for this.", 403)
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return PlainTextResponse("The size of the request is not given.", 411)
        return None

    @staticmethod
    def _is_own(headers: Headers) -> bool:
        """Whether a request that changes something was sent by the page itself.

        A form on a page that sends no referrer has the origin "null"; then the browser must say "same-origin".
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin is not None and origin != f"http://{headers['host']}":
            return origin == "null" and site == "same-origin"
        return site in (None, "same-origin")


async def _discard(receive: Receive, size: int) -> None:
    """Read a request to its end, unless that would take too long."""
    more = size <= MOST_DISCARDED
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
