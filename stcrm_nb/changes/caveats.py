"""What to know before a record is touched: where else a contact stands, what is lost, who is barred."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from stcrm_nb.catalogue import BULK_TAGS, CUSTOMERS, LOCATIONS, Resource
from stcrm_nb.changes.change import Row, State
from stcrm_nb.frames.lists import fetch_frame
from stcrm_nb.frames.record import is_missing
from stcrm_nb.transport.session import Session

SHOWN = {"type": "Type", "value": "Contact", "memo": "Memo", "phone_settings_do_not_text": "Do not text"}
PREFERENCE = "preferences_job_reminders_enabled"  # held with the other four, or none of them
MOST_NAMED = 5
MOST_LOOKED_AT = 20  # locations searched for a twin


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that a write is about; `record` reads it, once, where that is needed."""

    resource: Resource
    arguments: Mapping[str, object]
    record: Callable[[], Mapping[str, object]]


def removal_of(session: Session, subject: Subject, before: State) -> tuple[str, tuple[Row, ...], list[str]]:
    """Return title, rows and notes for a contact that is to be removed from its record.

    Parameters
    ----------
    session : Session
        The connection.
    subject : Subject
        The customer, location or booking.
    before : mapping
        The contact as it is now.

    Returns
    -------
    tuple of str, rows, list of str
    """
    resource, record = subject.resource, subject.record()
    owner = int(str(subject.arguments["id"]))
    contacts = _contacts(session, resource, owner)
    rows = tuple(
        (label, before[column], "removed")
        for column, label in SHOWN.items()
        if before.get(column) is not None
    )
    title = f"Remove contact {before['value']} from {resource.singular} {_name(record)}"
    return (
        title,
        rows,
        [
            *_what_stays(session, resource, record=record, before=before),
            *_left(contacts, before),
            *_lost(before),
        ],
    )


def _contacts(session: Session, resource: Resource, owner: int) -> pd.DataFrame:
    return fetch_frame(session, resource.operation("contacts"), {"id": owner}, refresh=True, progress=False)


def _name(record: Mapping[str, object]) -> str:
    return f"{str(record['name'] or '').strip() or 'without name'} ({record['id']})"


def _what_stays(
    session: Session, resource: Resource, *, record: Mapping[str, object], before: State
) -> list[str]:
    """Say where the same number or address remains: it is a record of its own there."""
    if resource.name == LOCATIONS.name:
        customer = int(str(record["customer_id"]))
        holders = [customer] if _holds(_contacts(session, CUSTOMERS, customer), before) else []
        where, other = "the customer", "customer"
    elif resource.name == CUSTOMERS.name:
        locations = fetch_frame(
            session, LOCATIONS.operation("list"), {"customer_id": record["id"], "active": "Any"}, refresh=True
        )["id"].head(MOST_LOOKED_AT)
        holders = [
            int(each) for each in locations if _holds(_contacts(session, LOCATIONS, int(each)), before)
        ]
        where, other = "its locations", "location"
    else:
        return []
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
    held = before.get(PREFERENCE)
    kept = ", with its preferences" if held is not None else ""
    said = (
        f"The service has no undo. Taking it back adds the contact again{kept}, but with a new id and a new "
        "created date"
    )
    if PREFERENCE in before and held is None:
        said += ", and with the preferences that the service gives a new contact: this one has none"
    opted_out = before.get("phone_settings_do_not_text")
    return [f"{said}; its do-not-text mark would be lost." if opted_out else f"{said}."]


def cautions(session: Session, subject: Subject, before: State | None) -> list[str]:
    """Return what to be careful about with the customers that a write is about.

    Parameters
    ----------
    session : Session
        The connection.
    subject : Subject
        What the write is about; a customer is read, if `before` is only a part of it.
    before : mapping or None
        What the write is about, as it is now.

    Returns
    -------
    list of str
        Sentences for the plan; none for an ordinary customer, or anything else.
    """
    if subject.resource.name == BULK_TAGS.name:
        return _of_many(session, list(before or ()))
    if subject.resource.name != CUSTOMERS.name or "id" not in subject.arguments:
        return []
    customer: Mapping[str, object] = before or {}
    if "do_not_service" not in customer:
        customer = subject.record()
    said = []
    if not is_missing(customer.get("merged_to_id")):
        said.append(f"This customer was merged into {customer['merged_to_id']}: change that one instead.")
    elif customer.get("active") is False:
        said.append("This customer is inactive.")
    if customer.get("do_not_service"):
        said.append("This customer is marked do-not-service.")
    return said


def _of_many(session: Session, owners: list[str]) -> list[str]:
    """Say how many customers are merged, inactive or barred, and which."""
    if not owners:
        return []
    asked = {"ids": [int(owner) for owner in owners], "active": "Any"}
    customers = fetch_frame(session, CUSTOMERS.operation("list"), asked, progress=False)
    kinds = {
        "merged into another one": customers["merged_to_id"].notna(),
        "inactive": ~customers["active"] & customers["merged_to_id"].isna(),
        "marked do-not-service": customers["do_not_service"],
    }
    found = {told: customers.loc[chosen.fillna(value=False), "id"].tolist() for told, chosen in kinds.items()}
    return [
        f"{len(ids)} of {len(owners)} customers {'is' if len(ids) == 1 else 'are'} {told}: {_few(ids)}."
        for told, ids in found.items()
        if ids
    ]


def _few(ids: list[int]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(map(str, ids[:MOST_NAMED])) + more
