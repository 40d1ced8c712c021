"""Operation + arguments -> Request, or every fault of the call at once. Pure: nothing is sent here."""

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from urllib.parse import quote, urlencode

from stcrm_nb.catalogue import Choices, Operation, Parameter
from stcrm_nb.errors import ArgumentError, UnknownParameterError

LARGEST = 2**63 - 1  # what the service's ids can be
DIGITS = re.compile(r"[0-9]{1,19}")
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Request:
    """What would be sent: method, path behind the origin, and query, in wire form."""

    operation: Operation
    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> str:
        """Path and query as one text; `+` travels as `%2B`."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    def asking(self, **fields: str) -> "Request":
        """Return the same request with more query fields."""
        kept = tuple(pair for pair in self.query if pair[0] not in fields)
        return replace(self, query=kept + tuple(fields.items()))

    def __str__(self) -> str:
        return f"{self.operation.method} {self.target}"


def build(operation: Operation, arguments: Mapping[str, object], *, tenant: int, zone: tzinfo) -> Request:
    """Check arguments against the catalogue and write them in wire form.

    Parameters
    ----------
    operation : Operation
        What to call.
    arguments : mapping of str to object
        By Python name; None means not given.
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
    unknown = [name for name in arguments if name not in known]
    faults = [_unknown(name, known) for name in unknown]
    wired: dict[str, str] = {}
    for name, parameter in known.items():
        value = arguments.get(name)
        if value is None:
            if parameter.required:
                faults.append(f"{name} is missing: {parameter.meaning}")
            continue
        try:
            wired[parameter.field] = wire(parameter, value, zone=zone)
        except (ValueError, TypeError) as fault:
            faults.append(f"{name}: {fault}")
    faults += _sort_faults(operation, wired.get("sort"))
    if faults:
        kind = UnknownParameterError if unknown else ArgumentError
        raise kind(f"{operation.operation_id}: {' '.join(faults)} Nothing was sent.", faults=faults)
    path = operation.path
    for parameter in operation.parameters:
        if parameter.where == "path":
            path = path.replace("{" + parameter.field + "}", quote(wired.pop(parameter.field), safe=""))
    return Request(operation, f"/crm/v2/tenant/{tenant}/{path}", tuple(wired.items()))


def wire(parameter: Parameter, value: object, *, zone: tzinfo) -> str:
    """Write one value the way the service reads it; a fault is a sentence."""
    if isinstance(parameter.type, Choices):
        return _choice(parameter.type, value)
    if parameter.type in ("ids", "texts"):
        return _joined(parameter, value)
    if parameter.type == "time":
        return _moment(value, zone=zone)
    if parameter.type == "int":
        return _whole(value, most=parameter.maximum or LARGEST)
    return _scalar(parameter.type, value)


def _unknown(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"it takes {', '.join(known)}."
    return f"there is no parameter {name!r}; {hint}"


def _choice(choices: Choices, value: object) -> str:
    found = {allowed.lower(): allowed for allowed in choices.values}.get(str(value).lower())
    if found is None:
        near = difflib.get_close_matches(str(value).title(), choices.values, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{value!r} is not one of {', '.join(map(repr, choices.values))}.{hint}")
    return found


def _joined(parameter: Parameter, value: object) -> str:
    listed = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    if not listed:
        raise ValueError("the list is empty; leave it out to ask for all.")
    if parameter.maximum is not None and len(listed) > parameter.maximum:
        raise ValueError(f"{len(listed)} values given, the service takes {parameter.maximum} at most.")
    kind = "id" if parameter.type == "ids" else "text"
    return ",".join(_scalar(kind, item) for item in listed)


def _moment(value: object, *, zone: tzinfo) -> str:
    if hasattr(value, "item"):  # numpy's own moments
        value = value.item()
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(
                f"{value!r} is no date; write it like '2026-01-31' or '2026-01-31T08:00'."
            ) from None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime) or value != value:  # noqa: PLR0124 - pandas' missing time alone does
        raise TypeError(f"expected a date or time, got {type(value).__name__}.")
    aware = value if value.tzinfo else value.replace(tzinfo=zone)
    try:
        return aware.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    except OverflowError:
        raise ValueError("the date is out of the calendar's range.") from None


def _scalar(kind: str, value: object) -> str:
    if kind == "bool":
        if value not in (True, False):
            raise ValueError(f"expected True or False, got {value!r}.")
        return "true" if value else "false"
    if kind == "id":
        return _whole(value, most=LARGEST)
    if kind in ("float", "decimal"):
        return _number(value)
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {type(value).__name__}.")
    if not value.strip():
        raise ValueError("the text is empty; leave it out to ask for all.")
    if kind == "guid" and not GUID.fullmatch(value):
        raise ValueError("expected a GUID such as 1b4e28ba-2fa1-11d2-883f-0016d3cca427.")
    return value


def _number(value: object) -> str:
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)  # type: ignore[arg-type] # any number
    except TypeError:
        number = math.nan
    if not math.isfinite(number):
        raise TypeError(f"expected a number, got {value!r}.")
    return repr(number)


def _whole(value: object, *, most: int) -> str:
    text = str(value)
    number = int(text) if DIGITS.fullmatch(text) and not isinstance(value, bool) else 0
    if not 1 <= number <= most:
        wanted = "an id, a whole number above 0" if most == LARGEST else f"a whole number from 1 to {most}"
        raise ValueError(f"expected {wanted}, got {value!r}.")
    return str(number)


def _sort_faults(operation: Operation, sort: str | None) -> list[str]:
    if sort is None or sort.lstrip("+-").lower() in {field.lower() for field in operation.sorts}:
        return []
    return [f"sort: {sort!r} is not + or - and one of {', '.join(operation.sorts)}."]
