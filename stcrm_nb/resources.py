"""What the user calls: the operations of each resource, bound from the catalogue."""

import difflib
import inspect
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from stcrm_nb import catalogue, markup
from stcrm_nb.catalogue import Choices, Operation, Parameter
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.contacts import PLANNERS, Plan
from stcrm_nb.config import Settings
from stcrm_nb.errors import ArgumentError
from stcrm_nb.frames.fetch import fetch_frame, fetch_record, request_for

ANNOTATIONS: dict[str, object] = {
    "id": int,
    "int": int,
    "float": float,
    "decimal": float,
    "bool": bool,
    "text": str,
    "guid": str,
    "time": str | date | datetime,
    "ids": list[int],
    "texts": list[str],
}
REFRESH = inspect.Parameter("refresh", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=bool)


class BoundOperation:
    """One operation of one connection, ready to call. Its signature and help come from the catalogue.

    Parameters
    ----------
    resource : catalogue.Resource
        Where it belongs.
    operation : Operation
        What it does.
    applier : Applier
        The connection; reads go through its session.
    """

    def __init__(self, resource: catalogue.Resource, operation: Operation, applier: Applier) -> None:
        self._resource = resource
        self._operation = operation
        self._applier = applier
        self.__name__ = operation.name
        self.__qualname__ = f"crm.{resource.name}.{operation.name}"
        self.__signature__ = _signature(operation)
        self.__doc__ = describe(resource, operation)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - what comes back depends on the operation
        """Call it; see its signature. Reads return a frame or a Record, writes a Change that sent nothing."""
        arguments = self._arguments(args, kwargs)
        refresh = bool(arguments.pop("refresh", False))
        operation = self._operation
        if operation.writes:
            plan = Plan(self._resource, operation, arguments, self._applier)
            return PLANNERS[operation.name](plan)
        fetch = fetch_frame if operation.paging == "pages" else fetch_record
        return fetch(self._applier.session, operation, arguments, refresh=refresh)

    def request(self, *args: Any, **kwargs: Any) -> str:
        """Return what a call would send first, as `METHOD path?query`; nothing is sent."""
        arguments = self._arguments(args, kwargs)
        arguments.pop("refresh", None)
        return str(request_for(self._applier.session, self._operation, arguments))

    def _arguments(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """Give positional arguments their names; whether names and values are right is checked later."""
        names = [parameter.name for parameter in self._operation.parameters if parameter.where == "path"]
        if len(args) > len(names):
            raise ArgumentError(
                f"{self.__qualname__} takes {len(names)} arguments unnamed ({', '.join(names) or 'none'}), "
                f"{len(args)} were given. Name the others, as in page_size=500. Nothing was sent."
            )
        return dict(zip(names, args, strict=False)) | dict(kwargs)

    def __repr__(self) -> str:
        operation = self._operation
        return (
            f"{self.__qualname__}{self.__signature__}\n{operation.summary}\n"
            f"{operation.method} {operation.path}, scope {operation.scope} ({operation.operation_id})"
        )


class Resource:
    """The operations on one kind of record; `crm.locations` is one.

    Parameters
    ----------
    facts : catalogue.Resource
        Its record and operations.
    applier : Applier
        The connection.
    """

    def __init__(self, facts: catalogue.Resource, applier: Applier) -> None:
        self._facts = facts
        self.name = facts.name
        self.singular = facts.singular
        self.record = facts.record
        self.settings: Settings = applier.session.settings
        self._operations = {
            operation.name: BoundOperation(facts, operation, applier) for operation in facts.operations
        }
        self.__dict__.update(self._operations)

    def offers(self, name: str) -> bool:
        """Tell whether there is an operation of this name."""
        return name in self._operations

    def operation(self, name: str) -> BoundOperation:
        """Return the operation of this name."""
        return self._operations[name]

    def __getattr__(self, name: str) -> BoundOperation:
        near = difflib.get_close_matches(name, self.__dict__.get("_operations", ()), n=2, cutoff=0.4)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise AttributeError(f"crm.{self.__dict__.get('name')} has no {name!r}.{hint}")

    def __repr__(self) -> str:
        calls = "\n".join(f"  .{name}: {each.summary}" for name, each in self._summaries())
        return f"{self.name.capitalize()} of {self.settings.place}\n{calls}"

    def _repr_html_(self) -> str:
        rows = [(f"crm.{self.name}.{name}", each.summary) for name, each in self._summaries()]
        return markup.card(f"{self.name.capitalize()} of {self.settings.place}", markup.table(rows))

    def _summaries(self) -> list[tuple[str, Operation]]:
        return [(operation.name, operation) for operation in self._facts.operations]


def describe(resource: catalogue.Resource, operation: Operation) -> str:
    """Return the numpydoc docstring of an operation, written from the catalogue."""
    parts = [operation.summary, *_about(operation)]
    shown = [parameter for parameter in operation.parameters if not parameter.paging]
    lines = [f"{each.name} : {_kind(each)}\n    {each.meaning}" for each in shown]
    if not operation.writes:
        lines.append("refresh : bool, optional\n    Ask the service even if a kept reply is at hand.")
    parts.append(_section("Parameters", "\n".join(lines)))
    parts.append(_section("Returns", _returns(operation)))
    raises = "ArgumentError\n    A wrong name, type or value; nothing was sent.\n"
    raises += (
        "ReplyError\n    The service says no: " + ", ".join(map(str, (*operation.errors, 401, 403))) + "."
    )
    parts.append(_section("Raises", raises))
    given = ", ".join(each.name for each in shown if each.required) or "page_size=500"
    parts.append(_section("Examples", f">>> crm.{resource.name}.{operation.name}({given})  # doctest: +SKIP"))
    parts.append(_section("Source", f"Operation {operation.operation_id} of the published description."))
    return "\n\n".join(parts)


def _about(operation: Operation) -> list[str]:
    if operation.writes:
        return ["Returns a plan; nothing is sent until its `apply()` is called on a writable connection."]
    return []


def _returns(operation: Operation) -> str:
    if operation.writes or operation.returns is None:
        return "Change\n    What would happen; look at it, then `apply()` it."
    shape = f"DataFrame, one row a {operation.returns.name}" if operation.paging == "pages" else "Record"
    columns = "\n".join(
        f"    {column.name} ({column.dtype}): {column.meaning}" for column in operation.returns.columns
    )
    return f"{shape}\n{columns}"


def _section(title: str, text: str) -> str:
    return f"{title}\n{'-' * len(title)}\n{text}"


def _kind(parameter: Parameter) -> str:
    if isinstance(parameter.type, Choices):
        kind = "{" + ", ".join(map(repr, parameter.type.values)) + "}"
    elif parameter.type == "time":
        kind = "str, date or datetime; without a zone it means the tenant's"
    else:
        kind = getattr(ANNOTATIONS[parameter.type], "__name__", str(ANNOTATIONS[parameter.type]))
    return kind if parameter.required else f"{kind}, optional"


def _signature(operation: Operation) -> inspect.Signature:
    parameters = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD
            if each.where == "path"
            else inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if each.required else None,
            annotation=_annotation(each),
        )
        for each in operation.parameters
        if not each.paging
    ]
    return inspect.Signature(parameters if operation.writes else [*parameters, REFRESH])


def _annotation(parameter: Parameter) -> object:
    if isinstance(parameter.type, Choices):
        return Literal.__getitem__(parameter.type.values)
    return ANNOTATIONS[parameter.type]
