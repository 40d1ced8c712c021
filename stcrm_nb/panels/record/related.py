"""A record with all that belongs to it: contacts, notes, tags, names, relatives, what the journal knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from stcrm_nb import catalogue
from stcrm_nb.catalogue import Operation
from stcrm_nb.errors import StcrmError
from stcrm_nb.frames.labels import LABELS
from stcrm_nb.frames.names import names_of
from stcrm_nb.frames.record import Record
from stcrm_nb.panels.mask import masked, masked_frame, masked_names, masked_record
from stcrm_nb.panels.record.actions import Field, fields_of
from stcrm_nb.resources import Resource

NAMED = {
    "customer_id": catalogue.CUSTOMERS,
    "location_id": catalogue.LOCATIONS,
    "booking_id": catalogue.BOOKINGS,
}
LISTED = {"customers": ("locations", "leads")}
RESOURCES = {each.name: each for each in catalogue.RESOURCES}
MOST = 25  # relatives shown of one kind
SAID = ("name", "status", "address_street", "address_city", "summary", "created_on")


@dataclass(frozen=True, slots=True)
class Relative:
    """A record that belongs to another one."""

    resource: str
    kind: str
    key: int
    text: str
    said: str = ""


@dataclass(slots=True)
class Whole:
    """One record and what belongs to it, as it was read."""

    record: Mapping[str, Any]
    contacts: pd.DataFrame | None = None
    notes: pd.DataFrame | None = None
    names: dict[str, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    relatives: tuple[Relative, ...] = ()
    changes: pd.DataFrame = field(default_factory=pd.DataFrame)

    def masked(self) -> "Whole":
        """Return the same with what tells who somebody is blotted out."""
        return Whole(
            masked_record(self.record),
            None if self.contacts is None else masked_frame(self.contacts),
            None if self.notes is None else masked_frame(self.notes),
            masked_names(self.names),
            self.tags,
            tuple(replace(each, text=masked(each.text), said=masked(each.said)) for each in self.relatives),
            self.changes.assign(call="") if "call" in self.changes else self.changes,
        )


def whole(resource: Resource, key: int, *, refresh: bool = False) -> Whole:
    """Read a record and all that belongs to it."""
    record: Record = resource.operation("get")(key, refresh=refresh)
    found = Whole(record, names=_names(resource, record), tags=_tags(resource, record))
    if resource.offers("contacts"):
        found.contacts = resource.operation("contacts")(key, refresh=refresh)
    if resource.offers("notes"):
        found.notes = resource.operation("notes")(key, refresh=refresh, names=True)
    found.relatives = tuple(_relatives(resource, record))
    for column, other in NAMED.items():
        named = {each.key: each.text for each in found.relatives if each.resource == other.name}
        if record.get(column) in named:
            found.names[column] = named[record[column]]
    found.changes = resource.operation("get").applier.journal.frame(record=key)
    return found


def sibling(resource: Resource, name: str) -> Resource:
    """Return another resource of the same connection."""
    return Resource(RESOURCES[name], resource.operation("get").applier)


def choices_for(resource: Resource, operation: Operation) -> dict[str, dict[int, str]]:
    """Return what can be picked in each field of a form that picks a name."""
    fields = [each for each in fields_of(operation) if each.kind == "name"]
    return {each.name: _every(resource, each) for each in fields}


def _every(resource: Resource, asked: Field) -> dict[int, str]:
    column = asked.name.removesuffix("s") if asked.many else asked.name
    session = resource.operation("get").applier.session
    names = names_of(session, column, None)
    return dict(sorted(names.items(), key=lambda each: each[1].lower()))


def _names(resource: Resource, record: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of what the record's ids mean."""
    session = resource.operation("get").applier.session
    named = {name: record[name] for name in LABELS if record.get(name) is not None}
    found = {name: names_of(session, name, [value]).get(value) for name, value in named.items()}
    return {name: text for name, text in found.items() if text}


def _tags(resource: Resource, record: Mapping[str, Any]) -> dict[int, str]:
    tags = record.get("tag_type_ids") or []
    known = names_of(resource.operation("get").applier.session, "tag_type_id", tags)
    return {tag: known.get(tag, str(tag)) for tag in tags}


def _relatives(resource: Resource, record: Record) -> list[Relative]:
    found = []
    for column, other in NAMED.items():
        if record.get(column) is not None and other.name != resource.name:
            found += _one(resource, other, int(record[column]))
    for name in LISTED.get(resource.name, ()):
        found += _many(resource, RESOURCES[name], int(record["id"]))
    return found


def _one(resource: Resource, other: catalogue.Resource, key: int) -> list[Relative]:
    try:
        record = sibling(resource, other.name).operation("get")(key)
    except StcrmError:  # a relative that may not be read is still named
        return [Relative(other.name, other.singular, key, str(key))]
    return [_relative(other, record)]


def _many(resource: Resource, other: catalogue.Resource, key: int) -> list[Relative]:
    anyway = (
        {"active": "Any"}
        if any(each.field == "active" for each in other.operation("list").parameters)
        else {}
    )
    try:
        rows = sibling(resource, other.name).operation("list")(customer_id=key, **anyway)
    except StcrmError:
        return []
    return [_relative(other, row) for row in rows.head(MOST).to_dict("records")]


def _relative(other: catalogue.Resource, record: Mapping[str, Any]) -> Relative:
    texts = [
        str(record[name]) for name in SAID[:-1] if isinstance(record.get(name), str) and record[name].strip()
    ]
    made = record.get("created_on")
    day = f"{made:%Y-%m-%d}" if isinstance(made, pd.Timestamp) else ""
    first, *rest = texts or [str(record["id"])]
    said = ", ".join([*(text[:60] for text in rest[:2]), day][:3])
    return Relative(other.name, other.singular, int(record["id"]), first[:80], said)
