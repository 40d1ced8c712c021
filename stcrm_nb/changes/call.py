"""A write of the API with its arguments, before anything is known of the record. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from stcrm_nb.catalogue import OPERATIONS, RESOURCES, Operation, Resource


@dataclass(frozen=True, slots=True)
class Call:
    """One write and its arguments by Python name; what the journal keeps of it makes it again."""

    resource: Resource
    operation: Operation
    arguments: Mapping[str, object]

    @property
    def path(self) -> list[str]:
        """Names of the arguments that stand in the path."""
        return [each.name for each in self.operation.parameters if each.where == "path"]

    @property
    def verb(self) -> str:
        """What a button says."""
        name = self.operation.name.replace("_", " ")
        return (name if " " in name else f"{name} {self.resource.singular}").capitalize()

    @property
    def code(self) -> str:
        """The Python that makes the plan."""
        given = [repr(self.arguments[name]) for name in self.path]
        given += [f"{name}={value!r}" for name, value in self.arguments.items() if name not in self.path]
        return f"crm.{self.resource.name}.{self.operation.name}({', '.join(given)})"

    @property
    def trail(self) -> dict[str, object]:
        """What the journal keeps of it."""
        return {"resource": self.resource.name, "arguments": dict(self.arguments)}

    def record_id(self, tenant: int) -> int | str:
        """Return the id of the record it is about; the tenant's number where the path names none."""
        path = [
            each for each in self.operation.parameters if each.where == "path" and each.alias != "provider"
        ]
        if not path:
            return tenant
        value = str(self.arguments[path[0].name])
        return int(value) if path[0].type == "id" else value


def plain_arguments(arguments: Mapping[str, object]) -> dict[str, object]:
    """Return arguments as plain values: ids from a frame come as numpy's, or as a Series.

    >>> import numpy as np
    >>> plain_arguments({"id": np.int64(5), "customer_ids": np.array([1, 2])})
    {'id': 5, 'customer_ids': [1, 2]}
    """
    return {name: _plain(value) for name, value in arguments.items()}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    of_numpy = getattr(value, "tolist", None)
    return of_numpy() if callable(of_numpy) else value


def recalled(operation_id: str, trail: Mapping[str, object]) -> Call:
    """Return the call that a line of the journal is about.

    Raises
    ------
    KeyError
        The line was written by a version that knew other operations, or is none of a call.
    """
    operations = {each.operation_id: each for each in OPERATIONS}
    resources = {each.name: each for each in RESOURCES}
    arguments = trail["arguments"]
    if not isinstance(arguments, dict):
        raise KeyError(operation_id)
    return Call(resources[str(trail["resource"])], operations[operation_id], arguments)
