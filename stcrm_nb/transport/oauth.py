"""The access token: get it, keep it in memory, renew it in time (requirement T8)."""

import threading
from collections.abc import Callable

import msgspec
import requests
from requests.auth import AuthBase

from stcrm_nb.config import Settings
from stcrm_nb.errors import AccessError, BrokenReplyError, TransportError

EARLY = 60.0  # seconds before its end that a token is renewed
TIMEOUT = (10.0, 30.0)
GRANTED = 200
REFUSED = range(400, 500)


class _Token(msgspec.Struct):
    access_token: str
    expires_in: float


class TokenKeeper:
    """One token for all threads; a second thread waits for the first one's renewal.

    Parameters
    ----------
    settings : Settings
        Where to ask and with what.
    monotonic : callable
        Seconds on a clock that never jumps.
    """

    def __init__(self, settings: Settings, *, monotonic: Callable[[], float]) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0
        self._session = requests.Session()
        self._session.trust_env = False

    def token(self) -> str:
        """Return a token that lives a while longer; ask for one if need be."""
        with self._lock:
            if not self._token or self._monotonic() >= self._until:
                granted = self._ask()
                self._token = granted.access_token
                self._until = self._monotonic() + max(granted.expires_in - EARLY, 0.0)
            return self._token

    def drop(self, token: str) -> None:
        """Forget a token that was refused, unless another thread renewed it already."""
        with self._lock:
            if self._token == token:
                self._token = ""

    def close(self) -> None:
        """Close the connection to the token endpoint."""
        self._session.close()

    def _ask(self) -> _Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret.reveal(),
        }
        url = f"{self._settings.auth_url}/connect/token"
        try:
            reply = self._session.post(url, data=form, timeout=TIMEOUT, allow_redirects=False)
        except requests.RequestException as fault:
            raise TransportError(
                f"The token endpoint could not be reached ({type(fault).__name__}). Nothing else was sent. "
                "Check the network, then try again."
            ) from None
        if reply.status_code in REFUSED:
            raise AccessError(
                f"The token endpoint refused client id and secret ({reply.status_code}). Check "
                f"STCRM_CLIENT_ID, STCRM_CLIENT_SECRET and that they belong to {self._settings.environment}.",
                status=reply.status_code,
            )
        try:
            if reply.status_code != GRANTED:
                raise msgspec.MsgspecError  # noqa: TRY301 - told apart from a readable token just below
            return msgspec.json.decode(reply.content, type=_Token)
        except msgspec.MsgspecError:
            raise BrokenReplyError(
                f"The token endpoint answered {reply.status_code} without a token. Try again later."
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
