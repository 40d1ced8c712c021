"""Many changes as one: previewed, carried out in turn, stopped, resumed, taken back."""

import _thread
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from faults.relay import Forward, Relay, lost_after, lost_before, relaying

import stcrm_nb as stcrm
from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import (
    ArgumentError,
    ChangeError,
    ChangeSetError,
    ColumnMissingError,
    ReadOnlyError,
    StaleChangeError,
)
from stcrm_nb.sandbox.serve import Sandbox

TAG = 7702


def writes(sandbox: Sandbox) -> list[str]:
    return [each.method for each in sandbox.calls if each.method != "GET" and each.path != "/connect/token"]


def contacts(crm: Client, count: int) -> pd.DataFrame:
    """One contact of each of some locations."""
    places = crm.locations.list()["id"].head(40).tolist()
    return crm.locations.all_contacts(location_ids=places).drop_duplicates("location_id").head(count)


def values(crm: Client, frame: pd.DataFrame) -> Counter[tuple[int, str]]:
    """What stands on the locations of a frame: place and number, but no ids."""
    found = crm.locations.all_contacts(location_ids=frame["location_id"].tolist(), refresh=True)
    return Counter(zip(found["location_id"].tolist(), found["value"].tolist(), strict=True))


def counts(frame: pd.DataFrame) -> dict[str, int]:
    return {str(name): int(count) for name, count in frame["outcome"].value_counts().items() if count}


@pytest.fixture
def relay(sandbox: Sandbox) -> Iterator[Relay]:
    """What stands between client and service, and may lose a reply."""
    with relaying(sandbox.api_url) as running:
        yield running


@pytest.fixture
def through(relay: Relay, sandbox: Sandbox, home: Path) -> Iterator[Callable[[], Client]]:
    """Opens a connection through the relay; another one is as a restarted kernel's."""
    with ExitStack() as stack:

        def opened() -> Client:
            direct = stack.enter_context(open_sandbox(sandbox, home, writable=True))
            return stack.enter_context(Client(replace(direct.settings, api_url=relay.url), sandbox=sandbox))

        yield opened


def failing(relay: Relay, *, at: int, how: Callable[[Forward], None]) -> None:
    """Let one write meet a fault, the first one being number 0."""
    number = itertools.count()
    relay.on_write = lambda forward: how(forward) if next(number) == at else forward()


def test_a_dry_run_sends_nothing(writable_crm: Client, sandbox: Sandbox) -> None:
    """Requirement W4."""
    planned = stcrm.ChangeSet.from_frame(writable_crm.locations.remove_contact, contacts(writable_crm, 5))
    assert counts(planned.apply()) == {"planned": 5}
    assert "5  planned" in repr(planned)
    assert "apply(dry_run=False)" in repr(planned)
    assert writes(sandbox) == []


def test_contacts_are_removed_and_the_set_is_taken_back(writable_crm: Client, sandbox: Sandbox) -> None:
    wrong = contacts(writable_crm, 6)
    before = values(writable_crm, wrong)
    removing = stcrm.ChangeSet.from_frame(writable_crm.locations.remove_contact, wrong)
    assert counts(removing.apply(dry_run=False)) == {"done": 6}
    assert writes(sandbox) == ["DELETE"] * 6
    gone = before - values(writable_crm, wrong)
    assert gone == Counter(zip(wrong["location_id"].tolist(), wrong["value"].tolist(), strict=True))
    back = removing.undo()
    assert writes(sandbox) == ["DELETE"] * 6, "undo is a plan"
    assert counts(back.apply(dry_run=False)) == {"done": 6}
    assert values(writable_crm, wrong) == before


def test_a_set_is_taken_back_once(writable_crm: Client, sandbox: Sandbox) -> None:
    removing = stcrm.ChangeSet.from_frame(writable_crm.locations.remove_contact, contacts(writable_crm, 3))
    removing.apply(dry_run=False)
    removing.undo().apply(dry_run=False)
    sent = len(writes(sandbox))
    again = removing.undo()
    assert counts(again.apply(dry_run=False)) == {"done before": 3}
    assert len(writes(sandbox)) == sent


def test_an_applied_set_sends_nothing_more(writable_crm: Client, sandbox: Sandbox) -> None:
    notes = stcrm.ChangeSet(
        [
            writable_crm.locations.add_note(key, text="Once")
            for key in contacts(writable_crm, 3)["location_id"]
        ]
    )
    notes.apply(dry_run=False)
    assert counts(notes.apply(dry_run=False)) == {"done": 3}
    assert len(writes(sandbox)) == 3


def test_tags_of_many_customers_go_in_bulk(writable_crm: Client, sandbox: Sandbox) -> None:
    crm = writable_crm
    customers = crm.customers.list().head(150)
    held = crm.customers.tags(customers)
    had = set(held.loc[held["tag_type_id"] == TAG, "customer_id"])
    assert 0 < len(had) < 60, "the demo tenant has customers with and without it"
    tagging = stcrm.ChangeSet.from_frame(crm.customers.add_tag, customers, tag_type_id=TAG)
    assert counts(tagging.apply(dry_run=False)) == {"done": 150 - len(had), "nothing to do": len(had)}
    assert writes(sandbox) == ["PUT", "PUT"], "a hundred at once"
    tagging.undo().apply(dry_run=False)
    now = crm.customers.tags(crm.customers.list(refresh=True).head(150))
    assert set(now.loc[now["tag_type_id"] == TAG, "customer_id"]) == had, "who had it before keeps it"


def test_a_customer_that_is_not_there_is_said(writable_crm: Client) -> None:
    customers = pd.DataFrame({"id": [240000001, 240000005, 999]})
    tagging = stcrm.ChangeSet.from_frame(writable_crm.customers.add_tag, customers, tag_type_id=TAG)
    assert tagging.frame().set_index("record").loc["999", "error"] == "There is no customer 999."
    assert counts(tagging.apply(dry_run=False))["cannot be planned"] == 1


def test_two_changes_of_one_record_do_not_bite(writable_crm: Client) -> None:
    crm = writable_crm
    home = contacts(crm, 1)["location_id"].iloc[0]
    before = sorted(crm.locations.get(home)["tag_type_ids"])
    free = [key for key in crm.lookups.tag_types()["id"] if key not in before][:2]
    both = stcrm.ChangeSet([crm.locations.add_tag(home, tag) for tag in free])
    assert counts(both.apply(dry_run=False)) == {"done": 2}
    assert sorted(crm.locations.get(home)["tag_type_ids"]) == sorted([*before, *free])
    back = both.undo()
    assert counts(back.apply(dry_run=False)) == {"done": 2}
    assert sorted(crm.locations.get(home)["tag_type_ids"]) == before


def test_a_failure_stops_the_set_and_applying_again_goes_on(
    through: Callable[[], Client], relay: Relay
) -> None:
    crm = through()
    wrong = contacts(crm, 5)
    removing = stcrm.ChangeSet.from_frame(crm.locations.remove_contact, wrong)
    failing(
        relay,
        at=2,
        how=lambda _forward: (_ for _ in ()).throw(RuntimeError) if False else lost_before(_forward),
    )
    with pytest.raises(ChangeSetError, match="2 of 5 rows are done, one unknown, 2 not sent") as stopped:
        removing.apply(dry_run=False)
    assert counts(stopped.value.frame) == {"done": 2, "unknown": 1, "not sent": 2}
    assert counts(removing.apply(dry_run=False)) == {"done": 4, "unknown": 1}


def test_told_to_keep_going_it_does(through: Callable[[], Client], relay: Relay) -> None:
    crm = through()
    removing = stcrm.ChangeSet.from_frame(crm.locations.remove_contact, contacts(crm, 4))
    failing(relay, at=1, how=lost_before)
    assert counts(removing.apply(dry_run=False, keep_going=True)) == {"done": 3, "unknown": 1}


@pytest.mark.parametrize("lost", [lost_before, lost_after])
def test_a_set_that_was_interrupted_goes_on_in_a_new_kernel(
    through: Callable[[], Client], relay: Relay, lost: Callable[[Forward], None]
) -> None:
    crm = through()
    places = contacts(crm, 5)[["location_id"]].rename(columns={"location_id": "id"})
    noting = stcrm.ChangeSet.from_frame(crm.locations.add_note, places, text="Seasonal check")

    def interrupt(forward: Forward) -> None:
        _thread.interrupt_main()
        lost(forward)

    failing(relay, at=2, how=interrupt)
    with pytest.raises(KeyboardInterrupt):
        noting.apply(dry_run=False)
    crm.close()
    later = through()
    resumed = stcrm.ChangeSet.from_frame(later.locations.add_note, places, text="Seasonal check")
    done = 2 if lost is lost_before else 3
    assert counts(resumed.frame()) == {"done before": done, "planned": 5 - done}
    resumed.apply(dry_run=False)
    texts = [later.locations.notes(key, refresh=True)["text"].tolist() for key in places["id"]]
    assert [each.count("Seasonal check") for each in texts] == [1] * 5
    resumed.undo().apply(dry_run=False)
    texts = [later.locations.notes(key, refresh=True)["text"].tolist() for key in places["id"]]
    assert [each.count("Seasonal check") for each in texts] == [0] * 5, "both runs are taken back"
    once_more = stcrm.ChangeSet.from_frame(later.locations.add_note, places, text="Seasonal check")
    assert counts(once_more.frame()) == {"planned": 5}, "a set that came to its end may be done again"


def test_all_is_planned_again_where_that_is_asked(through: Callable[[], Client], relay: Relay) -> None:
    crm = through()
    places = contacts(crm, 3)[["location_id"]].rename(columns={"location_id": "id"})
    failing(relay, at=1, how=lost_before)
    with pytest.raises(ChangeSetError):
        stcrm.ChangeSet.from_frame(crm.locations.add_note, places, text="Twice").apply(dry_run=False)
    again = stcrm.ChangeSet.from_frame(crm.locations.add_note, places, text="Twice", again=True)
    assert counts(again.frame()) == {"planned": 3}


def test_a_read_only_connection_applies_no_set(crm: Client, sandbox: Sandbox) -> None:
    planned = stcrm.ChangeSet.from_frame(crm.locations.remove_contact, contacts(crm, 2))
    with pytest.raises(ReadOnlyError, match="writable=True"):
        planned.apply(dry_run=False)
    assert writes(sandbox) == []


def test_production_wants_the_number_of_rows_back(
    writable_crm: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requirement W8."""
    session = writable_crm.locations.remove_contact.applier.session
    monkeypatch.setattr(session, "settings", replace(session.settings, environment="production"))
    planned = stcrm.ChangeSet.from_frame(writable_crm.locations.remove_contact, contacts(writable_crm, 2))
    assert "confirm=2" in repr(planned)
    with pytest.raises(ReadOnlyError, match="confirm=2"):
        planned.apply(dry_run=False)
    with pytest.raises(ReadOnlyError):
        planned.apply(dry_run=False, confirm=3)
    assert writes(sandbox) == []
    assert counts(planned.apply(dry_run=False, confirm=2)) == {"done": 2}


def test_a_set_grows_old(writable_crm: Client, sandbox: Sandbox) -> None:
    """Requirement W1."""
    planned = stcrm.ChangeSet.from_frame(writable_crm.locations.remove_contact, contacts(writable_crm, 2))
    for item in planned._work.items:
        assert item.change is not None
        item.change.age = lambda: 601.0
    with pytest.raises(StaleChangeError, match="ten minutes"):
        planned.apply(dry_run=False)
    assert writes(sandbox) == []


def test_what_is_wrong_with_a_frame_is_said_before_anything_is_read(crm: Client, sandbox: Sandbox) -> None:
    homes = crm.locations.list().head(3)
    before = len(sandbox.calls)
    make = stcrm.ChangeSet.from_frame
    with pytest.raises(ColumnMissingError, match=r"'contact_id' for contact_id.*columns="):
        make(crm.locations.remove_contact, homes.drop(columns="id"), columns={"id": "customer_id"})
    with pytest.raises(ArgumentError, match="no rows"):
        make(crm.locations.add_tag, homes.head(0), tag_type_id=TAG)
    with pytest.raises(ArgumentError, match="1 of 3 rows have no zone_id"):
        make(
            crm.locations.add_tag,
            homes.assign(zone_id=[1, None, 2]),
            columns={"id": "zone_id"},
            tag_type_id=TAG,
        )
    with pytest.raises(ArgumentError, match="only reads"):
        make(crm.locations.contacts, homes)
    with pytest.raises(ArgumentError, match="same label"):
        make(crm.locations.add_tag, pd.concat([homes, homes]), tag_type_id=TAG)
    with pytest.raises(ArgumentError, match="type"):
        make(crm.locations.add_contact, homes, type="Pigeon", value="Coo")
    with pytest.raises(ArgumentError, match="at least one change"):
        stcrm.ChangeSet([])
    assert len(sandbox.calls) == before


def test_changes_of_two_connections_are_no_set(writable_crm: Client, crm: Client) -> None:
    with pytest.raises(ArgumentError, match="several connections"):
        stcrm.ChangeSet(
            [writable_crm.customers.add_tag(240000001, TAG), crm.customers.add_tag(240000005, TAG)]
        )


def test_nothing_done_is_nothing_to_take_back(writable_crm: Client) -> None:
    planned = stcrm.ChangeSet([writable_crm.customers.add_tag(240000001, TAG)])
    with pytest.raises(ChangeError, match="Nothing of this set was done"):
        planned.undo()


def test_a_preview_is_escaped_and_counted(writable_crm: Client) -> None:
    crm = writable_crm
    customers = crm.customers.list().head(4)
    noting = stcrm.ChangeSet.from_frame(
        crm.customers.add_note, customers, text="<img src=x onerror=alert(1)>"
    )
    html = noting._repr_html_()
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html
    assert "4 changes: add note" in html
