"""Many requests, one feed: page after page, each asked for with the token of the one before."""

from collections.abc import Iterator

from stcrm_nb.transport.reply import BYTE_ORDER_MARK, read_feed
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walked import Progress, Walked, progress_of


def feed_pages(
    session: Session, request: Request, walked: Walked, *, refresh: bool = False, progress: Progress = True
) -> Iterator[bytes]:
    """Yield each page of a feed, from where the request starts to its present end.

    Parameters and what is yielded are those of `stcrm_nb.transport.walk.pages`. `walked.continue_from` is the
    token from which a later call goes on; it never stands behind a page that was not handed over.
    """
    walked.continue_from = token = dict(request.query).get("from")
    seen = {token}
    with progress_of(request, shown=progress) as step:
        for number in range(1, session.limits.pages + 1):
            asked = request if token is None else request.asking(**{"from": token})
            page, reply = session.fetch(asked, read_feed, refresh=refresh)
            step(reply)
            if page.has_more and (page.continue_from in seen or page.continue_from is None):
                walked.stuck = number
                return
            walked.note(asked, reply)
            yield reply.body.removeprefix(BYTE_ORDER_MARK)
            walked.continue_from = token = page.continue_from or token
            seen.add(token)
            if not page.has_more:
                walked.finished = True
                return
    walked.stuck = session.limits.pages
