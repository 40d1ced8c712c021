"""Contacts of the newer kind: people with methods and preferences, made from the tenant's older contacts.

No data file holds them: whoever has the older contacts has these, with ids that stay the same.
"""

import uuid
from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec

from stcrm_nb.sandbox.shelf import Shelf

MOST = 300  # older contacts that are looked at
SPACE = uuid.UUID("0b7a4c52-9c58-4a51-8d2c-5f6a8140a0b1")
PREFERENCES = {
    "JobReminders": "Reminders of jobs.",
    "MarketingUpdates": "News and offers.",
    "InvoiceNotification": "Invoices.",
    "StatementNotification": "Statements.",
}
BEGUN = "2023-09-18T14:02:11Z"
Row = dict[str, Any]


def shelves(customers: Iterable[bytes], contacts: Iterable[bytes]) -> dict[str, Shelf]:
    """Return the shelves of people, methods, preferences and relationships.

    Parameters
    ----------
    customers, contacts : iterable of bytes
        Rows of customers, and of their older contacts in the same order.
    """
    older: dict[int, list[Row]] = {}
    for line in islice(contacts, MOST):
        row = msgspec.json.decode(line)
        older.setdefault(row["customerId"], []).append(row)
    found = (msgspec.json.decode(line) for line in islice(customers, MOST))
    owners = [customer for customer in found if customer["id"] in older]
    methods = [_method(customer, row) for customer in owners for row in older[customer["id"]]]
    return {
        "contacts": _shelf(map(_person, owners)),
        "contact_methods": _shelf(methods),
        "contact_method_preferences": _shelf(
            (preference(method["id"], name) for method in methods for name in PREFERENCES),
            parent="contactMethodId",
        ),
        "contact_relationships": _shelf(map(_relationship, owners), parent="contactId"),
        "contact_preferences": _shelf(
            {"id": guid("preference", name), "name": name, "description": text, "dataType": "Bool"}
            for name, text in PREFERENCES.items()
        ),
    }


def guid(*words: object) -> str:
    """Return the id that always goes with these words."""
    return str(uuid.uuid5(SPACE, " ".join(map(str, words))))


def preference(method_id: str, name: str) -> Row:
    """Return a preference of a method as it is at first."""
    return {
        "contactMethodId": method_id,
        "name": name,
        "dataType": "Bool",
        "value": "True" if name == "JobReminders" else "False",
    }


def _shelf(rows: Iterable[Row], *, parent: str = "") -> Shelf:
    return Shelf(map(msgspec.json.encode, rows), parent=parent)


def _stamps(row: Row) -> Row:
    created = row.get("createdOn") or BEGUN
    created = BEGUN if created.startswith("0001") else created
    author = row.get("createdById") or 18001
    return {"createdOn": created, "createdBy": author, "modifiedOn": row["modifiedOn"], "modifiedBy": author}


def _person(customer: Row) -> Row:
    return {
        "id": guid("person", customer["id"]),
        "referenceId": None,
        "name": customer["name"],
        "title": None,
        "isArchived": not customer["active"],
        **_stamps(customer),
    }


def _method(customer: Row, row: Row) -> Row:
    return {
        "id": guid("method", row["id"]),
        "contactId": guid("person", customer["id"]),
        "referenceId": None,
        "type": row["type"],
        "value": row["value"],
        "memo": row["memo"],
        **_stamps(row),
    }


def _relationship(customer: Row) -> Row:
    return {
        "id": guid("relationship", customer["id"]),
        "contactId": guid("person", customer["id"]),
        "relatedEntityId": customer["id"],
        "typeName": "Customer",
        "typeSlug": "customer",
        "createdOn": _stamps(customer)["createdOn"],
        "createdBy": _stamps(customer)["createdBy"],
    }
