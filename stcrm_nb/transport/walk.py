"""Many requests, one list: its pages side by side, handed over in order, and what is to be said of them."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stcrm_nb import transport
from stcrm_nb.errors import BadRequestError
from stcrm_nb.transport.reply import Page, Reply, read_feed, read_page, server_clock
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session

PAGE_SIZE = 5000  # the documented maximum
SMALLER = 500  # asked for instead, once, where a server refuses that
MOST_PAGES = 100_000  # a walk that goes on beyond this is stuck, not long (requirement P1)
SIDE_BY_SIDE = 20  # pages on the way at once: 100 000 rows
LIKELY = 5  # pages asked for before anything is known of a list that may be long; the limiter's burst

Take = Callable[[bytes], None]


@dataclass(slots=True)
class Walked:
    """What is known of the pages of one list, once they are read.

    `first` and `total` are the counts of the first and the last page, `stuck` the page at which the service
    began to repeat itself, `requests` what was asked for, page by page.
    """

    first: int | None = None
    total: int | None = None
    finished: bool = False
    stuck: int | None = None
    fetched_at: datetime | None = None
    from_cache: bool = True
    stale: bool = False
    requests: list[Request] = field(default_factory=list)
    continue_from: str | None = None

    def note(self, request: Request, reply: Reply) -> None:
        """Take the facts of one more page into account."""
        at = server_clock(reply.headers) or datetime.now(UTC)
        self.requests.append(request)
        self.fetched_at = min(self.fetched_at or at, at)
        self.from_cache = self.from_cache and reply.from_cache
        self.stale = self.stale or reply.stale


def base_of(request: Request) -> Request:
    """Add what every walk asks for: the total, large pages, and the order of ids where there is one."""
    defaults = {"pageSize": str(PAGE_SIZE)} | ({"sort": "+Id"} if "Id" in request.operation.sorts else {})
    return request.asking(**defaults | dict(request.query), includeTotal="true")


def walk(session: Session, request: Request, take: Take, *, refresh: bool = False, progress: bool = True) -> Walked:
    """Fetch every page of a list; the first is asked for again, smaller, if its size is refused.

    Parameters
    ----------
    session : Session
        Who sends.
    request : Request
        The list, without page number; in the order of ids unless it says otherwise.
    take : callable
        Is handed the rows of each page, a JSON array, in order.
    refresh : bool
        Ask the service even for pages at hand.
    progress : bool
        Show a bar on walks that take longer than a second.

    Returns
    -------
    Walked
        `finished` is False if the service still claimed more at the end.
    """
    walked = Walked()
    for data in pages(session, request, walked, refresh=refresh, progress=progress):
        take(data)
    return walked


def pages(session: Session, request: Request, walked: Walked, *, refresh: bool = False, progress: bool = True) -> Iterator[bytes]:
    """Yield the rows of each page of a list, in order; `walked` is filled in as they come."""
    base = base_of(request)
    try:
        yield from _pages(session, base, walked, refresh=refresh, progress=progress)
    except BadRequestError as refused:
        chosen = "pageSize" in dict(request.query)
        if chosen or walked.requests or not any("pagesize" in name.lower() for name in refused.field_errors):
            raise
        yield from _pages(session, base.asking(pageSize=str(SMALLER)), walked, refresh=refresh, progress=progress)


def _pages(session: Session, base: Request, walked: Walked, *, refresh: bool, progress: bool) -> Iterator[bytes]:
    size = int(dict(base.query)["pageSize"])
    name = session.cache.key(base)
    known = session.cache.total(name)
    expected = _likely(base) if known is None else max(1, -(-known // size))
    last = b""
    with _side_by_side(session, refresh=refresh) as ask, _progress(base, shown=progress) as step:
        ahead: deque[tuple[int, Request, Future[tuple[Page, Reply]]]] = deque()
        number = 0
        while number < MOST_PAGES:
            number += 1
            while len(ahead) < SIDE_BY_SIDE and (not ahead or ahead[-1][0] < expected):
                later = ahead[-1][0] + 1 if ahead else number
                asked = base.asking(page=str(later))
                ahead.append((later, asked, ask(asked)))
            _, asked, arriving = ahead.popleft()
            page, reply = arriving.result()
            step(reply)
            data = bytes(page.data)
            if page.has_more and data in (b"[]", last):
                walked.stuck = number
                return
            walked.note(asked, reply)
            walked.total = page.total_count
            if number == 1:
                walked.first = page.total_count
            expected = max(number + page.has_more, -(-(page.total_count or 0) // size))
            yield data
            last = data
            if not page.has_more:
                walked.finished = True
                if walked.total is not None:
                    session.cache.note_total(name, walked.total)
                return
    walked.stuck = number


def walk_feed(session: Session, request: Request, take: Take, *, refresh: bool = False, progress: bool = True) -> Walked:
    """Fetch a feed from where the request starts to its present end.

    Parameters
    ----------
    session : Session
        Who sends.
    request : Request
        The feed.
    take : callable
        Is handed the rows of each page, a JSON array, in order.
    refresh : bool
        Ask the service even for pages at hand.
    progress : bool
        Show a bar on walks that take longer than a second.

    Returns
    -------
    Walked
        `continue_from` is the token from which a later call goes on; it never stands behind a page that
        was not handed over.
    """
    walked = Walked()
    for data in feed_pages(session, request, walked, refresh=refresh, progress=progress):
        take(data)
    return walked


def feed_pages(
    session: Session, request: Request, walked: Walked, *, refresh: bool = False, progress: bool = True
) -> Iterator[bytes]:
    """Yield the rows of each page of a feed; `walked` is filled in as they come."""
    walked.continue_from = token = dict(request.query).get("from")
    seen = {token}
    with _progress(request, shown=progress) as step:
        for number in range(1, MOST_PAGES + 1):
            asked = request if token is None else request.asking(**{"from": token})
            page, reply = session.fetch(asked, read_feed, refresh=refresh)
            step(reply)
            if page.has_more and (page.continue_from in seen or page.continue_from is None):
                walked.stuck = number
                return
            walked.note(asked, reply)
            yield bytes(page.data)
            walked.continue_from = token = page.continue_from or token
            seen.add(token)
            if not page.has_more:
                walked.finished = True
                return
    walked.stuck = MOST_PAGES


def _likely(base: Request) -> int:
    """Return how many pages a list may well have of which nothing is known: long ones are asked ahead."""
    operation = base.operation
    picked = any(name.lower().endswith("ids") for name, _ in base.query)
    return LIKELY if operation.may_be_long and not picked else 1


@contextmanager
def _side_by_side(
    session: Session, *, refresh: bool
) -> Iterator[Callable[[Request], "Future[tuple[Page, Reply]]"]]:
    """Offer to ask for pages in threads of their own; what was not sent yet at the end never is."""
    pool = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="stcrm-page")
    try:
        yield lambda request: pool.submit(session.fetch, request, read_page, refresh=refresh)
    except BaseException:  # do not keep the user waiting for pages that nobody wants any more
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown(cancel_futures=True)


@contextmanager
def _progress(request: Request, *, shown: bool) -> Iterator[Callable[[Reply], None]]:
    """Offer to count pages; nothing is shown of those at hand."""
    bars: list["transport.Bar"] = []

    def step(reply: Reply) -> None:
        if reply.from_cache or not shown:
            return
        if not bars:
            bars.append(transport.bar(request.operation.path.split("/")[0]))
        bars[0].update()

    try:
        yield step
    finally:
        for bar in bars:
            bar.close()


