"""What was done -> the write that takes it back, or why there is none. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stcrm_nb.catalogue import BodyField, Operation
from stcrm_nb.changes.call import Call
from stcrm_nb.changes.change import State

Values = Mapping[str, object]
NAMED_OTHERWISE = {"pin_to_top": "is_pinned"}  # what a body calls differently than the record does


@dataclass(frozen=True, slots=True)
class Reversal:
    """The call that takes a change back, the calls that follow it, and what even that does not bring back.

    One that is `on_created` lacks the id of what the first call creates.
    """

    operation: Operation
    arguments: dict[str, object]
    lost: tuple[str, ...] = ()
    then: "tuple[Reversal, ...]" = ()
    on_created: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was carried out: the call; the record before, as was wanted, and as it was read back.

    `change` is its name in the journal.
    """

    change: str
    call: Call
    before: State | None
    wanted: State | None
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
    call = done.call
    told = call.operation.undo
    if " " in told or not told:
        return told or "The API has no operation that takes this back."
    if call.operation.path == "tags":
        return _untagged(done)
    if call.operation.name == "upsert" and done.before is None:
        told = "remove"
    operation = call.resource.operation(told)
    arguments = _path(done, operation)
    missing = [name for name, value in arguments.items() if value is None]
    if missing:
        return f"Before, there was no {missing[0].replace('_', ' ')}, and the API cannot set none again."
    body, lost = _body(done, operation)
    if operation.body and not body:
        return " ".join(lost) or "Nothing was changed, so there is nothing to take back."
    return Reversal(operation, arguments | body, lost, _second(done, arguments, body))


def _second(done: Done, path: Values, body: Values) -> tuple[Reversal, ...]:
    """Return the step that sets what only an update can set on a thing that is made again."""
    update = f"update_{done.call.operation.name.removeprefix('remove_')}"
    offered = [each for each in done.call.resource.operations if each.name == update]
    if done.wanted is not None or done.before is None or not offered:
        return ()
    extra = [field for field in offered[0].body if field.name not in body]
    found = {field.name: _value(field, done.before) for field in extra if _whole(field, done.before)}
    given = {name: value for name, value in found.items() if value is not None}
    return (Reversal(offered[0], {**path, **given}, on_created=True),) if given else ()


def _whole(field: BodyField, before: State) -> bool:
    """Tell whether the record held every part that must be sent with the others."""
    held = (before.get(f"{field.name}_{part.name}") for part in field.parts if part.required)
    return all(value is not None for value in held)


def _path(done: Done, operation: Operation) -> dict[str, object]:
    """Fill the path: from the call, or with the id of what was created.

    Where a write without a body is its own reversal, what it replaced stands in the path.
    """
    before, after = done.before or {}, done.after or {}
    own = before if operation is done.call.operation and not operation.body else {}
    names = [parameter.name for parameter in operation.parameters if parameter.where == "path"]
    given = {name: done.call.arguments.get(name, after.get("id")) for name in names}
    return {name: own[name] if name != "id" and name in own else value for name, value in given.items()}


def _body(done: Done, operation: Operation) -> tuple[dict[str, object], tuple[str, ...]]:
    """Fill the body from the record before: what was changed, or all of it for what was removed."""
    before, body, lost = done.before or {}, {}, []
    for field in operation.body:
        changed = done.after is None or field.name in done.call.arguments or operation.method == "PUT"
        if not changed:
            if field.required and field.name in before:
                body[field.name] = before[field.name]
            continue
        value = _value(field, before)
        if value is not None or field.nullable:
            body[field.name] = value
        elif done.after is not None:
            label = field.name.replace("_", " ").capitalize()
            lost.append(f"{label}: empty before, and the API cannot empty it again.")
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
    operation = done.call.resource.operation(done.call.operation.undo)
    owners: dict[tuple[int, ...], list[int]] = {}
    for owner, tags in before.items():
        moved = tuple(sorted({*_list(tags)} ^ {*_list(after.get(owner))}))
        owners.setdefault(moved, []).append(int(owner))
    owners.pop((), None)
    calls = [
        Reversal(operation, {"customer_ids": each, "tag_type_ids": list(tags)})
        for tags, each in owners.items()
    ]
    if not calls:
        return "Nothing was changed, so there is nothing to take back."
    return replace(calls[0], then=tuple(calls[1:]))


def _list(value: object) -> list[int]:
    return list(value) if isinstance(value, list | tuple) else []
