"""What was done -> the write that takes it back, or why there is none. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from stcrm_nb.catalogue import BodyField, Operation, Resource
from stcrm_nb.changes.change import State

Values = Mapping[str, object]
NAMED_OTHERWISE = {"pin_to_top": "is_pinned"}  # what a body calls differently than the record does


@dataclass(frozen=True, slots=True)
class Reversal:
    """The call that takes a change back, and what even that does not bring back."""

    operation: Operation
    arguments: dict[str, object]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was carried out: the call, and the record before and as it was read back."""

    resource: Resource
    operation: Operation
    arguments: Values
    before: State | None
    after: State | None


def reversal_of(done: Done) -> Reversal | str:
    """Return the call that takes a change back.

    Parameters
    ----------
    done : Done
        What was carried out.

    Returns
    -------
    Reversal or str
        A sentence that says why, where nothing takes it back.
    """
    told = done.operation.undo
    if " " in told or not told:
        return told or "The API has no operation that takes this back."
    if done.operation.path == "tags":
        return _untagged(done)
    if done.operation.name == "upsert" and done.before is None:
        told = "remove"
    operation = done.resource.operation(told)
    arguments = _path(done, operation)
    missing = [name for name, value in arguments.items() if value is None]
    if missing:
        return f"Before, there was no {missing[0].replace('_', ' ')}, and the API cannot set none again."
    body, lost = _body(done, operation)
    if operation.body and not body:
        return "; ".join(lost) or "Nothing was changed, so there is nothing to take back."
    return Reversal(operation, arguments | body, lost)


def _path(done: Done, operation: Operation) -> dict[str, object]:
    """Fill the path: from the call, or with the id of what was created.

    Where a write without a body is its own reversal, what it replaced stands in the path.
    """
    before, after = done.before or {}, done.after or {}
    own = before if operation is done.operation and not operation.body else {}
    names = [parameter.name for parameter in operation.parameters if parameter.where == "path"]
    given = {name: done.arguments.get(name, after.get("id")) for name in names}
    return {name: own[name] if name != "id" and name in own else value for name, value in given.items()}


def _body(done: Done, operation: Operation) -> tuple[dict[str, object], tuple[str, ...]]:
    """Fill the body from the record before: what was changed, or all of it for what was removed."""
    before, body, lost = done.before or {}, {}, []
    for field in operation.body:
        changed = done.after is None or field.name in done.arguments or operation.method == "PUT"
        if not changed:
            if field.required and field.name in before:
                body[field.name] = before[field.name]
            continue
        value = _value(field, before)
        if value is not None or field.nullable:
            body[field.name] = value
        elif done.after is not None:
            lost.append(f"{field.name.replace('_', ' ')} was empty before, and the API cannot empty it again")
    if done.after is None:
        body = {name: value for name, value in body.items() if value is not None}
    return body, tuple(lost)


def _value(field: BodyField, before: State) -> object:
    """Return what a field held: plain, or an object put together from its columns."""
    if field.type == "object" and not field.many:
        parts = {part.name: before.get(f"{field.name}_{part.name}") for part in field.parts}
        held = {name: value for name, value in parts.items() if value is not None}
        return held or None
    value = before.get(field.name, before.get(NAMED_OTHERWISE.get(field.name, "")))
    if field.many and isinstance(value, list) and field.parts:
        names = {part.name for part in field.parts}
        return [{name: item[name] for name in item if name in names} for item in value]
    return value


def _untagged(done: Done) -> Reversal | str:
    """Take from, or give back to, exactly those customers whose tags changed, and only those tags."""
    before, after = done.before or {}, done.after or {}
    moved = {
        owner: tuple(sorted({*_list(tags)} ^ {*_list(after.get(owner))})) for owner, tags in before.items()
    }
    sets = {tags for tags in moved.values() if tags}
    if not sets:
        return "Nothing was changed, so there is nothing to take back."
    if len(sets) > 1:
        return (
            "The tags changed differently from customer to customer, so one call cannot take it back; "
            f"use crm.tags.{done.operation.undo} for each group."
        )
    owners = [int(owner) for owner, tags in moved.items() if tags]
    operation = done.resource.operation(done.operation.undo)
    return Reversal(operation, {"customer_ids": owners, "tag_type_ids": list(sets.pop())})


def _list(value: object) -> list[int]:
    return list(value) if isinstance(value, list | tuple) else []
