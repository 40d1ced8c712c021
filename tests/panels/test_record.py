"""Removing a contact from the record page: planned, confirmed, sent once."""

import json

import pandas as pd
import pytest

from stcrm_nb.client import Client
from stcrm_nb.errors import ReadOnlyError, StaleChangeError
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
    panel._page.pane._handle_custom_msg(message, [])
    return json.dumps(panel._page.pane.tree)


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
    act(panel, "remove", contact)
    drawn = act(panel, "confirm")
    assert f'"remove-{contact}"' not in drawn
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
    drawn = json.dumps(panel._page.pane.tree)
    assert "Read-only connection: open with stcrm.connect(..., writable=True)" in drawn
    assert '"disabled": true' in drawn
    assert '"role": "alert"' in act(panel, "act:remove_contact", target[1])
    assert isinstance(panel.last_error, ReadOnlyError)
    assert panel._page.confirm is None
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
    assert f'"remove-{target[1]}"' not in drawn


def test_the_button_names_its_contact(panel: Browser, writable_crm: Client, target: tuple[int, int]) -> None:
    contacts = writable_crm.locations.contacts(target[0]).set_index("id")
    drawn = json.dumps(panel._page.pane.tree, ensure_ascii=False)
    assert f'"aria-label": "Remove contact {contacts.loc[target[1], "value"]}"' in drawn


def test_leads_have_no_contacts_and_no_button(writable_crm: Client) -> None:
    panel = writable_crm.browse("leads")
    panel.show(int(panel.frame["id"].iloc[0]))
    drawn = json.dumps(panel._page.pane.tree)
    assert panel.last_error is None
    assert "Contacts" not in drawn
    assert "remove" not in drawn


def test_notes_are_shown_with_the_record(crm: Client) -> None:
    lead = next(int(each) for each in crm.leads.list()["id"] if len(crm.leads.notes(each)))
    panel = crm.browse("leads")
    panel.show(lead)
    drawn = json.dumps(panel._page.pane.tree, ensure_ascii=False)
    assert panel.last_error is None
    assert f"Notes ({len(crm.leads.notes(lead))})" in drawn
    assert crm.leads.notes(lead)["text"].iloc[0] in drawn


def test_pinned_notes_stand_first_then_the_newest() -> None:
    written = pd.to_datetime(["2026-01-01", "2026-01-03", "2026-01-02"], utc=True)
    notes = pd.DataFrame({"text": ["pinned", "new", "old"], "created_on": written})
    notes["is_pinned"] = pd.array([True, False, None], dtype="boolean")
    items = note_list(notes, "UTC")["children"][1]["children"]
    assert [item["children"][0] for item in items] == ["pinned", "new", "old"]
    assert ["badge" in json.dumps(item) for item in items] == [True, False, False]


def test_a_record_without_notes_says_so(crm: Client) -> None:
    notes = crm.leads.notes(int(crm.leads.list()["id"].iloc[0]), created_before="2000-01-01")
    assert "No notes." in json.dumps(note_list(notes, "UTC"))


def test_lists_of_a_record_are_written_for_people(crm: Client) -> None:
    panel = crm.browse("locations")
    panel.show(250200006)
    drawn = json.dumps(panel._page.pane.tree)
    assert "Filter Size: 20x25x4" in drawn
    assert "type_id" not in drawn
    assert "[]" not in drawn.replace('"children": []', "")
    assert "Not in the published description" not in drawn
