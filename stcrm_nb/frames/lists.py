"""A list or a feed -> one frame, or one frame a page: walking, parsing and keeping put together."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple, TypeAlias

import msgspec
import pandas as pd
import pyarrow as pa

from stcrm_nb.catalogue import Operation
from stcrm_nb.catalogue.model import snake
from stcrm_nb.errors import BrokenReplyError, ContractError, PartialResultWarning
from stcrm_nb.frames.frame import to_frame
from stcrm_nb.frames.kept import keep_rows, kept_rows
from stcrm_nb.frames.parse.decode import Decoded, Reader, as_page, decode
from stcrm_nb.frames.parse.identity import identity_of, repeats
from stcrm_nb.frames.provenance import active_of, provenance_of, warn_if_stale
from stcrm_nb.transport.feed import feed_pages
from stcrm_nb.transport.reply import read_body, read_envelope
from stcrm_nb.transport.request import Request, build, split
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walk import pages
from stcrm_nb.transport.walked import Progress, Take, Walked, one_of

Steps: TypeAlias = "dict[str, Callable[..., Iterator[bytes]]]"

WALKS = 3  # of a list that moves while it is read (requirement P2)


class Exported(NamedTuple):
    """What a feed brought: the rows, and the token from which the next call goes on."""

    frame: pd.DataFrame
    token: str | None


def requests_for(session: Session, operation: Operation, arguments: Mapping[str, object]) -> list[Request]:
    """Return the checked requests that a call stands for: one for each 50 ids; nothing is sent."""
    settings = session.settings
    return [
        build(operation, part, tenant=settings.tenant, zone=settings.zone)
        for part in split(operation, arguments)
    ]


def fetch_frame(
    session: Session,
    operation: Operation,
    arguments: Mapping[str, object],
    *,
    refresh: bool = False,
    progress: Progress = True,
) -> pd.DataFrame:
    """Fetch all pages of a list, a feed or a bare array as one typed frame.

    Parameters
    ----------
    session : Session
        Who sends.
    operation : Operation
        A list.
    arguments : mapping
        Its parameters by Python name.
    refresh : bool
        Ask the service even for pages at hand.
    progress : bool or Watch
        Show a bar on long walks; or who follows the walk and may end it.

    Returns
    -------
    DataFrame, one row a record
        Columns and dtypes of the operation's record; `attrs["stcrm"]` holds its provenance. Of a feed's rows
        that came twice the one changed last is kept.

    Warns
    -----
    PartialResultWarning
        If the rows are not the number the service counted, or an id came twice, three times in a row.
    StaleDataWarning
        If rows are from the cache although their time is over: the service failed, or one is offline.
    """
    requests = requests_for(session, operation, arguments)
    kept = None if refresh or len(requests) > 1 else kept_rows(session, requests[0])
    decoded, walked, troubles = kept or _settled(session, requests, refresh=refresh, progress=progress)
    frame = to_frame(decoded, operation.record)
    if operation.reply == "feed":
        frame = _newest(frame, identity_of(operation))
    frame.attrs["stcrm"] |= provenance_of(
        session.settings, requests, walked, rows=len(frame), complete=not troubles
    )
    if troubles:
        _warn_partial(operation, troubles)
    warn_if_stale(walked.came, stale=walked.stale)
    return frame


def fetch_feed(
    session: Session, operation: Operation, arguments: Mapping[str, object], *, refresh: bool = False
) -> Exported:
    """Fetch a feed to its present end.

    Returns
    -------
    Exported
        `frame`, as `fetch_frame`, and `token`, from which a later call goes on.
    """
    frame = fetch_frame(session, operation, arguments, refresh=refresh)
    return Exported(frame, frame.attrs["stcrm"]["continue_from"])


def iter_frames(
    session: Session, operation: Operation, arguments: Mapping[str, object], *, refresh: bool = False
) -> Iterator[pd.DataFrame]:
    """Fetch a list or a feed page by page, never holding more than a few pages.

    Yields
    ------
    DataFrame, one row a record, a page at a time
        As `fetch_frame`; each says of itself that it is not complete.

    Warns
    -----
    PartialResultWarning
        At the end, if the rows are not the number the service counted.
    """
    requests = requests_for(session, operation, arguments)
    step = STEPS[operation.reply]
    walked, rows = Walked(), 0
    for request in requests:
        walked = Walked()
        rows = 0
        for page in step(session, request, walked, refresh=refresh):
            frame = to_frame(decode([page], operation.record), operation.record)
            rows += len(frame)
            frame.attrs["stcrm"] |= provenance_of(
                session.settings, [request], walked, rows=len(frame), complete=False
            )
            yield frame
        troubles = _count_troubles(walked, rows)
        if troubles:
            _warn_partial(operation, troubles)


def fetch_lists(
    session: Session, operation: Operation, frame: pd.DataFrame, *, refresh: bool = False
) -> tuple[bytes, ...]:
    """Fetch the pages again that a frame was made of; kept replies serve, if they are fresh.

    A frame of another origin is looked up by its ids.
    """
    origin = frame.attrs.get("stcrm", {})
    if (origin.get("operation"), origin.get("tenant")) == (operation.operation_id, session.settings.tenant):
        asked = dict(origin["parameters"])
        listed = {
            each.name: asked.pop(each.field).split(",")
            for each in operation.parameters
            if each.type in ("ids", "texts") and each.field in asked
        }
        requests = [each.asking(**asked) for each in requests_for(session, operation, listed)]
    else:
        named: dict[str, object] = {"ids": frame["id"].dropna().tolist()}
        named |= {"active": "Any"} if active_of(operation, None) else {}
        requests = requests_for(session, operation, named)
    bodies: list[bytes] = []
    _walk_all(session, requests, bodies.append, steps=STEPS, refresh=refresh, progress=True)
    return tuple(bodies)


def _settled(
    session: Session, requests: list[Request], *, refresh: bool, progress: Progress
) -> tuple[Decoded, Walked, list[str]]:
    """Walk a list until it held still, or three times; a list that goes in circles is walked once."""
    operation = requests[0].operation
    final = 1 if session.settings.offline or operation.reply != "page" else WALKS
    steps, anew = PARSED, refresh
    for attempt in range(1, WALKS + 1):
        try:
            with Reader(operation.record) as reader:
                walked = _walk_all(
                    session, requests, reader.feed, steps=steps, refresh=anew, progress=progress
                )
                decoded = reader.finish()
        except BrokenReplyError:
            if steps is STEPS or final == 1:
                session.forget(operation)
                anew = True
            if attempt >= final:
                raise
            steps = STEPS  # finds the page and asks for it again; the others are at hand
            continue
        troubles = _troubles(operation, walked, decoded.table)
        if not troubles or walked.stopped or walked.stuck is not None or attempt >= final:
            break
        anew = True
    session.cache.flush()
    if not troubles and len(requests) == 1 and operation.reply == "page":
        keep_rows(session, requests[0], (decoded, walked), size=reader.size)
    return decoded, walked, troubles


def _walk_all(
    session: Session,
    requests: list[Request],
    take: Take,
    *,
    steps: Steps,
    refresh: bool,
    progress: Progress,
) -> Walked:
    """Fetch all requests of one call as if they were one."""
    walked = [Walked() for _ in requests]
    for request, facts in zip(requests, walked, strict=True):
        step = steps[request.operation.reply]
        for page in step(session, request, facts, refresh=refresh, progress=progress):
            take(page)
        if facts.stopped:
            break
    return one_of(walked)


def _array(
    session: Session, request: Request, walked: Walked, *, refresh: bool = False, progress: Progress = True
) -> Iterator[bytes]:
    """Yield a bare array; it comes in one piece, so there is no progress to show."""
    del progress
    body, reply = session.fetch(request, read_body, refresh=refresh)
    walked.note(request, reply)
    walked.finished = True
    try:
        yield as_page(msgspec.json.encode(_ROWS.decode(body or b"[]")))
    except msgspec.MsgspecError as fault:
        raise ContractError(
            f"{request.operation.operation_id} answered with something that is no list."
        ) from fault


STEPS: Steps = {"page": pages, "feed": feed_pages, "array": _array}
PARSED: Steps = {**STEPS, "page": partial(pages, read=read_envelope)}  # the parse checks the rows


def _troubles(operation: Operation, walked: Walked, table: pa.Table) -> list[str]:
    """Return why the rows may not be all there are, once each (requirements P1, P2)."""
    if operation.reply != "page":
        return _count_troubles(walked, None)
    twice = repeats(table, identity_of(operation))
    said = [f"{twice} records came twice"] if twice else []
    return _count_troubles(walked, len(table)) + said


def _count_troubles(walked: Walked, rows: int | None) -> list[str]:
    said = []
    if walked.stopped:
        said.append("reading was stopped")
    elif walked.stuck is not None:
        said.append(f"the service repeats itself from page {walked.stuck} on, so reading ended there")
    elif not walked.finished:
        said.append("the service says that there is more")
    if rows is not None and walked.total not in (None, rows):
        said.append(f"{rows:,} rows came for {walked.total:,} counted")
    elif walked.first != walked.total:
        said.append(f"the count went from {walked.first} to {walked.total} meanwhile")
    return said


def _newest(frame: pd.DataFrame, identity: list[str]) -> pd.DataFrame:
    """Keep of rows sent again the one changed last; of equals the one sent last."""
    names = [snake(field) for field in identity]
    if not names or "modified_on" not in frame or not frame.duplicated(names).any():
        return frame
    latest = frame["modified_on"].sort_values(kind="stable", na_position="first").index
    kept = frame.loc[latest, names].drop_duplicates(keep="last").index.sort_values()
    told = dict(frame.attrs["stcrm"])
    frame = frame.loc[kept].reset_index(drop=True)
    frame.attrs["stcrm"] = told
    return frame


def _warn_partial(operation: Operation, troubles: list[str]) -> None:
    warnings.warn(
        f"{operation.operation_id}: {'; '.join(troubles)}. Some records may be missing. Call again "
        "with refresh=True; if it stays so, a feed of crm.export brings them all.",
        PartialResultWarning,
        stacklevel=4,
    )


_ROWS: "msgspec.json.Decoder[list[msgspec.Raw]]" = msgspec.json.Decoder(list[msgspec.Raw])
