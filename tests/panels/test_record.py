"""Removing a contact from the record page: planned, confirmed, sent once."""

import json

import pandas as pd
import pytest

import stcrm_nb as stcrm
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, ReadOnlyError, StaleChangeError
from stcrm_nb.panels import Browser
from stcrm_nb.panels.record.draw import note_list


def writes(crm: Client) -> list[tuple[str, str]]:
    assert crm.sandbox is not None
    return [
        (call.method, call.path)
        for call in crm.sandbox.calls
        if call.method != "GET" and "/crm/" in call.path
    ]


def act(panel: Browser, gesture: str, value: object = "", **fields: str) -> str:
    """Send a gesture of the record page, and return what it shows then."""
    message = {"gesture": gesture, "value": str(value), "checked": False, "fields": fields}
    panel._record.pane._handle_custom_msg(message, [])
    return json.dumps(panel._record.pane.tree)


@pytest.fixture
def target(crm: Client) -> tuple[int, int]:
    """A location with two contacts or more, and its first contact."""
    for location in crm.locations.list()["id"]:
        contacts = crm.locations.contacts(location)["id"].tolist()
        if len(contacts) > 1:
            return int(location), int(contacts[0])
    raise LookupError("the demo tenant has no location with two contacts")


@pytest.fixture
def panel(writable_crm: Client, target: tuple[int, int]) -> Browser:
    panel = writable_crm.browse("locations")
    panel.show(target[0])
    return panel


def test_the_plan_is_shown_and_nothing_is_sent(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    drawn = act(panel, "act:remove_contact", target[1])
    assert panel.last_error is None
    assert "planned, nothing sent" in drawn
    assert '"gesture": "confirm"' in drawn
    assert writes(writable_crm) == []


def test_cancel_sends_nothing(panel: Browser, writable_crm: Client, target: tuple[int, int]) -> None:
    act(panel, "act:remove_contact", target[1])
    act(panel, "cancel")
    assert "planned" not in act(panel, "confirm")
    assert writes(writable_crm) == []


def test_a_double_click_on_confirm_sends_once(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    act(panel, "act:remove_contact", target[1])
    act(panel, "confirm")
    drawn = act(panel, "confirm")
    assert panel.last_error is None
    assert [method for method, _ in writes(writable_crm)] == ["DELETE"]
    assert '"done"' in drawn


def test_afterwards_the_contact_is_gone_and_the_row_is_read_again(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    location, contact = target
    act(panel, "act:remove_contact", contact)
    drawn = act(panel, "confirm")
    assert f'"remove_contact-{contact}"' not in drawn
    assert contact not in writable_crm.locations.contacts(location, refresh=True)["id"].tolist()
    assert writable_crm.sandbox is not None
    paths = [call.path.partition("/locations/")[2] for call in writable_crm.sandbox.calls]
    deleted = paths.index(f"{location}/contacts/{contact}")
    assert {f"{location}", f"{location}/contacts"} <= set(paths[deleted:])
    act(panel, "back")
    assert panel.last_error is None
    assert location in panel.frame["id"].tolist()


def test_a_read_only_page_says_why_and_refuses_even_a_click_by_code(
    crm: Client, target: tuple[int, int]
) -> None:
    panel = crm.browse("locations")
    panel.show(target[0])
    drawn = json.dumps(panel._record.pane.tree)
    assert "Read-only connection: open with stcrm.connect(..., writable=True)" in drawn
    assert '"disabled": true' in drawn
    assert '"role": "alert"' in act(panel, "act:remove_contact", target[1])
    assert isinstance(panel.last_error, ReadOnlyError)
    assert panel._record.confirm is None
    assert writes(crm) == []


def test_a_contact_that_someone_else_removed_is_not_removed_again(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    act(panel, "act:remove_contact", target[1])
    writable_crm.locations.remove_contact(*target).apply()
    drawn = act(panel, "confirm")
    assert isinstance(panel.last_error, StaleChangeError)
    assert '"role": "alert"' in drawn
    assert [method for method, _ in writes(writable_crm)] == ["DELETE"]
    assert f'"remove_contact-{target[1]}"' not in drawn


def test_the_button_names_its_contact(panel: Browser, writable_crm: Client, target: tuple[int, int]) -> None:
    contacts = writable_crm.locations.contacts(target[0]).set_index("id")
    drawn = json.dumps(panel._record.pane.tree, ensure_ascii=False)
    assert f'"aria-label": "Remove contact {contacts.loc[target[1], "value"]}"' in drawn


def test_leads_have_no_contacts_and_no_button(writable_crm: Client) -> None:
    panel = writable_crm.browse("leads")
    panel.show(int(panel.frame["id"].iloc[0]))
    drawn = json.dumps(panel._record.pane.tree)
    assert panel.last_error is None
    assert "Contacts" not in drawn
    assert "act:remove_contact" not in drawn


def test_notes_are_shown_with_the_record(crm: Client) -> None:
    lead = next(int(each) for each in crm.leads.list()["id"] if len(crm.leads.notes(each)))
    panel = crm.browse("leads")
    panel.show(lead)
    drawn = json.dumps(panel._record.pane.tree, ensure_ascii=False)
    assert panel.last_error is None
    assert f"Notes ({len(crm.leads.notes(lead))})" in drawn
    assert crm.leads.notes(lead)["text"].iloc[0] in drawn


def test_pinned_notes_stand_first_then_the_newest() -> None:
    written = pd.to_datetime(["2026-01-01", "2026-01-03", "2026-01-02"], utc=True)
    notes = pd.DataFrame({"text": ["pinned", "new", "old"], "created_on": written})
    notes["is_pinned"] = pd.array([True, False, None], dtype="boolean")
    items = note_list(notes, "UTC")["children"]
    assert [item["children"][0] for item in items] == ["pinned", "new", "old"]
    assert ["badge" in json.dumps(item) for item in items] == [True, False, False]


def test_a_record_without_notes_says_so(crm: Client) -> None:
    notes = crm.leads.notes(int(crm.leads.list()["id"].iloc[0]), created_before="2000-01-01")
    assert "No notes." in json.dumps(note_list(notes, "UTC"))


def test_lists_of_a_record_are_written_for_people(crm: Client) -> None:
    panel = crm.browse("locations")
    panel.show(250200006)
    drawn = json.dumps(panel._record.pane.tree)
    assert "Filter Size" in drawn
    assert "20x25x4" in drawn
    assert "type_id" not in drawn
    assert "[]" not in drawn.replace('"children": []', "")
    assert "Not in the published description" not in drawn


def form(**fields: object) -> dict[str, object]:
    return {f"form:{name}": value for name, value in fields.items()}


def test_a_form_asks_for_what_an_operation_needs_and_becomes_a_plan(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    drawn = act(panel, "act:add_contact")
    assert '"form:type"' in drawn
    assert "Nothing is sent yet." in drawn
    act(panel, "plan", **form(type="Email", value="new@example.com", memo=""))
    assert panel.last_error is None
    assert writes(writable_crm) == []
    act(panel, "confirm")
    assert [method for method, _ in writes(writable_crm)] == ["POST"]
    assert "new@example.com" in writable_crm.locations.contacts(target[0])["value"].tolist()


def test_a_form_with_a_hole_says_so_and_keeps_what_was_typed(panel: Browser, writable_crm: Client) -> None:
    act(panel, "act:add_contact")
    drawn = act(panel, "plan", **form(type="Email", value="", memo="kept as typed"))
    assert isinstance(panel.last_error, ArgumentError)
    assert "Value: needed" in drawn
    assert "kept as typed" in drawn
    assert writes(writable_crm) == []


def test_an_update_begins_with_what_is_there_and_sends_only_what_was_changed(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    name = str(writable_crm.locations.get(target[0])["name"])
    assert json.dumps(name) in act(panel, "act:update")
    act(panel, "plan", **form(name=name))
    assert "Nothing was changed" in str(panel.last_error)
    now = {key: value for key, value in shown_values(panel).items() if isinstance(value, str)}
    act(panel, "plan", **(now | form(name="Renamed here")))
    assert panel._record.confirm is not None
    assert panel._record.confirm.change.after == {"name": "Renamed here"}


def shown_values(panel: Browser) -> dict[str, object]:
    """The fields of the form on the screen with what stands in them."""
    found: dict[str, object] = {}

    def walk(node: object) -> None:
        if isinstance(node, dict):
            attributes = node["attributes"]
            key = str(attributes.get("key", ""))
            if key.startswith("form:") and node["tag"] == "input" and attributes.get("type") != "checkbox":
                found[key] = attributes.get("value", "")
            elif key.startswith("form:") and node["tag"] == "input":
                found[key] = attributes.get("checked", False)
            elif key.startswith("form:") and node["tag"] == "select":
                chosen = [each for each in node["children"] if each["attributes"].get("selected")]
                found[key] = chosen[0]["attributes"].get("value", "") if chosen else ""
            for child in node["children"]:
                walk(child)

    for each in panel._record.pane.tree["children"]:
        walk(each)
    return found


def test_an_address_is_changed_part_by_part(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    before = writable_crm.locations.get(target[0])
    act(panel, "act:update")
    act(panel, "plan", **(shown_values(panel) | {"form:address.street": "1 New Street"}))
    assert panel.last_error is None
    assert panel._record.confirm is not None
    assert "1 New Street" in json.dumps(panel._record.pane.tree)
    act(panel, "confirm")
    assert panel.last_error is None
    after = writable_crm.locations.get(target[0], refresh=True)
    assert after["address_street"] == "1 New Street"
    kept = [
        name
        for name in before
        if name.startswith("address_") and name not in ("address_street", "address_unit")
    ]
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_tags_are_picked_by_name_and_taken_off(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    held = writable_crm.locations.get(target[0])["tag_type_ids"]
    tag = next(row for row in writable_crm.lookups.tag_types().itertuples() if row.id not in held)
    assert tag.name in act(panel, "act:add_tag")
    act(panel, "plan", **form(tag_type_id=str(tag.id)))
    act(panel, "confirm")
    assert tag.id in writable_crm.locations.get(target[0])["tag_type_ids"]
    act(panel, "act:remove_tag", tag.id)
    act(panel, "confirm")
    assert tag.id not in writable_crm.locations.get(target[0])["tag_type_ids"]


def test_what_was_done_stands_on_the_page_and_is_taken_back_there(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    act(panel, "act:add_note")
    act(panel, "plan", **form(text="Taken back at once"))
    drawn = act(panel, "confirm")
    change = writable_crm.journal.frame()["change"].iloc[-1]
    assert f'"undo-{change}"' in drawn
    assert "planned, nothing sent" in act(panel, "undo", change)
    act(panel, "confirm")
    assert panel.last_error is None
    assert "Taken back at once" not in writable_crm.locations.notes(target[0])["text"].tolist()


def test_relatives_are_one_click_away_and_back(
    panel: Browser, writable_crm: Client, target: tuple[int, int]
) -> None:
    customer = int(writable_crm.locations.get(target[0])["customer_id"])
    drawn = act(panel, "go:customers", customer)
    assert f"Customer {customer}" in drawn
    assert "Back to location" in drawn
    assert f'"go-locations-{target[0]}"' in drawn
    assert f"Location {target[0]}" in act(panel, "back")
    assert panel.last_error is None


def test_a_lead_is_dismissed_with_a_reason_by_name(writable_crm: Client) -> None:
    lead = int(writable_crm.leads.list(status="Open")["id"].iloc[0])
    panel = writable_crm.browse("leads")
    panel.show(lead)
    reason = writable_crm.lookups.call_reasons().iloc[0]
    assert str(reason["name"]) in act(panel, "act:dismiss")
    drawn = act(panel, "plan", **form(dismissing_reason_id=str(reason["id"])))
    assert f"{reason['name']} ({reason['id']})" in drawn
    act(panel, "confirm")
    assert panel.last_error is None
    assert writable_crm.leads.get(lead)["status"] == "Dismissed"


def test_a_booking_is_changed_through_its_provider(writable_crm: Client) -> None:
    bookings = writable_crm.bookings.list()
    booking = bookings[bookings["status"] == "New"].iloc[0]
    panel = writable_crm.browse("bookings")
    panel.show(int(booking["id"]))
    act(panel, "act:update")
    act(panel, "plan", **(shown_values(panel) | form(summary="Said on the phone")))
    assert panel.last_error is None
    act(panel, "confirm")
    assert writable_crm.bookings.get(booking["id"])["summary"] == "Said on the phone"


def test_ids_stand_with_their_names(crm: Client) -> None:
    leads = crm.leads.list(names=True).dropna(subset=["campaign"])
    panel = crm.browse("leads")
    panel.show(int(leads["id"].iloc[0]))
    drawn = json.dumps(panel._record.pane.tree, ensure_ascii=False)
    assert f"{leads['campaign'].iloc[0]} ({leads['campaign_id'].iloc[0]})" in drawn


def test_a_row_of_a_mere_frame_is_shown_and_allows_nothing(crm: Client) -> None:
    panel = stcrm.browse(crm.customers.list().head(9))
    panel.show(int(panel.frame["id"].iloc[3]))
    drawn = json.dumps(panel._record.pane.tree, ensure_ascii=False)
    assert str(panel.frame["name"].iloc[3]).strip() in drawn
    assert "act:" not in drawn
