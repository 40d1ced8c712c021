"""The shapes in which facts about the API are written down."""

import keyword
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Scalar = Literal["id", "int", "float", "decimal", "bool", "text", "time", "guid"]
Listed = Literal["ids", "texts"]
CRM = "crm/v2"
# Seconds that lists, the end of feeds, and lists of names may be served again.
MINUTES, FEED_MINUTES, DAY = 15 * 60, 5 * 60, 24 * 3600
Reply = Literal["page", "feed", "record", "array", "id", "nothing"]


@cache
def snake(name: str) -> str:
    """Write a name of the API the Python way.

    >>> snake("customerCreatedOnOrAfter"), snake("address.zip"), snake("from")
    ('customer_created_on_or_after', 'address_zip', 'from_')
    """
    name = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name.replace(".", "_")).lower()
    return f"{name}_" if keyword.iskeyword(name) else name


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of values, such as the states of a lead, in their natural order."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One path or query parameter.

    `maximum` is the number of values a list may hold, or the largest number; `paging` marks what a walk
    sets itself. `plain` marks what is published as plain text: the type is stricter than that, by the
    description's own words. `alias` is its name in Python where the API's own says too much; `also` marks a
    second name for the same field, with a type of its own.
    """

    field: str
    type: Scalar | Listed | Choices
    meaning: str
    where: Literal["query", "path"] = "query"
    required: bool = False
    maximum: int | None = None
    paging: bool = False
    plain: bool = False
    alias: str = ""
    also: bool = False

    @property
    def name(self) -> str:
        """The argument's name in Python."""
        return self.alias or snake(self.field)


@dataclass(frozen=True, slots=True)
class BodyField:
    """One field of a body that is sent.

    An "object" has `parts`; `many` makes it a list. `nullable` tells whether null may be sent, which is not
    the same as leaving it out. `replaces` warns that a list is replaced: what is not in it is removed.
    `plain` is as in `Parameter`.
    """

    field: str
    type: Scalar | Choices | Literal["object"]
    meaning: str
    required: bool = False
    nullable: bool = False
    many: bool = False
    replaces: bool = False
    plain: bool = False
    parts: "tuple[BodyField, ...]" = ()

    @property
    def name(self) -> str:
        """The argument's name in Python."""
        return snake(self.field)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record; a dot in `field` steps into a nested object.

    `nullable` tells whether it may be missing, by the description or, where API facts say so, in practice.
    """

    field: str
    type: Scalar | Choices
    meaning: str
    nullable: bool = False

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
    """A list inside a record: of plain values (no columns) or of small records, with lists of their own.

    A list may be missing; that is as good as empty. `alias` is what the call that makes a table of it is
    called, where the list's own name says too much or is taken.
    """

    field: str
    meaning: str
    item: Literal["id", "text"] = "id"
    columns: tuple[Column, ...] = ()
    children: "tuple[Child, ...]" = ()
    alias: str = ""

    @property
    def name(self) -> str:
        """The list's name in Python."""
        return snake(self.field)

    @property
    def call(self) -> str:
        """Name of the call that makes a table of it."""
        return self.alias or self.name


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of thing the API keeps or answers with.

    `key` is the field that names one, "" where none does. Where not `complete`, the service sends more
    that is of no use here; it is dropped, and no drift.
    """

    name: str
    columns: tuple[Column, ...]
    children: tuple[Child, ...] = ()
    key: str = "id"
    complete: bool = True

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in the order a frame has them."""
        return tuple(column.name for column in self.columns)


NO_RECORD = Record("record", columns=(), key="")  # of a resource whose operations share none


@dataclass(frozen=True, slots=True)
class Operation:
    """One of the published operations. `path` starts behind `<module>/tenant/{tenant}/`.

    What comes back is a page or a feed of `returns`, one of it, or, if `bare`, no object at all: an array
    of `returns`, or one id or null. `needs_one_of` names fields of parameters or body of which one must be
    given. For a write, `undo` names the operation of the same resource that reverses it, or says in a
    sentence why none does; `loses` says what reversing does not bring back; `forgets` names further roots
    whose kept replies it makes stale. `narrows` names the operation of the same resource that is called
    instead of it when a further path parameter of that one is given, such as the provider of a booking.
    """

    operation_id: str
    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
    path: str
    name: str
    summary: str
    scope: str
    parameters: tuple[Parameter, ...] = ()
    body: tuple[BodyField, ...] = ()
    needs_one_of: tuple[str, ...] = ()
    returns: Record | None = None
    bare: Literal["", "array", "id"] = ""
    paging: Literal["none", "pages", "feed"] = "none"
    sorts: tuple[str, ...] = ()
    errors: tuple[int, ...] = (400,)
    undo: str = ""
    loses: str = ""
    forgets: tuple[str, ...] = ()
    module: str = CRM
    narrows: str = ""

    @property
    def writes(self) -> bool:
        """Whether it changes a record."""
        return self.method != "GET"

    @property
    def keeps(self) -> int:
        """For how many seconds a reply may be served again without asking: names of ids change rarely."""
        if self.paging == "feed":
            return FEED_MINUTES
        return MINUTES if self.module == CRM else DAY

    @property
    def record(self) -> Record:
        """What it returns; a record without columns where it returns none."""
        return self.returns or NO_RECORD

    @property
    def may_be_long(self) -> bool:
        """Whether it lists what a tenant gathers over the years, all of it, not that of one record."""
        fields = {parameter.field for parameter in self.parameters if parameter.where == "query"}
        alone = all(parameter.where == "query" for parameter in self.parameters)
        return self.paging == "pages" and alone and "createdOnOrAfter" in fields and self.module == CRM

    @property
    def kind(self) -> Literal["read", "write"]:
        """Whether it reads or writes, in a word."""
        return "write" if self.writes else "read"

    @property
    def reply(self) -> Reply:
        """What the body of its reply holds."""
        if self.bare or self.returns is None:
            return self.bare or "nothing"
        return PAGED[self.paging]

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


PAGED: dict[str, Reply] = {"none": "record", "pages": "page", "feed": "feed"}

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
