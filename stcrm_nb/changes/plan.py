"""From a call to a Change: what is there now, what will be there, what is lost. Any of the 46 writes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from stcrm_nb.catalogue import Operation, Resource
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.caveats import cautions, removal_of
from stcrm_nb.changes.change import Change, Place, Receipt, Row, State, three_ways
from stcrm_nb.changes.effect import expected, holds
from stcrm_nb.changes.state import Look, ReadBack, finder, known_ids, looker
from stcrm_nb.changes.target import Target, getter_of, target_of
from stcrm_nb.changes.undo import Done, reversal_of
from stcrm_nb.errors import ChangeError, NotFoundError, StaleChangeError
from stcrm_nb.frames.fetch import request_for
from stcrm_nb.transport.request import Request

UPSERTS = frozenset({"ContactMethods_UpsertContactMethod"})  # make what is not there


@dataclass(frozen=True, slots=True)
class Plan:
    """The facts that a Change is made from."""

    resource: Resource
    operation: Operation
    arguments: Mapping[str, object]
    applier: Applier


@dataclass(frozen=True, slots=True)
class Words:
    """A change for people: a sentence, what changes, what else there is to know."""

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def plan_change(plan: Plan) -> Change:
    """Plan a write; nothing is sent.

    Parameters
    ----------
    plan : Plan
        The operation and its named arguments.

    Returns
    -------
    Change
        `before` holds the record as it is now, read from the service, not from the cache.

    Raises
    ------
    ArgumentError
        The catalogue refuses a name or a value; all faults are listed.
    NotFoundError
        What is to be changed does not exist.
    """
    session, operation = plan.applier.session, plan.operation
    request = request_for(session, operation, plan.arguments)
    target = target_of(operation)
    look = _never if target.kind == "create" else looker(session, target, plan.arguments)
    before = look()
    if before is None and target.kind != "create" and operation.operation_id not in UPSERTS:
        raise _missing(plan, target)
    removing = target.kind == "remove"
    after = None if removing else expected(operation, before, plan.arguments, body=request.body)
    read_back: ReadBack = partial(_looked, look)
    known: list[object] = []
    if after is not None and target.kind == "create":
        getter = getter_of(plan.resource, target)
        known = known_ids(session, target, plan.arguments)
        read_back = finder(session, target, plan.arguments, getter=getter, after=after, known=known)
    words = _words(plan, before, after)
    careful = cautions(session, plan.resource, plan.arguments, before=before)
    since = time.monotonic()
    settings = session.settings
    return Change(
        operation=operation,
        record_id=_record_id(plan, settings.tenant),
        title=words.title,
        verb=_verb(plan),
        call=_call(plan),
        request=str(request),
        before=before,
        after=after,
        rows=words.rows,
        notes=(*careful, *words.notes),
        place=Place(settings.environment, settings.tenant, settings.place, settings.writable),
        look=look,
        read_back=read_back,
        carry_out=partial(_carry_out, plan, request),
        age=lambda: time.monotonic() - since,
        trail={"resource": plan.resource.name, "arguments": dict(plan.arguments), "known": known},
    )


def _never() -> State | None:
    """Find nothing: what is created is not there before."""
    return None


def _looked(look: Look, _body: bytes | None) -> State | None:
    return look()


def _carry_out(plan: Plan, request: Request, change: Change) -> Receipt:
    receipt = plan.applier.carry_out(change, request)
    if receipt.outcome != "done":
        return receipt
    done = Done(plan.resource, plan.operation, plan.arguments, change.before, receipt.after)
    return replace(receipt, reverse=partial(_reversed, plan, done, change))


def _reversed(plan: Plan, done: Done, change: Change) -> Change:
    """Plan what takes a change back, if the record is still as the change left it (requirement W5)."""
    reversal = reversal_of(done)
    if isinstance(reversal, str):
        raise ChangeError(f"{reversal} Nothing was sent.")
    now = change.look() if done.before is not None and change.after is not None else None
    if now is not None and not holds(now, change.after):
        written = {name: value for name, value in (change.after or {}).items() if name in now}
        rows = three_ways(written, {name: now[name] for name in written}, done.before)
        raise StaleChangeError(
            f"The record was changed again since ({', '.join(label for label, *_ in rows)}), so nothing was "
            "sent. Look at it, and change it yourself if it is to be as it was. The error's `rows` show what "
            "was written, what is, and what it was before.",
            rows=rows,
        )
    back = plan_change(Plan(plan.resource, reversal.operation, reversal.arguments, plan.applier))
    return _with_notes(back, reversal.lost)


def _with_notes(change: Change, lost: tuple[str, ...]) -> Change:
    """Say beforehand what even the reversal does not bring back."""
    change.notes = (*change.notes, *(f"{text[:1].upper()}{text[1:]}." for text in lost))
    return change


def _words(plan: Plan, before: State | None, after: State | None) -> Words:
    """Say what will happen; for a contact taken off a record, also where else it stands."""
    if before is not None and after is None and plan.operation.name == "remove_contact":
        title, rows, notes = removal_of(
            plan.applier.session, plan.resource, owner=int(str(plan.arguments["id"])), before=before
        )
        return Words(title, rows, tuple(notes))
    return Words(_title(plan), _rows(before, after), (*_replaced(plan), *_undo(plan.operation)))


def _title(plan: Plan) -> str:
    path = [each.name for each in plan.operation.parameters if each.where == "path"]
    named = ", ".join(f"{name.removesuffix('_id').replace('_', ' ')} {plan.arguments[name]}" for name in path)
    summary = plan.operation.summary.rstrip(".").split(";")[0]
    return f"{summary}: {named.removeprefix('id ')}" if named else summary


def _rows(before: State | None, after: State | None) -> tuple[Row, ...]:
    """Return what changes, or what is removed, column by column."""
    if after is None:
        return tuple(
            (_label(name), old, "removed") for name, old in (before or {}).items() if old is not None
        )
    now = before or {}
    return tuple((_label(name), now.get(name), new) for name, new in after.items() if now.get(name) != new)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _replaced(plan: Plan) -> list[str]:
    given = [field for field in plan.operation.body if field.replaces and field.name in plan.arguments]
    return [f"{_label(field.name)} are replaced as a whole: what is left out is removed." for field in given]


def _undo(operation: Operation) -> list[str]:
    if " " in operation.undo:
        return [operation.undo]
    return [f"It can be reversed with {operation.undo}. {operation.loses}".rstrip()] if operation.undo else []


def _verb(plan: Plan) -> str:
    name = plan.operation.name.replace("_", " ")
    return (name if " " in name else f"{name} {plan.resource.singular}").capitalize()


def _call(plan: Plan) -> str:
    path = [each.name for each in plan.operation.parameters if each.where == "path"]
    given = [repr(plan.arguments[name]) for name in path]
    given += [f"{name}={value!r}" for name, value in plan.arguments.items() if name not in path]
    return f"crm.{plan.resource.name}.{plan.operation.name}({', '.join(given)})"


def _record_id(plan: Plan, tenant: int) -> int | str:
    path = [each for each in plan.operation.parameters if each.where == "path" and each.alias != "provider"]
    if not path:
        return tenant
    value = str(plan.arguments[path[0].name])
    return int(value) if path[0].type == "id" else value


def _missing(plan: Plan, target: Target) -> NotFoundError:
    reader = target.reader
    owner = ", ".join(str(plan.arguments[theirs]) for _, theirs in target.path)
    if target.keys:
        wanted = ", ".join(str(plan.arguments[name]) for _, name in target.keys)
        told = f"{plan.resource.singular.capitalize()} {owner} has no {reader.name.rstrip('s')} {wanted}."
        where = f" Its {reader.name}: crm.{plan.resource.name}.{reader.name}({owner})."
    else:
        told, where = f"There is no {plan.resource.singular} {owner}.", ""
    return NotFoundError(
        f"{told} Nothing was sent.{where}", status=404, operation=plan.operation.operation_id
    )
