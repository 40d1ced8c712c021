"""What is known of many requests that make one list."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from time import monotonic

from stcrm_nb.transport import wire
from stcrm_nb.transport.reply import Reply, server_clock
from stcrm_nb.transport.request import Request

SHOW_AFTER = 1.0  # seconds until a progress bar appears

Take = Callable[[bytes], None]


class Watch:
    """Follows one walk from another thread, and can end it early; what was read till then is kept.

    Parameters
    ----------
    told : callable
        Called in the walking thread after each page with the number of pages read and, as far as is known,
        of all pages.
    """

    def __init__(self, told: Callable[[int, int], None]) -> None:
        self._told = told
        self._stop = Event()

    def stop(self) -> None:
        """End the walk as soon as it notices."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether the walk shall end."""
        return self._stop.is_set()

    def note(self, pages: int, expected: int) -> None:
        """Take in one more page."""
        self._told(pages, expected)


Progress = bool | Watch  # a bar on long walks, none, or somebody who follows


@dataclass(slots=True)
class Walked:
    """What is known of the pages of one list, once they are read.

    `first` and `total` are the counts of the first and the last page, `stuck` the page at which the service
    began to repeat itself, `stopped` whether somebody ended the walk early, `requests` what was asked for,
    page by page. `fetched_at` is the service's own time of the oldest page, `came` when that came here, in
    seconds since 1970.
    """

    first: int | None = None
    total: int | None = None
    finished: bool = False
    stopped: bool = False
    stuck: int | None = None
    fetched_at: datetime | None = None
    came: float = math.inf
    from_cache: bool = True
    stale: bool = False
    requests: list[Request] = field(default_factory=list)
    continue_from: str | None = None

    def note(self, request: Request, reply: Reply, *, total: int | None = None) -> None:
        """Take the facts of one more page into account."""
        self.first = self.first if self.requests else total
        self.total = total
        at = server_clock(reply.headers) or datetime.fromtimestamp(reply.fetched, UTC)
        self.requests.append(request)
        self.fetched_at = min(self.fetched_at or at, at)
        self.came = min(self.came, reply.fetched)
        self.from_cache = self.from_cache and reply.from_cache
        self.stale = self.stale or reply.stale


def one_of(walked: Sequence[Walked]) -> Walked:
    """Return what is known of several lists as if they were one."""
    if len(walked) == 1:
        return walked[0]
    return Walked(
        first=_sum([each.first for each in walked]),
        total=_sum([each.total for each in walked]),
        finished=all(each.finished for each in walked),
        stopped=any(each.stopped for each in walked),
        stuck=next((each.stuck for each in walked if each.stuck is not None), None),
        fetched_at=min((each.fetched_at for each in walked if each.fetched_at), default=None),
        from_cache=all(each.from_cache for each in walked),
        came=min(each.came for each in walked),
        stale=any(each.stale for each in walked),
    )


def _sum(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(count or 0 for count in counts)


@contextmanager
def progress_of(request: Request, *, shown: Progress) -> Iterator[Callable[[Reply], None]]:
    """Offer to count pages; nothing is shown of those at hand."""
    bars: list[wire.Bar] = []
    pages = 0
    since = monotonic()

    def step(reply: Reply) -> None:
        nonlocal pages
        pages += 1
        if reply.from_cache or shown is not True or monotonic() < since + SHOW_AFTER:
            return
        if not bars:
            bars.append(wire.bar(request.operation.path.split("/")[0]))
        bars[0].update(pages - bars[0].n)

    try:
        yield step
    finally:
        for bar in bars:
            bar.close()
