"""Which changes a record allows, from what its resource declares. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stcrm_nb.catalogue import BodyField, Choices, Operation, Parameter, Resource
from stcrm_nb.frames.labels import LABELS

NOT_HERE = frozenset({"create", "submit_form"})  # of no record that is there, or of forms made elsewhere
CHILDREN = {"contact_id": "contact", "note_id": "note"}  # what stands in a list on the page
OWN = ("id", "provider")  # what the record itself says


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: the argument it fills, and how it is asked for.

    `kind` is text, long, number, time, flag, choice or name; a name is picked from the list of look-ups.
    """

    name: str
    label: str
    kind: str
    options: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    replaces: bool = False


def actions_of(resource: Resource, record: Mapping[str, Any]) -> list[Operation]:
    """Return the writes that concern the record as a whole, or add something to it."""
    return [each for each in _writes(resource) if not _child(each) and _fits(each, record)]


def actions_on(resource: Resource, child: str) -> list[Operation]:
    """Return the writes that concern one contact or one note of a record."""
    return [each for each in _writes(resource) if _child(each) == child]


def fields_of(operation: Operation) -> list[Field]:
    """Return what a form must ask for; parts that no form can ask for are left to code."""
    path = [
        each for each in operation.parameters if each.where == "path" and each.name not in (*OWN, *CHILDREN)
    ]
    asked = [_of_path(each) for each in path]
    for body in operation.body:
        asked += _of_body(body)
    return asked


def path_of(operation: Operation, record: Mapping[str, Any], child: int | None) -> dict[str, object]:
    """Return what the record itself says of a call."""
    known = {"id": record["id"], "provider": record.get("booking_provider_id")}
    known |= dict.fromkeys(CHILDREN, child)
    return {each.name: known[each.name] for each in operation.parameters if each.name in known}


def label_of(name: str) -> str:
    """Return a field's name for people.

    >>> label_of("call_reason_id"), label_of("preferences.job_reminders_enabled")
    ('Call reason', 'Job reminders enabled')
    """
    last = name.rpartition(".")[2]
    words = last.removesuffix("_ids").removesuffix("_id").replace("_", " ")
    return words[:1].upper() + words[1:] + ("s" if last.endswith("_ids") else "")


def _writes(resource: Resource) -> Sequence[Operation]:
    return [each for each in resource.operations if each.writes and each.name not in NOT_HERE]


def _child(operation: Operation) -> str:
    names = [each.name for each in operation.parameters]
    return next((child for name, child in CHILDREN.items() if name in names), "")


def _fits(operation: Operation, record: Mapping[str, Any]) -> bool:
    """Tell whether the record says all that the path needs."""
    return all(
        record.get("booking_provider_id" if each.name == "provider" else "id") is not None
        for each in operation.parameters
        if each.name in OWN
    )


def _of_path(parameter: Parameter) -> Field:
    return Field(
        parameter.name, label_of(parameter.name), _kind(parameter.type, parameter.name), required=True
    )


def _of_body(body: BodyField) -> list[Field]:
    """Return the fields for one part of a body; a plain object, such as an address, becomes a field each."""
    if body.type == "object":
        plain = all(part.type != "object" and not part.many for part in body.parts) and not body.many
        return [
            Field(
                f"{body.name}.{part.name}",
                label_of(part.name),
                _kind(part.type, part.name),
                required=part.required,
            )
            for part in body.parts
            if plain
        ]
    single = body.name.removesuffix("s") if body.many else body.name
    if body.many and single not in LABELS:
        return []
    kind = "long" if body.name in ("text", "summary") else _kind(body.type, single)
    options = body.type.values if isinstance(body.type, Choices) else ()
    label = label_of(body.name)
    return [
        Field(body.name, label, kind, options, required=body.required, many=body.many, replaces=body.replaces)
    ]


def _kind(of: object, name: str) -> str:
    if isinstance(of, Choices):
        return "choice"
    if name in LABELS:
        return "name"
    return {"bool": "flag", "time": "time", "text": "text", "guid": "text"}.get(str(of), "number")
