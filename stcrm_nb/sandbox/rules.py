"""What a call asks for, read from path and query; what the service refuses, and how it says so."""

import math
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from stcrm_nb.catalogue import Choices, Operation, Parameter
from stcrm_nb.sandbox.shelf import moment

PAGE_SIZE = 50
MAX_PAGE_SIZE = 5000
DEFAULTS = {"active": "True"}
TOGETHER = (("externalDataKey", "externalDataValues"), ("externalDataValues", "externalDataKey"))
STRICT = ("time", "int", "float", "bool", "id")  # of these, an empty value is none
FRACTION = re.compile(r"[.,](\d{1,7})\d*")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no of the service; `errors` holds the messages by field."""

    status: HTTPStatus
    title: str
    errors: Mapping[str, list[str]] = field(default_factory=dict)

    def body(self, trace_id: str) -> dict[str, object]:
        """Return the `ApiErrorResponse` of the published description."""
        return {
            "type": f"https://httpstatuses.io/{self.status.value}",
            "title": self.title,
            "status": self.status.value,
            "traceId": trace_id,
            "errors": self.errors,
            "data": {},
        }


@dataclass(frozen=True, slots=True)
class Ask:
    """What a call asks for: the values of its parameters, by field, checked."""

    values: Mapping[str, Any]

    @property
    def page(self) -> int:
        """Number of the page, from 1; the service takes 0 for 1."""
        return max(1, int(self.values.get("page", 1)))

    @property
    def size(self) -> int:
        """Rows a page."""
        return int(self.values.get("pageSize", PAGE_SIZE))

    @property
    def sort(self) -> tuple[str, bool]:
        """Field to sort by, and whether the last comes first."""
        field, last_first = self.values.get("sort", ("id", False))
        return str(field), bool(last_first)


def read_ask(operation: Operation, path: Mapping[str, str], query: Mapping[str, str]) -> Ask | Refusal:
    """Read the parameters of one call; names that the operation does not have are ignored.

    Parameters
    ----------
    operation : Operation
        Names the parameters and their types.
    path, query : mapping of str
        What was sent. An empty text, list or choice counts as none.

    Returns
    -------
    Ask or Refusal
        A refusal names every field that is wrong.
    """
    given = {"path": path, "query": query}
    values: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for parameter in (each for each in operation.parameters if not each.also):
        sent = given[parameter.where].get(parameter.field)
        text = sent or DEFAULTS.get(parameter.field, "")
        if text or (sent is not None and parameter.type in STRICT):
            try:
                values[parameter.field] = _parser(operation, parameter)(text)
            except ValueError as fault:
                faults[parameter.field] = [str(fault)]
    faults |= {
        lone: [f"'{other}' must also be provided."]
        for lone, other in TOGETHER
        if lone in values and other not in values and other not in faults
    }
    alone = operation.needs_one_of and not operation.body and not values.keys() & set(operation.needs_one_of)
    if alone and not faults:
        named = ", ".join(operation.needs_one_of)
        faults = {field: [f"One of these is required: {named}."] for field in operation.needs_one_of[:1]}
    return Refusal(HTTPStatus.BAD_REQUEST, "The request is not valid.", faults) if faults else Ask(values)


def _parser(operation: Operation, parameter: Parameter) -> Callable[[str], Any]:
    if parameter.field == "sort":
        return partial(_sort, names=operation.sorts)
    if isinstance(parameter.type, Choices):
        return partial(_choice, choices=parameter.type)
    if parameter.type in LISTED:
        return partial(_listed, each=LISTED[parameter.type], maximum=parameter.maximum)
    return BY_FIELD.get(parameter.field) or BY_TYPE[parameter.type]


def _whole(text: str, *, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?\d{1,19}", text.strip(), re.ASCII):
        raise ValueError(f"The value '{text}' is not a whole number.")
    number = int(text)
    if not least <= number <= most:
        raise ValueError(f"The value must be between {least} and {most}.")
    return number


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"The value '{text}' is not a number.")
    return number


def _flag(text: str) -> bool:
    if text.strip().lower() not in {"true", "false"}:
        raise ValueError(f"The value '{text}' is neither true nor false.")
    return text.strip().lower() == "true"


def _guid(text: str) -> str:
    try:
        return str(uuid.UUID(text.strip()))
    except ValueError:
        raise ValueError(f"The value '{text}' is not a GUID.") from None


def _moment(text: str) -> bytes:
    fraction = FRACTION.search(text)
    try:
        whole = datetime.fromisoformat(FRACTION.sub("", text.strip().upper()))
        utc = whole.replace(tzinfo=whole.tzinfo or UTC).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise ValueError(f"The value '{text}' is not a date and time.") from None
    return moment(f"{utc.isoformat()}.{fraction[1] if fraction else 0}")


def _sort(text: str, *, names: tuple[str, ...]) -> tuple[str, bool]:
    wanted = text.strip().lstrip("+-").strip().lower()
    for name in names:
        if name.lower() == wanted:
            return "id" if wanted == "id" else name[0].lower() + name[1:], text.strip().startswith("-")
    if not names:  # the description does not say which fields there are
        return "id", text.strip().startswith("-")
    raise ValueError(f"'{text}' is not a field to sort by. Available fields are: {', '.join(names)}.")


def _choice(text: str, *, choices: Choices) -> str:
    for value in choices.values:
        if value.lower() == text.strip().lower():
            return value
    raise ValueError(f"The value '{text}' is not one of: {', '.join(choices.values)}.")


def _listed(text: str, *, each: Callable[[str], Any], maximum: int | None) -> frozenset[Any]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if maximum is not None and len(parts) > maximum:
        raise ValueError(f"At most {maximum} values are allowed, {len(parts)} were given.")
    return frozenset(map(each, parts))


_int64 = partial(_whole, least=-(2**63), most=2**63 - 1)
_int32 = partial(_whole, least=-(2**31), most=2**31 - 1)

BY_FIELD: dict[str, Callable[[str], Any]] = {
    "page": partial(_whole, least=0, most=2**31 - 1),
    "pageSize": partial(_whole, least=1, most=MAX_PAGE_SIZE),
}
BY_TYPE: dict[str, Callable[[str], Any]] = {
    "id": _int64,
    "int": _int32,
    "float": _number,
    "bool": _flag,
    "text": str,
    "guid": _guid,
    "time": _moment,
}
LISTED: dict[str, Callable[[str], Any]] = {"ids": _int64, "texts": str}
