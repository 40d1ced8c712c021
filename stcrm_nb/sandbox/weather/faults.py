"""Slow replies, calls over the limit, and replies of a gateway that failed."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping

import msgspec
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
WINDOW = 1.0  # seconds over which calls are counted


class Faults:
    """Stands before the tenant and lets through what may pass.

    Parameters
    ----------
    app : ASGI application
        The tenant.
    latency : float
        Seconds that every reply takes longer.
    rate_limit : int
        Calls a second that are let through; 0 lets all through. Those over it get 429, in both forms in turn:
        the service's own, which tells the seconds in its title, and the gateway's with `Retry-After`.
    now : callable
        Seconds on a clock that never goes back.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        latency: float = 0.0,
        rate_limit: int = 0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._latency = latency
        self._rate_limit = rate_limit
        self._now = now
        self._recent: deque[float] = deque()
        self._refused = 0
        self._failing = 0

    def fail_next(self, calls: int = 1) -> None:
        """Answer the next calls to the tenant with 502 and a page of HTML, as a gateway does."""
        self._failing = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or hand it on."""
        if self._latency:
            await asyncio.sleep(self._latency)
        reply = None if scope["path"] == "/connect/token" else self._fault()
        await (reply or self._app)(scope, receive, send)

    def _fault(self) -> Response | None:
        if self._failing:
            self._failing -= 1
            return Response(HTML, 502, media_type="text/html")
        return self._over() if self._rate_limit else None

    def _over(self) -> Response | None:
        now = self._now()
        while self._recent and now - self._recent[0] >= WINDOW:
            self._recent.popleft()
        if len(self._recent) < self._rate_limit:
            self._recent.append(now)
            return None
        self._refused += 1
        return _too_many_as_gateway() if self._refused % 2 == 0 else _too_many()


def _too_many() -> Response:
    title = "Rate limit is exceeded. Try again in 1 seconds."
    return _json(
        {"type": "", "title": title, "status": 429, "traceId": "00-0-0-00", "errors": {}, "data": {}}
    )


def _too_many_as_gateway() -> Response:
    message = "Rate limit is exceeded. Try again in 1 seconds."
    return _json({"statusCode": 429, "message": message}, headers={"Retry-After": "1"})


def _json(body: object, *, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        msgspec.json.encode(body), 429, headers=dict(headers or {}), media_type="application/json"
    )
