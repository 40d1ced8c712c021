"""Writes behind the reader's back, many at a time, and says when all is on disk."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

BATCH = 32 << 20  # bytes written in one step
MOST_WAITING = 256 << 20  # bytes in memory before the reader has to wait

T = TypeVar("T")


class Writer(Generic[T]):
    """A thread that writes what is handed in, in order; it ends when there has been nothing for a while.

    Parameters
    ----------
    write : callable
        Takes a list of items; must not raise.
    idle : float
        Seconds without work after which the thread ends; the next item starts a new one.
    """

    def __init__(self, write: Callable[[list[T]], None], *, idle: float = 5.0) -> None:
        self._write = write
        self._idle = idle
        self._waiting: dict[str, tuple[T, int]] = {}
        self._writing: dict[str, tuple[T, int]] = {}
        self._change = threading.Condition()
        self._running = False
        self._closed = False

    def put(self, key: str, item: T, *, size: int) -> None:
        """Hand in an item; a newer one of the same key replaces one not yet written."""
        with self._change:
            self._change.wait_for(lambda: self._bytes() < MOST_WAITING or not self._running, timeout=60)
            self._waiting[key] = (item, size)
            if not self._running:
                self._running = True
                threading.Thread(target=self._work, name="stcrm-cache", daemon=True).start()
            self._change.notify_all()

    def get(self, key: str) -> T | None:
        """Return an item that is not on disk yet."""
        with self._change:
            found = self._waiting.get(key) or self._writing.get(key)
        return found[0] if found else None

    def close(self) -> None:
        """Write what is left, then end the thread."""
        self.flush()
        with self._change:
            self._closed = True
            self._change.notify_all()

    def flush(self, *, timeout: float = 60.0) -> bool:
        """Wait until all that was handed in is written; tell whether it is."""
        with self._change:
            return self._change.wait_for(lambda: not self._waiting and not self._writing, timeout=timeout)

    def _bytes(self) -> int:
        return sum(size for _, size in [*self._waiting.values(), *self._writing.values()])

    def _work(self) -> None:
        while self._take():
            try:
                self._write([item for item, _ in self._writing.values()])
            except BaseException:  # not meant to happen; the next item starts a new thread
                self._running = False
                raise
            finally:
                with self._change:
                    self._writing = {}
                    self._change.notify_all()

    def _take(self) -> bool:
        """Move the next batch over; False if there was nothing for a while."""
        with self._change:
            self._change.wait_for(lambda: bool(self._waiting) or self._closed, timeout=self._idle)
            if not self._waiting:
                self._running = False
                return False
            size = 0
            while self._waiting and size < BATCH:
                key = next(iter(self._waiting))
                self._writing[key] = self._waiting.pop(key)
                size += self._writing[key][1]
            return True
