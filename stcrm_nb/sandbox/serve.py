"""Start and stop a sandbox: a tenant over HTTP on this machine, in a thread of this process."""

import asyncio
import atexit
import os
import socket
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict, Unpack

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stcrm_nb.errors import TransportError
from stcrm_nb.sandbox.oauth import Credentials, Tokens, new_credentials
from stcrm_nb.sandbox.routes import application
from stcrm_nb.sandbox.tenant import Meta, find_data, load
from stcrm_nb.sandbox.weather.faults import Faults

__all__ = ["Call", "Credentials", "Sandbox", "start"]

HOST = "127.0.0.1"
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request that was answered."""

    method: str
    path: str
    query: str
    status: int


class Front:
    """Puts the sandbox's own `Date` on every reply, and notes every call.

    Parameters
    ----------
    app : ASGI application
        Answers the calls.
    clock : callable
        The sandbox's time.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._clock = clock
        self.calls: list[Call] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(self._clock().astimezone(UTC), usegmt=True)
                message["headers"] = [*message["headers"], (b"date", date.encode())]
                query = scope["query_string"].decode("latin-1")
                self.calls.append(Call(scope["method"], scope["path"], query, message["status"]))
            await send(message)

        await self._app(scope, receive, noted)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.serving = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.serving.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        for connection in self.server_state.connections:  # of clients that never read their reply
            connection.transport.abort()
        await asyncio.sleep(0)


class Sandbox:
    """A running sandbox; also a context manager that stops it.

    Parameters
    ----------
    front : Front
        Answers and notes the calls.
    meta : Meta
        Whose data it is.
    credentials : Credentials
        What lets a client in.
    port : int
        0 lets the system choose.
    """

    def __init__(self, front: Front, meta: Meta, credentials: Credentials, *, port: int = 0) -> None:
        self.name = meta.name
        self.time_zone = meta.time_zone
        self.as_of = meta.as_of
        self.credentials = credentials
        self.calls = front.calls
        self.fail_next: Callable[[int], None] = _never_fails
        self._socket = _listen(port)
        self.api_url = self.auth_url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        self._server = _Server(_config(front))
        self._thread = threading.Thread(target=self._run, name=f"sandbox {self.api_url}", daemon=True)
        self._thread.start()
        atexit.register(self.stop)
        if not self._server.serving.wait(PATIENCE):
            self.stop()
            raise TransportError(f"No sandbox within {PATIENCE:.0f} s; its port is free again.")

    def __repr__(self) -> str:
        return f"Sandbox({self.name!r}, {self.api_url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop serving, free the port, and wait until the thread has ended. May be called twice."""
        atexit.unregister(self.stop)
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


class Conditions(TypedDict, total=False):
    """Under which a sandbox serves; see `start`."""

    latency: float
    rate_limit: int
    contact_management: bool
    lacking: Collection[str]


def start(
    data: Path | None = None,
    *,
    port: int = 0,
    clock: Callable[[], datetime] | None = None,
    **conditions: Unpack[Conditions],
) -> Sandbox:
    """Start a sandbox on this machine and return when it serves.

    Parameters
    ----------
    data : Path, optional
        Folder of the tenant; the demo tenant if not given. It is never written.
    port : int
        0 lets the system choose one.
    clock : callable, optional
        Returns the sandbox's time, aware of its zone. Not given, it starts at the data's `as_of` and
        moves at the real pace.
    **conditions
        latency : float, seconds that every reply takes longer. rate_limit : int, calls a second before 429; 0
        is none. contact_management : bool, whether the tenant has the feature behind `contacts`. lacking :
        collection of str, scopes that the application was not given.

    Returns
    -------
    Sandbox
        Call `stop()` on it, or use it in a `with`; it stops by itself when the process ends.

    Raises
    ------
    StoreError
        If the data is missing or damaged.
    OSError
        If the port is taken.
    """
    tenant = load(data or find_data())
    credentials = new_credentials(tenant.meta.tenant)
    now = clock or _clock_from(tenant.meta.as_of)
    managed = conditions.get("contact_management", True)
    app = application(
        tenant, Tokens(credentials, lacking=conditions.get("lacking", ())), now, contact_management=managed
    )
    latency, rate_limit = conditions.get("latency", 0.0), conditions.get("rate_limit", 0)
    faults = Faults(app, latency=latency, rate_limit=rate_limit)
    sandbox = Sandbox(Front(faults, now), tenant.meta, credentials, port=port)
    sandbox.fail_next = faults.fail_next
    return sandbox


def _never_fails(calls: int) -> None:
    raise ValueError(f"This sandbox was not started by start(), so it cannot fail {calls} calls on request.")


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio turns Nagle's delay off only for sockets that name it;
    # with the delay, every small reply takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def _clock_from(as_of: datetime) -> Callable[[], datetime]:
    begun = time.monotonic()
    return lambda: as_of + timedelta(seconds=time.monotonic() - begun)


def _config(front: Front) -> uvicorn.Config:
    return uvicorn.Config(
        front,
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
