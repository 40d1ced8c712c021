"""Many requests, one list: its pages side by side, handed over in order, and what is to be said of them."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeAlias

from stcrm_nb.errors import BadRequestError
from stcrm_nb.transport.reply import BYTE_ORDER_MARK, Page, Reply, read_page
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Read, Session
from stcrm_nb.transport.walked import Progress, Walked, Watch, progress_of

PAGE_SIZE = 5000  # the documented maximum
SMALLER = 500  # asked for instead, once, where a server refuses that
SIDE_BY_SIDE = 20  # pages on the way at once: 100 000 rows
LOOK_UP = 0.1  # seconds after which one who waits for a page looks whether to go on
LIKELY = 5  # pages asked for before anything is known of a list that may be long; the limiter's burst

Ask: TypeAlias = "Callable[[Request], Future[tuple[Page, Reply]]]"


def base_of(request: Request) -> Request:
    """Add what every walk asks for: the total, large pages, and the order of ids where there is one."""
    defaults = {"pageSize": str(PAGE_SIZE)} | ({"sort": "+Id"} if "Id" in request.operation.sorts else {})
    return request.asking(**defaults | dict(request.query), includeTotal="true")


def pages(
    session: Session,
    request: Request,
    walked: Walked,
    *,
    refresh: bool = False,
    progress: Progress = True,
    read: Read[Page] = read_page,
) -> Iterator[bytes]:
    """Yield each page of a list, in order; the first is asked for smaller if its size is refused.

    Parameters
    ----------
    session : Session
        Who sends.
    request : Request
        The list, without page number; in the order of ids unless it says otherwise.
    walked : Walked
        Is filled in as pages come; `finished` stays False if the service still claimed more at the end.
    refresh : bool
        Ask the service even for pages at hand.
    progress : bool or Watch
        Show a bar on walks that take longer than a second; or who follows the walk and may end it.
    read : callable
        `read_page`, or `read_envelope` where the rows are checked by who takes them.

    Yields
    ------
    bytes
        A page, a JSON object whose `data` holds the rows.
    """
    base = base_of(request)
    watch = progress if isinstance(progress, Watch) else None
    try:
        with _side_by_side(session, read, watch, refresh=refresh) as ask:
            yield from _pages(session, base, walked, ask=ask, progress=progress)
    except BadRequestError as refused:
        chosen = "pageSize" in dict(request.query)
        if chosen or walked.requests or not any("pagesize" in name.lower() for name in refused.field_errors):
            raise
        smaller = base.asking(pageSize=str(SMALLER))
        with _side_by_side(session, read, watch, refresh=refresh) as ask:
            yield from _pages(session, smaller, walked, ask=ask, progress=progress)


def _pages(
    session: Session, base: Request, walked: Walked, *, ask: Ask, progress: Progress
) -> Iterator[bytes]:
    name = session.cache.key(base)
    watch = progress if isinstance(progress, Watch) else None
    last = memoryview(b"")
    with progress_of(base, shown=progress) as step:
        ahead = _Ahead(base, ask, known=session.cache.total(name))
        for number in range(1, session.limits.pages + 1):
            walked.stuck = number  # until the page turns out to be a new one
            if watch and not ahead.awaited(number, watch):
                walked.stopped, walked.stuck = True, None
                return
            asked, page, reply = ahead.next(number)
            step(reply)
            data = memoryview(page.data)
            if page.has_more and data in (b"[]", last):
                return
            walked.note(asked, reply, total=page.total_count)
            ahead.learn(number, page)
            if watch:
                watch.note(number, ahead.expected)
            last = data
            yield reply.body.removeprefix(BYTE_ORDER_MARK)
            if not page.has_more:
                walked.finished, walked.stuck = True, None
                session.cache.note_total(name, walked.total)
                return


class _Ahead:
    """Asks for the pages that are likely to exist before they are wanted, and hands them over in order."""

    def __init__(self, base: Request, ask: Ask, *, known: int | None) -> None:
        self._base = base
        self._ask = ask
        self._size = int(dict(base.query)["pageSize"])
        self.expected = _likely(base) if known is None else self._pages_of(known)
        self._asked: deque[tuple[Request, Future[tuple[Page, Reply]]]] = deque()
        self._last = 0

    def next(self, number: int) -> tuple[Request, Page, Reply]:
        """Return a page; those behind it are on their way."""
        self._ask_ahead(number)
        asked, arriving = self._asked.popleft()
        return (asked, *arriving.result())

    def awaited(self, number: int, watch: Watch) -> bool:
        """Wait until a page is there, or failed; False if the walk shall end before."""
        self._ask_ahead(number)
        while not watch.stopped:
            if wait([self._asked[0][1]], timeout=LOOK_UP).done:
                return True
        return False

    def _ask_ahead(self, number: int) -> None:
        while len(self._asked) < SIDE_BY_SIDE and (self._last < self.expected or self._last < number):
            self._last += 1
            asked = self._base.asking(page=str(self._last))
            self._asked.append((asked, self._ask(asked)))

    def learn(self, number: int, page: Page) -> None:
        """Take in how many pages there are."""
        self.expected = max(number + page.has_more, self._pages_of(page.total_count or 0))

    def _pages_of(self, total: int) -> int:
        return max(1, -(-total // self._size))


def _likely(base: Request) -> int:
    """Return how many pages a list may well have of which nothing is known: long ones are asked ahead."""
    operation = base.operation
    picked = any(name.lower().endswith("ids") for name, _ in base.query)
    return LIKELY if operation.may_be_long and not picked else 1


@contextmanager
def _side_by_side(session: Session, read: Read[Page], watch: Watch | None, *, refresh: bool) -> Iterator[Ask]:
    """Offer to ask for pages in threads of their own; what was not sent yet at the end never is."""
    pool = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="stcrm-page")
    try:
        yield lambda request: pool.submit(session.fetch, request, read, refresh=refresh)
    except BaseException:  # do not keep the user waiting for pages that nobody wants any more
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown(wait=not (watch and watch.stopped), cancel_futures=True)
