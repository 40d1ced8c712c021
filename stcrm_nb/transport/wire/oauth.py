"""The access token: get it, keep it in memory, renew it in time (requirement T8)."""

import threading
from collections.abc import Callable
from copy import copy

import msgspec
import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from stcrm_nb.config import Settings
from stcrm_nb.errors import AccessError, BrokenReplyError, RateLimitError, StcrmError, TransportError
from stcrm_nb.transport.limits import Limits
from stcrm_nb.transport.reply import TOO_MANY, Reply, wait_hint
from stcrm_nb.transport.wire.content import NotWholeError, TooSlowError
from stcrm_nb.transport.wire.delivery import deliver

EARLY = 60.0  # seconds before its end that a token is renewed
GRANTED = 200
REFUSED = range(400, 500)
COOL, COOLEST = 0.5, 4.0  # seconds nobody asks again after a failure, doubled with each
REFUSAL = 10.0  # seconds a refusal of the credentials is believed without asking again


class _Token(msgspec.Struct):
    access_token: str
    expires_in: float


class TokenKeeper:
    """One token for all threads; a second thread waits for the first one's renewal, and shares its failure.

    Parameters
    ----------
    settings : Settings
        Where to ask and with what.
    adapter : HTTPAdapter
        Sends.
    limits : Limits
        Times and sizes.
    sleep, monotonic : callable
        Waiting and telling the time, in seconds, on a clock that never jumps.
    """

    def __init__(
        self,
        settings: Settings,
        adapter: HTTPAdapter,
        *,
        limits: Limits,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._adapter = adapter
        self._limits = limits
        self._sleep = sleep
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0
        self._asked = 0
        self._failures = 0
        self._cool = 0.0
        self._failure: StcrmError | None = None

    def token(self) -> str:
        """Return a token that lives a while longer; ask for one if need be."""
        asked = self._asked
        with self._lock:
            if not self._token or self._monotonic() >= self._until:
                if self._failure is not None and self._asked != asked:
                    raise copy(self._failure)  # twenty pages that wait for a token do not ask in turn
                self._renew()
            return self._token

    def drop(self, token: str) -> None:
        """Forget a token that was refused, unless another thread renewed it already."""
        with self._lock:
            if self._token == token:
                self._token = ""

    def _renew(self) -> None:
        wait = self._cool - self._monotonic()
        if isinstance(self._failure, AccessError) and wait > 0:
            raise copy(self._failure)
        if wait > 0:
            self._sleep(wait)
        self._asked += 1
        try:
            granted = self._ask()
        except StcrmError as failure:
            self._failure = failure
            refused = isinstance(failure, AccessError)
            pause = REFUSAL if refused else min(COOL * 2**self._failures, COOLEST)
            self._cool = self._monotonic() + pause
            self._failures += 1
            raise
        self._failures, self._failure = 0, None
        self._token = granted.access_token
        self._until = self._monotonic() + max(granted.expires_in - EARLY, 0.0)

    def _ask(self) -> _Token:
        settings = self._settings
        form = {
            "grant_type": "client_credentials",
            "client_id": settings.client_id,
            "client_secret": settings.client_secret.reveal(),
        }
        prepared = requests.Request(
            "POST", f"{settings.auth_url}/connect/token", data=form, headers={"Accept-Encoding": "gzip"}
        ).prepare()
        try:
            reply = deliver(self._adapter, prepared, settings, limits=self._limits, monotonic=self._monotonic)
        except (
            requests.RequestException,
            HTTPError,
            OSError,
            ValueError,
            NotWholeError,
            TooSlowError,
        ) as fault:
            raise TransportError(
                f"The token endpoint could not be reached ({type(fault).__name__}). Nothing else was sent. "
                "Check the network, then try again."
            ) from None
        return _granted(reply, settings)


def _granted(reply: Reply, settings: Settings) -> _Token:
    """Read the endpoint's answer, or raise what it stands for."""
    if reply.status == TOO_MANY:
        raise RateLimitError(
            "The service gives out no more access tokens for a while; wait, then try again.",
            wait=wait_hint(reply.headers, reply.body),
        )
    if reply.status in REFUSED:
        raise AccessError(
            f"The token endpoint refused client id and secret ({reply.status}). Check "
            f"STCRM_CLIENT_ID, STCRM_CLIENT_SECRET and that they belong to {settings.environment}.",
            status=reply.status,
        )
    try:
        if reply.status != GRANTED:
            raise msgspec.MsgspecError  # noqa: TRY301 - told apart from a readable token just below
        return msgspec.json.decode(reply.body, type=_Token)
    except msgspec.MsgspecError:
        raise BrokenReplyError(
            f"The token endpoint answered {reply.status} without a token. Try again later."
        ) from None


class ServiceAuth(AuthBase):
    """Puts token and app key on one attempt (requirement T3: no netrc can replace them).

    Parameters
    ----------
    token, app_key : str
        What to send.
    """

    def __init__(self, token: str, app_key: str) -> None:
        self._token = token
        self._app_key = app_key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Set both headers."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        request.headers["ST-App-Key"] = self._app_key
        return request
