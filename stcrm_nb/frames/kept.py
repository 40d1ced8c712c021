"""A cached walk is not parsed again: its Arrow table is kept beside its pages, and expires with them."""

from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

import pyarrow as pa

from stcrm_nb.catalogue import Record
from stcrm_nb.frames.parse.decode import Decoded
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session
from stcrm_nb.transport.walk import base_of
from stcrm_nb.transport.walked import Walked

PARSER = 2  # raise it with every change of what parsing makes of the same bytes
FROM = 256 << 10  # bytes of pages from which a table is worth a file


def kept_rows(session: Session, request: Request) -> tuple[Decoded, Walked, list[str]] | None:
    """Return the rows of a list as they were parsed before, if every page still stands.

    Parameters
    ----------
    session : Session
        Whose cache.
    request : Request
        The list.

    Returns
    -------
    tuple of Decoded, Walked and no troubles, or None
    """
    if request.operation.reply != "page":
        return None
    cache, name = session.cache, _name(session, request)
    found = cache.table(name, stamp=_stamp(request.operation.record), expired=session.settings.offline)
    if found is None:
        return None
    facts, content = found
    try:
        table = pa.ipc.open_stream(pa.py_buffer(content)).read_all()
    except pa.ArrowInvalid:
        return None
    walked = Walked(
        first=_count(facts["total"]),
        total=_count(facts["total"]),
        finished=True,
        fetched_at=datetime.fromtimestamp(float(str(facts["fetched_at"])), UTC),
        came=float(str(facts["came"])),
        stale=not session.cache.is_fresh(request, float(str(facts["came"]))),
    )
    return Decoded(table, _names(facts["unknown"]), _names(facts["misfits"])), walked, []


def keep_rows(session: Session, request: Request, rows: tuple[Decoded, Walked], *, size: int) -> None:
    """Keep the parsed rows of a whole walk; short ones are parsed again as fast.

    Parameters
    ----------
    session : Session
        Whose cache.
    request : Request
        The list.
    rows : tuple of Decoded and Walked
        Its rows and its pages.
    size : int
        Bytes of the pages.
    """
    decoded, walked = rows
    if size < FROM or walked.fetched_at is None or walked.stale:
        return
    facts: dict[str, object] = {
        "total": walked.total,
        "fetched_at": walked.fetched_at.timestamp(),
        "came": walked.came,
        "unknown": list(decoded.unknown),
        "misfits": list(decoded.misfits),
    }
    session.cache.keep_table(
        _name(session, request),
        partial(_write, decoded.table),
        stamp=_stamp(request.operation.record),
        keys=[session.cache.key(page) for page in walked.requests],
        facts=facts,
    )


def _write(table: pa.Table, file: BinaryIO) -> None:
    with pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)


def _name(session: Session, request: Request) -> str:
    """Return the table's name: it starts with the root that a write forgets."""
    return f"{request.root}-{session.cache.key(base_of(request))}"


def _stamp(record: Record) -> str:
    """Return what a table depends on besides its pages: the parser, and the record's columns."""
    columns = " ".join(f"{column.field}:{column.dtype}" for column in record.columns)
    return f"{PARSER} {pa.__version__} {columns} {record.complete}"


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
