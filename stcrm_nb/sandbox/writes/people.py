"""Contacts of the newer kind: people, their methods, preferences and relationships."""

import uuid

import msgspec

from stcrm_nb.sandbox import people
from stcrm_nb.sandbox.errand import Errand, unknown
from stcrm_nb.sandbox.reads.lists import find, is_orphan
from stcrm_nb.sandbox.rules import Refusal
from stcrm_nb.sandbox.shelf import Shelf
from stcrm_nb.sandbox.writes.body import refused
from stcrm_nb.sandbox.writes.rows import AUTHOR, Row, add, changing, conflict, put

PERSON = ("referenceId", "name", "title")
METHOD = ("referenceId", "memo")
KINDS = {"customer": "customers", "location": "locations", "booking": "bookings"}


def create_person(errand: Errand) -> bytes | Refusal:
    """Make a contact."""
    row = {"id": str(uuid.uuid4()), **dict.fromkeys(PERSON), "isArchived": False, **_stamps(errand)}
    return add(errand.shelf, row | errand.body)


def _changed(errand: Errand, row: Row) -> Row:
    return row | errand.body | _touched(errand)


def _replaced(errand: Errand, row: Row) -> Row:
    return row | dict.fromkeys(PERSON) | errand.body | _touched(errand)


change = changing(_changed)
replace_person = changing(_replaced)


def remove_person(errand: Errand) -> bytes | Refusal:
    """Delete a contact with its methods, their preferences, and its relationships."""
    position = find(errand)
    if position is None:
        return unknown(errand)
    shelves, person = errand.tenant.shelves, errand.ask.values["id"]
    methods = shelves["contact_methods"]
    for place in methods.places("contactId").get(person, ()):
        _clear(shelves["contact_method_preferences"], "contactMethodId", methods.column("id")[place])
    _clear(methods, "contactId", person)
    _clear(shelves["contact_relationships"], "contactId", person)
    errand.shelf.remove(position)
    return b""


def add_method(errand: Errand) -> bytes | Refusal:
    """Add a method to a contact, with its preferences."""
    if is_orphan(errand):
        return unknown(errand)
    return _make(errand, str(uuid.uuid4()))


def upsert_method(errand: Errand) -> bytes | Refusal:
    """Replace a method of a contact, or make it under the id in the path."""
    if is_orphan(errand):
        return unknown(errand)
    position = find(errand)
    if position is not None:
        row = errand.shelf.full(position)
        return put(errand.shelf, position, row | dict.fromkeys(METHOD) | errand.body | _touched(errand))
    key = errand.ask.values["contactMethodId"]
    return (
        conflict("Another contact has this method.")
        if errand.shelf.find(key) is not None
        else _make(errand, key)
    )


def remove_method(errand: Errand) -> bytes | Refusal:
    """Delete a method with its preferences."""
    position = find(errand)
    if position is None:
        return unknown(errand)
    key = errand.ask.values["contactMethodId"]
    _clear(errand.tenant.shelves["contact_method_preferences"], "contactMethodId", key)
    errand.shelf.remove(position)
    return b""


def change_preference(errand: Errand) -> bytes | Refusal:
    """Change one preference of a method; its value is True or False, as text."""
    position = find(errand)
    if position is None:
        return unknown(errand)
    value = errand.body.get("value")
    if value is not None and value.casefold() not in ("true", "false"):
        return refused({"value": [f"The value {value!r} is neither True nor False."]})
    row = errand.shelf.full(position)
    row["value"] = value.capitalize() if value is not None else row["value"]
    put(errand.shelf, position, row)
    return preference_line(row)


def preference_line(row: Row) -> bytes:
    """Return a preference as it is replied with."""
    return msgspec.json.encode({name: row[name] for name in ("name", "dataType", "value")})


def relate(errand: Errand) -> bytes | Refusal:
    """Relate a contact to a customer, location or booking, once."""
    values, shelf = errand.ask.values, errand.tenant.shelves["contact_relationships"]
    if errand.tenant.shelves["contacts"].find(values["contactId"]) is None or _entity(errand) is None:
        return unknown(errand)
    if _relation(errand) is not None:
        return conflict("The contact is related to this record already.")
    shelf.add(
        {
            "id": str(uuid.uuid4()),
            "contactId": values["contactId"],
            "relatedEntityId": values["relatedEntityId"],
            "typeName": values["typeSlug"].capitalize(),
            "typeSlug": values["typeSlug"],
            "createdOn": errand.moment,
            "createdBy": AUTHOR,
        }
    )
    return b""


def unrelate(errand: Errand) -> bytes | Refusal:
    """Take a relation away."""
    position = _relation(errand)
    if position is None:
        return unknown(errand, "Relationship")
    errand.tenant.shelves["contact_relationships"].remove(position)
    return b""


def _entity(errand: Errand) -> int | None:
    values = errand.ask.values
    return errand.tenant.shelves[KINDS[values["typeSlug"]]].find(values["relatedEntityId"])


def _relation(errand: Errand) -> int | None:
    values, shelf = errand.ask.values, errand.tenant.shelves["contact_relationships"]
    rows = zip(*(shelf.column(name) for name in ("contactId", "relatedEntityId", "typeSlug")), strict=True)
    wanted = (values["contactId"], values["relatedEntityId"], values["typeSlug"])
    return next((place for place, row in enumerate(rows) if row == wanted), None)


def _make(errand: Errand, key: str) -> bytes:
    row = {"id": key, "contactId": errand.ask.values["contactId"], **dict.fromkeys(METHOD), **_stamps(errand)}
    for name in people.PREFERENCES:
        errand.tenant.shelves["contact_method_preferences"].add(people.preference(key, name))
    return add(errand.tenant.shelves["contact_methods"], row | errand.body)


def _clear(shelf: Shelf, field: str, value: object) -> None:
    for place in sorted(shelf.places(field).get(value, ()), reverse=True):
        shelf.remove(place)


def _stamps(errand: Errand) -> Row:
    return {"createdOn": errand.moment, "createdBy": AUTHOR, **_touched(errand)}


def _touched(errand: Errand) -> Row:
    return {"modifiedOn": errand.moment, "modifiedBy": AUTHOR}
