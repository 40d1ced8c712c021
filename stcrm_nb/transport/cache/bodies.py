"""Bodies of kept replies. requests-cache keeps them; here it learns to give up, and that bytes are bytes."""

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from pathlib import Path

from requests_cache.backends.sqlite import SQLiteDict

from stcrm_nb.transport.cache.pages import BUSY, PageFacts

NAMES = ", ".join(field.name for field in fields(PageFacts))
MARKS = ", ".join("?" * len(fields(PageFacts)))
KEEP_FACTS = f"INSERT OR REPLACE INTO pages ({NAMES}) VALUES ({MARKS})"  # noqa: S608 - names of our own, values are bound
KEEP_BODY = "INSERT OR REPLACE INTO responses (key, value, expires) VALUES (?, ?, ?)"


class Bodies(SQLiteDict):
    """Bytes by key, in requests-cache's own table. No serializer, so no pickle (requirement C1).

    Parameters
    ----------
    file : Path
        Private, and opened before by `PageIndex`, which knows its format.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(
            file, table_name="responses", serializer=None, fast_save=True, busy_timeout=int(BUSY * 1000)
        )

    @contextlib.contextmanager
    def _acquire_sqlite_lock(self) -> Iterator[None]:
        """Hold the file alone, or raise in time: the library's own would wait for ever (requirement C5)."""
        if not self._lock.acquire(timeout=BUSY):
            raise TimeoutError("the cache is busy")
        try:
            self._open().execute("BEGIN IMMEDIATE")
            self._active_transaction = True
            try:
                yield
                self._open().execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._open().execute("ROLLBACK")
                raise
            finally:
                self._active_transaction = False
        finally:
            self._lock.release()

    def body(self, key: str) -> bytes | None:
        """Return the bytes of one reply, or None."""
        with self._lock:  # one statement at a time a connection: no "another row available"
            found = self.get(key)
        return bytes(found) if found is not None else None

    def keep(self, pages: Iterable[tuple[PageFacts, bytes]]) -> None:
        """Write bodies and facts of several replies in one step."""
        with self.bulk_commit():
            for facts, body in pages:
                until = round(time.time() + facts.expires - facts.fetched)
                self._open().execute(KEEP_BODY, (facts.key, body, until))
                self._open().execute(KEEP_FACTS, astuple(facts))

    def _open(self) -> sqlite3.Connection:
        with self.connection() as opened:
            return opened
