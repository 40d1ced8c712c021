"""Calls a second, shared by all threads and all processes of this machine (requirement T9)."""

import contextlib
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock
from pyrate_limiter import GCRA, Rate
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random

from stcrm_nb.config import private_file
from stcrm_nb.errors import StoreError, TransportError

CALLS_A_SECOND = 50  # the service allows 60 for an app and tenant; 55 already met refusals (T9)
BURST = 5
PATIENCE = 120.0  # seconds a call waits for its turn at most
LOCKED = 2.0  # seconds to wait for another process's hand on the file

TABLE = "CREATE TABLE IF NOT EXISTS pace (one INTEGER PRIMARY KEY, due INTEGER, paused INTEGER)"
PACE = [Rate(CALLS_A_SECOND, 1000, burst=BURST)]


class CallLimiter:
    """Lets `CALLS_A_SECOND` through, `BURST` at once at most; the others wait their turn.

    When the next call is due stands in a small file. Its times are of the machine's monotonic clock, which
    all processes share; one further ahead than any wait is left from before a restart and does not count.

    Parameters
    ----------
    file : Path
        One an app and tenant.
    sleep, monotonic : callable
        Waiting and telling the time, in seconds.
    """

    def __init__(self, file: Path, *, sleep: Callable[[float], None], monotonic: Callable[[], float]) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._turn = threading.Lock()  # one thread a process asks the file, the others queue behind it
        self._own = threading.Lock()
        self._closed = False
        self._name = file
        with self._told():
            self._file = _opened(private_file(file))

    def take(self) -> None:
        """Wait until one more call is allowed."""
        with self._turn:
            while wait := self._place():
                self._sleep(wait)

    def pause(self, seconds: float) -> None:
        """Let no call of any process through for a while; the service said it was too many."""
        with self._alone():
            due, paused = self._state()
            until = self._now() + round(min(seconds, PATIENCE) * 1000)
            self._note(due, max(paused, until))

    def close(self) -> None:
        """Close the file; a call that still waits is told so."""
        with self._own:
            self._closed = True
            self._file.close()

    def _place(self) -> float:
        """Take a place and return 0, or return the seconds until there may be one."""
        with self._alone():
            now = self._now()
            due, paused = self._state()
            if paused > now:
                return (paused - now) / 1000
            (later,), decision = GCRA().step(PACE, (due,), now, 1)
            if decision.allowed:
                self._note(int(later), paused)
            return (decision.retry_after_ms or 0) / 1000

    def _now(self) -> int:
        return int(self._monotonic() * 1000)

    def _state(self) -> tuple[int, int]:
        """Return when the next call is due, in microseconds, and until when all pause, in milliseconds."""
        due, paused = self._file.execute("SELECT due, paused FROM pace").fetchone() or (0, 0)
        sane = self._now() + round(PATIENCE * 1000)
        return (due if due <= sane * 1000 else 0, paused if paused <= sane else 0)

    def _note(self, due: int, paused: int) -> None:
        self._file.execute("INSERT OR REPLACE INTO pace VALUES (1, ?, ?)", (due, paused))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with self._own:
            if self._closed:
                raise TransportError("The connection was closed meanwhile. Nothing was sent.")
            with self._told():
                self._file.execute("BEGIN IMMEDIATE")
                try:
                    yield
                finally:
                    self._file.execute("COMMIT")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Say what is wrong with the file, and what helps."""
        try:
            yield
        except sqlite3.Error as fault:
            raise StoreError(
                f"The pace that all notebooks share cannot be kept in {self._name} ({fault}), so nothing was "
                "sent. Make room on the disk, or delete the file: it is made anew."
            ) from None


@retry(
    retry=retry_if_exception_type(sqlite3.DatabaseError),
    stop=stop_after_delay(LOCKED),
    wait=wait_random(0.005, 0.05),
    reraise=True,
)
def _opened(file: Path) -> sqlite3.Connection:
    """Open the file; SQLite does not itself wait for another process that opens it for the first time too."""
    opened = sqlite3.connect(file, timeout=LOCKED, isolation_level=None, check_same_thread=False)
    try:
        opened.execute("PRAGMA journal_mode=TRUNCATE")  # WAL does not bear many that open it at once
        opened.execute("PRAGMA synchronous=OFF")  # losing it costs nothing
        opened.execute(TABLE)
    except sqlite3.DatabaseError as fault:
        opened.close()
        if not isinstance(fault, sqlite3.OperationalError):
            _replace_damaged(file)
        raise
    return opened


def _replace_damaged(file: Path) -> None:
    """Begin the file anew, unless another process just did."""
    with FileLock(file.with_name(f"{file.name}.lock"), mode=0o600):
        try:
            with contextlib.closing(sqlite3.connect(file, timeout=LOCKED)) as opened:
                opened.execute("PRAGMA schema_version")
        except sqlite3.OperationalError:  # it is only in use
            return
        except sqlite3.DatabaseError:
            with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as anew:  # private
                Path(anew.name).replace(file)
