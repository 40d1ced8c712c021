"""Plans for writes on the contacts of a record."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from stcrm_nb.catalogue import CUSTOMERS, LOCATIONS, Operation, Resource
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.change import Change, Place, Receipt, State
from stcrm_nb.errors import NotFoundError
from stcrm_nb.frames.fetch import fetch_frame, fetch_record, request_for
from stcrm_nb.transport.request import Request
from stcrm_nb.transport.session import Session

SHOWN = {"type": "Type", "value": "Contact", "memo": "Memo", "phone_settings_do_not_text": "Do not text"}
MOST_LOOKED_AT = 20  # locations searched for a twin


@dataclass(frozen=True, slots=True)
class Plan:
    """The facts that a planner turns into a Change."""

    resource: Resource
    operation: Operation
    arguments: Mapping[str, object]
    applier: Applier


def plan_removed_contact(plan: Plan) -> Change:
    """Plan the removal of one contact from a location or customer.

    Parameters
    ----------
    plan : Plan
        Arguments `id` and `contact_id`.

    Returns
    -------
    Change
        `before` holds the contact as it is now, read from the service, not from the cache.

    Raises
    ------
    NotFoundError
        The record, or the contact on it, does not exist.
    """
    session, resource = plan.applier.session, plan.resource
    request = request_for(session, plan.operation, plan.arguments)
    owner, contact_id = int(str(plan.arguments["id"])), int(str(plan.arguments["contact_id"]))
    record = fetch_record(session, resource.operation("get"), {"id": owner}, refresh=True)
    contacts = _contacts(session, resource, owner)
    before = _one(contacts, contact_id)
    if before is None:
        raise NotFoundError(
            f"{resource.singular.capitalize()} {owner} has no contact {contact_id}. Nothing was sent. "
            f"Its contacts: crm.{resource.name}.contacts({owner}).",
            status=404,
            operation=plan.operation.operation_id,
        )
    since = time.monotonic()
    settings = session.settings
    return Change(
        operation=plan.operation,
        record_id=owner,
        title=f"Remove contact {before['value']} from {resource.singular} {_name(record)}",
        verb="Remove contact",
        call=f"crm.{resource.name}.remove_contact({owner}, {contact_id})",
        request=str(request),
        before=before,
        after=None,
        rows=tuple(
            (label, before[column], "removed")
            for column, label in SHOWN.items()
            if before[column] is not None
        ),
        notes=(
            *_what_stays(plan, record, before),
            *_left(contacts, before),
            *_lost(before),
        ),
        place=Place(settings.environment, settings.tenant, settings.place, settings.writable),
        look=lambda: _one(_contacts(session, resource, owner), contact_id),
        carry_out=partial(_carry_out, plan.applier, request),
        age=lambda: time.monotonic() - since,
    )


def _contacts(session: Session, resource: Resource, owner: int) -> pd.DataFrame:
    return fetch_frame(session, resource.operation("contacts"), {"id": owner}, refresh=True, progress=False)


def _one(contacts: pd.DataFrame, contact_id: int) -> State | None:
    """Return one contact's values, missing ones as None, or None if it is not there."""
    found = contacts.loc[contacts["id"] == contact_id]
    if found.empty:
        return None
    return {str(name): None if pd.isna(value) else _plain(value) for name, value in found.iloc[0].items()}


def _plain(value: object) -> object:
    """Return a value that a journal can hold and that compares by value."""
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value


def _carry_out(applier: Applier, request: Request, change: Change) -> Receipt:
    return applier.carry_out(change, request)


def _name(record: Mapping[str, object]) -> str:
    return f"{str(record['name'] or '').strip() or 'without name'} ({record['id']})"


def _what_stays(plan: Plan, record: Mapping[str, object], before: State) -> list[str]:
    """Say where the same number or address remains: it is a record of its own there."""
    session = plan.applier.session
    if plan.resource.name == LOCATIONS.name:
        customer = int(str(record["customer_id"]))
        holders = [customer] if _holds(_contacts(session, CUSTOMERS, customer), before) else []
        where, other = "the customer", "customer"
    else:
        locations = fetch_frame(
            session, LOCATIONS.operation("list"), {"customer_id": record["id"], "active": "Any"}, refresh=True
        )["id"].head(MOST_LOOKED_AT)
        holders = [
            int(each) for each in locations if _holds(_contacts(session, LOCATIONS, int(each)), before)
        ]
        where, other = "its locations", "location"
    if not holders:
        return [f"The same contact is not on {where}: it will be gone altogether."]
    named = ", ".join(map(str, holders))
    return [f"The same contact stays on {other} {named}, where it is a record of its own."]


def _holds(contacts: pd.DataFrame, before: State) -> bool:
    return bool((contacts["value"] == before["value"]).any())


def _left(contacts: pd.DataFrame, before: State) -> list[str]:
    others = contacts.loc[contacts["id"] != before["id"], "value"].dropna().tolist()
    if not others:
        return ["It is the last contact of this record."]
    return [f"{len(others)} other contact{'s stay' if len(others) > 1 else ' stays'}: {', '.join(others)}."]


def _lost(before: State) -> list[str]:
    note = "The service has no undo. The contact can be added again, but with a new id and a new created date"
    opted_out = before["phone_settings_do_not_text"]
    return [f"{note}; its do-not-text mark would be lost." if opted_out else f"{note}."]


PLANNERS: dict[str, Callable[[Plan], Change]] = {"remove_contact": plan_removed_contact}
