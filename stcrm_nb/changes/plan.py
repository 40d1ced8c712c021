"""From a call to a Change: what is there now, what will be there, what is lost. Any of the 46 writes."""

import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from stcrm_nb.catalogue import CUSTOMERS, LOCATIONS
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.call import Call
from stcrm_nb.changes.caveats import Subject, cautions, removal_of
from stcrm_nb.changes.chain import Step, chained
from stcrm_nb.changes.change import Change, Place, Receipt, Row, State, three_ways
from stcrm_nb.changes.readback.effect import expected, holds
from stcrm_nb.changes.readback.state import ReadBack, finder, known_ids, looker
from stcrm_nb.changes.readback.target import Target, getter_of, target_of
from stcrm_nb.changes.undo import Done, Reversal, reversal_of
from stcrm_nb.changes.wording import Words, label_of, words_of
from stcrm_nb.errors import ChangeError, NotFoundError, StaleChangeError
from stcrm_nb.frames.fetch import fetch_record, request_for
from stcrm_nb.frames.names import names_of
from stcrm_nb.transport.request import Request

NAMED = frozenset({CUSTOMERS.name, LOCATIONS.name})  # records that have a name
UPSERTS = frozenset({"ContactMethods_UpsertContactMethod"})  # make what is not there


def plan_change(call: Call, applier: Applier) -> Change:
    """Plan a write; nothing is sent.

    Parameters
    ----------
    call : Call
        The operation and its named arguments.
    applier : Applier
        The connection.

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
    session, operation = applier.session, call.operation
    request = request_for(session, operation, call.arguments)
    target = target_of(operation)
    look = _never if target.kind == "create" else looker(session, target, call.arguments)
    before = look()
    if before is None and target.kind != "create" and operation.operation_id not in UPSERTS:
        raise _missing(call, target)
    removing = target.kind == "remove"
    after = None if removing else expected(operation, before, call.arguments, body=request.body)
    read_back: ReadBack = partial(_looked, look)
    known: list[object] = []
    if after is not None and target.kind == "create":
        getter = getter_of(call.resource, target)
        known = known_ids(session, target, call.arguments)
        read_back = finder(session, target, call.arguments, getter=getter, after=after, known=known)
    words = _words(call, applier, before=before, after=after)
    since = time.monotonic()
    settings = session.settings
    return Change(
        operation=operation,
        record_id=call.record_id(settings.tenant),
        title=words.title,
        verb=call.verb,
        call=call.code,
        line=str(request),
        before=before,
        after=after,
        rows=words.rows,
        notes=words.notes,
        place=Place(settings.environment, settings.tenant, settings.place, settings.writable),
        look=look,
        read_back=read_back,
        carry_out=partial(_carry_out, call=call, applier=applier, request=request),
        age=lambda: time.monotonic() - since,
        connection=applier,
        trail=call.trail | {"known": known},
    )


def plan_reversal(done: Done, applier: Applier) -> Change:
    """Plan what takes a change back, if the record is still as the change left it (requirement W5).

    Raises
    ------
    AlreadyAppliedError
        It was taken back before.
    ChangeError
        Nothing takes it back; the message says why.
    StaleChangeError
        The record was changed again since.
    """
    applier.check_not_undone(done.change)
    reversal = reversal_of(done)
    if isinstance(reversal, str):
        raise ChangeError(f"{reversal} Nothing was sent.")
    if done.before is not None and done.wanted is not None:
        look = looker(applier.session, target_of(done.call.operation), done.call.arguments)
        _check_as_left(done.before, done.wanted, look())
    follow = [partial(_followed, done, each, applier) for each in reversal.then]
    back = plan_change(Call(done.call.resource, reversal.operation, reversal.arguments), applier)
    more = (_shown(plan, each) for plan, each in zip(follow, reversal.then, strict=True))
    back.rows = (*back.rows, *(row for rows in more for row in rows))
    loses = [done.call.operation.loses] if done.wanted is None and done.call.operation.loses else []
    back.notes = (*loses, *reversal.lost, *back.notes)
    back.trail = {**back.trail, "undoes": done.change}
    steps = zip(follow, reversal.then, strict=True)
    return chained(back, [Step(plan, apart=not each.on_created) for plan, each in steps])


def _check_as_left(before: State, wanted: State, now: State | None) -> None:
    if now is None or holds(now, wanted):
        return
    written = {name: value for name, value in wanted.items() if name in now}
    rows = three_ways(written, {name: now[name] for name in written}, before)
    raise StaleChangeError(
        f"The record was changed again since ({', '.join(label for label, *_ in rows)}), so nothing was "
        "sent. Look at it, and change it yourself if it is to be as it was. The error's `rows` show what "
        "was written, what is, and what it was before.",
        rows=rows,
    )


def _followed(done: Done, step: Reversal, applier: Applier, *, first: Receipt | None = None) -> Change:
    """Plan what comes after the first step, on what that created."""
    names = [each.name for each in step.operation.parameters if each.where == "path"]
    new = (first.after if first else None) or {}
    created = {name: new.get("id") for name in names if name not in step.arguments}
    return plan_change(Call(done.call.resource, step.operation, step.arguments | created), applier)


def _shown(plan: Callable[[], Change], step: Reversal) -> tuple[Row, ...]:
    """Return what a further step sets, for the one plan that the user sees."""
    if not step.on_created:
        return plan().rows
    parts = [(name, part) for name, part in step.arguments.items() if isinstance(part, dict)]
    return tuple(
        (label_of(f"{name}_{each}"), None, value) for name, part in parts for each, value in part.items()
    )


def _never() -> State | None:
    """Find nothing: what is created is not there before."""
    return None


def _looked(look: Callable[[], State | None], _body: bytes | None) -> State | None:
    return look()


def _carry_out(change: Change, *, call: Call, applier: Applier, request: Request) -> Receipt:
    receipt = applier.carry_out(change, request)
    if receipt.outcome != "done":
        return receipt
    done = Done(receipt.change, call, change.before, change.after, receipt.after)
    return replace(receipt, reverse=partial(plan_reversal, done, applier))


def _words(call: Call, applier: Applier, *, before: State | None, after: State | None) -> Words:
    """Say what will happen; for a contact taken off a record, also where else it stands."""
    session = applier.session
    record = functools.cache(partial(_record, call, applier))
    owner = str((record() if call.resource.name in NAMED and "id" in call.path else {}).get("name") or "")
    words = words_of(
        call,
        before,
        after,
        owner=owner.strip(),
        names=partial(names_of, session),
        zone=session.settings.time_zone,
    )
    subject = Subject(call.resource, call.arguments, record)
    careful = cautions(session, subject, before)
    if before is not None and after is None and call.operation.name == "remove_contact":
        title, rows, notes = removal_of(session, subject, before)
        return Words(title, rows, (*careful, *notes))
    return Words(words.title, words.rows, (*careful, *words.notes))


def _record(call: Call, applier: Applier) -> Mapping[str, object]:
    getter = call.resource.operation("get")
    return dict(fetch_record(applier.session, getter, {"id": call.arguments["id"]}, refresh=True))


def _missing(call: Call, target: Target) -> NotFoundError:
    reader = target.reader
    owner = ", ".join(str(call.arguments[theirs]) for _, theirs in target.path)
    if target.keys:
        wanted = ", ".join(str(call.arguments[name]) for _, name in target.keys)
        told = f"{call.resource.singular.capitalize()} {owner} has no {reader.name.rstrip('s')} {wanted}."
        where = f" Its {reader.name}: crm.{call.resource.name}.{reader.name}({owner})."
    else:
        told, where = f"There is no {call.resource.singular} {owner}.", ""
    return NotFoundError(
        f"{told} Nothing was sent.{where}", status=404, operation=call.operation.operation_id
    )
