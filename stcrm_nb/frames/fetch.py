"""A reading operation -> DataFrame or Record: transport and parsing put together."""

import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
import pandas as pd

from stcrm_nb import catalogue
from stcrm_nb.catalogue import Operation
from stcrm_nb.catalogue.model import snake
from stcrm_nb.errors import ContractError, PartialResultWarning
from stcrm_nb.frames.decode import decode
from stcrm_nb.frames.frame import Provenance, to_frame
from stcrm_nb.frames.record import Record
from stcrm_nb.transport.reply import read_body, server_clock
from stcrm_nb.transport.request import Request, build, split
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walk import Walk, walk, walk_feed

T = TypeVar("T")

_ID: "msgspec.json.Decoder[int | None]" = msgspec.json.Decoder(int | None)
_OBJECT: "msgspec.json.Decoder[dict[str, Any]]" = msgspec.json.Decoder(dict[str, Any])
_ROWS: "msgspec.json.Decoder[list[msgspec.Raw]]" = msgspec.json.Decoder(list[msgspec.Raw])


def request_for(session: Session, operation: Operation, arguments: Mapping[str, object]) -> Request:
    """Return the checked request that a call stands for, or the first of several; nothing is sent."""
    return requests_for(session, operation, arguments)[0]


def requests_for(session: Session, operation: Operation, arguments: Mapping[str, object]) -> list[Request]:
    """Return the checked requests that a call stands for: one for each 50 ids; nothing is sent."""
    settings = session.settings
    return [
        build(operation, part, tenant=settings.tenant, zone=settings.zone)
        for part in split(operation, arguments)
    ]


def fetch(
    session: Session, operation: Operation, arguments: Mapping[str, object], *, refresh: bool = False
) -> pd.DataFrame | Record | int | None:
    """Call a reading operation and return what its reply holds.

    Returns
    -------
    DataFrame, Record, int or None
        A frame for lists, feeds and arrays; a Record for one record; the id itself for a bare id.
    """
    if operation.reply == "record":
        return fetch_record(session, operation, arguments, refresh=refresh)
    if operation.reply == "id":
        return fetch_id(session, operation, arguments, refresh=refresh)
    return fetch_frame(session, operation, arguments, refresh=refresh)


def fetch_frame(
    session: Session,
    operation: Operation,
    arguments: Mapping[str, object],
    *,
    refresh: bool = False,
    progress: bool = True,
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
    progress : bool
        Show a bar on long walks.

    Returns
    -------
    DataFrame, one row a record
        Columns and dtypes of the operation's record; `attrs["stcrm"]` holds its provenance.

    Warns
    -----
    PartialResultWarning
        If the rows are not the number the service counted, or an id came twice.
    """
    requests = requests_for(session, operation, arguments)
    walked = _walked(session, requests, refresh=refresh, progress=progress)
    record = _record(operation)
    frame = to_frame(decode(walked.bodies, record), record)
    repeated = operation.reply == "page" and "id" in frame and bool(frame["id"].duplicated().any())
    complete = walked.finished and walked.total in (None, len(frame)) and not repeated
    settings = session.settings
    provenance = Provenance(
        operation=operation.operation_id,
        parameters=_asked(requests),
        rows=len(frame),
        total=walked.total,
        complete=complete,
        environment=settings.environment,
        tenant=settings.tenant,
        time_zone=settings.time_zone,
        fetched_at=walked.fetched_at.isoformat(),
        from_cache=walked.from_cache,
        active=_active(operation, requests[0]),
        continue_from=walked.continue_from,
    )
    frame.attrs["stcrm"] |= provenance
    if not complete:
        _warn_partial(operation, walked, rows=len(frame))
    return frame


def fetch_record(
    session: Session, operation: Operation, arguments: Mapping[str, object], *, refresh: bool = False
) -> Record:
    """Fetch one record.

    Returns
    -------
    Record

    Raises
    ------
    NotFoundError
        There is no such record.
    ContractError
        The reply is not one record.
    """
    request = request_for(session, operation, arguments)
    body, _ = session.fetch(request, read_body, refresh=refresh)
    return read_record(body, operation, zone=session.settings.time_zone)


def fetch_id(
    session: Session, operation: Operation, arguments: Mapping[str, object], *, refresh: bool = False
) -> int | None:
    """Fetch a bare id; None if there is none."""
    request = request_for(session, operation, arguments)
    body, _ = session.fetch(request, read_body, refresh=refresh)
    return _decoded(body, operation, _ID)


def read_record(body: bytes, operation: Operation, *, zone: str) -> Record:
    """Read the body of a reply that is one record."""
    kind = _record(operation)
    values = _decoded(body, operation, _OBJECT)
    frame = to_frame(decode([b"[" + body + b"]"], kind), kind)
    row = {str(name): frame[name].iloc[0] for name in frame.columns}
    lists = {child.name: _pythonic(values.get(child.field) or []) for child in kind.children}
    return Record(kind, row, lists=lists, zone=zone)


def fetch_lists(
    session: Session, operation: Operation, frame: pd.DataFrame, *, refresh: bool = False
) -> tuple[bytes, ...]:
    """Fetch the pages again that a frame was made of; kept replies serve, if they are fresh.

    A frame of another origin is looked up by its ids.
    """
    origin = frame.attrs.get("stcrm", {})
    if (origin.get("operation"), origin.get("tenant")) != (operation.operation_id, session.settings.tenant):
        named: dict[str, object] = {"ids": frame["id"].dropna().tolist()}
        named |= {"active": "Any"} if _active(operation, None) else {}
        return _walked(
            session, requests_for(session, operation, named), refresh=refresh, progress=True
        ).bodies
    asked = dict(origin["parameters"])
    listed = {
        each.name: asked.pop(each.field).split(",")
        for each in operation.parameters
        if each.type in ("ids", "texts") and each.field in asked
    }
    requests = [each.asking(**asked) for each in requests_for(session, operation, listed)]
    return _walked(session, requests, refresh=refresh, progress=True).bodies


def _walked(session: Session, requests: list[Request], *, refresh: bool, progress: bool) -> Walk:
    """Fetch all requests of one call as if they were one."""
    walks = {"page": walk, "feed": walk_feed, "array": _array}
    step = walks[requests[0].operation.reply]
    walked = [step(session, each, refresh=refresh, progress=progress) for each in requests]
    if len(walked) == 1:
        return walked[0]
    totals = [each.total for each in walked]
    return Walk(
        bodies=tuple(body for each in walked for body in each.bodies),
        total=None if None in totals else sum(total or 0 for total in totals),
        finished=all(each.finished for each in walked),
        fetched_at=min(each.fetched_at for each in walked),
        from_cache=all(each.from_cache for each in walked),
    )


def _array(session: Session, request: Request, *, refresh: bool, progress: bool) -> Walk:
    """Fetch a bare array; it comes in one piece, so there is no progress to show."""
    del progress
    body, reply = session.fetch(request, read_body, refresh=refresh)
    rows = msgspec.json.encode(_decoded(body, request.operation, _ROWS))
    at = server_clock(reply.headers) or datetime.now(UTC)
    return Walk((rows,), None, finished=True, fetched_at=at, from_cache=reply.from_cache)


def _asked(requests: list[Request]) -> dict[str, str]:
    """Return the query of a call; the parts of a list that was cut are joined again."""
    asked = dict(requests[0].query)
    for request in requests[1:]:
        for field, text in request.query:
            if text != asked[field]:
                asked[field] = f"{asked[field]},{text}"
    return asked


def _decoded(body: bytes, operation: Operation, decoder: "msgspec.json.Decoder[T]") -> T:
    try:
        return decoder.decode(body or b"null")
    except msgspec.MsgspecError as fault:
        raise ContractError(
            f"{operation.operation_id} answered with something that is not what the description says. "
            "Nothing was changed."
        ) from fault


def _pythonic(value: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    """Write the names inside nested lists the Python way."""
    if isinstance(value, list):
        return [_pythonic(item) for item in value]
    if isinstance(value, dict):
        return {snake(name): _pythonic(item) for name, item in value.items()}
    return value


def _record(operation: Operation) -> catalogue.Record:
    if operation.returns is None:
        raise ContractError(f"{operation.operation_id} returns no record.")
    return operation.returns


def _active(operation: Operation, request: Request | None) -> str | None:
    """Return what the list holds: True means the service left inactive records out (its default)."""
    if all(parameter.field != "active" for parameter in operation.parameters):
        return None
    return dict(request.query if request else ()).get("active", "True")


def _warn_partial(operation: Operation, walked: Walk, *, rows: int) -> None:
    warnings.warn(
        f"{operation.operation_id}: {rows} rows came for {walked.total} counted, so some are missing or came "
        "twice; records changed while they were read. Call again with refresh=True.",
        PartialResultWarning,
        stacklevel=4,
    )
