"""Every write that can be taken back is: applied, undone, and the record is as it was."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from resources.calls import arguments, found, operation_ids, resolve

from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import AlreadyAppliedError, ChangeError, StaleChangeError, UnknownParameterError
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


def noted(crm: Client) -> dict[str, str]:
    """What the journal says of this test's last writes, by operation."""
    frame = crm.journal.frame()
    assert crm.journal.verify() >= 2 * len(frame)
    return dict(zip(frame["operation"], frame["outcome"].astype("str"), strict=True))


@pytest.mark.parametrize("operation_id", [each for each in WRITES if each not in FINAL])
def test_what_was_written_is_taken_back(writable_crm: Client, operation_id: str) -> None:
    call, operation = found(operation_id)
    given = arguments(writable_crm, call, operation)
    if operation_id in BEFORE:
        other = {"preferred_technician_id": 19002} if "preferred_technician_id" in given else {}
        resolve(writable_crm, BEFORE[operation_id])(**given | other).apply()
    change = resolve(writable_crm, call)(**given)
    receipt = change.apply()
    assert noted(writable_crm)[operation_id] == "done"
    undone = receipt.undo().apply()
    assert undone.outcome == "done"
    assert set(noted(writable_crm).values()) == {"done"}
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
    receipt = change.apply()
    assert noted(writable_crm)[operation_id] == "done"
    with pytest.raises(ChangeError, match=operation.undo[:30]):
        receipt.undo()


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


def test_a_contact_comes_back_with_its_preferences_in_a_second_step(
    writable_crm: Client, sandbox: Sandbox
) -> None:
    crm = writable_crm
    home = crm.locations.list()["id"].iloc[0]
    contact = crm.locations.contacts(home)["id"].iloc[0]
    wanted = {
        "job_reminders_enabled": False,
        "marketing_updates_enabled": True,
        "invoice_statement_notification": False,
        "invoice_notification": False,
        "statement_notification": True,
    }
    crm.locations.update_contact(home, contact, preferences=wanted).apply()
    back = crm.locations.remove_contact(home, contact).apply().undo()
    assert "another id and created date" in repr(back), "said before it is applied"
    assert "Preferences marketing updates enabled" in repr(back)
    before = len(sandbox.calls)
    made = back.apply().after
    sent = [each.method for each in sandbox.calls[before:] if each.method != "GET"]
    assert sent == ["POST", "PATCH"]
    assert made is not None
    contacts = crm.locations.contacts(home).set_index("id")
    again = contacts.loc[made["id"]]
    assert {name: again[f"preferences_{name}"] for name in wanted} == wanted


def test_bulk_tags_that_changed_differently_are_taken_back_all_the_same(writable_crm: Client) -> None:
    crm = writable_crm
    three = [240000001, 240000005, 240000009]
    crm.tags.remove(customer_ids=three, tag_type_ids=[7702, 7703]).apply()
    crm.tags.add(customer_ids=[240000001], tag_type_ids=[7702]).apply()
    crm.tags.add(customer_ids=[240000005], tag_type_ids=[7703]).apply()
    change = crm.tags.add(customer_ids=three, tag_type_ids=[7702, 7703])
    before = change.before
    receipt = change.apply()
    undone = receipt.undo().apply()
    assert change.look() == before
    undone.undo().apply()
    assert change.look() == receipt.after, "an undo in several steps can be undone"


def test_what_was_taken_back_is_not_taken_back_twice(writable_crm: Client, sandbox: Sandbox) -> None:
    """What was removed would be made twice."""
    crm = writable_crm
    home = crm.locations.list()["id"].iloc[0]
    receipt = crm.locations.remove_contact(home, crm.locations.contacts(home)["id"].iloc[0]).apply()
    first, second = receipt.undo(), receipt.undo()
    first.apply()
    sent = len(sandbox.calls)
    with pytest.raises(AlreadyAppliedError, match="taken back before"):
        second.apply()
    with pytest.raises(AlreadyAppliedError, match="taken back before"):
        receipt.undo()
    assert [each.method for each in sandbox.calls[sent:] if each.method != "GET"] == []


def test_the_journal_takes_back_what_another_session_did(sandbox: Sandbox, home: Path) -> None:
    with open_sandbox(sandbox, home, writable=True) as crm:
        before = crm.customers.get(240000001)["name"]
        crm.customers.update(240000001, name="Renamed").apply()
        note = crm.customers.add_note(240000001, text="To be removed").apply()
    with open_sandbox(sandbox, home, writable=True) as crm:
        crm.undo(note.change).apply()
        assert "To be removed" not in crm.customers.notes(240000001)["text"].tolist()
        renaming = crm.journal.frame(operation="Customers_Update")["change"].iloc[-1]
        crm.undo(renaming).apply()
        assert crm.customers.get(240000001)["name"] == before
        crm.undo().apply()  # the latest: it takes back the taking back
        assert crm.customers.get(240000001)["name"] == "Renamed"
        with pytest.raises(ChangeError, match="no change 'xyz'"):
            crm.undo("xyz")


def test_a_plan_names_what_ids_mean(writable_crm: Client) -> None:
    crm = writable_crm
    lead = crm.leads.list(status="Open")["id"].iloc[0]
    reason = crm.lookups.call_reasons().iloc[0]
    plan = repr(crm.leads.dismiss(lead, dismissing_reason_id=reason["id"]))
    assert f"{reason['name']} ({reason['id']})" in plan
    tag = crm.lookups.tag_types().iloc[-1]
    assert f"tag {tag['name']} ({tag['id']})" in repr(crm.locations.add_tag(250200001, tag["id"]))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"balance": 3}, "balance is read-only"),
        ({"nmae": "x"}, "did you mean name"),
        ({"zzz": 1}, "no parameter"),
    ],
)
def test_what_cannot_be_written_names_what_can(crm: Client, given: dict[str, object], said: str) -> None:
    with pytest.raises(
        UnknownParameterError, match=rf"{said}.*Writable: name, type, address.*Nothing was sent"
    ):
        crm.customers.update(240000001, **given)
