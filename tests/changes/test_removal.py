"""Removing a contact: planned, shown, applied once, read back, noted."""

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from faults.relay import Forward, Relay, lost_after, lost_before, relaying

from stcrm_nb.changes.change import Change
from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import (
    AlreadyAppliedError,
    ArgumentError,
    NotFoundError,
    OutcomeUnknownError,
    ReadOnlyError,
    StaleChangeError,
    StoreError,
)
from stcrm_nb.sandbox.serve import Sandbox


def deletions(sandbox: Sandbox) -> list[str]:
    return [call.path for call in sandbox.calls if call.method == "DELETE"]


def somewhere(crm: Client) -> tuple[int, int]:
    """A location and one of its contacts."""
    for location in crm.locations.list()["id"]:
        contacts = crm.locations.contacts(int(location))
        if len(contacts) > 1:
            return int(location), int(contacts["id"].iloc[0])
    pytest.fail("no location has two contacts")


def over_http(sandbox: Sandbox, location: int) -> list[int]:
    """Ask the service itself, past every layer of ours."""
    keys = sandbox.credentials
    form = {
        "grant_type": "client_credentials",
        "client_id": keys.client_id,
        "client_secret": keys.client_secret,
    }
    token = requests.post(f"{sandbox.auth_url}/connect/token", data=form, timeout=10).json()["access_token"]
    url = f"{sandbox.api_url}/crm/v2/tenant/{keys.tenant}/locations/{location}/contacts"
    headers = {"Authorization": f"Bearer {token}", "ST-App-Key": keys.app_key}
    return [row["id"] for row in requests.get(url, headers=headers, timeout=10).json()["data"]]


@pytest.fixture
def relay(sandbox: Sandbox) -> Iterator[Relay]:
    """What stands between client and service, and may lose a reply."""
    with relaying(sandbox.api_url) as running:
        yield running


@pytest.fixture
def relayed(relay: Relay, sandbox: Sandbox, home: Path) -> Iterator[Client]:
    """A writable connection whose calls pass the relay."""
    with open_sandbox(sandbox, home, writable=True) as direct:
        settings = replace(direct.settings, api_url=relay.url)
    with Client(settings, sandbox=sandbox) as client:
        yield client


@pytest.fixture
def change(writable_crm: Client) -> Change:
    return writable_crm.locations.remove_contact(*somewhere(writable_crm))


def test_a_plan_sends_nothing(sandbox: Sandbox, change: Change) -> None:
    assert deletions(sandbox) == []
    assert change.before is not None
    assert change.after is None


def test_a_removed_contact_is_gone_when_asked_again(writable_crm: Client, sandbox: Sandbox) -> None:
    location, contact = somewhere(writable_crm)
    before = writable_crm.locations.contacts(location)
    receipt = writable_crm.locations.remove_contact(location, contact).apply()
    assert receipt.outcome == "done"
    after = writable_crm.locations.contacts(location)
    assert sorted(after["id"]) == sorted(set(before["id"]) - {contact})
    assert sorted(over_http(sandbox, location)) == sorted(after["id"])


def test_a_contact_of_a_customer_is_removed_the_same_way(writable_crm: Client) -> None:
    customer = int(writable_crm.locations.get(somewhere(writable_crm)[0])["customer_id"])
    contact = int(writable_crm.customers.contacts(customer)["id"].iloc[0])
    receipt = writable_crm.customers.remove_contact(customer, contact).apply()
    assert receipt.outcome == "done"
    assert contact not in writable_crm.customers.contacts(customer)["id"].tolist()


def test_a_change_is_applied_once(change: Change, sandbox: Sandbox) -> None:
    change.apply()
    with pytest.raises(AlreadyAppliedError):
        change.apply()
    assert len(deletions(sandbox)) == 1


def test_a_read_only_connection_refuses_and_says_how_to_open_one(crm: Client, sandbox: Sandbox) -> None:
    change = crm.locations.remove_contact(*somewhere(crm))
    with pytest.raises(ReadOnlyError, match="writable=True") as refused:
        change.apply()
    assert refused.value.effect == "none"
    assert deletions(sandbox) == []


def test_production_wants_the_record_id_back(change: Change, sandbox: Sandbox) -> None:
    """Requirement W8."""
    change.place = replace(change.place, environment="production")
    with pytest.raises(ReadOnlyError, match=rf"confirm={change.record_id}"):
        change.apply()
    with pytest.raises(ReadOnlyError):
        change.apply(confirm=1)
    assert deletions(sandbox) == []
    assert change.apply(confirm=change.record_id).outcome == "done"


def test_a_plan_grows_old(change: Change, sandbox: Sandbox) -> None:
    """Requirement W1."""
    change.age = lambda: 601.0
    with pytest.raises(StaleChangeError, match="ten minutes"):
        change.apply()
    assert deletions(sandbox) == []


def test_a_plan_is_stale_once_someone_else_removed_the_contact(
    writable_crm: Client, sandbox: Sandbox
) -> None:
    """Requirement W2."""
    location, contact = somewhere(writable_crm)
    first = writable_crm.locations.remove_contact(location, contact)
    second = writable_crm.locations.remove_contact(location, contact)
    first.apply()
    with pytest.raises(StaleChangeError, match="is gone"):
        second.apply()
    assert len(deletions(sandbox)) == 1


def test_a_lost_reply_is_settled_by_reading_back(relayed: Client, relay: Relay, sandbox: Sandbox) -> None:
    """Requirement W3: the service did it, the answer got lost, and nothing is sent again."""
    relay.on_write = lost_after
    change = relayed.locations.remove_contact(*somewhere(relayed))
    assert change.apply().outcome == "done"
    assert len(deletions(sandbox)) == 1


def test_what_reading_back_cannot_settle_is_said(relayed: Client, relay: Relay, sandbox: Sandbox) -> None:
    relay.on_write = lost_before
    change = relayed.locations.remove_contact(*somewhere(relayed))
    with pytest.raises(OutcomeUnknownError) as unknown:
        change.apply()
    assert unknown.value.effect == "unknown"
    assert str(change.before and change.before["value"]) not in str(unknown.value)
    lines = [json.loads(line) for line in relayed.settings.journal_file.read_text().splitlines()]
    assert [line.get("outcome") for line in lines] == [None, "unknown"]
    assert deletions(sandbox) == []


def test_the_journal_holds_intent_and_outcome_and_is_private(change: Change, writable_crm: Client) -> None:
    change.apply()
    file = writable_crm.settings.journal_file
    intent, outcome = [json.loads(line) for line in file.read_text().splitlines()]
    assert (intent["step"], outcome["step"], outcome["outcome"]) == ("intent", "outcome", "done")
    assert intent["change"] == outcome["change"]
    assert intent["before"] == dict(change.before or {})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_without_a_journal_nothing_is_sent(change: Change, writable_crm: Client, sandbox: Sandbox) -> None:
    """Requirement W3: an intent that is not safe on disk stops the write."""
    writable_crm.settings.journal_file.mkdir(parents=True)
    with pytest.raises(StoreError, match="journal"):
        change.apply()
    assert deletions(sandbox) == []


def test_a_journal_that_fails_afterwards_does_not_hide_that_it_was_done(
    relayed: Client, relay: Relay, sandbox: Sandbox
) -> None:
    journal = relayed.settings.journal_file

    def breaking(forward: Forward) -> None:
        forward()
        journal.unlink()
        journal.mkdir()

    relay.on_write = breaking
    change = relayed.locations.remove_contact(*somewhere(relayed))
    with pytest.raises(StoreError, match="done, and read back"):
        change.apply()
    with pytest.raises(AlreadyAppliedError):
        change.apply()
    assert len(deletions(sandbox)) == 1


def test_the_plan_says_what_stays_and_what_is_lost(writable_crm: Client) -> None:
    twin = lone = None
    for location in writable_crm.locations.list(page_size=5000)["id"].head(60):
        record = writable_crm.locations.get(int(location))
        theirs = set(writable_crm.customers.contacts(int(record.customer_id))["value"])
        for contact in writable_crm.locations.contacts(int(location)).itertuples():
            change = (int(location), int(contact.id))
            twin, lone = (change, lone) if contact.value in theirs else (twin, change)
    assert twin
    assert lone
    assert any("stays on customer" in note for note in writable_crm.locations.remove_contact(*twin).notes)
    notes = writable_crm.locations.remove_contact(*lone).notes
    assert any("gone altogether" in note for note in notes)
    assert any("new id" in note for note in notes)


def test_an_unknown_contact_is_said_at_plan_time(writable_crm: Client) -> None:
    location, _ = somewhere(writable_crm)
    with pytest.raises(NotFoundError, match="has no contact 5"):
        writable_crm.locations.remove_contact(location, 5)
    with pytest.raises(NotFoundError):
        writable_crm.locations.remove_contact(5, 5)
    with pytest.raises(ArgumentError, match="contact_id is missing"):
        writable_crm.locations.remove_contact(location)


def test_a_plan_shows_itself_without_running_what_it_shows(change: Change) -> None:
    change.rows = (("Contact", "<img src=x onerror=alert(1)>", "removed"),)
    change.title = "Remove <script>alert(1)</script>"
    drawn = change._repr_html_()
    assert "<img" not in drawn
    assert "<script" not in drawn
    assert "planned, nothing sent" in drawn
    assert "change.apply()" in repr(change)
    assert change.code().startswith("change = crm.locations.remove_contact(")


def test_a_receipt_shows_itself(change: Change) -> None:
    receipt = change.apply()
    assert repr(receipt).startswith("Done: Remove contact")
    assert "Read back" in receipt._repr_html_()


def test_the_services_own_name_for_its_reply_is_kept(relayed: Client, relay: Relay) -> None:
    relay.headers = {"traceparent": "00-4bf92f3577b34da6-00"}
    receipt = relayed.locations.remove_contact(*somewhere(relayed)).apply()
    assert receipt.trace_id == "00-4bf92f3577b34da6-00"
    assert receipt.trace_id in receipt._repr_html_()
    assert relayed.journal.frame()["trace_id"].tolist() == [receipt.trace_id]
