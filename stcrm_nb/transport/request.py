"""Operation + arguments -> Request, or every fault of the call at once. Pure: nothing is sent here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from urllib.parse import quote, urlencode

import msgspec

from stcrm_nb.catalogue import Operation, Parameter
from stcrm_nb.catalogue.model import snake
from stcrm_nb.errors import ArgumentError, UnknownParameterError
from stcrm_nb.transport.body import body_of
from stcrm_nb.transport.values import unknown, wire

MOST_LISTED = 50  # what a list of ids may hold where the service does not say


@dataclass(frozen=True, slots=True)
class Request:
    """What would be sent: method, path behind the origin, query in wire form, and body."""

    operation: Operation
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, object] | None = None

    @property
    def target(self) -> str:
        """Path and query as one text; `+` travels as `%2B`."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def root(self) -> str:
        """The first segment behind `tenant/{tenant}/`; of a feed that of the list it belongs to."""
        segments = self.path.partition("/tenant/")[2].split("/")[1:]
        return segments[1] if segments[0] == "export" else segments[0]

    @property
    def content(self) -> bytes | None:
        """The body as JSON; None where the operation has none."""
        return None if self.body is None else msgspec.json.encode(self.body)

    def asking(self, **fields: str) -> "Request":
        """Return the same request with more query fields."""
        kept = tuple(pair for pair in self.query if pair[0] not in fields)
        return replace(self, query=kept + tuple(fields.items()))

    def __str__(self) -> str:
        line = f"{self.operation.method} {self.target}"
        return line if self.content is None else f"{line}\n{self.content.decode()}"


def build(operation: Operation, arguments: Mapping[str, object], *, tenant: int, zone: tzinfo) -> Request:
    """Check arguments against the catalogue and write them in wire form.

    Parameters
    ----------
    operation : Operation
        What to call.
    arguments : mapping of str to object
        By Python name. None for a parameter means not given; for a field of the body it means null.
    tenant : int
        Number of the tenant.
    zone : tzinfo
        What a moment without a zone is meant in.

    Returns
    -------
    Request

    Raises
    ------
    UnknownParameterError
        A name the operation does not have; the service would silently ignore it.
    ArgumentError
        A missing value, a wrong type or a value that is not allowed; all faults are listed.
    """
    known = {parameter.name: parameter for parameter in operation.parameters if not parameter.paging}
    bodied = [field.name for field in operation.body]
    strange = [name for name in arguments if name not in known and name not in bodied]
    faults = [_strange(operation, name, [*known, *bodied]) for name in strange]
    wired, wrong = _wired(known, arguments, zone=zone)
    sent, faulty = body_of(
        operation.body, {name: arguments[name] for name in arguments if name in bodied}, zone=zone
    )
    faults += [*wrong, *faulty, *_sort_faults(operation, wired.get("sort"))]
    faults += _lone(operation, {**wired, **sent})
    if faults:
        kind = UnknownParameterError if strange else ArgumentError
        raise kind(f"{operation.operation_id}: {' '.join(faults)} Nothing was sent.", faults=faults)
    path = operation.path
    for parameter in operation.parameters:
        if parameter.where == "path":
            path = path.replace("{" + parameter.field + "}", quote(wired.pop(parameter.field), safe=""))
    where = f"/{operation.module}/tenant/{tenant}/{path}"
    return Request(operation, where, tuple(wired.items()), sent if operation.body else None)


def _strange(operation: Operation, name: str, known: list[str]) -> str:
    """Say that a name is none of the operation's; for a write, which can be written."""
    if not operation.writes:
        return unknown(name, known)
    writable = f"Writable: {', '.join(field.name for field in operation.body) or 'nothing'}."
    if name in operation.record.column_names:
        return f"{name} is read-only. {writable}"
    return f"{unknown(name, known)} {writable}"


def split(operation: Operation, arguments: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the calls that one call with a long list of ids or values stands for.

    A list is cut at the operation's maximum, or at 50 where the service states none; repeated values are
    asked for once.
    """
    for parameter in operation.parameters:
        value = arguments.get(parameter.name)
        if (
            parameter.type not in ("ids", "texts")
            or isinstance(value, str)
            or not isinstance(value, Iterable)
        ):
            continue
        most = parameter.maximum or MOST_LISTED
        listed = list(dict.fromkeys(value))
        if len(listed) > most:
            cuts = (listed[start : start + most] for start in range(0, len(listed), most))
            return [part for cut in cuts for part in split(operation, {**arguments, parameter.name: cut})]
    return [dict(arguments)]


def _wired(
    known: Mapping[str, Parameter], arguments: Mapping[str, object], *, zone: tzinfo
) -> tuple[dict[str, str], list[str]]:
    wired: dict[str, str] = {}
    faults = []
    for name, parameter in known.items():
        value = arguments.get(name)
        if value is None:
            faults += [f"{name} is missing: {parameter.meaning}"] if parameter.required else []
            continue
        if parameter.field in wired:
            faults.append(f"{name} and its other name for {parameter.field!r} exclude each other; give one.")
            continue
        try:
            wired[parameter.field] = wire(parameter, value, zone=zone)
        except (ValueError, TypeError) as fault:
            faults.append(f"{name}: {fault}")
    return wired, faults


def _lone(operation: Operation, given: Mapping[str, object]) -> list[str]:
    if not operation.needs_one_of or any(given.get(field) is not None for field in operation.needs_one_of):
        return []
    return [f"one of {', '.join(map(snake, operation.needs_one_of))} is needed."]


def _sort_faults(operation: Operation, sort: str | None) -> list[str]:
    if sort is None or not operation.sorts:
        return []
    if sort.lstrip("+-").lower() in {field.lower() for field in operation.sorts}:
        return []
    return [f"sort: {sort!r} is not + or - and one of {', '.join(operation.sorts)}."]
