"""Many requests, one list of pages: the first alone, the others side by side."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

from tqdm.auto import tqdm

from stcrm_nb.transport.reply import Page, Reply, read_page
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
    asked = dict(request.query)
    size = asked.get("pageSize", str(PAGE_SIZE))
    base = request.asking(pageSize=size)
    if "Id" in request.operation.sorts and "sort" not in asked:
        base = base.asking(sort="+Id")

    def fetch(number: int) -> tuple[Page, Reply]:
        return session.fetch(base.asking(page=str(number), includeTotal="true"), read_page, refresh=refresh)

    pages = [fetch(1)]
    total = pages[0][0].total_count
    expected = -(-(total or 0) // int(size))
    with _bar(request, expected, shown=progress) as bar:
        bar.update()
        if pages[0][0].has_more and expected > 1:
            with ThreadPoolExecutor(CONNECTIONS) as pool:
                for page in pool.map(fetch, range(2, expected + 1)):
                    pages.append(page)
                    bar.update()
        pages += _rest(fetch, pages, bar.update)
    clocks = [_clock(reply) for _, reply in pages]
    return Walk(
        bodies=tuple(bytes(page.data) for page, _ in pages),
        total=total,
        finished=not pages[-1][0].has_more,
        fetched_at=min(clocks),
        from_cache=all(reply.from_cache for _, reply in pages),
    )


def _rest(
    fetch: Callable[[int], tuple[Page, Reply]], pages: list[tuple[Page, Reply]], tick: Callable[[], object]
) -> Iterator[tuple[Page, Reply]]:
    """Go on while the service says there is more than it counted; stop on an empty or repeated page."""
    number, last = len(pages), pages[-1][0]
    while last.has_more and number < MOST_PAGES:
        number += 1
        page, reply = fetch(number)
        if bytes(page.data) in (b"[]", bytes(last.data)):
            return
        yield page, reply
        tick()
        last = page


def _bar(request: Request, pages: int, *, shown: bool) -> "tqdm[NoReturn]":
    return tqdm(
        total=pages or None,
        desc=request.operation.path.split("/")[0],
        unit="page",
        delay=SHOW_AFTER,
        leave=False,
        disable=not shown,
    )


def _clock(reply: Reply) -> datetime:
    """Return the service's own time of a reply; ours where it does not say."""
    try:
        return parsedate_to_datetime(reply.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.now(UTC)
