"""Reading what a write is about: the record, or the row of a list, as plain values."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import msgspec
import numpy as np
import pandas as pd

from stcrm_nb.catalogue import Operation
from stcrm_nb.changes.change import State
from stcrm_nb.changes.readback.effect import holds
from stcrm_nb.changes.readback.target import Target
from stcrm_nb.errors import NotFoundError
from stcrm_nb.frames.fetch import fetch_id, fetch_record
from stcrm_nb.frames.lists import fetch_frame, fetch_lists
from stcrm_nb.frames.record import is_missing
from stcrm_nb.transport.session import Session

Values = Mapping[str, object]
Look = Callable[[], State | None]
ReadBack = Callable[[bytes | None], State | None]


class _Tagged(msgspec.Struct, rename="camel"):
    id: int
    tag_type_ids: list[int] | None = None


class _Page(msgspec.Struct):
    data: list[_Tagged]


_PAGE = msgspec.json.Decoder(_Page)


def looker(session: Session, target: Target, arguments: Values) -> Look:
    """Return a function that reads, from the service, what a write is about; None if it is not there."""
    path = {own: arguments[theirs] for own, theirs in target.path}
    if target.reader.path == "customers" and target.kind == "change":
        return partial(tags_of, session, target.reader, arguments["customer_ids"])
    if target.reader.reply == "id":
        return partial(_id_of, session, target.reader, path)
    if target.reader.reply == "record":
        return partial(_record_of, session, target.reader, path)
    wanted = {column: arguments[name] for column, name in target.keys}
    return partial(_row_of, session, target.reader, path, wanted=wanted)


def finder(
    session: Session,
    target: Target,
    arguments: Values,
    *,
    getter: Operation | None,
    after: State,
    known: Iterable[object],
) -> ReadBack:
    """Return a function that finds what was created: by the id in the reply, else as a new row of the list.

    `known` are the ids that were there before. Only the lists of one record are searched; without a reply, a
    new customer, say, cannot be told.
    """
    path = {own: arguments[theirs] for own, theirs in target.path}
    before = set(map(str, known))

    def find(body: bytes | None) -> State | None:
        key = _key(body)
        if getter and key is not None:
            names = [each.name for each in getter.parameters if each.where == "path"]
            own = next(name for name in names if name not in path)
            return _record_of(session, getter, {**path, own: key})
        if not target.of_one_record:
            return None
        rows = _rows(session, target.reader, path)
        new = [
            row
            for row in rows
            if (row.get("id") == key if key is not None else str(row.get("id")) not in before)
        ]
        return next((row for row in new if holds(row, after)), None)

    return find


def known_ids(session: Session, target: Target, arguments: Values) -> list[object]:
    """Return the ids that a list of one record holds before something is added to it."""
    path = {own: arguments[theirs] for own, theirs in target.path}
    return _ids(_rows(session, target.reader, path)) if target.of_one_record else []


def _record_of(session: Session, reader: Operation, path: Values) -> State | None:
    try:
        record = fetch_record(session, reader, path, refresh=True)
    except NotFoundError:
        return None
    return {name: plain(value) for name, value in record.items()}


def _id_of(session: Session, reader: Operation, path: Values) -> State | None:
    try:
        return {"preferred_technician_id": fetch_id(session, reader, path, refresh=True)}
    except NotFoundError:
        return None


def _row_of(session: Session, reader: Operation, path: Values, *, wanted: Values) -> State | None:
    rows = _rows(session, reader, path)
    return next(
        (row for row in rows if all(str(row[name]) == str(value) for name, value in wanted.items())), None
    )


def _rows(session: Session, reader: Operation, path: Values) -> list[dict[str, object]]:
    frame = fetch_frame(session, reader, path, refresh=True, progress=False)
    return [{str(name): plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def tags_of(session: Session, reader: Operation, customers: object) -> dict[str, list[int]] | None:
    """Return the tags of each customer, by its id."""
    asked = pd.DataFrame({"id": customers})
    pages = [_PAGE.decode(body).data for body in fetch_lists(session, reader, asked, refresh=True)]
    return {str(row.id): sorted(row.tag_type_ids or []) for page in pages for row in page} or None


def _ids(rows: list[dict[str, object]]) -> list[object]:
    return [row.get("id") for row in rows]


def _key(body: bytes | None) -> object:
    """Return the id of what was created, from the reply: the field `id`, or the one such as `leadId`."""
    if not body:
        return None
    try:
        reply = msgspec.json.decode(body, type=dict[str, object])
    except msgspec.MsgspecError:
        return None
    return reply.get("id", reply.get("leadId"))


def plain(value: object) -> object:
    """Return a value that a journal can hold and that compares by value; None for a missing one."""
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if isinstance(value, list | dict):
        return value
    if is_missing(value):
        return None
    return value.item() if isinstance(value, np.generic) else value
