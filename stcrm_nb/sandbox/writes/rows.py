"""Making, changing and storing rows; what they refer to must exist."""

import re
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

import msgspec

from stcrm_nb.catalogue import Choices, Record
from stcrm_nb.sandbox.errand import Errand, unknown
from stcrm_nb.sandbox.reads.lists import find, is_orphan
from stcrm_nb.sandbox.rules import Refusal
from stcrm_nb.sandbox.shelf import Shelf
from stcrm_nb.sandbox.writes.body import refused

Row = dict[str, Any]
AUTHOR = 18001  # the user in whose name the sandbox's application writes
EMPTY: dict[str, Any] = {"bool": False, "decimal": 0.0, "text": ""}
REFERENCES = {
    "campaignId": "campaigns",
    "businessUnitId": "business_units",
    "jobTypeId": "job_types",
    "callReasonId": "call_reasons",
    "dismissingReasonId": "call_reasons",
    "taxZoneId": "tax_zones",
    "paymentTermId": "payment_terms",
    "customerId": "customers",
    "locationId": "locations",
    "bookingId": "bookings",
    "tagTypeIds": "tag_types",
    "customerIds": "customers",
}


def blank(record: Record) -> Row:
    """Return a row of a kind with nothing in it: null where that may be, else empty."""
    row: Row = {child.field: [] for child in record.children}
    for column in record.columns:
        inner = row
        *outer, last = column.field.split(".")
        for name in outer:
            inner = inner.setdefault(name, {})
        plain = "" if isinstance(column.type, Choices) else column.type
        inner[last] = None if column.nullable else EMPTY.get(plain)
    return row


def new_id(shelf: Shelf) -> int:
    """Return an id that no row has or had."""
    ids = [*shelf.column("id"), *(row["id"] for row in shelf.gone)]
    return max(ids, default=900_000_000) + 1


def stamps(errand: Errand) -> Row:
    """Return the marks of a row made now."""
    return {"createdOn": errand.moment, "createdById": AUTHOR, "modifiedOn": errand.moment}


def put(shelf: Shelf, position: int, row: Mapping[str, Any]) -> bytes:
    """Store a changed row and return it as it is replied with."""
    shelf.replace(position, msgspec.json.encode(row))
    return shelf.row(position)


def add(shelf: Shelf, row: Mapping[str, Any]) -> bytes:
    """Store a new row and return it as it is replied with."""
    return shelf.row(shelf.add(row))


def changing(change: Callable[[Errand, Row], Row | Refusal]) -> Callable[[Errand], bytes | Refusal]:
    """Return an answer that changes the one row that the path names."""

    def answer(errand: Errand) -> bytes | Refusal:
        position = find(errand)
        if position is None:
            return unknown(errand)
        wrong = references(errand)
        if wrong:
            return wrong
        row = change(errand, errand.shelf.full(position))
        return row if isinstance(row, Refusal) else put(errand.shelf, position, row)

    return answer


def silent(answer: Callable[[Errand], bytes | Refusal]) -> Callable[[Errand], bytes | Refusal]:
    """Return the same answer with an empty body, where none is documented."""

    def mute(errand: Errand) -> bytes | Refusal:
        told = answer(errand)
        return told if isinstance(told, Refusal) else b""

    return mute


def removing(errand: Errand) -> bytes | Refusal:
    """Take away the one row that the path names; what other records hold stays."""
    position = None if is_orphan(errand) else find(errand)
    if position is None:
        return unknown(errand)
    errand.shelf.remove(position)
    return b""


def references(errand: Errand) -> Refusal | None:
    """Refuse ids in the body that name nothing."""
    faults = dict(_dangling(errand, errand.body, ""))
    return refused(faults) if faults else None


def conflict(title: str) -> Refusal:
    """Return the refusal of what the state of a record does not allow."""
    return Refusal(HTTPStatus.CONFLICT, title)


def custom_fields(errand: Errand, sent: list[Row] | None, kind: str) -> list[Row] | Refusal:
    """Give sent custom fields their names, or refuse unknown ones."""
    types = errand.tenant.shelves[f"{kind}_custom_fields"]
    names = dict(zip(types.column("id"), types.column("name"), strict=True))
    wrong = [item["typeId"] for item in sent or [] if item["typeId"] not in names]
    if wrong:
        return refused({"customFields": [f"There is no custom field {', '.join(map(str, wrong))}."]})
    return [
        {"typeId": item["typeId"], "name": names[item["typeId"]], "value": item["value"]}
        for item in sent or []
    ]


def attached(held: list[Row] | None, sent: Row) -> list[Row]:
    """Return external data after a change: replaced, or merged; a null value deletes its key."""
    kept = {item["key"]: item["value"] for item in held or []} if sent.get("patchMode") == "Merge" else {}
    kept |= {item["key"]: item["value"] for item in sent["externalData"]}
    return [{"key": key, "value": value} for key, value in kept.items() if value is not None]


def digits(text: str) -> str:
    """Return a number as it is dialled."""
    return re.sub(r"\D", "", text)


def _dangling(errand: Errand, body: Mapping[str, Any], where: str) -> Iterator[tuple[str, list[str]]]:
    for field, value in body.items():
        for place, part in enumerate(value if isinstance(value, list) else ()):
            if isinstance(part, dict):
                yield from _dangling(errand, part, f"{where}{field}[{place}].")
        if field in REFERENCES and value is not None:
            shelf = errand.tenant.shelves[REFERENCES[field]]
            missing = [
                key for key in (value if isinstance(value, list) else [value]) if shelf.find(key) is None
            ]
            if missing:
                yield f"{where}{field}", [f"{', '.join(map(str, missing))} does not exist."]
