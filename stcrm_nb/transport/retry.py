"""Failed attempt + rules -> wait so long, or give up. Pure: nobody sleeps here."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from stcrm_nb.errors import BrokenReplyError, RateLimitError, ReplyError, ReplyTimeoutError, TransportError

ATTEMPTS = 4
BUDGET = 120.0  # seconds a call may spend on retries (requirement T6)
FIRST_WAIT, LONGEST_WAIT = 0.25, 20.0
TRANSIENT = frozenset({408, 500, 502, 503, 504})


def wait_hint(headers: Mapping[str, str], body: bytes) -> float | None:
    """Return the seconds the service asks to wait, or None (requirement T7).

    >>> wait_hint({"retry-after": "7"}, b"")
    7.0
    >>> wait_hint({}, b'{"message": "Rate limit is exceeded. Try again in 56 seconds."}')
    56.0
    >>> wait_hint({"retry-after": "soon"}, b"")
    """
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    if said:
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            until = None
        since = _server_clock(headers)
        if until and since:
            return max(0.0, (until - since).total_seconds())
    found = re.search(rb"in (\d{1,6}) seconds", body)
    return float(found[1]) if found else None


def worth_retrying(error: BaseException) -> bool:
    """Tell whether the same GET may well succeed if sent again soon."""
    if isinstance(error, RateLimitError):
        return error.wait is None or error.wait <= BUDGET
    if isinstance(error, ReplyError):
        return error.status in TRANSIENT
    return isinstance(error, BrokenReplyError | ReplyTimeoutError | TransportError)


def _server_clock(headers: Mapping[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return None
