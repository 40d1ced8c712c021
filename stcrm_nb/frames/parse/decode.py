"""Pages of rows + record -> one Arrow table, parsed column by column. No Python object is made for a row."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Self

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import json as arrow_json

from stcrm_nb.catalogue import Record
from stcrm_nb.errors import BrokenReplyError
from stcrm_nb.frames.parse.schema import PARSED_TIME, STORED, STORED_TIME, arrow_type, fields_of
from stcrm_nb.frames.parse.tolerant import ENDING, read_tolerantly

NO_DATE = b'"0001-01-01'
GROUP = 2 << 20  # bytes parsed at once; a parse a page costs five times as much for small ones
THREADS = min(4, os.cpu_count() or 2)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A table with the record's columns in order, then unknown fields; and what did not fit."""

    table: pa.Table
    unknown: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()


def decode(bodies: Iterable[bytes], record: Record) -> Decoded:
    """Parse pages of rows.

    Parameters
    ----------
    bodies : iterable of bytes
        Pages in order, each a JSON object whose `data` holds the rows.
    record : Record
        What the rows are; its columns come first, in its order, even for no rows at all.

    Returns
    -------
    Decoded
        One row a record. `0001-01-01` is missing. Fields the record does not have follow as extra columns
        (lists among them are only named in `unknown`); a value of another type is missing in its column and
        kept as text in `<column>_raw`.

    Raises
    ------
    BrokenReplyError
        A page is no sound JSON.
    """
    with Reader(record) as reader:
        for body in bodies:
            reader.feed(body)
        return reader.finish()


def as_page(rows: bytes) -> bytes:
    """Return a JSON array of rows as a page."""
    return b'{"data":' + rows + b"}"


class Reader:
    """Parses pages while others are still on their way: groups of about 2 MB, as many at once as cores.

    Parameters
    ----------
    record : Record
        What the rows are.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._strict = Strict(record)
        self._group: list[bytes] = []
        self._size = 0
        self.size = 0  # bytes taken in all
        self._parsed: list[Future[_Parsed]] = []
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="stcrm-parse")

    def feed(self, page: bytes) -> None:
        """Take one more page."""
        self._group.append(page)
        self._size += len(page)
        self.size += len(page)
        if self._size >= GROUP:
            self._start()

    def finish(self) -> Decoded:
        """Return all rows in the order of their pages."""
        self._start()
        return _joined([each.result() for each in self._parsed], self._record)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _start(self) -> None:
        if self._group:
            self._parsed.append(self._pool.submit(_parse, self._group, self._record, self._strict))
            self._group, self._size = [], 0


@dataclass(slots=True)
class _Parsed:
    """The flat tables of a group of pages, and the lists in them that the record does not have."""

    tables: list[pa.Table] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)


def _parse(group: list[bytes], record: Record, strict: "Strict") -> _Parsed:
    """Parse strictly; where that is refused, halve the group until the page is found that is the reason.

    The group is emptied: its bytes are not held longer than they are needed.
    """
    try:
        rows = strict.read(group)
    except pa.ArrowInvalid:
        if len(group) == 1:
            return _Parsed([read_tolerantly(group[0], record)])
        half = len(group) // 2
        first, second = _parse(group[:half], record, strict), _parse(group[half:], record, strict)
        return _Parsed([*first.tables, *second.tables], [*first.lists, *second.lists])
    finally:
        group.clear()
    return _flat(rows, record)


class Strict:
    """Reads pages in one columnar parse: a page is one line, its rows a list of structs.

    Once "no date" stood where a time belongs, which the parse refuses, it is looked for beforehand.

    Parameters
    ----------
    record : Record
        What the rows are; other fields are kept under the type that their values have.
    """

    def __init__(self, record: Record) -> None:
        rows = pa.list_(pa.struct(fields_of(record)))
        self._options = arrow_json.ParseOptions(explicit_schema=pa.schema([pa.field("data", rows)]))
        self._times = [each.field.rpartition(".")[2] for each in record.columns if each.type == "time"]
        self._no_dates = False

    def read(self, pages: Sequence[bytes]) -> pa.Table:
        """Read pages, each a JSON object whose `data` holds the rows.

        Returns
        -------
        Table, one row a record

        Raises
        ------
        ArrowInvalid
            A value is of another type, or a page is no sound JSON.
        """
        lines = _lines(pages)
        if self._no_dates:
            return self._table(_without_no_dates(lines, self._times), len(pages))
        try:
            return self._table(lines, len(pages))
        except pa.ArrowInvalid:
            if NO_DATE not in lines:
                raise
            self._no_dates = True
            return self._table(_without_no_dates(lines, self._times), len(pages))

    def _table(self, lines: bytes, pages: int) -> pa.Table:
        table = arrow_json.read_json(
            pa.BufferReader(lines),
            read_options=arrow_json.ReadOptions(block_size=len(lines) + 1, use_threads=False),
            parse_options=self._options,
            memory_pool=pa.system_memory_pool(),  # gives back at once what is freed
        )
        (lists,) = table.column("data").chunks  # all lines are one block
        if len(lists) != pages or lists.null_count:
            raise pa.ArrowInvalid("a page is not one list of rows")
        rows = pa.Table.from_struct_array(lists.flatten())
        if not all(map(_is_finite, _leaves(rows.columns))):
            raise pa.ArrowInvalid("a number of a row is none")
        return rows


def _leaves(columns: Iterable[pa.ChunkedArray]) -> Iterator[pa.ChunkedArray]:
    """Yield columns, and what is nested in them; not lists."""
    for column in columns:
        yield from _leaves(column.flatten()) if pa.types.is_struct(column.type) else (column,)


def _is_finite(column: pa.ChunkedArray) -> bool:
    """Tell whether all is well with a column: the parse lets NaN and infinity pass, which JSON has not."""
    return not pa.types.is_floating(column.type) or pc.all(pc.is_finite(column)).as_py() is not False


def _flat(rows: pa.Table, record: Record) -> _Parsed:
    """Step into nested objects until none is left; drop lists, which are tables of their own."""
    while any(map(pa.types.is_struct, rows.schema.types)):
        rows = rows.flatten()
    kinds = dict(zip(rows.column_names, rows.schema.types, strict=True))
    if len(kinds) < rows.num_columns:
        raise BrokenReplyError(
            f"Rows of {record.name} records give a field twice, once with a dot in its name and once nested, "
            "so nobody can say which is meant. They were not used; try again."
        )
    lists = [name for name, kind in kinds.items() if pa.types.is_list(kind)]
    rows = rows.drop_columns(lists)
    for number, kind in enumerate(rows.schema.types):
        if kind == PARSED_TIME:
            times = rows.column(number).cast(STORED_TIME, safe=False)
            rows = rows.set_column(number, rows.column_names[number], times)
    known = {child.field for child in record.children}
    return _Parsed([rows], [name for name in lists if name not in known])


def groups(pages: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield pages in groups of about the size that is parsed at once."""
    group: list[bytes] = []
    size = 0
    for page in pages:
        group.append(page)
        size += len(page)
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def joined(rows: Sequence[pa.Table], record: Record) -> Decoded:
    """Put tables of rows together; what is nested in them is flattened first."""
    return _joined([_flat(each, record) for each in rows], record)


def _joined(parsed: Sequence[_Parsed], record: Record) -> Decoded:
    """Put the groups together; a field that is unknown and of several types becomes text."""
    kinds = {each.field: STORED.get(arrow_type(each), arrow_type(each)) for each in record.columns}
    empty = pa.table({name: pa.array([], kind) for name, kind in kinds.items()})
    tables = [empty, *(table for group in parsed for table in group.tables)]
    try:
        table = pa.concat_tables(tables, promote_options="permissive")
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        texts = [_texts(each, known=kinds) for each in tables]
        table = pa.concat_tables(texts, promote_options="permissive")
    misfits = tuple(name for name in (f"{field}{ENDING}" for field in kinds) if name in table.column_names)
    extra = [name for name in table.column_names if name not in kinds and name not in misfits]
    if not record.complete:  # the rest is known, and of no use here
        return Decoded(table.select([*kinds, *misfits]), (), misfits)
    lists = dict.fromkeys(name for group in parsed for name in group.lists)
    return Decoded(table.select([*kinds, *misfits, *extra]), (*extra, *lists), misfits)


def _texts(table: pa.Table, *, known: Iterable[str]) -> pa.Table:
    for number, name in enumerate(table.column_names):
        if name not in known:
            table = table.set_column(number, name, table.column(name).cast(pa.string()))
    return table


def _lines(pages: Sequence[bytes]) -> bytes:
    """Put pages on a line each; line ends inside JSON text are always escaped."""
    if any(ending in page for page in pages for ending in (b"\n", b"\r")):
        return b"\n".join(map(_on_one_line, pages))
    return pages[0] if len(pages) == 1 else b"\n".join(pages)


def _on_one_line(page: bytes) -> bytes:
    """Return a page without line ends; those inside text are unsound, and refused, not mended."""
    try:
        msgspec.json.decode(page, type=msgspec.Raw)
    except msgspec.MsgspecError as fault:
        raise pa.ArrowInvalid(str(fault)) from None
    return page.replace(b"\n", b" ").replace(b"\r", b" ")


def _without_no_dates(lines: bytes, times: Sequence[str]) -> bytes:
    """Write the service's "no date" as null, in fields that are times (description of `createdOn`)."""
    for name in times:
        no_date = rb'("' + name.encode() + rb'"\s*:\s*)"0001-01-01(?:T00:00:00[.0]*Z?)?"'
        lines = re.sub(no_date, rb"\1null", lines)
    return lines
