"""What a call sends, read by the catalogue: names that it does not have are ignored, as the service does."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

import msgspec

from stcrm_nb.catalogue import BodyField, Choices, Operation
from stcrm_nb.sandbox.rules import Refusal

Faults = dict[str, list[str]]


def read_body(operation: Operation, raw: bytes) -> dict[str, Any] | Refusal:
    """Read a JSON body.

    Parameters
    ----------
    operation : Operation
        Names the fields and their types.
    raw : bytes
        What was sent.

    Returns
    -------
    dict or Refusal
        The known fields that were sent; a refusal names every field that is wrong.
    """
    try:
        sent = msgspec.json.decode(raw)
    except msgspec.MsgspecError:
        sent = None
    if not isinstance(sent, dict):
        return refused({"": ["A JSON object is required."]})
    faults: Faults = {}
    read = _fields(operation.body, sent, where="", faults=faults)
    return refused(faults) if faults else read


def refused(faults: Mapping[str, list[str]]) -> Refusal:
    """Return the refusal of fields that are wrong."""
    return Refusal(HTTPStatus.BAD_REQUEST, "The request is not valid.", faults)


def _fields(
    fields: Sequence[BodyField], sent: Mapping[str, Any], *, where: str, faults: Faults
) -> dict[str, Any]:
    given = {name.casefold(): value for name, value in sent.items()}
    read: dict[str, Any] = {}
    for field in fields:
        name = f"{where}{field.field}"
        if field.field.casefold() in given:
            read[field.field] = _value(field, given[field.field.casefold()], name=name, faults=faults)
        elif field.required:
            faults[name] = [f"The {field.field} field is required."]
    return read


def _value(field: BodyField, value: object, *, name: str, faults: Faults) -> object:
    if value is None:
        if not field.nullable:
            faults[name] = [f"The {field.field} field may not be null."]
        return None
    if not field.many:
        return _one(field, value, name=name, faults=faults)
    if not isinstance(value, list):
        faults[name] = [f"The {field.field} field must be a list."]
        return None
    return [_one(field, item, name=f"{name}[{place}]", faults=faults) for place, item in enumerate(value)]


def _one(field: BodyField, value: object, *, name: str, faults: Faults) -> object:
    if field.type == "object":
        if isinstance(value, dict):
            return _fields(field.parts, value, where=f"{name}.", faults=faults)
        faults[name] = ["An object is required."]
        return None
    try:
        return _choice(field.type, value) if isinstance(field.type, Choices) else TYPES[field.type](value)
    except (ValueError, TypeError) as fault:
        faults[name] = [str(fault)]
        return None


def _choice(choices: Choices, value: object) -> str:
    for allowed in choices.values:
        if isinstance(value, str) and allowed.casefold() == value.casefold():
            return allowed
    raise ValueError(f"The value {value!r} is not one of: {', '.join(choices.values)}.")


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise TypeError(f"The value {value!r} is not a whole number.")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"The value {value!r} is not a number.")
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"The value {value!r} is neither true nor false.")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"The value {value!r} is not text.")
    return value


def _moment(value: object) -> str:
    try:
        datetime.fromisoformat(_text(value))
    except ValueError:
        raise ValueError(f"The value {value!r} is not a date and time.") from None
    return _text(value)


TYPES: dict[str, Callable[[Any], Any]] = {
    "id": _whole,
    "int": _whole,
    "float": _number,
    "decimal": _number,
    "bool": _flag,
    "text": _text,
    "guid": _text,
    "time": _moment,
}
