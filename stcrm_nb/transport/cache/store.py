"""The cache file: opened when first needed, mended when damaged, left alone when it cannot be used."""

import sqlite3
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stcrm_nb.config import private_file
from stcrm_nb.errors import CacheWarning, StoreError
from stcrm_nb.transport import cache
from stcrm_nb.transport.cache.pages import DamagedError, PageFacts, PageIndex, digest_of

REST = 10.0  # seconds a busy cache is left alone, so that waits do not add up
OLDEST = 30 * 24 * 3600  # seconds a reply stays for offline use
WAIT = 2.0  # seconds for another thread at most (requirement C5)

T = TypeVar("T")


class Store:
    """Facts and bodies of kept replies in one file. Every fault of it is a default and one warning.

    Parameters
    ----------
    file : Path
        In a private folder.
    now : callable
        Seconds since 1970.
    monotonic : callable
        Seconds on a clock that never jumps.
    """

    def __init__(
        self, file: Path, *, now: Callable[[], float], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._file = file
        self._now = now
        self._lock = threading.RLock()
        self._index: PageIndex | None = None
        self._bodies: cache.Bodies | None = None
        self._off = False
        self._trouble = ""
        self._told = False
        self._monotonic = monotonic
        self._rest_until = 0.0

    def attempt(self, work: Callable[[PageIndex], T], default: T, *, tell: bool = True) -> T:
        """Do something with the open cache; on any fault mend what can be mended and return the default."""
        if self._off or self._resting() or not self._lock.acquire(timeout=WAIT):
            return default
        try:
            return work(self._opened())
        except Exception as fault:  # noqa: BLE001 - requirement C5: no fault of the cache is the user's
            self._mend(fault)
            return default
        finally:
            self._lock.release()
            if tell:
                self.tell()

    def stored(self, key: str) -> tuple[PageFacts, bytes] | None:
        """Return facts and body of one reply, if they belong together."""
        return self.attempt(lambda index: self._stored(index, key), None)

    def write(self, pages: list[tuple[PageFacts, bytes]]) -> None:
        """Write facts and bodies in one step; trouble is told later, on the user's thread."""
        self.attempt(lambda _: self._opened_bodies().keep(pages), None, tell=False)

    def close(self) -> None:
        """Close the file for good."""
        with self._lock:
            self._shut()
            self._off = True

    @property
    def off(self) -> bool:
        """Whether nothing can be kept."""
        return self._off

    def _stored(self, index: PageIndex, key: str) -> tuple[PageFacts, bytes] | None:
        facts = index.facts(key)
        body = self._opened_bodies().body(key) if facts else None
        if facts is None or body is None:
            return None
        if digest_of(body) != facts.digest:
            index.forget("key = ?", [key])
            return None
        return facts, body

    def _resting(self) -> bool:
        return self._rest_until > self._monotonic()

    def _opened(self) -> PageIndex:
        if self._index is None:
            private_file(self._file)
            self._index = PageIndex(self._file)
            self._index.forget("expires < ?", [self._now() - OLDEST])
        return self._index

    def _opened_bodies(self) -> "cache.Bodies":
        self._opened()
        if self._bodies is None:
            self._bodies = cache.Bodies(self._file)
        return self._bodies

    def _mend(self, fault: Exception) -> None:
        """Set a damaged file aside and start a new one; where nothing can be kept, keep nothing."""
        self._trouble = self._trouble or f"{type(fault).__name__}: {fault}"
        if isinstance(fault, StoreError):
            self._off = True
        if isinstance(fault, TimeoutError) or "locked" in str(fault):
            self._rest_until = self._monotonic() + REST
        if isinstance(fault, DamagedError) or _says_damage(fault):
            self._shut()
            set_aside(self._file)

    def _shut(self) -> None:
        for opened in (self._index, self._bodies):
            if opened is not None:
                opened.close()
        self._index = self._bodies = None

    def tell(self) -> None:
        """Tell of trouble, once."""
        if self._trouble and not self._told:
            self._told = True
            warnings.warn(
                f"The cache cannot be used as it is ({self._trouble}). Everything is read from the service "
                "instead; nothing is lost. crm.cache.clear() starts a new one.",
                CacheWarning,
                stacklevel=4,
            )


def set_aside(file: Path) -> None:
    """Rename a damaged cache, so that a new one can start and the old one can be looked at.

    Its rollback journal goes with it: left behind, SQLite would roll it into the new file.
    """
    stem = f"{file.name}.{time.time_ns()}"
    for ending in ("", "-journal", "-wal", "-shm"):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(file.with_name(f"{stem}{ending}.aside"))


def _says_damage(fault: Exception) -> bool:
    """Tell damage from a busy or full disk."""
    if not isinstance(fault, sqlite3.DatabaseError):
        return False
    if not isinstance(fault, sqlite3.OperationalError):
        return True
    return any(words in str(fault) for words in ("no such", "has no column", "malformed"))
