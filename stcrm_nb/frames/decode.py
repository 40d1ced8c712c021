"""Bodies of pages + record -> one Arrow table, parsed once, column by column."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import json as arrow_json

from stcrm_nb.catalogue import Child, Choices, Column, Record

TYPES: dict[str, pa.DataType] = {
    "id": pa.int64(),
    "int": pa.int64(),
    "float": pa.float64(),
    "decimal": pa.float64(),
    "bool": pa.bool_(),
    "text": pa.string(),
    "guid": pa.string(),
    "time": pa.timestamp("ns", tz="UTC"),  # reads 0, 3 and 7 digits of a second; kept as microseconds
}
STORED = {pa.timestamp("ns", tz="UTC"): pa.timestamp("us", tz="UTC")}
NO_DATE = b"0001-01-01T00:00:00"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A table with the record's columns in order, then unknown fields; and what did not fit."""

    table: pa.Table
    unknown: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()


def arrow_type(column: Column) -> pa.DataType:
    """Return the Arrow type in which a column is parsed."""
    return pa.string() if isinstance(column.type, Choices) else TYPES[column.type]


def decode(bodies: Iterable[bytes], record: Record) -> Decoded:
    """Parse pages of rows.

    Parameters
    ----------
    bodies : iterable of bytes
        JSON arrays of rows, one a page, in order.
    record : Record
        What the rows are; its columns come first, in its order, even for no rows at all.

    Returns
    -------
    Decoded
        One row a record. `0001-01-01` is missing. Fields the record does not have follow as extra columns
        (lists among them are only named in `unknown`); a value of another type is missing in its column and
        kept as text in `<column>_raw`.
    """
    pages = [_one_line(_without_no_dates(body, record)) for body in bodies]
    try:
        rows = _strict(pages, record)
        misfits: tuple[str, ...] = ()
    except pa.ArrowInvalid:
        rows, misfits = _tolerant(pages, record)
    table = _complete(_flatten(rows), record)
    known = [column.field for column in record.columns]
    extra = [name for name in table.column_names if name not in known]
    lists = {child.field for child in record.children}
    unknown = dict.fromkeys(name for name in (*rows.column_names, *extra) if not _is_nested(rows, name))
    strange = tuple(name for name in unknown if name not in {*known, *lists, *misfits})
    if not record.complete:  # the rest is known, and of no use here
        return Decoded(table.select([*known, *misfits]), (), misfits)
    return Decoded(table.select([*known, *extra]), strange, misfits)


def _strict(pages: Sequence[bytes], record: Record) -> pa.Table:
    """Read all pages in one columnar parse: a page is one line, its rows a list of structs."""
    lines = b"".join(pages)
    schema = pa.schema([pa.field("data", pa.list_(pa.struct(_fields(record))))])
    options = arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="infer")
    longest = max((len(page) for page in pages), default=1)
    table = arrow_json.read_json(
        pa.BufferReader(lines or b"{}\n"),
        read_options=arrow_json.ReadOptions(block_size=max(longest + 1, 1 << 21)),
        parse_options=options,
    )
    structs = pc.list_flatten(table.column("data")).combine_chunks()
    if isinstance(structs, pa.ChunkedArray):
        structs = pa.concat_arrays(structs.chunks) if structs.num_chunks else pa.array([], structs.type)
    return pa.Table.from_struct_array(structs)


def _tolerant(pages: Sequence[bytes], record: Record) -> tuple[pa.Table, tuple[str, ...]]:
    """Read row by row; slow, and only where the strict parse refused."""
    rows = [_nested(row) for page in pages for row in msgspec.json.decode(page)["data"]]
    columns: dict[str, pa.Array] = {}
    misfits: list[str] = []
    for column in record.columns:
        raw = [row.pop(column.field, None) for row in rows]
        values = [_fit(value, arrow_type(column)) for value in raw]
        columns[column.field] = pa.array(values, STORED.get(arrow_type(column), arrow_type(column)))
        odd = [_text(value) if kept is None else None for value, kept in zip(raw, values, strict=True)]
        if any(value is not None for value in odd):
            misfits.append(f"{column.field}_raw")
            columns[f"{column.field}_raw"] = pa.array(odd, pa.string())
    lists = {child.field for child in record.children}
    for field in dict.fromkeys(name for row in rows for name in row if name not in lists):
        columns[field] = pa.array([_text(row.get(field)) for row in rows], pa.string())
    return pa.table(columns), tuple(misfits)


def _fields(record: Record) -> list[pa.Field]:
    """Return the nested Arrow fields that a record's dotted columns and lists stand for."""
    nested: dict[str, list[pa.Field]] = {}
    fields: list[pa.Field] = []
    for column in record.columns:
        outer, _, inner = column.field.partition(".")
        if not inner:
            fields.append(pa.field(outer, arrow_type(column)))
            continue
        nested.setdefault(outer, []).append(pa.field(inner, arrow_type(column)))
    fields += [pa.field(name, pa.struct(parts)) for name, parts in nested.items()]
    return fields + [pa.field(child.field, _list_type(child)) for child in record.children]


def _list_type(child: Child) -> pa.DataType:
    if child.columns:
        return pa.list_(pa.struct([pa.field(part.field, arrow_type(part)) for part in child.columns]))
    return pa.list_(TYPES[child.item])


def _flatten(table: pa.Table) -> pa.Table:
    """Step into nested objects until none is left; drop lists, which are tables of their own."""
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table.select([field.name for field in table.schema if not pa.types.is_list(field.type)])


def _complete(table: pa.Table, record: Record) -> pa.Table:
    """Add absent columns as missing values; keep times as microseconds."""
    for column in record.columns:
        if column.field not in table.column_names:
            table = table.append_column(column.field, pa.nulls(len(table), arrow_type(column)))
    stored = [pa.field(field.name, STORED.get(field.type, field.type)) for field in table.schema]
    return table.cast(pa.schema(stored), safe=False)


def _without_no_dates(body: bytes, record: Record) -> bytes:
    """Write the service's "no date" as null, in fields that are times (description of `createdOn`)."""
    if NO_DATE not in body:
        return body
    times = [column.field.rpartition(".")[2] for column in record.columns if column.type == "time"]
    names = "|".join(times).encode()
    return re.sub(rb'("(?:' + names + rb')"\s*:\s*)"0001-01-01T00:00:00[.0]*Z?"', rb"\1null", body)


def _one_line(body: bytes) -> bytes:
    """Wrap a JSON array so that it is one line; line ends inside JSON text are always escaped."""
    return b'{"data":' + body.replace(b"\n", b" ").replace(b"\r", b" ") + b"}\n"


def _is_nested(rows: pa.Table, name: str) -> bool:
    return name in rows.column_names and pa.types.is_struct(rows.schema.field(name).type)


def _nested(row: dict[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= _nested(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _fit(value: object, kind: pa.DataType) -> object:
    """Return the value as the type wants it, or None where it is of another type."""
    if value is None or isinstance(value, bool) != pa.types.is_boolean(kind):
        return None
    if pa.types.is_string(kind):
        return value if isinstance(value, str) else None
    if pa.types.is_timestamp(kind):
        return _moment(value)
    try:
        return None if isinstance(value, str) else pa.array([value]).cast(kind)[0].as_py()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OverflowError):
        return None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment and moment.year > 1 else None


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
