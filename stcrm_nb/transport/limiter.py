"""Calls a second, shared by all threads of one connection."""

from pyrate_limiter import Limiter, Rate, StateBucket

CALLS_A_SECOND = 50  # the service allows 60 for an app and tenant; 55 already met refusals (T9)
BURST = 5


class CallLimiter:
    """Lets `CALLS_A_SECOND` through, `BURST` at once at most; the others wait.

    Parameters
    ----------
    calls_a_second : int
        Sustained rate.
    """

    def __init__(self, calls_a_second: int = CALLS_A_SECOND) -> None:
        self._limiter = Limiter(StateBucket([Rate(calls_a_second, 1000, burst=BURST)]), buffer_ms=1)

    def take(self) -> None:
        """Wait until one more call is allowed."""
        self._limiter.try_acquire("call")

    def close(self) -> None:
        """End the limiter's own thread."""
        self._limiter.close()
