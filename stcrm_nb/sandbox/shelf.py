"""Rows of one kind, as the bytes they are replied with; columns and orders are read when asked for."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
T = TypeVar("T")


def moment(text: str | None) -> bytes:
    """Write a UTC time so that comparing bytes compares moments; nothing comes before everything.

    >>> moment("2026-01-01T00:00:00.5000Z"), moment("2026-01-01T00:00:00Z"), moment(None)
    (b'2026-01-01T00:00:00.5', b'2026-01-01T00:00:00', b'')
    """
    bare = (text or "").removesuffix("Z")
    return (bare.rstrip("0").rstrip(".") if "." in bare else bare).encode()


@cache
def _reader(field: str) -> Callable[[bytes], Any]:
    names = field.split(".")
    kind: Any = Any
    for name in reversed(names):
        part = msgspec.defstruct("Part", [(name, kind, None)])
        kind = part | None
    decode = msgspec.json.Decoder(part).decode

    def read(line: bytes) -> Any:  # noqa: ANN401 - a row of JSON holds any value
        value: Any = decode(line)
        for name in names:
            value = getattr(value, name, None)
        return value

    return read


class Shelf:
    """Rows of one kind in the order of the file. Used by the server's one thread only.

    Parameters
    ----------
    rows : iterable of bytes, one JSON object each
        As the service replies with them, but for `parent`.
    parent : str, optional
        Key that names the record a row belongs to; it is not part of a reply.
    """

    def __init__(self, rows: Iterable[bytes], *, parent: str = "") -> None:
        self.parent = parent
        self.gone: list[dict[str, Any]] = []
        self._rows = list(rows)
        self._columns: dict[str, list[Any]] = {}
        self._derived: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def column(self, field: str) -> list[Any]:
        """Return one field of every row; a dot steps into a nested object."""
        if field not in self._columns:
            self._columns[field] = list(map(_reader(field), self._rows))
        return self._columns[field]

    def derive(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of the rows, kept until a row changes."""
        if key not in self._derived:
            self._derived[key] = make()
        kept: T = self._derived[key]
        return kept

    def moments(self, field: str) -> NDArray[np.bytes_]:
        """Return the times of a field as comparable bytes; a missing one comes first."""
        return self.derive(
            ("moments", field), lambda: np.array([moment(text) for text in self.column(field)], dtype="S27")
        )

    def order(self, field: str) -> NDArray[np.intp]:
        """Return the positions of the rows sorted by a field; equal ones by id."""
        return self.derive(("order", field), lambda: self._sorted(field))

    def places(self, field: str) -> dict[Any, list[int]]:
        """Return the positions of the rows by the value they hold in a field."""
        return self.derive(("places", field), lambda: self._grouped(field))

    def find(self, record_id: Hashable) -> int | None:
        """Return the position of the record with this id."""
        return next(iter(self.places("id").get(record_id, ())), None)

    def row(self, position: int) -> bytes:
        """Return one row as the service replies with it."""
        if not self.parent:
            return self._rows[position]
        row = msgspec.json.decode(self._rows[position])
        del row[self.parent]
        return msgspec.json.encode(row)

    def full(self, position: int) -> dict[str, Any]:
        """Return one row with all that is known of it, its parent too."""
        row: dict[str, Any] = msgspec.json.decode(self._rows[position])
        return row

    def add(self, row: Mapping[str, Any]) -> int:
        """Put a row behind the others and return its position."""
        line = msgspec.json.encode(row)
        self._rows.append(line)
        for field, column in self._columns.items():
            column.append(_reader(field)(line))
        self._derived.clear()
        return len(self._rows) - 1

    def remove(self, position: int) -> None:
        """Take one row away; feeds go on telling of it."""
        self.gone.append(self.full(position))
        del self._rows[position]
        for column in self._columns.values():
            del column[position]
        self._derived.clear()

    def replace(self, position: int, row: bytes) -> None:
        """Put another row in the place of one."""
        self._rows[position] = row
        for field, column in self._columns.items():
            column[position] = _reader(field)(row)
        self._derived.clear()

    def _sorted(self, field: str) -> NDArray[np.intp]:
        ids = np.array(self.column("id"))
        return np.argsort(ids) if field == "id" else np.lexsort((ids, self.moments(field)))

    def _grouped(self, field: str) -> dict[Any, list[int]]:
        groups: dict[Any, list[int]] = {}
        for position, value in enumerate(self.column(field)):
            groups.setdefault(value, []).append(position)
        return groups
