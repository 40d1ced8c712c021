"""Which rows of a list a query keeps: one table of predicates, field by field."""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from stcrm_nb.catalogue import LOOKUPS
from stcrm_nb.sandbox.shelf import Mask, Shelf
from stcrm_nb.sandbox.tenant import Tenant

APPLICATION = "5d1f4c1e-7a3b-4c58-9f0e-8140000210aa"  # owns all external data of the sandbox


@dataclass(frozen=True, slots=True)
class Asked:
    """One filter of one call: the rows it looks at, its value, and the call's other values."""

    tenant: Tenant
    shelf: Shelf
    value: Any
    values: Mapping[str, Any]


Predicate = Callable[[Asked], Mask]


def keep(tenant: Tenant, name: str, values: Mapping[str, Any]) -> Mask:
    """Return which rows of a shelf pass every filter among the values.

    Parameters
    ----------
    tenant : Tenant
        Holds the shelf, and those that a filter joins.
    name : str
        The shelf; one without filters keeps all rows.
    values : mapping
        Checked values by field; fields that are no filter are passed over.

    Returns
    -------
    array of bool, one a row
    """
    shelf = tenant.shelves[name]
    mask = np.ones(len(shelf), dtype=np.bool_)
    for field, predicate in FILTERS.get(name, {}).items():
        if field in values:
            mask &= predicate(Asked(tenant, shelf, values[field], values))
    return mask


def _mask(shelf: Shelf, hits: Iterable[bool]) -> Mask:
    return np.fromiter(hits, dtype=np.bool_, count=len(shelf))


def _digits(text: str | None) -> str:
    digits = re.sub(r"\D", "", text or "")
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits  # noqa: PLR2004 - +1 and a number


def everything(asked: Asked) -> Mask:
    """Keep all rows: balances do not move in the sandbox, so no change is an accounting change."""
    return np.ones(len(asked.shelf), dtype=np.bool_)


def equals(field: str) -> Predicate:
    """Keep rows that hold exactly the value."""
    return lambda asked: _mask(asked.shelf, (held == asked.value for held in asked.shelf.column(field)))


def of(field: str) -> Predicate:
    """Keep rows that belong to the record, by an index that is kept."""

    def predicate(asked: Asked) -> Mask:
        mask = np.zeros(len(asked.shelf), dtype=np.bool_)
        mask[asked.shelf.places(field).get(asked.value, [])] = True
        return mask

    return predicate


def contains(field: str) -> Predicate:
    """Keep rows that hold the text, in any case."""

    def predicate(asked: Asked) -> Mask:
        wanted = asked.value.casefold()
        return _mask(asked.shelf, (wanted in (held or "").casefold() for held in asked.shelf.column(field)))

    return predicate


def among(field: str) -> Predicate:
    """Keep rows that hold one of the values."""
    return lambda asked: _mask(asked.shelf, (held in asked.value for held in asked.shelf.column(field)))


def before(field: str) -> Predicate:
    """Keep rows with an earlier time."""
    return lambda asked: asked.shelf.moments(field) < asked.value


def on_or_after(field: str) -> Predicate:
    """Keep rows with this time or a later one."""
    return lambda asked: asked.shelf.moments(field) >= asked.value


def either(one: Predicate, other: Predicate) -> Predicate:
    """Keep rows that one of two predicates keeps."""
    return lambda asked: one(asked) | other(asked)


def of_customer(predicate: Predicate) -> Predicate:
    """Keep rows whose customer the predicate keeps."""

    def joined(asked: Asked) -> Mask:
        customers = asked.tenant.shelves["customers"]
        kept = predicate(replace(asked, shelf=customers)).tolist()
        ids = {held for held, keeps in zip(customers.column("id"), kept, strict=True) if keeps}
        return _mask(asked.shelf, (held in ids for held in asked.shelf.column("customerId")))

    return joined


def active(asked: Asked) -> Mask:
    """Keep active rows, inactive rows, or both."""
    wanted = {"True": (True,), "False": (False,), "Any": (True, False)}[asked.value]
    return _mask(asked.shelf, (held in wanted for held in asked.shelf.column("active")))


def phone_of_contact(asked: Asked) -> Mask:
    """Keep customers with a contact whose number has these digits."""
    contacts = asked.tenant.shelves["customer_contacts"]
    numbers = contacts.derive("numbers", lambda: _numbers(contacts))
    wanted = _digits(asked.value)
    owners = {owner for owner, number in numbers if wanted and wanted in number}
    return _mask(asked.shelf, (held in owners for held in asked.shelf.column("id")))


def _numbers(contacts: Shelf) -> list[tuple[int, str]]:
    rows = zip(contacts.column("customerId"), contacts.column("type"), contacts.column("value"), strict=True)
    return [(owner, _digits(value)) for owner, kind, value in rows if kind != "Email"]


def phone(field: str) -> Predicate:
    """Keep rows whose number has these digits."""

    def predicate(asked: Asked) -> Mask:
        wanted = _digits(asked.value)
        return _mask(
            asked.shelf, (bool(wanted) and wanted in _digits(held) for held in asked.shelf.column(field))
        )

    return predicate


def external_data(asked: Asked) -> Mask:
    """Keep rows whose external data has the key with one of the values."""
    key, values = asked.values["externalDataKey"], asked.values["externalDataValues"]
    return _mask(
        asked.shelf,
        (
            any(item["key"] == key and item["value"] in values for item in held or ())
            for held in asked.shelf.column("externalData")
        ),
    )


def external_application(asked: Asked) -> Mask:
    """Keep rows that carry external data of the application."""
    owned = asked.value == APPLICATION
    return _mask(asked.shelf, (owned and bool(held) for held in asked.shelf.column("externalData")))


def prospect(asked: Asked) -> Mask:
    """Keep leads of nobody or of customers without a job; a converted lead stands for a job."""
    leads = asked.shelf
    owners = leads.column("customerId")
    served = {
        owner for owner, status in zip(owners, leads.column("status"), strict=True) if status == "Converted"
    }
    return _mask(leads, ((owner is None or owner not in served) == asked.value for owner in owners))


def without_customer(asked: Asked) -> Mask:
    """Keep leads that know neither customer nor location; for false, the others."""
    pairs = zip(asked.shelf.column("customerId"), asked.shelf.column("locationId"), strict=True)
    return _mask(asked.shelf, ((pair == (None, None)) == asked.value for pair in pairs))


def from_form(asked: Asked) -> Mask:
    """Keep leads captured by a form; for false, the others."""
    sources = asked.shelf.column("captureSource")
    return _mask(asked.shelf, (("form" in (source or "").lower()) == asked.value for source in sources))


def related(asked: Asked) -> Mask:
    """Keep people related to the record of this number: relationships themselves have no numbers."""
    relations = asked.tenant.shelves["contact_relationships"]
    pairs = zip(relations.column("contactId"), relations.column("relatedEntityId"), strict=True)
    people = {person for person, entity in pairs if entity == asked.value}
    return _mask(asked.shelf, (held in people for held in asked.shelf.column("id")))


def lasting(compare: Callable[[int, int], bool]) -> Predicate:
    """Keep job types whose length compares so."""
    return lambda asked: _mask(
        asked.shelf, (compare(held, asked.value) for held in asked.shelf.column("duration"))
    )


def dialled(asked: Asked) -> Mask:
    """Keep campaigns that callers reach by this number."""
    wanted = _digits(asked.value)
    numbers = asked.shelf.column("campaignPhoneNumbers")
    return _mask(asked.shelf, (wanted in map(_digits, held or ()) for held in numbers))


RANGES: dict[str, Predicate] = {
    "createdBefore": before("createdOn"),
    "createdOnOrAfter": on_or_after("createdOn"),
    "modifiedBefore": before("modifiedOn"),
    "modifiedOnOrAfter": on_or_after("modifiedOn"),
}
SHARED: dict[str, Predicate] = {"ids": among("id"), **RANGES}
PLACES: dict[str, Predicate] = {
    **{part: contains(f"address.{part}") for part in ("street", "unit", "city", "state", "zip", "country")},
    **{part: equals(f"address.{part}") for part in ("latitude", "longitude")},
    "active": active,
    "externalDataApplicationGuid": external_application,
    "externalDataValues": external_data,
}
NAMED: dict[str, Predicate] = {
    "name": contains("name"),
    "active": active,
    "userIds": among("userId"),
    "email": equals("email"),
    "campaignPhoneNumber": dialled,
    "priority": equals("priority"),
    "minDuration": lasting(operator.ge),
    "maxDuration": lasting(operator.le),
}
FILTERS: dict[str, dict[str, Predicate]] = {
    **{f"{parent}_notes": RANGES | {"id": of(f"{parent}Id")} for parent in ("customer", "location", "lead")},
    **{
        f"{parent}_contacts": RANGES | {"id": of(f"{parent}Id"), f"{parent}Ids": among(f"{parent}Id")}
        for parent in ("customer", "location", "booking")
    },
    **{f"{parent}_custom_fields": RANGES for parent in ("customer", "location")},
    "booking_provider_tags": SHARED | {"name": contains("tagName")},
    "contacts": RANGES
    | {field: contains(field) for field in ("name", "title")}
    | {field: equals(field) for field in ("referenceId", "isArchived")}
    | {"relationshipId": related},
    "contact_methods": RANGES
    | {field: equals(field) for field in ("referenceId", "type")}
    | {"contactId": of("contactId"), "value": contains("value")},
    "contact_method_preferences": {"contactMethodId": of("contactMethodId")},
    "contact_relationships": RANGES
    | {field: equals(field) for field in ("relatedEntityId", "typeSlug", "typeName")}
    | {"contactId": of("contactId")},
    **{lookup.name: SHARED | NAMED for lookup in LOOKUPS.operations},
    "customers": SHARED
    | PLACES
    | {
        "name": contains("name"),
        "phone": phone_of_contact,
        "excludeAccountingChangesFromModifiedDateRange": everything,
    },
    "locations": SHARED
    | PLACES
    | {
        "name": either(contains("name"), of_customer(contains("name"))),
        "customerId": equals("customerId"),
    },
    "leads": SHARED
    | {
        "customerId": equals("customerId"),
        "isProspect": prospect,
        "withoutCustomer": without_customer,
        "status": equals("status"),
        "customerCity": of_customer(contains("address.city")),
        "customerState": of_customer(contains("address.state")),
        "customerZip": of_customer(contains("address.zip")),
        "customerCreatedOnOrAfter": of_customer(on_or_after("createdOn")),
        "customerCreatedBefore": of_customer(before("createdOn")),
        "customerModifiedOnOrAfter": of_customer(on_or_after("modifiedOn")),
        "leadCustomerName": contains("leadCustomerName"),
        "leadPhone": phone("leadPhone"),
        "isCaptureSourceForm": from_form,
    },
    "bookings": SHARED | {"externalId": equals("externalId"), "booking_provider": of("bookingProviderId")},
}
