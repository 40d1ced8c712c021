"""What a write is about: the reading operation that shows it, and how to find it there. Pure."""

from dataclasses import dataclass
from typing import Literal

from stcrm_nb.catalogue import CUSTOMERS, OPERATIONS, Operation, Resource
from stcrm_nb.catalogue.model import snake

Kind = Literal["create", "change", "remove"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the outcome of a write can be read.

    `path` pairs the reader's own parameters with the write's; `keys` pairs columns of the reader's rows with
    the write's parameters, where the reader returns many.
    """

    kind: Kind
    reader: Operation
    path: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def of_one_record(self) -> bool:
        """Whether the reader lists what belongs to one record: short enough to search it."""
        return any(theirs != "provider" for _, theirs in self.path)


def target_of(operation: Operation) -> Target:
    """Return what a write is about, from its path: the longest path that can be read leads to it.

    >>> from stcrm_nb.catalogue import LOCATIONS
    >>> found = target_of(LOCATIONS.operation("remove_contact"))
    >>> found.kind, found.reader.name, found.keys
    ('remove', 'contacts', (('id', 'contact_id'),))
    """
    if operation.path == "tags":  # in bulk; seen on the customers
        return Target("change", CUSTOMERS.operation("list"), keys=(("id", "customer_ids"),))
    reader = _reader(operation)
    own = _names(operation, operation.path)
    path = tuple(zip(_names(reader, reader.path), own, strict=False))
    rest = own[len(path) :]
    if reader.reply != "page":
        whole = operation.method == "DELETE" and len(_words(reader)) == len(_words(operation))
        return Target("remove" if whole else "change", reader, path)
    columns = set(reader.returns.column_names) if reader.returns else set()
    keys = tuple((name if name in columns else "id", name) for name in rest)
    kinds: dict[str, Kind] = {"POST": "create", "DELETE": "remove"}
    return Target(kinds.get(operation.method, "change"), reader, path, keys)


def getter_of(resource: Resource, target: Target) -> Operation | None:
    """Return the operation that gets one row of the target's list by its id, if there is one."""
    wanted = f"{target.reader.path}/{{}}"
    gets = (each for each in resource.operations if each.reply == "record" and not each.writes)
    return next((each for each in gets if _shape(each.path) == _shape(wanted)), None)


def _reader(operation: Operation) -> Operation:
    own = _words(operation)
    reads = [each for each in OPERATIONS if not each.writes and _words(each) == own[: len(_words(each))]]
    return max(reads, key=lambda each: len(_words(each)))


def _words(operation: Operation) -> list[str]:
    return _shape(operation.path)


def _shape(path: str) -> list[str]:
    return ["{}" if word.startswith("{") else word for word in path.split("/")]


def _names(operation: Operation, path: str) -> list[str]:
    named = {parameter.field: parameter.name for parameter in operation.parameters}
    fields = [word.strip("{}") for word in path.split("/") if word.startswith("{")]
    return [named.get(field, snake(field)) for field in fields]
