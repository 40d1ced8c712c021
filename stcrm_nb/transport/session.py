"""One connection: what is kept is not asked for, what is asked for is asked once."""

import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar, cast

from stcrm_nb.catalogue import Operation
from stcrm_nb.config import Settings
from stcrm_nb.errors import (
    BrokenReplyError,
    OfflineError,
    RateLimitError,
    ReplyTimeoutError,
    ServiceError,
)
from stcrm_nb.transport import wire
from stcrm_nb.transport.cache.replies import ReplyCache
from stcrm_nb.transport.limits import Limits
from stcrm_nb.transport.reply import Reply
from stcrm_nb.transport.request import Request

T = TypeVar("T")

Read = Callable[[Reply, Operation], T]


class Session:
    """Reads and writes of one connection.

    Parameters
    ----------
    settings : Settings
        Hosts, credentials, folders.
    limits : Limits
        Times and sizes of one attempt.
    sleep, monotonic : callable
        Waiting and telling the time, in seconds; tests hand in their own.
    now : callable
        Seconds since 1970, for the age of kept replies.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.settings = settings
        self.limits = limits
        self._now = now
        self.cache = ReplyCache(settings, now=now)
        self._open: Callable[[], wire.Wire] = lambda: wire.Wire(
            settings, limits=limits, sleep=sleep, monotonic=monotonic
        )
        self._opened: list[wire.Wire] = []
        self._end = weakref.finalize(self, _shut, self.cache, self._opened)
        self._lock = threading.Lock()
        self._flights: dict[object, Future[tuple[object, Reply]]] = {}

    def fetch(self, request: Request, read: Read[T], *, refresh: bool = False) -> tuple[T, Reply]:
        """Serve a GET from the cache, or send it, and read the reply; the same one at once is sent once.

        Parameters
        ----------
        request : Request
            A reading operation.
        read : callable
            Turns the reply into a value or raises; what it refuses as broken is asked for again.
        refresh : bool
            Ask the service even if a kept reply is at hand.

        Returns
        -------
        tuple of value and Reply
            A reply past its time, because the service failed or the connection is offline, is `stale`.

        Raises
        ------
        OfflineError
            The connection is offline and nothing is kept.
        """
        key = (request.target, read, refresh)
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if not leads:
            return cast("tuple[T, Reply]", flight.result())
        try:
            found = self._fetch(request, read, refresh=refresh)
        except BaseException as error:
            flight.set_exception(error)
            raise
        else:
            flight.set_result(cast("tuple[object, Reply]", found))
            return found
        finally:
            with self._lock:
                del self._flights[key]

    def send(self, request: Request) -> Reply:
        """Send a write exactly once and return the good reply, or raise what it stands for."""
        if self.settings.offline:
            raise OfflineError("The connection is offline; connect without offline=True to change records.")
        return self._wire.send(request)

    def authenticate(self) -> None:
        """Ask for a token now, not with the first read.

        Raises
        ------
        AccessError
            The service refuses the credentials.
        TransportError
            It could not be reached.
        """
        self._wire.authenticate()

    @property
    def throttled(self) -> int:
        """How many calls were over the service's limit so far, and sent again."""
        return sum(each.throttled for each in self._opened)

    def forget(self, operation: Operation) -> None:
        """Drop the kept replies that a write made stale."""
        self.cache.forget(operation.roots)

    def close(self) -> None:
        """Close sockets and files; what is not on disk yet is written first."""
        self._end()

    @property
    def _wire(self) -> "wire.Wire":
        with self._lock:
            if not self._opened:
                self._opened.append(self._open())
            return self._opened[0]

    def _fetch(self, request: Request, read: Read[T], *, refresh: bool) -> tuple[T, Reply]:
        offline = self.settings.offline
        if offline or not refresh:
            kept = self._kept(request, read, expired=offline)
            if kept is not None:
                return kept
        if offline:
            raise OfflineError(
                f"{request.operation.operation_id}: the connection is offline and this was not read before, "
                "so it is not in the cache. Connect without offline=True."
            )
        epoch = self.cache.epoch(request)
        try:
            value, reply = self._wire.read(request, read)
        except (ServiceError, RateLimitError, ReplyTimeoutError):
            kept = None if refresh else self._kept(request, read, expired=True)
            if kept is None:
                raise
            return kept
        reply = replace(reply, fetched=self._now())
        self.cache.keep(request, reply, epoch=epoch)
        return value, reply

    def _kept(self, request: Request, read: Read[T], *, expired: bool) -> tuple[T, Reply] | None:
        reply = self.cache.get(request, expired=expired)
        if reply is None:
            return None
        try:
            return read(reply, request.operation), reply
        except BrokenReplyError:
            self.cache.drop(request)
            return None


def _shut(cache: ReplyCache, opened: "list[wire.Wire]") -> None:
    """Write what is left and close everything: with `close`, with the last use, or with the interpreter."""
    cache.close()
    for each in opened:
        each.close()
