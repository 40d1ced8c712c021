"""A reading operation -> DataFrame or Record: one call, whatever comes back."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
import pandas as pd

from stcrm_nb.catalogue import Operation
from stcrm_nb.catalogue.model import snake
from stcrm_nb.errors import ContractError
from stcrm_nb.frames.frame import to_frame
from stcrm_nb.frames.lists import Exported, fetch_feed, fetch_frame, requests_for
from stcrm_nb.frames.parse.decode import as_page, decode
from stcrm_nb.frames.provenance import warn_if_stale
from stcrm_nb.frames.record import Record
from stcrm_nb.transport.reply import read_body
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walked import Progress

T = TypeVar("T")

_ID: "msgspec.json.Decoder[int | None]" = msgspec.json.Decoder(int | None)
_OBJECT: "msgspec.json.Decoder[dict[str, Any]]" = msgspec.json.Decoder(dict[str, Any])


def request_for(session: Session, operation: Operation, arguments: Mapping[str, object]) -> Request:
    """Return the checked request that a call stands for, or the first of several; nothing is sent."""
    return requests_for(session, operation, arguments)[0]


def fetch(
    session: Session,
    operation: Operation,
    arguments: Mapping[str, object],
    *,
    refresh: bool = False,
    progress: Progress = True,
) -> pd.DataFrame | Exported | Record | int | None:
    """Call a reading operation and return what its reply holds; `progress` is for lists alone.

    Returns
    -------
    DataFrame, Exported, Record, int or None
        A frame for lists and arrays; frame and token for feeds; a Record for one record; the id itself for a
        bare id.
    """
    if operation.reply == "feed":
        return fetch_feed(session, operation, arguments, refresh=refresh)
    if operation.reply == "record":
        return fetch_record(session, operation, arguments, refresh=refresh)
    if operation.reply == "id":
        return fetch_id(session, operation, arguments, refresh=refresh)
    return fetch_frame(session, operation, arguments, refresh=refresh, progress=progress)


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
    body, reply = session.fetch(request, read_body, refresh=refresh)
    warn_if_stale(reply.fetched, stale=reply.stale)
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
    kind = operation.record
    values = _decoded(body, operation, _OBJECT)
    frame = to_frame(decode([as_page(b"[" + body + b"]")], kind), kind)
    row = {str(name): frame[name].iloc[0] for name in frame.columns}
    lists = {child.name: _pythonic(values.get(child.field) or []) for child in kind.children}
    return Record(kind, row, lists=lists, zone=zone)


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
