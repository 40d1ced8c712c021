"""What a write is expected to leave behind. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime

from stcrm_nb.catalogue import Operation
from stcrm_nb.catalogue.model import snake
from stcrm_nb.changes.change import State
from stcrm_nb.transport.body import leaves

Values = Mapping[str, object]
Effect = Callable[[State, Values], dict[str, object]]


def expected(operation: Operation, before: State | None, arguments: Values, *, body: Values | None) -> State:
    """Return the columns that a write sets, with the values they will have.

    Parameters
    ----------
    operation : Operation
        The write; not one that removes.
    before : mapping or None
        What is there now.
    arguments : mapping
        By Python name.
    body : mapping or None
        What is sent, by the API's names.

    Returns
    -------
    mapping of column name to value
    """
    sent = _columns(operation, body or {})
    effect = EFFECTS.get(operation.operation_id)
    return effect(before or {}, {**arguments, **sent}) if effect else sent


def holds(now: State | None, after: State | None) -> bool:
    """Tell whether what is there now is what was expected, in every column that was to change."""
    if now is None or after is None:
        return now is None and after is None
    return all(_same(now[name], value) for name, value in after.items() if name in now)


def _columns(operation: Operation, body: Values) -> dict[str, object]:
    return {snake(field): _snaked(value) for field, value in leaves(operation.body, body)}


def _snaked(value: object) -> object:
    if isinstance(value, list):
        return [_snaked(item) for item in value]
    if isinstance(value, dict):
        return {snake(name): _snaked(item) for name, item in value.items()}
    return value


def _same(now: object, expected_value: object) -> bool:
    """Compare by meaning: a moment in any spelling, a list in any order, null as empty."""
    if isinstance(expected_value, list) and isinstance(now, list | None):
        return _unordered(now or [], expected_value)
    if isinstance(expected_value, dict) and isinstance(now, dict):
        return all(now.get(name) == value for name, value in expected_value.items())
    if isinstance(expected_value, str) and isinstance(now, str) and now != expected_value:
        return _moment(now) is not None and _moment(now) == _moment(expected_value)
    return now == expected_value or (now is None and expected_value == "")


def _unordered(now: list[object], wanted: list[object]) -> bool:
    left = list(now)
    for item in wanted:
        found = next((each for each in left if _same(each, item)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _dismissed(_before: State, given: Values) -> dict[str, object]:
    reason = given.get("dismissing_reason_id", given.get("call_reason_id"))
    return {"status": "Dismissed"} | ({"dismissing_reason_id": reason} if reason is not None else {})


def _followed(_before: State, given: Values) -> dict[str, object]:
    return {"follow_up_date": given["follow_up_date"]}


def _tagged(before: State, given: Values) -> dict[str, object]:
    return {"tag_type_ids": sorted({*_ids(before["tag_type_ids"]), _id(given["tag_type_id"])})}


def _untagged(before: State, given: Values) -> dict[str, object]:
    return {"tag_type_ids": sorted({*_ids(before["tag_type_ids"])} - {_id(given["tag_type_id"])})}


def _preferring(_before: State, given: Values) -> dict[str, object]:
    return {"preferred_technician_id": _id(given["preferred_technician_id"])}


def _all_tagged(before: State, given: Values) -> dict[str, object]:
    return {owner: sorted({*_ids(tags), *_ids(given["tag_type_ids"])}) for owner, tags in before.items()}


def _all_untagged(before: State, given: Values) -> dict[str, object]:
    return {owner: sorted({*_ids(tags)} - {*_ids(given["tag_type_ids"])}) for owner, tags in before.items()}


def _id(value: object) -> int:
    return int(str(value))


def _ids(values: object) -> list[int]:
    return [_id(value) for value in values] if isinstance(values, list | tuple) else []


# Where the body alone does not say what becomes of the record.
EFFECTS: dict[str, Effect] = {
    "Leads_Dismiss": _dismissed,
    "Bookings_DismissBooking": _dismissed,
    "Leads_CreateFollowUp": _followed,
    "Customers_CreateTag": _tagged,
    "Locations_CreateTag": _tagged,
    "Customers_DeleteTag": _untagged,
    "Locations_DeleteTag": _untagged,
    "Locations_UpdatePreferredTechnician": _preferring,
    "BulkTags_AddTags": _all_tagged,
    "BulkTags_RemoveTags": _all_untagged,
}
