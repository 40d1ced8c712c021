"""Who may call: credentials, access tokens that expire, and the scopes they carry."""

import secrets
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from stcrm_nb.catalogue import RESOURCES
from stcrm_nb.sandbox.rules import Refusal

LIFETIME = 900
MOST_TOKENS, THROTTLE = 60, 60.0  # so many new tokens in so many seconds; whoever keeps a token needs one
SCOPES = frozenset(operation.scope for resource in RESOURCES for operation in resource.operations)
GRANT = "client_credentials"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client needs to call one sandbox; the secrets stay out of its repr."""

    tenant: int
    client_id: str
    client_secret: str = field(repr=False)
    app_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """One access token: what it allows, and until when on the monotonic clock."""

    scopes: frozenset[str]
    expires: float


def new_credentials(tenant: int) -> Credentials:
    """Return fresh credentials, spelled as the service spells them."""
    cid, secret, key = (f"{prefix}.{secrets.token_hex(12)}" for prefix in ("cid", "cs1", "ak1"))
    return Credentials(tenant, cid, secret, key)


class Tokens:
    """The access tokens of one sandbox.

    Parameters
    ----------
    credentials : Credentials
        The only ones that it knows.
    lacking : collection of str
        Scopes that the application was not given.
    now : callable
        Seconds on a clock that never goes back.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        lacking: Collection[str] = (),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials = credentials
        self._scopes = SCOPES - frozenset(lacking)
        self._now = now
        self._tokens: dict[str, Token] = {}
        self._issued: deque[float] = deque(maxlen=MOST_TOKENS)

    def issue(self, form: Mapping[str, str]) -> tuple[HTTPStatus, dict[str, object]]:
        """Return status and body of the reply to a request for a token.

        Parameters
        ----------
        form : mapping
            Fields grant_type, client_id, client_secret; `scope`, separated by spaces, asks for fewer
            scopes than the application has.
        """
        error = self._fault(form)
        if error:
            return HTTPStatus.BAD_REQUEST, {"error": error}
        now = self._now()
        if len(self._issued) == MOST_TOKENS and now - self._issued[0] < THROTTLE:
            return HTTPStatus.TOO_MANY_REQUESTS, {"error": "slow_down"}
        self._issued.append(now)
        self._tokens = {text: token for text, token in self._tokens.items() if token.expires > now}
        scopes = frozenset(form.get("scope", "").split()) or self._scopes
        text = secrets.token_urlsafe(32)
        self._tokens[text] = Token(scopes, now + LIFETIME)
        return HTTPStatus.OK, {
            "access_token": text,
            "expires_in": LIFETIME,
            "token_type": "Bearer",
            "scope": " ".join(sorted(scopes)),
        }

    def refusal(self, headers: Mapping[str, str], scope: str) -> Refusal | None:
        """Return why a call is not let in, if it is not.

        Parameters
        ----------
        headers : mapping
            Names are looked up in lower case.
        scope : str
            What the operation needs.
        """
        if not _same(headers.get("st-app-key", ""), self._credentials.app_key):
            return Refusal(HTTPStatus.UNAUTHORIZED, "The header ST-App-Key is missing or its key is unknown.")
        kind, _, rest = headers.get("authorization", "").strip().partition(" ")
        token = self._tokens.get(rest.strip() if kind.lower() == "bearer" else kind)
        if token is None or token.expires <= self._now():
            return Refusal(HTTPStatus.UNAUTHORIZED, "The access token is missing, unknown or expired.")
        if scope not in token.scopes:
            return Refusal(HTTPStatus.FORBIDDEN, f"The access token lacks the scope {scope}.")
        return None

    def _fault(self, form: Mapping[str, str]) -> str:
        if form.get("grant_type") != GRANT:
            return "unsupported_grant_type"
        known = self._credentials
        right = (
            _same(form.get("client_id", ""), known.client_id),
            _same(form.get("client_secret", ""), known.client_secret),
        )
        if not all(right):
            return "invalid_client"
        return "" if self._scopes.issuperset(form.get("scope", "").split()) else "invalid_scope"


def _same(given: str, known: str) -> bool:
    return secrets.compare_digest(given.encode(), known.encode())
