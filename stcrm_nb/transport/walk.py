"""Many requests, one list of pages: of a list side by side, of a feed one after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import NoReturn

from tqdm.auto import tqdm

from stcrm_nb.transport.reply import Feed, Page, Reply, read_feed, read_page, server_clock
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import CONNECTIONS, Session

PAGE_SIZE = 5000  # the documented maximum
MOST_PAGES = 100_000  # a walk that goes on beyond this is stuck, not long (requirement P1)
SHOW_AFTER = 1.0  # seconds until a progress bar appears


@dataclass(frozen=True, slots=True)
class Walk:
    """All pages of one list, still as bytes, and what is known of them."""

    bodies: tuple[bytes, ...]
    total: int | None
    finished: bool
    fetched_at: datetime
    from_cache: bool
    continue_from: str | None = None


def walk(session: Session, request: Request, *, refresh: bool = False, progress: bool = True) -> Walk:
    """Fetch every page of a list.

    Parameters
    ----------
    session : Session
        Who sends.
    request : Request
        The list, without page number; in the order of ids unless it says otherwise.
    refresh : bool
        Ask the service even for pages at hand.
    progress : bool
        Show a bar on walks that take longer than a second.

    Returns
    -------
    Walk
        Pages in order. `finished` is False if the service still claimed more at the end.
    """
    base = _complete(request)

    def fetch(number: int) -> tuple[Page, Reply]:
        return session.fetch(base.asking(page=str(number)), read_page, refresh=refresh)

    pages = [fetch(1)]
    total = pages[0][0].total_count
    expected = -(-(total or 0) // int(dict(base.query)["pageSize"]))
    with _bar(request, expected, shown=progress) as bar, ThreadPoolExecutor(CONNECTIONS) as pool:
        bar.update()
        likely = range(2, expected + 1 if pages[0][0].has_more else 0)
        for page in chain(pool.map(fetch, likely), _rest(fetch, pages)):
            pages.append(page)
            bar.update()
    return Walk(
        bodies=tuple(bytes(page.data) for page, _ in pages),
        total=total,
        finished=not pages[-1][0].has_more,
        fetched_at=min(server_clock(reply.headers) or datetime.now(UTC) for _, reply in pages),
        from_cache=all(reply.from_cache for _, reply in pages),
    )


def walk_feed(session: Session, request: Request, *, refresh: bool = False, progress: bool = True) -> Walk:
    """Fetch a feed from where the request starts to its present end.

    Parameters
    ----------
    session : Session
        Who sends.
    request : Request
        The feed.
    refresh : bool
        Ask the service even for pages at hand.
    progress : bool
        Show a bar on walks that take longer than a second.

    Returns
    -------
    Walk
        `continue_from` is the token from which a later call goes on.
    """
    pages: list[tuple[Feed, Reply]] = []
    token = dict(request.query).get("from")
    with _bar(request, 0, shown=progress) as bar:
        while len(pages) < MOST_PAGES:
            asked = request if token is None else request.asking(**{"from": token})
            page, reply = session.fetch(asked, read_feed, refresh=refresh)
            pages.append((page, reply))
            bar.update()
            stuck = page.continue_from in (None, token)
            token = page.continue_from or token
            if stuck or not page.has_more:
                break
    return Walk(
        bodies=tuple(bytes(page.data) for page, _ in pages),
        total=None,
        finished=not pages[-1][0].has_more,
        fetched_at=min(server_clock(reply.headers) or datetime.now(UTC) for _, reply in pages),
        from_cache=all(reply.from_cache for _, reply in pages),
        continue_from=token,
    )


def _complete(request: Request) -> Request:
    """Add what every walk asks for: the total, large pages, and the order of ids where there is one."""
    defaults = {"pageSize": str(PAGE_SIZE)} | ({"sort": "+Id"} if "Id" in request.operation.sorts else {})
    return request.asking(**defaults | dict(request.query), includeTotal="true")


def _rest(
    fetch: Callable[[int], tuple[Page, Reply]], pages: list[tuple[Page, Reply]]
) -> Iterator[tuple[Page, Reply]]:
    """Go on while the service says there is more than it counted; stop on an empty or repeated page."""
    while pages[-1][0].has_more and len(pages) < MOST_PAGES:
        page, reply = fetch(len(pages) + 1)
        if bytes(page.data) in (b"[]", bytes(pages[-1][0].data)):
            return
        yield page, reply


def _bar(request: Request, pages: int, *, shown: bool) -> "tqdm[NoReturn]":
    return tqdm(
        total=pages or None,
        desc=request.operation.path.split("/")[0],
        unit="page",
        delay=SHOW_AFTER,
        leave=False,
        disable=not shown,
    )
