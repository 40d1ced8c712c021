"""A page that the columnar parse refused -> a table all the same, row by row; slow, and nothing is lost."""

import json
from datetime import UTC, datetime
from typing import Any, NoReturn

import pyarrow as pa

from stcrm_nb.catalogue import Record
from stcrm_nb.errors import BrokenReplyError
from stcrm_nb.frames.parse.schema import STORED, arrow_type

ENDING = "_raw"
NO_DATE = "0001-01-01"  # how the service says that there is none


def read_tolerantly(page: bytes, record: Record) -> pa.Table:
    """Read one page row by row.

    Parameters
    ----------
    page : bytes
        A JSON object whose `data` holds the rows.
    record : Record
        What they are.

    Returns
    -------
    Table, one row a record
        The record's columns; for each with values of another type a column `<field>_raw` that holds them as
        text; unknown fields as text.

    Raises
    ------
    BrokenReplyError
        It is no JSON, or a name stands twice in one object: nobody can say which value is meant.
    """
    try:
        found = _rows_in(page)
    except (ValueError, RecursionError) as fault:
        raise BrokenReplyError(
            f"A page of {record.name} records is no sound JSON ({fault}). It was not used; try again."
        ) from None
    rows = [_nested(row) for row in found if isinstance(row, dict)]
    columns: dict[str, pa.Array] = {}
    for column in record.columns:
        raw = [row.pop(column.field, None) for row in rows]
        kind = arrow_type(column)
        values = [_fit(value, kind) for value in raw]
        columns[column.field] = pa.array(values, STORED.get(kind, kind))
        odd = [_odd(value, kept, kind) for value, kept in zip(raw, values, strict=True)]
        if any(value is not None for value in odd):
            columns[f"{column.field}{ENDING}"] = pa.array(odd, pa.string())
    lists = {child.field for child in record.children}
    for field in dict.fromkeys(name for row in rows for name in row if name not in lists):
        columns[field] = pa.array([_text(row.get(field)) for row in rows], pa.string())
    return pa.table(columns)


def _rows_in(page: bytes) -> list[object]:
    found = json.loads(page, object_pairs_hook=_once, parse_constant=_no_number)
    rows = found.get("data") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise ValueError("its data is no list")  # noqa: TRY004 - of what came, not of an argument
    return rows


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _nested(row: dict[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= _nested(value, f"{prefix}{name}.")
        else:
            flat[_sound(f"{prefix}{name}")] = value
    return flat


def _fit(value: object, kind: pa.DataType) -> object:
    """Return the value as the type wants it, or None where it is of another type."""
    if value is None or isinstance(value, bool) != pa.types.is_boolean(kind):
        return None
    if pa.types.is_string(kind):
        return _sound(value) if isinstance(value, str) else None
    if pa.types.is_timestamp(kind):
        return _moment(value)
    try:
        return None if isinstance(value, str) else pa.array([value]).cast(kind)[0].as_py()
    except (pa.ArrowException, OverflowError):  # of another type; the caller keeps it as text
        return None


def _odd(value: object, kept: object, kind: pa.DataType) -> str | None:
    """Return as text what did not fit its column; "no date" in a column of times is no misfit."""
    none = pa.types.is_timestamp(kind) and str(value).startswith(NO_DATE)
    return None if kept is not None or none else _text(value)


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment and moment.year > 1 else None


def _text(value: object) -> str | None:
    if value is None:
        return None
    return _sound(value if isinstance(value, str) else json.dumps(value, separators=(",", ":")))


def _sound(text: str) -> str:
    """Replace half characters, which no column of text can hold, by the sign for that."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
