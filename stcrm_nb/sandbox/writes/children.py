"""Contacts and notes of customers, locations, bookings and leads."""

import msgspec

from stcrm_nb.sandbox.errand import Errand, unknown
from stcrm_nb.sandbox.reads.lists import is_orphan
from stcrm_nb.sandbox.rules import Refusal
from stcrm_nb.sandbox.shelf import Shelf
from stcrm_nb.sandbox.tenant import Tenant
from stcrm_nb.sandbox.writes.rows import AUTHOR, Row, add, changing, conflict, digits, new_id, put, stamps

RECEIVES = (
    "jobRemindersEnabled",
    "marketingUpdatesEnabled",
    "invoiceStatementNotification",
    "invoiceNotification",
    "statementNotification",
)


def add_contact(errand: Errand) -> bytes | Refusal:
    """Add a contact to a record, unless it has the same one."""
    if is_orphan(errand):
        return unknown(errand)
    shelf, owner = errand.shelf, errand.ask.values["id"]
    for place in shelf.places(shelf.parent).get(owner, ()):
        held = shelf.full(place)
        if (held["type"], held["value"]) == (errand.body["type"], errand.body["value"]):
            return conflict(f"The {errand.resource.singular} {owner} has this contact already.")
    return add(shelf, contact(errand, shelf, errand.body, owner=owner))


def contact(errand: Errand, shelf: Shelf, sent: Row, *, owner: int) -> Row:
    """Return a new contact of a record."""
    row: Row = {"id": new_id(shelf), "type": sent["type"], "value": sent["value"]}
    row |= {"memo": sent.get("memo") or "", "modifiedOn": errand.moment, shelf.parent: owner}
    if shelf.parent == "bookingId":
        return row
    return row | {
        "phoneSettings": _phone(row),
        "createdOn": errand.moment,
        "preferences": dict.fromkeys(RECEIVES, True),
    }


def _changed(errand: Errand, row: Row) -> Row:
    sent = dict(errand.body)
    preferences = sent.pop("preferences", None)
    row |= sent | {"modifiedOn": errand.moment}
    if preferences is not None:
        both = preferences["invoiceNotification"] and preferences["statementNotification"]
        row["preferences"] = preferences | {"invoiceStatementNotification": both}
    if "phoneSettings" in row and "value" in sent:
        row["phoneSettings"] = _phone(row)
    return row


def _phone(row: Row) -> Row | None:
    if row["type"] == "Email":
        return None
    kept = row.get("phoneSettings") or {}
    return {"phoneNumber": digits(row["value"]), "doNotText": kept.get("doNotText", False)}


change_contact = changing(_changed)


def change_booking_contact(errand: Errand) -> bytes | Refusal:
    """Change a contact of a booking; the reply leaves ids and times out."""
    told = change_contact(errand)
    if isinstance(told, Refusal):
        return told
    row = msgspec.json.decode(told)
    return msgspec.json.encode({name: row[name] for name in ("type", "value", "memo")})


def add_note(errand: Errand) -> bytes | Refusal:
    """Add a note to a record, and copies to its relatives where asked."""
    if is_orphan(errand):
        return unknown(errand)
    tenant, owner = errand.tenant, errand.ask.values["id"]
    told = add(errand.shelf, note(errand, errand.shelf, errand.body, owner=owner))
    touch(tenant.shelves[errand.resource.name], owner, errand.moment)
    if errand.body.get("addToCustomer"):
        _copy(
            errand,
            "customer",
            [tenant.shelves["locations"].full(_place(tenant, "locations", owner))["customerId"]],
        )
    if errand.body.get("addToLocations"):
        locations = tenant.shelves["locations"]
        rows = [locations.full(place) for place in locations.places("customerId").get(owner, ())]
        _copy(errand, "location", [row["id"] for row in rows if row["active"]])
    return told


def note(errand: Errand, shelf: Shelf, sent: Row, *, owner: int) -> Row:
    """Return a new note on a record."""
    return {
        "id": new_id(shelf),
        "text": sent.get("text") or "",
        "isPinned": bool(sent.get("pinToTop")),
        **stamps(errand),
        "createdById": AUTHOR,
        shelf.parent: owner,
    }


def touch(shelf: Shelf, record_id: int, moment: str) -> None:
    """Move the record's time of change."""
    position = shelf.find(record_id)
    if position is not None:
        put(shelf, position, shelf.full(position) | {"modifiedOn": moment})


def _copy(errand: Errand, kind: str, owners: list[int]) -> None:
    shelf = errand.tenant.shelves[f"{kind}_notes"]
    for owner in owners:
        add(shelf, note(errand, shelf, errand.body, owner=owner))
        touch(errand.tenant.shelves[f"{kind}s"], owner, errand.moment)


def _place(tenant: Tenant, name: str, record_id: int) -> int:
    return tenant.shelves[name].places("id")[record_id][0]
