"""The shapes in which facts about the API are written down."""

import re
from dataclasses import dataclass
from typing import Literal

Scalar = Literal["id", "int", "float", "decimal", "bool", "text", "time", "guid"]
Listed = Literal["ids", "texts"]


def snake(name: str) -> str:
    """Write a name of the API the Python way.

    >>> snake("customerCreatedOnOrAfter"), snake("address.zip")
    ('customer_created_on_or_after', 'address_zip')
    """
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name.replace(".", "_")).lower()


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of values, such as the states of a lead, in their natural order."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One path or query parameter, or one field of a body.

    `maximum` is the number of values a list may hold, or the largest number; `paging` marks what a walk
    sets itself.
    """

    field: str
    type: Scalar | Listed | Choices
    meaning: str
    where: Literal["query", "path"] = "query"
    required: bool = False
    maximum: int | None = None
    paging: bool = False

    @property
    def name(self) -> str:
        """The argument's name in Python."""
        return snake(self.field)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record; a dot in `field` steps into a nested object."""

    field: str
    type: Scalar | Choices
    meaning: str

    @property
    def name(self) -> str:
        """The column's name in a DataFrame."""
        return snake(self.field)

    @property
    def dtype(self) -> str:
        """The column's dtype in a DataFrame, as pandas spells it."""
        return "category" if isinstance(self.type, Choices) else DTYPES[self.type]


@dataclass(frozen=True, slots=True)
class Child:
    """A list inside a record: of plain values (no columns) or of small records."""

    field: str
    meaning: str
    item: Literal["id", "text"] = "id"
    columns: tuple[Column, ...] = ()

    @property
    def name(self) -> str:
        """The list's name in Python."""
        return snake(self.field)


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of thing the API keeps. Its `id` is never null; everything else may be."""

    name: str
    columns: tuple[Column, ...]
    children: tuple[Child, ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in the order a frame has them."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Operation:
    """One of the published operations. `path` starts behind `crm/v2/tenant/{tenant}/`."""

    operation_id: str
    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
    path: str
    name: str
    summary: str
    scope: str
    parameters: tuple[Parameter, ...] = ()
    returns: Record | None = None
    paging: Literal["none", "pages"] = "none"
    sorts: tuple[str, ...] = ()
    errors: tuple[int, ...] = (400,)
    undo: str = ""
    forgets: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it changes a record."""
        return self.method != "GET"

    @property
    def roots(self) -> tuple[str, ...]:
        """First path segments whose cached replies a write makes stale."""
        return (self.path.split("/", 1)[0], *self.forgets)


@dataclass(frozen=True, slots=True)
class Resource:
    """The operations on one kind of record, as `crm.<name>` offers them."""

    name: str
    singular: str
    record: Record
    operations: tuple[Operation, ...]

    def operation(self, name: str) -> Operation:
        """Return the operation that users call by this name."""
        return next(operation for operation in self.operations if operation.name == name)


DTYPES: dict[str, str] = {
    "id": "Int64",
    "int": "Int64",
    "float": "Float64",
    "decimal": "Float64",
    "bool": "boolean",
    "text": "str",
    "guid": "str",
    "time": "datetime64[us, UTC]",
}
