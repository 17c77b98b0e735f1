"""What a browser is told to allow: nothing from elsewhere, no script in a page.

Pages come from reports that anybody may have written, so the Content-Security-Policy (CSP level 3) forbids
inline scripts and styles, frames and every address but this server's. Served by `nianbao serve`, Datasette's
own pages keep the same rule (their menus then need a click more), and only this machine's names are answered,
so that no page of another site reaches the server under a name of its own (DNS rebinding).
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class Guarded:
    """An application whose answers bear the headers above where `is_guarded` says so of their path.

    Requests under a name that is not one of `hosts` are refused where there are any.
    """

    def __init__(
        self, application: Application, is_guarded: Callable[[str], bool], hosts: frozenset[str]
    ) -> None:
        self._application = application
        self._is_guarded = is_guarded
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
        elif self._hosts and _host(scope) not in self._hosts:
            await _refuse(send)
        elif self._is_guarded(scope["path"]):
            await self._application(scope, receive, _with_headers(send))
        else:
            await self._application(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *_HEADERS]}
        await send(message)

    return sent


def _host(scope: Scope) -> str:
    """The name a browser asked for, without its port."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    name, _, port = host.rpartition(":")
    return name if name and port.isdigit() else host


async def _refuse(send: Send) -> None:
    body = b"This server answers to the names of its own machine only.\n"
    await send(
        {
            "type": "http.response.start",
            "status": 421,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": body})
