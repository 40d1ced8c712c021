"""The only file that opens a socket to the service."""

import time
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from stcrm_nb.catalogue import Operation
from stcrm_nb.config import Settings
from stcrm_nb.errors import RateLimitError, ReplyTimeoutError, TransportError
from stcrm_nb.transport import cache
from stcrm_nb.transport.limiter import CallLimiter
from stcrm_nb.transport.oauth import ServiceAuth, TokenKeeper
from stcrm_nb.transport.reply import CREDENTIALS_REFUSED, Reply, check
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.retry import ATTEMPTS, BUDGET, FIRST_WAIT, LONGEST_WAIT, worth_retrying

CONNECTIONS = 8
TIMEOUT = (10.0, 100.0)  # seconds to connect and to read; the service itself gives up after 100

T = TypeVar("T")


class _PacedAdapter(HTTPAdapter):
    """Counts and paces only what goes over the wire; a kept reply costs nothing."""

    def __init__(self, limiter: CallLimiter) -> None:
        super().__init__(pool_connections=2, pool_maxsize=CONNECTIONS)
        self._limiter = limiter

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Wait for a place, then send."""
        self._limiter.take()
        return super().send(request, *args, **kwargs)


class Session:
    """Sends requests of one connection: paced, cached, retried where that is harmless.

    Parameters
    ----------
    settings : Settings
        Hosts, credentials, folders.
    sleep, monotonic : callable
        Waiting and telling the time, in seconds; tests hand in their own.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._sleep = sleep
        self._limiter = CallLimiter()
        self._keeper = TokenKeeper(settings, monotonic=monotonic)
        self.cache = cache.open_cache(settings.cache_folder)
        self._http = CachedSession(
            backend=self.cache,
            expire_after=cache.EXPIRE,
            allowable_methods=("GET",),
            filter_fn=cache.worth_keeping,
            ignored_parameters=("Authorization", "ST-App-Key"),
        )
        self._http.trust_env = False
        self._http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._http.hooks["response"] = [cache.strip_secrets]
        adapter = _PacedAdapter(self._limiter)
        self._http.mount("https://", adapter)
        self._http.mount("http://", adapter)

    def fetch(
        self, request: Request, read: Callable[[Reply, Operation], T], *, refresh: bool = False
    ) -> tuple[T, Reply]:
        """Send a GET, or serve it from the cache, and read the reply; retry what may pass.

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
        """
        retrying = Retrying(
            retry=retry_if_exception(worth_retrying),
            stop=stop_after_attempt(ATTEMPTS) | stop_after_delay(BUDGET),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._attempt, request, read, refresh=refresh)

    def send(self, request: Request) -> Reply:
        """Send a write exactly once and return the good reply, or raise what it stands for."""
        reply = self._exchange(request, refresh=True)
        check(reply, request.operation)
        return reply

    def forget(self, operation: Operation) -> None:
        """Drop the kept replies that a write made stale."""
        cache.forget(self.cache, operation.roots)

    def close(self) -> None:
        """Close sockets, cache file and the limiter's thread."""
        self._http.close()  # type: ignore[no-untyped-call] # requests-cache says no types here
        self._keeper.close()
        self._limiter.close()

    def _attempt(
        self, request: Request, read: Callable[[Reply, Operation], T], *, refresh: bool
    ) -> tuple[T, Reply]:
        reply = self._exchange(request, refresh=refresh)
        return read(reply, request.operation), reply

    def _exchange(self, request: Request, *, refresh: bool) -> Reply:
        """Send; on a refused token renew it and send once more (the first was not carried out)."""
        token = self._keeper.token()
        reply = self._once(request, token, refresh=refresh)
        if reply.status == CREDENTIALS_REFUSED:
            self._keeper.drop(token)
            reply = self._once(request, self._keeper.token(), refresh=refresh)
        return reply

    def _once(self, request: Request, token: str, *, refresh: bool) -> Reply:
        try:
            response = self._http.request(
                request.operation.method,
                f"{self.settings.api_url}{request.target}",
                data=request.content,
                headers={"Content-Type": "application/json"} if request.content is not None else None,
                auth=ServiceAuth(token, self.settings.app_key.reveal()),
                timeout=TIMEOUT,
                allow_redirects=False,
                force_refresh=refresh,
            )
        except requests.Timeout:
            raise ReplyTimeoutError(_no_reply(request, "did not answer in time")) from None
        except requests.RequestException as fault:
            raise TransportError(
                _no_reply(request, f"could not be reached ({type(fault).__name__})")
            ) from None
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, response.content, bool(response.from_cache))


def _no_reply(request: Request, what: str) -> str:
    operation = request.operation
    return (
        f"{operation.operation_id} ({operation.method} {operation.path}): the service {what}. "
        "Check the network, then try again."
    )


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimitError) and error.wait is not None:
        return error.wait
    return wait_random_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT)(state)
