"""Which replies are kept, for how long, and what a write forgets."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO, TypeAlias

from stcrm_nb.config import Settings
from stcrm_nb.transport.cache.info import CacheInfo
from stcrm_nb.transport.cache.pages import PageFacts, PageIndex, digest_of
from stcrm_nb.transport.cache.store import Store
from stcrm_nb.transport.cache.tables import Tables
from stcrm_nb.transport.cache.writer import Writer
from stcrm_nb.transport.reply import Reply
from stcrm_nb.transport.request import Request

Work: TypeAlias = tuple[PageFacts, bytes] | Callable[[], None]


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
        self._store = Store(self._file, now=now)
        self._epochs: dict[str, int] = {}
        self._clears = 0
        self._hits = self._misses = 0
        self._writer: Writer[Work] = Writer(self._write)
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
        waiting = self._writer.get(key)
        found = waiting if isinstance(waiting, tuple) else self._store.stored(key)
        usable = found is not None and found[0].target == request.target
        if found is None or not usable or (found[0].expires <= self._now() and not expired):
            self._misses += 1
            return None
        self._hits += 1
        facts, body = found
        headers = {"content-type": facts.kind} | ({"date": facts.date} if facts.date else {})
        return Reply(
            200, headers, body, from_cache=True, fetched=facts.fetched, stale=facts.expires <= self._now()
        )

    def is_fresh(self, request: Request, fetched: float) -> bool:
        """Tell whether what came then, in seconds since 1970, may still be served without asking."""
        return fetched + request.operation.keeps > self._now()

    def epoch(self, request: Request) -> int:
        """Return a number that a write to the same kind of record changes."""
        return self._epochs.get(request.root, 0) + self._clears

    def keep(self, request: Request, reply: Reply, *, epoch: int) -> None:
        """Keep a reply that was read and found good, unless a write overtook it."""
        if request.operation.writes or self._store.off or epoch != self.epoch(request):
            return
        key = self.key(request)
        facts = PageFacts(
            key=key,
            target=request.target,
            root=request.root,
            kind=reply.headers.get("content-type", ""),
            date=reply.headers.get("date", ""),
            fetched=reply.fetched,
            expires=reply.fetched + request.operation.keeps,
            size=len(reply.body),
            digest="",
        )
        self._writer.put(key, (facts, reply.body), size=len(reply.body))

    def drop(self, request: Request) -> None:
        """Drop one kept reply that turned out not to be what it should."""
        self.flush()
        self._store.attempt(lambda index: index.forget("key = ?", [self.key(request)]), None)

    def forget(self, roots: Iterable[str]) -> None:
        """Drop every kept reply, and table, of these first segments of paths; feeds count as their list's."""
        stale = set(roots)
        for root in stale:
            self._epochs[root] = self._epochs.get(root, 0) + 1
        self.flush()
        marks = ",".join("?" * len(stale))
        self._store.attempt(lambda index: index.forget(f"root IN ({marks})", stale), None)
        self._store.attempt(lambda _: self.tables.drop(stale), None)

    def clear(self) -> None:
        """Drop everything kept, files that were set aside too."""
        self._clears += 1
        self.flush()
        self._store.attempt(_emptied, None)
        self._store.attempt(lambda _: self.tables.drop(), None)
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
        rows, size, oldest = self._store.attempt(lambda index: index.sums(), none)
        moment = datetime.fromtimestamp(oldest, UTC) if oldest is not None else None
        return CacheInfo(rows, size, self._hits, self._misses, moment)

    def total(self, walk: str) -> int | None:
        """Return how many rows a list had when it was last walked."""
        return self._store.attempt(lambda index: index.total(walk), None)

    def note_total(self, walk: str, total: int | None) -> None:
        """Keep how many rows a list had, where the service counted them."""
        if total is not None:
            self._store.attempt(lambda index: index.note_total(walk, total), None)

    def table(self, name: str, *, stamp: str, expired: bool) -> tuple[dict[str, object], memoryview] | None:
        """Return facts and bytes of a walk's table, if its pages still stand."""
        found = self._store.attempt(lambda _: self.tables.get(name, stamp=stamp, expired=expired), None)
        if found is not None:
            self._hits += 1
        return found

    def keep_table(
        self,
        name: str,
        write: Callable[[BinaryIO], object],
        *,
        stamp: str,
        keys: list[str],
        facts: dict[str, object],
    ) -> None:
        """Keep a walk's table, bound to its pages, once all of them are on disk; nobody waits for it."""

        def keep() -> None:
            self._store.attempt(
                lambda _: self.tables.keep(name, write, stamp=stamp, keys=keys, facts=facts), None, tell=False
            )

        self._writer.put(f"table {name}", keep, size=0)

    def flush(self) -> None:
        """Wait until everything handed in is on disk, and tell of trouble, once."""
        self._writer.flush()
        self._store.tell()

    def close(self) -> None:
        """Write what is left and close the file."""
        self._writer.close()
        self._store.close()

    def _known(self, keys: list[str]) -> list[PageFacts]:
        return self._store.attempt(lambda index: index.many(keys), [])

    def _write(self, batch: list[Work]) -> None:
        """Write a batch, on the writer's thread; trouble is told later, on the user's."""
        sealed = []
        for facts, body in (work for work in batch if isinstance(work, tuple)):
            whole = replace(facts, digest=digest_of(body))
            sealed.append((replace(whole, seal=whole.sealed()), body))
        self._store.write(sealed)
        for work in batch:
            if callable(work):
                work()


def _emptied(index: PageIndex) -> None:
    index.forget("1", [])
    index.shrink()
