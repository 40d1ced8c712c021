"""Body fields + arguments -> what is sent as JSON, or every fault at once. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from stcrm_nb.catalogue import BodyField, Choices
from stcrm_nb.transport.values import SCALARS, choice, moment, unknown

Sent = dict[str, object]


def body_of(
    fields: Sequence[BodyField], given: Mapping[str, object], *, zone: tzinfo, where: str = ""
) -> tuple[Sent, list[str]]:
    """Check named values against the fields of a body.

    Parameters
    ----------
    fields : sequence of BodyField
        What may be sent.
    given : mapping of str to object
        By Python name. What is not there is not sent; None is sent as null where that is allowed.
    zone : tzinfo
        What a moment without a zone is meant in.
    where : str
        Name of the object that the fields are parts of.

    Returns
    -------
    tuple of dict and list of str
        The body under the API's names, and all faults as sentences.
    """
    sent: Sent = {}
    faults: list[str] = []
    for field in fields:
        name = f"{where}{field.name}"
        if field.name not in given:
            faults += [f"{name} is missing: {field.meaning}"] if field.required else []
            continue
        value, wrong = _value(field, given[field.name], name, zone=zone)
        sent[field.field] = value
        faults += wrong
    known = [field.name for field in fields]
    faults += [
        f"{where}: {unknown(name, known, kind='part')}" for name in given if where and name not in known
    ]
    return sent, faults


def _value(field: BodyField, value: object, name: str, *, zone: tzinfo) -> tuple[object, list[str]]:
    if value is None:
        empty = "" if field.nullable else f"{name}: None is not allowed; leave it out to keep what is there."
        return None, [empty] if empty else []
    if not field.many:
        return _one(field, value, name, zone=zone)
    if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
        return None, [f"{name}: expected a list, got {type(value).__name__}."]
    items = [_one(field, item, f"{name}[{number}]", zone=zone) for number, item in enumerate(value)]
    return [item for item, _ in items], [fault for _, faults in items for fault in faults]


def _one(field: BodyField, value: object, name: str, *, zone: tzinfo) -> tuple[object, list[str]]:
    if field.type == "object":
        if isinstance(value, Mapping):
            return body_of(field.parts, value, zone=zone, where=f"{name}.")
        parts = ", ".join(part.name for part in field.parts)
        return None, [f"{name}: expected a dict of {parts}, got {type(value).__name__}."]
    try:
        if isinstance(field.type, Choices):
            return choice(field.type, value), []
        if field.type == "time":
            return moment(value, zone=zone), []
        return SCALARS[field.type](value), []
    except (ValueError, TypeError) as fault:
        return None, [f"{name}: {fault}"]


def leaves(
    fields: Sequence[BodyField], body: Mapping[str, object], prefix: str = ""
) -> Iterator[tuple[str, object]]:
    """Yield what a body sets, under dotted names of the API; lists stay whole."""
    for field in fields:
        if field.field not in body:
            continue
        value = body[field.field]
        if field.type == "object" and not field.many and isinstance(value, Mapping):
            yield from leaves(field.parts, value, f"{prefix}{field.field}.")
        else:
            yield f"{prefix}{field.field}", value
