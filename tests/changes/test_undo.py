"""Every write that can be taken back is: applied, undone, and the record is as it was."""

from collections.abc import Mapping

import pytest
from resources.calls import arguments, found, operation_ids, resolve

from stcrm_nb.client import Client
from stcrm_nb.errors import ChangeError, StaleChangeError
from stcrm_nb.sandbox.serve import Sandbox

MOVES = {"modified_on", "modified_by", "modified_by_id", "id", "created_on", "created_by", "created_by_id"}
BEFORE = {  # what the record must hold for the call to change something that can be taken back
    "BulkTags_RemoveTags": "tags.add",
    "Locations_UpdatePreferredTechnician": "locations.set_preferred_technician",
}
WRITES = [each for each in operation_ids() if found(each)[1].writes]
FINAL = [each for each in WRITES if " " in found(each)[1].undo]


def image(state: Mapping[str, object] | None) -> dict[str, object]:
    """What is compared: everything but what every write moves."""
    return {name: value or None for name, value in (state or {}).items() if name not in MOVES}


@pytest.mark.parametrize("operation_id", [each for each in WRITES if each not in FINAL])
def test_what_was_written_is_taken_back(writable_crm: Client, operation_id: str) -> None:
    call, operation = found(operation_id)
    given = arguments(writable_crm, call, operation)
    if operation_id in BEFORE:
        other = {"preferred_technician_id": 19002} if "preferred_technician_id" in given else {}
        resolve(writable_crm, BEFORE[operation_id])(**given | other).apply()
    change = resolve(writable_crm, call)(**given)
    receipt = change.apply()
    undone = receipt.undo().apply()
    assert undone.outcome == "done"
    if change.after is None:  # what was removed is there again, under another id
        again = image(undone.after)
        assert {name: again[name] for name in again if name in image(change.before)} == {
            name: value for name, value in image(change.before).items() if name in again
        }
    else:
        assert image(change.look()) == image(change.before)


@pytest.mark.parametrize("operation_id", FINAL)
def test_what_cannot_be_taken_back_says_why(writable_crm: Client, operation_id: str) -> None:
    call, operation = found(operation_id)
    change = resolve(writable_crm, call)(**arguments(writable_crm, call, operation))
    assert operation.undo in repr(change), "said before it is applied"
    with pytest.raises(ChangeError, match=operation.undo[:30]):
        change.apply().undo()


def test_an_undo_after_somebody_elses_change_is_refused(writable_crm: Client) -> None:
    crm = writable_crm
    receipt = crm.customers.update(240000001, name="First").apply()
    crm.customers.update(240000001, name="Second").apply()
    with pytest.raises(StaleChangeError, match=r"changed again since \(name\)") as stale:
        receipt.undo()
    ((label, written, now, before),) = stale.value.rows
    assert (label, written, now) == ("name", "First", "Second")
    assert before not in (None, "First", "Second")
    assert "Second" not in str(stale.value), "no customer's data in a message"


def test_an_undo_can_be_undone(writable_crm: Client) -> None:
    crm = writable_crm
    before = crm.customers.get(240000001)["name"]
    receipt = crm.customers.update(240000001, name="First").apply()
    again = receipt.undo().apply()
    assert crm.customers.get(240000001)["name"] == before
    again.undo().apply()
    assert crm.customers.get(240000001)["name"] == "First"


def test_what_the_api_cannot_set_back_is_said(writable_crm: Client) -> None:
    crm = writable_crm
    location = next(
        key for key in crm.locations.list()["id"] if crm.locations.preferred_technician(key) is None
    )
    receipt = crm.locations.set_preferred_technician(location, 19001).apply()
    with pytest.raises(ChangeError, match="cannot set none again"):
        receipt.undo()


def test_tags_that_were_there_before_stay(writable_crm: Client) -> None:
    crm = writable_crm
    crm.tags.add(customer_ids=[240000001], tag_type_ids=[7702]).apply()
    receipt = crm.tags.add(customer_ids=[240000001, 240000005], tag_type_ids=[7702]).apply()
    receipt.undo().apply()
    tags = crm.customers.tags(crm.customers.list(ids=[240000001, 240000005]))
    assert tags.loc[tags["tag_type_id"] == 7702, "customer_id"].tolist() == [240000001]


def test_a_merged_or_barred_customer_is_warned_about(writable_crm: Client) -> None:
    crm = writable_crm
    customers = crm.customers.list(active="any")
    merged = customers.dropna(subset=["merged_to_id"]).iloc[0]
    change = crm.customers.add_tag(merged["id"], 7702)
    assert f"merged into {merged['merged_to_id']}" in repr(change)
    crm.customers.update(240000001, do_not_service=True).apply()
    assert "do-not-service" in repr(crm.customers.add_contact(240000001, type="Phone", value="6085550100"))
    assert "do-not-service" not in repr(crm.customers.add_tag(240000005, 7702))


def test_the_bookings_of_a_provider_are_not_listed_to_plan_one_more(
    writable_crm: Client, sandbox: Sandbox
) -> None:
    crm = writable_crm
    call, operation = found("Bookings_Create")
    given = arguments(crm, call, operation)
    before = len(sandbox.calls)
    crm.bookings.create(**given)
    assert [each.path for each in sandbox.calls[before:]] == []
