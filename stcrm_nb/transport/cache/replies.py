"""Which replies are kept, for how long, and what a write forgets. A fault of the cache is never the user's."""

import sqlite3
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from stcrm_nb import markup, transport
from stcrm_nb.config import Settings, private_file
from stcrm_nb.errors import CacheWarning, StoreError
from stcrm_nb.transport.cache.pages import DamagedError, PageFacts, PageIndex, digest_of
from stcrm_nb.transport.cache.tables import Tables
from stcrm_nb.transport.cache.writer import Writer
from stcrm_nb.transport.reply import Reply
from stcrm_nb.transport.request import Request

FAULTS = (sqlite3.Error, DamagedError, OSError, ValueError, TypeError)
OLDEST = 30 * 24 * 3600  # seconds a reply stays for offline use

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What the cache holds and how often it helped, in this session.

    `rows` counts kept replies, `bytes` their bodies, `hit_rate` the share of reads since `connect` that it
    answered (None before the first), `oldest` is when the oldest kept reply was fetched (UTC).
    """

    rows: int
    bytes: int
    hits: int
    misses: int
    oldest: datetime | None

    @property
    def hit_rate(self) -> float | None:
        """Hits among all reads, 0 to 1."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {text}" for name, text in self._shown())

    def _repr_html_(self) -> str:
        return markup.card("Cache", markup.table(self._shown()))

    def _shown(self) -> list[tuple[str, str]]:
        rate = "no read yet" if self.hit_rate is None else f"{self.hit_rate:.0%} of {self.hits + self.misses}"
        oldest = f"{self.oldest:%Y-%m-%d %H:%M} UTC" if self.oldest else "none"
        return [
            ("Kept replies", f"{self.rows:,}"),
            ("Size", f"{self.bytes / 1e6:,.1f} MB"),
            ("Answered", rate),
            ("Oldest", oldest),
        ]


class ReplyCache:
    """The kept replies of one environment, tenant and client. Every fault of it is a miss and one warning.

    Parameters
    ----------
    settings : Settings
        Give the folder, and what keys are bound to (requirement C4).
    now : callable
        Seconds since 1970.

    Examples
    --------
    >>> crm.cache.info().rows >= 0
    True
    """

    def __init__(self, settings: Settings, *, now: Callable[[], float] = time.time) -> None:
        self._file = settings.cache_folder / "replies.sqlite"
        self._scope = f"{settings.environment}\n{settings.tenant}\n{settings.client_id}\n{settings.api_url}"
        self._now = now
        self._lock = threading.RLock()
        self._index: PageIndex | None = None
        self._bodies: transport.Bodies | None = None
        self._off = False
        self._trouble = ""
        self._told = False
        self._epochs: dict[str, int] = {}
        self._hits = self._misses = 0
        self._writer: Writer[tuple[PageFacts, bytes]] = Writer(self._write)
        self.tables = Tables(settings.cache_folder / "tables", known=self._known, now=now)

    def key(self, request: Request) -> str:
        """Return the key of a request: bound to environment, tenant, client and host."""
        return digest_of(f"{self._scope}\n{request.operation.method} {request.target}".encode())

    def get(self, request: Request, *, expired: bool = False) -> Reply | None:
        """Return a kept reply.

        Parameters
        ----------
        request : Request
            A reading operation.
        expired : bool
            Whether one past its time will do.

        Returns
        -------
        Reply or None
            With `fetched`, when it came (seconds since 1970).
        """
        key = self.key(request)
        found = self._writer.get(key) or self._try(lambda index: self._stored(index, key), None)
        usable = found is not None and found[0].target == request.target
        if found is None or not usable or (found[0].expires <= self._now() and not expired):
            self._misses += 1
            return None
        self._hits += 1
        facts, body = found
        headers = {"content-type": facts.kind} | ({"date": facts.date} if facts.date else {})
        return Reply(200, headers, body, from_cache=True, fetched=facts.fetched)

    def epoch(self, request: Request) -> int:
        """Return a number that a write to the same kind of record changes."""
        return self._epochs.get(request.root, 0)

    def keep(self, request: Request, reply: Reply, *, epoch: int) -> None:
        """Keep a reply that was read and found good, unless a write overtook it."""
        if request.operation.writes or self._off or epoch != self.epoch(request):
            return
        now, key = self._now(), self.key(request)
        facts = PageFacts(
            key=key,
            target=request.target,
            root=request.root,
            kind=reply.headers.get("content-type", ""),
            date=reply.headers.get("date", ""),
            fetched=now,
            expires=now + request.operation.keeps,
            size=len(reply.body),
            digest="",
        )
        self._writer.put(key, (facts, reply.body), size=len(reply.body))

    def drop(self, request: Request) -> None:
        """Drop one kept reply that turned out not to be what it should."""
        self.flush()
        self._try(lambda index: index.forget("key = ?", [self.key(request)]), None)

    def forget(self, roots: Iterable[str]) -> None:
        """Drop every kept reply, and table, of these first segments of paths; feeds count as their list's."""
        stale = set(roots)
        for root in stale:
            self._epochs[root] = self._epochs.get(root, 0) + 1
        self.flush()
        marks = ",".join("?" * len(stale))
        self._try(lambda index: index.forget(f"root IN ({marks})", stale), None)
        self._try(lambda _: self.tables.drop(stale), None)

    def clear(self) -> None:
        """Drop everything kept, files that were set aside too."""
        self.flush()
        for root in self._epochs:
            self._epochs[root] += 1
        self._try(_emptied, None)
        self._try(lambda _: self.tables.drop(), None)
        for aside in self._file.parent.glob("*.aside"):
            aside.unlink(missing_ok=True)

    def info(self) -> CacheInfo:
        """Return what is kept and how often it helped.

        Returns
        -------
        CacheInfo
            rows, bytes, hits, misses, hit_rate (0 to 1), oldest (UTC).
        """
        self.flush()
        none: tuple[int, int, float | None] = (0, 0, None)
        rows, size, oldest = self._try(lambda index: index.sums(), none)
        moment = datetime.fromtimestamp(oldest, UTC) if oldest is not None else None
        return CacheInfo(rows, size, self._hits, self._misses, moment)

    def total(self, walk: str) -> int | None:
        """Return how many rows a list had when it was last walked."""
        return self._try(lambda index: index.total(walk), None)

    def note_total(self, walk: str, total: int) -> None:
        """Keep how many rows a list had."""
        self._try(lambda index: index.note_total(walk, total), None)

    def table(self, name: str, *, stamp: str, expired: bool) -> tuple[dict[str, object], memoryview] | None:
        """Return facts and bytes of a walk's table, if its pages still stand."""
        found = self._try(lambda _: self.tables.get(name, stamp=stamp, expired=expired), None)
        if found is not None:
            self._hits += 1
        return found

    def keep_table(
        self, name: str, table: memoryview, *, stamp: str, keys: list[str], facts: dict[str, object]
    ) -> None:
        """Keep a walk's table, bound to its pages; all of them are on disk first."""
        self.flush()
        self._try(
            lambda _: self.tables.keep(name, table, stamp=stamp, keys=keys, facts=facts), None
        )

    def flush(self) -> None:
        """Wait until everything handed in is on disk, and tell of trouble, once."""
        self._writer.flush()
        self._tell()

    def close(self) -> None:
        """Write what is left and close the file."""
        self._writer.flush()
        with self._lock:
            self._shut()
            self._off = True

    def _known(self, keys: list[str]) -> list[PageFacts]:
        return self._try(lambda index: index.many(keys), [])

    def _stored(self, index: PageIndex, key: str) -> tuple[PageFacts, bytes] | None:
        facts = index.facts(key)
        body = self._opened_bodies().body(key) if facts else None
        if facts is None or body is None:
            return None
        if digest_of(body) != facts.digest:
            index.forget("key = ?", [key])
            return None
        return facts, body

    def _write(self, pages: list[tuple[PageFacts, bytes]]) -> None:
        """Write a batch, on the writer's thread; trouble is told later, on the user's."""
        sealed = []
        for facts, body in pages:
            whole = replace(facts, digest=digest_of(body))
            sealed.append((replace(whole, seal=whole.sealed()), body))
        self._try(lambda _: self._opened_bodies().keep(sealed), None, tell=False)

    def _try(self, work: Callable[[PageIndex], T], default: T, *, tell: bool = True) -> T:
        """Do something with the open cache; on any fault mend what can be mended and return the default."""
        if self._off or not self._lock.acquire(timeout=2.0):
            return default
        try:
            return work(self._opened())
        except FAULTS as fault:
            self._mend(fault)
            return default
        finally:
            self._lock.release()
            if tell:
                self._tell()

    def _opened(self) -> PageIndex:
        if self._index is None:
            private_file(self._file)
            self._index = PageIndex(self._file)
            self._index.forget("expires < ?", [self._now() - OLDEST])
        return self._index

    def _opened_bodies(self) -> "transport.Bodies":
        self._opened()
        if self._bodies is None:
            self._bodies = transport.Bodies(self._file)
        return self._bodies

    def _mend(self, fault: Exception) -> None:
        """Set a damaged file aside and start a new one; where nothing can be kept, keep nothing."""
        self._trouble = self._trouble or f"{type(fault).__name__}: {fault}"
        if isinstance(fault, StoreError):
            self._off = True
        if isinstance(fault, DamagedError) or _says_damage(fault):
            self._shut()
            set_aside(self._file)

    def _shut(self) -> None:
        for opened in (self._index, self._bodies):
            if opened is not None:
                opened.close()  # type: ignore[no-untyped-call] # requests-cache says no types here
        self._index = self._bodies = None

    def _tell(self) -> None:
        if self._trouble and not self._told:
            self._told = True
            warnings.warn(
                f"The cache cannot be used as it is ({self._trouble}). Everything is read from the service "
                "instead; nothing is lost. crm.cache.clear() starts a new one.",
                CacheWarning,
                stacklevel=4,
            )


def set_aside(file: Path) -> None:
    """Rename a damaged cache, so that a new one can start and the old one can be looked at."""
    stem = f"{file.name}.{time.time_ns()}"
    for ending in ("", "-wal", "-shm"):
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


def _emptied(index: PageIndex) -> None:
    index.forget("1", [])
    index.shrink()
