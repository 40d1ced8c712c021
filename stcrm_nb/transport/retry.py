"""Failed attempt + rules -> wait so long, or give up. Pure: nobody sleeps here."""

import threading

from stcrm_nb.errors import BrokenReplyError, RateLimitError, ReplyError, ReplyTimeoutError, TransportError

ATTEMPTS = 4
BUDGET = 120.0  # seconds a call may spend on retries (requirement T6)
FIRST_WAIT, LONGEST_WAIT = 0.25, 20.0
TRANSIENT = frozenset({408, 500, 502, 503, 504})
ALLOWANCE, PRICE = 500, 14  # retries that a dead service gets: 35, however many calls there are


def worth_retrying(error: BaseException) -> bool:
    """Tell whether the same GET may well succeed if sent again soon."""
    if isinstance(error, RateLimitError):
        return error.wait is None or error.wait <= BUDGET
    if isinstance(error, ReplyError):
        return error.status in TRANSIENT
    return isinstance(error, BrokenReplyError | ReplyTimeoutError | TransportError)


class Quota:
    """Bounds the retries of all calls together: each costs `PRICE`, success pays it back, slowly otherwise.

    The figures are botocore's; see reference "SDK retry behavior" of the AWS SDKs.
    """

    def __init__(self) -> None:
        self._left = ALLOWANCE
        self._lock = threading.Lock()

    def spend(self) -> bool:
        """Pay for one retry, if there is enough left."""
        with self._lock:
            if self._left < PRICE:
                return False
            self._left -= PRICE
            return True

    def earn(self, retries: int) -> None:
        """Note a success that took this many retries."""
        with self._lock:
            self._left = min(ALLOWANCE, self._left + (retries * PRICE or 1))
