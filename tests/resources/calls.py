"""One good call of each operation, made from what the demo tenant holds."""

from collections.abc import Callable
from typing import Any

import pandas as pd

import stcrm_nb
from stcrm_nb.catalogue import RESOURCES, BodyField, Choices, Operation
from stcrm_nb.client import Client

Arguments = dict[str, Any]
ALIKE: dict[str, Any] = {
    "id": 240000001,
    "int": 7,
    "float": 41.5,
    "decimal": 100.0,
    "bool": True,
    "text": "Text",
    "guid": "5d1f4c1e-7a3b-4c58-9f0e-8140000210aa",
    "time": "2026-10-05",
}
BY_NAME: dict[str, Any] = {
    "campaignId": 4401,
    "businessUnitId": 1101,
    "jobTypeId": 2201,
    "callReasonId": 28,
    "dismissingReasonId": 28,
    "taxZoneId": 9801,
    "paymentTermId": 9701,
    "tagTypeIds": [7702],
    "customerId": 240000001,
    "locationId": 250200001,
    "customerIds": [240000001, 240000005],
    "preferredTechnicianId": 19001,
}


def operation_ids() -> list[str]:
    return stcrm_nb.operations()["operation_id"].tolist()


def found(operation_id: str) -> tuple[str, Operation]:
    pairs = ((resource, operation) for resource in RESOURCES for operation in resource.operations)
    resource, operation = next(pair for pair in pairs if pair[1].operation_id == operation_id)
    return f"{resource.name}.{operation.name}", operation


def resolve(crm: Client, call: str) -> Callable[..., Any]:
    target: Any = crm
    for word in call.split("."):
        target = getattr(target, word)
    return target


def arguments(crm: Client, call: str, operation: Operation) -> Arguments:
    """Path ids that exist, all required fields of the body, and one optional field of a PATCH."""
    given = _path(crm, call, operation)
    needed = [field for field in operation.body if field.required]
    if operation.method == "PATCH" or operation.needs_one_of:
        needed += [field for field in operation.body if not field.required][:1]
    given |= {field.name: value(call, field) for field in needed}
    if call.endswith("all_contacts"):
        given["modified_on_or_after"] = "2025-01-01"
    return given


def value(call: str, field: BodyField) -> Any:  # noqa: ANN401 - of the field's type
    if field.field in BY_NAME:
        return BY_NAME[field.field]
    one: Any
    if isinstance(field.type, Choices):
        *_, one = field.type.values  # noqa: PD011 - a tuple of ours, no frame
    elif field.type == "object":
        one = {part.name: value(call, part) for part in field.parts if part.required}
    elif call.endswith("preferences.update") and field.field == "value":
        one = "False"
    else:
        one = ALIKE[field.type]
    return [one] if field.many else one


def _path(crm: Client, call: str, operation: Operation) -> Arguments:
    names = [parameter.name for parameter in operation.parameters if parameter.where == "path"]
    resource = call.split(".", maxsplit=1)[0]
    given: Arguments = {}
    if resource == "contacts":
        return _people(crm, call, names)
    if "provider" in names:
        booking = _first(crm.bookings.list(), lambda rows: rows["status"] == "New")
        given |= {"provider": booking["booking_provider_id"]}
        given |= {"id": booking["id"]} if "id" in names else {}
    elif "id" in names:
        rows = getattr(crm, resource).list()
        given["id"] = (
            _first(rows, lambda rows: rows["status"] == "Open") if resource == "leads" else rows.iloc[0]
        )["id"]
    return given | _inner(crm, call, names, given)


def _inner(crm: Client, call: str, names: list[str], given: Arguments) -> Arguments:
    resource = getattr(crm, call.split(".", maxsplit=1)[0])
    if "contact_id" in names:
        return {"contact_id": resource.contacts(given["id"])["id"].iloc[0]}
    if "note_id" in names:
        for key in resource.list()["id"]:
            notes = resource.notes(key)
            if len(notes):
                return {"id": key, "note_id": notes["id"].iloc[0]}
    if "preferred_technician_id" in names:
        return {"preferred_technician_id": 19001}
    if "tag_type_id" in names:
        tags = resource.tags(resource.list())
        holder = tags.iloc[0]
        if call.endswith("remove_tag"):
            return {"id": holder.iloc[0], "tag_type_id": holder["tag_type_id"]}
        held = tags.loc[tags.iloc[:, 0] == holder.iloc[0], "tag_type_id"]
        free = crm.lookups.tag_types()["id"]
        return {"id": holder.iloc[0], "tag_type_id": free[~free.isin(held)].iloc[0]}
    return {}


def _people(crm: Client, call: str, names: list[str]) -> Arguments:
    methods = crm.contacts.methods.search()
    method = methods.iloc[0]
    kind = crm.contacts.relationships(method["contact_id"]).iloc[0]
    known = {
        "id": method["contact_id"],
        "contact_id": method["contact_id"],
        "contact_method_id": method["id"],
        "preference_name": "JobReminders",
        "related_entity_id": kind["related_entity_id"],
        "relationship_id": kind["related_entity_id"],
        "type_slug": kind["type_slug"],
    }
    if call.endswith("add_relationship"):
        known |= {"related_entity_id": 250200001, "type_slug": "location"}
    return {name: known[name] for name in names}


def _first(rows: pd.DataFrame, which: Callable[[pd.DataFrame], Any]) -> Any:  # noqa: ANN401 - a row
    return rows[which(rows)].iloc[0]
