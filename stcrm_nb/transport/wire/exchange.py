"""The only file that opens a socket to the service."""

import hashlib
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential
from urllib3.exceptions import HTTPError, ReadTimeoutError

from stcrm_nb.catalogue import Operation
from stcrm_nb.config import Settings
from stcrm_nb.errors import BrokenReplyError, ConfigError, RateLimitError, ReplyTimeoutError, TransportError
from stcrm_nb.transport.limits import Limits
from stcrm_nb.transport.reply import CREDENTIALS_REFUSED, TOO_MANY, Reply, check, wait_hint
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.retry import ATTEMPTS, BUDGET, FIRST_WAIT, LONGEST_WAIT, Quota, worth_retrying
from stcrm_nb.transport.wire.content import NotWholeError, TooSlowError
from stcrm_nb.transport.wire.delivery import deliver, open_adapter
from stcrm_nb.transport.wire.limiter import CallLimiter
from stcrm_nb.transport.wire.oauth import ServiceAuth, TokenKeeper

PORTS = {"https": 443, "http": 80}

T = TypeVar("T")


class Wire:
    """Sends requests of one connection: paced, in time, retried where that is harmless.

    Parameters
    ----------
    settings : Settings
        Hosts, credentials, folders.
    limits : Limits
        Times and sizes.
    sleep, monotonic : callable
        Waiting and telling the time, in seconds; tests hand in their own.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        limits: Limits,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._limits = limits
        self._sleep = sleep
        self._monotonic = monotonic
        self._quota = Quota()
        self.throttled = 0  # replies of 429 so far
        app = hashlib.sha256(settings.app_key.reveal().encode()).hexdigest()[:12]
        pace = settings.home / "pace" / f"{settings.environment}-{settings.tenant}-{app}.sqlite"
        self._limiter = CallLimiter(pace, sleep=sleep, monotonic=monotonic)
        self._adapter = open_adapter(limits)
        self._keeper = TokenKeeper(settings, self._adapter, limits=limits, monotonic=monotonic, sleep=sleep)

    def read(self, request: Request, read: Callable[[Reply, Operation], T]) -> tuple[T, Reply]:
        """Send a GET and read the reply; retry what may pass.

        Parameters
        ----------
        request : Request
            A reading operation.
        read : callable
            Turns the reply into a value or raises; what it refuses as broken is asked for again.

        Returns
        -------
        tuple of value and Reply
        """
        started = self._monotonic()

        def ends(state: RetryCallState) -> bool:
            spent = self._monotonic() - started + _hinted(state)
            return state.attempt_number >= ATTEMPTS or spent > BUDGET or not self._quota.spend()

        retrying = Retrying(
            retry=retry_if_exception(worth_retrying), stop=ends, wait=_wait, sleep=self._sleep, reraise=True
        )
        found = retrying(self._attempt, request, read)
        self._quota.earn(retrying.statistics["attempt_number"] - 1)
        return found

    def send(self, request: Request) -> Reply:
        """Send a write exactly once and return the good reply, or raise what it stands for."""
        reply = self._exchange(request)
        check(reply, request.operation)
        return reply

    def authenticate(self) -> None:
        """Ask for a token, if there is none that lives; raise what is wrong with the credentials."""
        self._keeper.token()

    def close(self) -> None:
        """Close sockets and the limiter's file."""
        self._adapter.close()
        self._limiter.close()

    def _attempt(self, request: Request, read: Callable[[Reply, Operation], T]) -> tuple[T, Reply]:
        reply = self._exchange(request)
        return read(reply, request.operation), reply

    def _exchange(self, request: Request) -> Reply:
        """Send; on a refused token renew it and send once more (the first was not carried out)."""
        token = self._keeper.token()
        reply = self._once(request, token)
        if reply.status == CREDENTIALS_REFUSED:
            self._keeper.drop(token)
            reply = self._once(request, self._keeper.token())
        return reply

    def _once(self, request: Request, token: str) -> Reply:
        prepared = requests.Request(
            request.operation.method,
            f"{self._settings.api_url}{request.target}",
            data=request.content,
            headers=_headers(request),
            auth=ServiceAuth(token, self._settings.app_key.reveal()),
        ).prepare()
        _same_origin(prepared.url or "", self._settings.api_url)
        self._limiter.take()
        until = self._monotonic() + self._limits.call
        try:
            reply = deliver(
                self._adapter, prepared, self._settings, limits=self._limits, monotonic=self._monotonic
            )
        except (requests.Timeout, ReadTimeoutError, TooSlowError):
            raise ReplyTimeoutError(_no_reply(request, "did not answer in time")) from None
        except NotWholeError as fault:
            raise BrokenReplyError(_no_reply(request, f"sent {fault}")) from None
        except (requests.RequestException, HTTPError, OSError, ValueError) as fault:
            if self._monotonic() >= until:
                raise ReplyTimeoutError(_no_reply(request, "did not answer in time")) from None
            why = f"could not be reached or broke off ({type(fault).__name__})"
            raise TransportError(_no_reply(request, why)) from None
        if reply.status == TOO_MANY:
            self.throttled += 1
            self._limiter.pause(wait_hint(reply.headers, reply.body) or FIRST_WAIT)
        return reply


def _headers(request: Request) -> dict[str, str]:
    headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
    return headers | ({} if request.content is None else {"Content-Type": "application/json"})


def _same_origin(url: str, origin: str) -> None:
    """Refuse to send credentials anywhere else, whatever the path made of the address (requirement T2)."""
    asked, known = (
        (parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], parts.username)
        for parts in (urlsplit(url), urlsplit(origin))
    )
    if asked != known:
        raise ConfigError("The request would leave for another host than the connection's. Nothing was sent.")


def _no_reply(request: Request, what: str) -> str:
    operation = request.operation
    return (
        f"{operation.operation_id} ({operation.method} {operation.path}): the service {what}. "
        "Check the network, then try again."
    )


def _hinted(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return error.wait or 0.0 if isinstance(error, RateLimitError) else 0.0


def _wait(state: RetryCallState) -> float:
    return _hinted(state) or wait_random_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT)(state)
