"""A reading operation -> DataFrame or Record: transport and parsing put together."""

import warnings
from collections.abc import Mapping

import msgspec
import pandas as pd

from stcrm_nb import catalogue
from stcrm_nb.catalogue import Operation
from stcrm_nb.errors import ContractError, PartialResultWarning
from stcrm_nb.frames.decode import decode
from stcrm_nb.frames.frame import Provenance, to_frame
from stcrm_nb.frames.record import Record
from stcrm_nb.transport.reply import read_body
from stcrm_nb.transport.request import Request, build
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walk import Walk, walk


def request_for(session: Session, operation: Operation, arguments: Mapping[str, object]) -> Request:
    """Return the checked request that a call stands for; nothing is sent."""
    settings = session.settings
    return build(operation, arguments, tenant=settings.tenant, zone=settings.zone)


def fetch_frame(
    session: Session,
    operation: Operation,
    arguments: Mapping[str, object],
    *,
    refresh: bool = False,
    progress: bool = True,
) -> pd.DataFrame:
    """Fetch all pages of a list as one typed frame.

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
    request = request_for(session, operation, arguments)
    walked = walk(session, request, refresh=refresh, progress=progress)
    record = _record(operation)
    frame = to_frame(decode(walked.bodies, record), record)
    repeated = bool(frame["id"].duplicated().any())
    complete = walked.finished and walked.total in (None, len(frame)) and not repeated
    settings = session.settings
    provenance = Provenance(
        operation=operation.operation_id,
        parameters=dict(request.query),
        rows=len(frame),
        total=walked.total,
        complete=complete,
        environment=settings.environment,
        tenant=settings.tenant,
        time_zone=settings.time_zone,
        fetched_at=walked.fetched_at.isoformat(),
        from_cache=walked.from_cache,
        active=_active(operation, request),
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
    try:
        msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.MsgspecError as fault:
        raise ContractError(
            f"{operation.operation_id} answered with something that is not one record. Nothing was changed."
        ) from fault
    kind = _record(operation)
    frame = to_frame(decode([b"[" + body + b"]"], kind), kind)
    return Record(
        kind, {name: frame[name].iloc[0] for name in frame.columns}, zone=session.settings.time_zone
    )


def _record(operation: Operation) -> catalogue.Record:
    if operation.returns is None:
        raise ContractError(f"{operation.operation_id} returns no record.")
    return operation.returns


def _active(operation: Operation, request: Request) -> str | None:
    """Return what the list holds: True means the service left inactive records out (its default)."""
    if all(parameter.field != "active" for parameter in operation.parameters):
        return None
    return dict(request.query).get("active", "True")


def _warn_partial(operation: Operation, walked: Walk, *, rows: int) -> None:
    warnings.warn(
        f"{operation.operation_id}: {rows} rows came for {walked.total} counted, so some are missing or came "
        "twice; records changed while they were read. Call again with refresh=True.",
        PartialResultWarning,
        stacklevel=4,
    )
