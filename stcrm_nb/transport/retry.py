"""Failed attempt + rules -> wait so long, or give up. Pure: nobody sleeps here."""

from stcrm_nb.errors import BrokenReplyError, RateLimitError, ReplyError, ReplyTimeoutError, TransportError

ATTEMPTS = 4
BUDGET = 120.0  # seconds a call may spend on retries (requirement T6)
FIRST_WAIT, LONGEST_WAIT = 0.25, 20.0
TRANSIENT = frozenset({408, 500, 502, 503, 504})


def worth_retrying(error: BaseException) -> bool:
    """Tell whether the same GET may well succeed if sent again soon."""
    if isinstance(error, RateLimitError):
        return error.wait is None or error.wait <= BUDGET
    if isinstance(error, ReplyError):
        return error.status in TRANSIENT
    return isinstance(error, BrokenReplyError | ReplyTimeoutError | TransportError)
