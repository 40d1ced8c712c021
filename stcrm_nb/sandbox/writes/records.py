"""Customers, locations, leads, bookings and booking providers: created, changed, dismissed."""

from http import HTTPStatus

import msgspec

from stcrm_nb.catalogue import BOOKING_PROVIDER_TAGS, BOOKINGS, CUSTOMERS, LEADS, LOCATIONS
from stcrm_nb.sandbox.errand import Errand, unknown
from stcrm_nb.sandbox.reads.lists import is_orphan
from stcrm_nb.sandbox.rules import Refusal
from stcrm_nb.sandbox.writes.body import refused
from stcrm_nb.sandbox.writes.children import contact, note
from stcrm_nb.sandbox.writes.rows import (
    Row,
    add,
    attached,
    blank,
    changing,
    conflict,
    custom_fields,
    new_id,
    put,
    references,
    stamps,
)


def create_customer(errand: Errand) -> bytes | Refusal:
    """Make a customer with its first locations and contacts."""
    body = errand.body
    if not body["locations"]:
        return refused({"locations": ["A customer needs at least one location."]})
    named = custom_fields(errand, body.get("customFields"), "customer")
    parts = [custom_fields(errand, each.get("customFields"), "location") for each in body["locations"]]
    for wrong in (references(errand), named, *parts):
        if isinstance(wrong, Refusal):
            return wrong
    shelf = errand.tenant.shelves["customers"]
    row = blank(CUSTOMERS.record) | {"id": new_id(shelf), "active": True, "balance": 0.0, **stamps(errand)}
    row |= _own(body, row) | {"type": body.get("type") or "Residential", "customFields": named}
    shelf.add(row)
    locations = [_new_location(errand, each, row["id"]) for each in body["locations"]]
    contacts = _contacts(errand, "customer", body.get("contacts"), owner=row["id"])
    return msgspec.json.encode(row | {"locations": locations, "contacts": contacts})


def create_location(errand: Errand) -> bytes | Refusal:
    """Make a location; its contacts are copied to the customer."""
    wrong = references(errand)
    named = custom_fields(errand, errand.body.get("customFields"), "location")
    for each in (wrong, named):
        if isinstance(each, Refusal):
            return each
    return msgspec.json.encode(_new_location(errand, errand.body, errand.body["customerId"]))


def _new_location(errand: Errand, sent: Row, customer: int) -> Row:
    shelf = errand.tenant.shelves["locations"]
    row = blank(LOCATIONS.record) | {"id": new_id(shelf), "active": True, **stamps(errand)}
    fields = custom_fields(errand, sent.get("customFields"), "location")
    row |= _own(sent, row) | {"customerId": customer, "taxExempt": False, "customFields": fields}
    shelf.add(row)
    contacts = _contacts(errand, "location", sent.get("contacts"), owner=row["id"])
    _contacts(errand, "customer", sent.get("contacts"), owner=customer)
    return row | {"contacts": contacts}


def _contacts(errand: Errand, kind: str, sent: list[Row] | None, *, owner: int) -> list[Row]:
    shelf = errand.tenant.shelves[f"{kind}_contacts"]
    rows = [shelf.row(shelf.add(contact(errand, shelf, each, owner=owner))) for each in sent or []]
    return [
        {name: row[name] for name in ("id", "type", "value", "memo")}
        for row in map(msgspec.json.decode, rows)
    ]


def _own(sent: Row, row: Row) -> Row:
    """Return the sent fields that the row has; an address keeps the parts that were not sent."""
    own = {name: value for name, value in sent.items() if name in row}
    if own.get("address") is not None and isinstance(row["address"], dict):
        own["address"] = row["address"] | own["address"]
    if "externalData" in own:
        data = own["externalData"]
        own["externalData"] = attached(row["externalData"], data) if data else row["externalData"]
    for name in ("tagTypeIds", "contacts"):
        if name in own:
            own[name] = list(dict.fromkeys(own[name] or [])) if name == "tagTypeIds" else own[name]
    return own


def _changed(errand: Errand, row: Row) -> Row | Refusal:
    if row.get("mergedToId"):
        title = f"The record was merged into {row['mergedToId']}; change that one."
        known = HTTPStatus.CONFLICT in errand.operation.errors
        return conflict(title) if known else Refusal(HTTPStatus.BAD_REQUEST, title)
    own = _own(errand.body, row)
    if "customFields" in own:
        named = custom_fields(errand, own["customFields"], errand.resource.singular)
        if isinstance(named, Refusal):
            return named
        own["customFields"] = named
    return row | own | {"modifiedOn": errand.moment}


change_record = changing(_changed)


def create_lead(errand: Errand) -> bytes | Refusal:
    """Make a lead; the booking that it comes from is dismissed."""
    body = errand.body
    if body.get("callReasonId") is None and body.get("followUpDate") is None:
        return refused({"callReasonId": ["Either callReasonId or followUpDate is required."]})
    wrong = references(errand)
    if wrong:
        return wrong
    shelf = errand.tenant.shelves["leads"]
    row = blank(LEADS.record) | {"id": new_id(shelf), "status": "Open", **stamps(errand)}
    row |= _own({name: value for name, value in body.items() if value is not None}, row)
    row["priority"] = row["priority"] or "Normal"
    if row["bookingId"] is not None:
        bookings = errand.tenant.shelves["bookings"]
        place = bookings.places("id")[row["bookingId"]][0]
        put(bookings, place, bookings.full(place) | {"status": "Dismissed", "modifiedOn": errand.moment})
    return add(shelf, row)


def submit_form(errand: Errand) -> bytes | Refusal:
    """Make a lead of what a web form sends."""
    body, shelf = errand.body, errand.tenant.shelves["leads"]
    row = blank(LEADS.record) | {
        "id": new_id(shelf),
        "status": "Open",
        "priority": "Normal",
        **stamps(errand),
    }
    campaigns = errand.tenant.shelves["campaigns"]
    default = campaigns.column("isDefaultCampaign")
    row["campaignId"] = campaigns.column("id")[default.index(True) if True in default else 0]
    address = body.get("address") or {}
    row |= {
        f"lead{part.capitalize()}": address.get(part)
        for part in ("street", "unit", "city", "state", "zip", "country")
    }
    row |= {
        "leadCustomerName": body["name"],
        "leadEmail": body.get("email"),
        "leadPhone": body.get("phoneNumber"),
    }
    add(shelf, row | {"summary": body.get("summary") or "", "captureSource": "Form"})
    return msgspec.json.encode({"leadId": row["id"]})


def dismiss(errand: Errand) -> bytes | Refusal:
    """Dismiss a lead or a booking, once."""
    position = find_owner(errand)
    wrong = references(errand)
    if position is None or wrong:
        return wrong or unknown(errand)
    shelf = errand.tenant.shelves[errand.resource.name]
    row = shelf.full(position)
    if row["status"] in ("Dismissed", "Converted"):
        title = f"{errand.resource.singular.capitalize()} {row['id']} is {row['status'].lower()} already."
        return Refusal(HTTPStatus.BAD_REQUEST, title)
    reason = errand.body.get("dismissingReasonId", errand.body.get("callReasonId"))
    put(
        shelf,
        position,
        row | {"status": "Dismissed", "dismissingReasonId": reason, "modifiedOn": errand.moment},
    )
    return b""


def follow_up(errand: Errand) -> bytes | Refusal:
    """Set when to call a lead next, with a note."""
    position = find_owner(errand)
    if position is None:
        return unknown(errand)
    leads, notes, body = errand.tenant.shelves["leads"], errand.tenant.shelves["lead_notes"], errand.body
    row = leads.full(position)
    if row["status"] != "Open":
        return Refusal(HTTPStatus.BAD_REQUEST, f"Lead {row['id']} is {row['status'].lower()}.")
    put(leads, position, row | {"followUpDate": body["followUpDate"], "modifiedOn": errand.moment})
    if body.get("text"):
        notes.add(note(errand, notes, body, owner=row["id"]))
    told = {"leadId": row["id"], "followUpDate": body["followUpDate"]}
    return msgspec.json.encode(told | {"text": body.get("text"), "pinToTop": bool(body.get("pinToTop"))})


def create_booking(errand: Errand) -> bytes | Refusal:
    """Make a booking of a provider."""
    provider = errand.ask.values["booking_provider"]
    if errand.tenant.shelves["booking_provider_tags"].find(provider) is None:
        return refused({"booking_provider": [f"{provider} does not exist."]})
    wrong = references(errand)
    if wrong:
        return wrong
    shelf = errand.tenant.shelves["bookings"]
    row = blank(BOOKINGS.record) | {"id": new_id(shelf), "status": "New", **stamps(errand)}
    del row["createdById"]
    row |= _own({name: value for name, value in errand.body.items() if value is not None}, row)
    row |= {"bookingProviderId": provider, "start": row["start"] or errand.moment}
    told = add(shelf, row)
    _contacts(errand, "booking", errand.body.get("contacts"), owner=row["id"])
    return told


def create_provider(errand: Errand) -> bytes | Refusal:
    """Make a booking provider tag of a new name."""
    shelf = errand.shelf
    if errand.body["tagName"] in shelf.column("tagName"):
        return conflict(f"There is a booking provider tag {errand.body['tagName']!r} already.")
    row = blank(BOOKING_PROVIDER_TAGS.record) | {"id": new_id(shelf), "type": "V2Api", **stamps(errand)}
    del row["createdById"]
    return _without_active(add(shelf, row | errand.body | {"active": True}))


def change_provider(errand: Errand) -> bytes | Refusal:
    """Change a booking provider tag."""
    told = change_record(errand)
    return told if isinstance(told, Refusal) else _without_active(told)


def prefer_technician(errand: Errand) -> bytes | Refusal:
    """Set the technician whom a location prefers."""
    values = errand.ask.values
    if (
        is_orphan(errand)
        or errand.tenant.shelves["technicians"].find(values["preferredTechnicianId"]) is None
    ):
        return unknown(errand, "Location or technician")
    errand.tenant.preferred[values["id"]] = values["preferredTechnicianId"]
    return b""


def find_owner(errand: Errand) -> int | None:
    """Return the position of the record that the path goes over."""
    if is_orphan(errand):
        return None
    return errand.tenant.shelves[errand.resource.name].find(errand.ask.values["id"])


def _without_active(line: bytes) -> bytes:
    row = msgspec.json.decode(line)
    return msgspec.json.encode({name: value for name, value in row.items() if name != "active"})
