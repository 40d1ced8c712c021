"""The book of writes: chained, filtered, and settled after a crash."""

import contextlib
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from faults.relay import OnWrite, Relay, lost_after, lost_before, relaying

from stcrm_nb.changes.journal.book import Journal
from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import OutcomeUnknownError, StoreError
from stcrm_nb.sandbox.serve import Sandbox

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    book = Journal(tmp_path / "book.jsonl")
    for number in range(5):
        book.write(
            {"change": f"c{number}", "operation": "Op", "step": "intent", "before": {"n": number}}, at=AT
        )
        book.write({"change": f"c{number}", "operation": "Op", "step": "outcome", "outcome": "done"}, at=AT)
    return book


def test_a_sound_journal_is_verified(journal: Journal) -> None:
    assert journal.verify() == 10
    assert Journal(journal.file.with_name("none.jsonl")).verify() == 0


def test_every_single_changed_byte_is_found(journal: Journal) -> None:
    """Requirement W7: tampering is reported, at its line."""
    sound = journal.file.read_bytes()
    for place in range(0, len(sound) - 1, 7):
        line = sound[:place].count(b"\n") + 1
        journal.file.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        with pytest.raises(StoreError, match=rf"Line ({line}|{line + 1}) of the journal"):
            journal.verify()
    journal.file.write_bytes(sound)
    assert journal.verify() == 10


@pytest.mark.parametrize("line", range(9))
def test_a_line_that_was_left_out_is_found(journal: Journal, line: int) -> None:
    lines = journal.file.read_bytes().splitlines(keepends=True)
    journal.file.write_bytes(b"".join(lines[:line] + lines[line + 1 :]))
    with pytest.raises(StoreError, match=f"Line {line + 1} "):
        journal.verify()


def test_a_torn_last_line_is_tolerated_and_written_over(journal: Journal) -> None:
    with journal.file.open("ab") as book:
        book.write(b'{"at": "2026-01-31T12:00:00+00:00", "change": "c9", "st')
    assert journal.verify() == len(journal.lines()) == 10
    journal.write({"change": "c5", "operation": "Op", "step": "intent"}, at=AT)
    assert journal.verify() == 11


def test_a_long_last_line_is_chained_to(journal: Journal) -> None:
    journal.write({"change": "long", "step": "intent", "before": {"text": "x" * (3 << 20)}}, at=AT)
    journal.write({"change": "long", "step": "outcome", "outcome": "done"}, at=AT)
    assert journal.verify() == 12


def test_many_writers_keep_one_chain(tmp_path: Path) -> None:
    books = [Journal(tmp_path / "book.jsonl") for _ in range(4)]

    def write(book: Journal) -> None:
        for number in range(25):
            book.write({"change": str(number), "step": "intent"}, at=AT)

    threads = [threading.Thread(target=write, args=(book,)) for book in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert books[0].verify() == 100


def test_the_frame_is_filtered(writable_crm: Client) -> None:
    crm = writable_crm
    crm.customers.update(240000001, name="One").apply()
    crm.customers.add_tag(240000005, 7702).apply()
    every = crm.journal.frame()
    assert every["operation"].tolist() == ["Customers_Update", "Customers_CreateTag"]
    assert every["outcome"].tolist() == ["done", "done"]
    assert str(every["at"].dtype) == "datetime64[us, UTC]"
    assert every["call"].tolist()[0] == "crm.customers.update(240000001, name='One')"
    assert json.loads(every["before"].iloc[0])["id"] == 240000001
    assert (every["seconds"] > 0).all()
    assert len(crm.journal.frame(record=240000005)) == 1
    assert len(crm.journal.frame(operation="Customers_Update", outcome="done")) == 1
    assert len(crm.journal.frame(day=datetime.now(UTC).date())) == 2
    assert len(crm.journal.frame(outcome="unknown")) == 0
    assert crm.journal.verify() == 4
    assert "2 done" in repr(crm.journal)


@pytest.mark.parametrize(("lose", "outcome"), [(lost_before, "not done"), (lost_after, "done")])
def test_what_a_crash_left_open_is_settled_at_the_next_connect(
    sandbox: Sandbox, home: Path, lose: OnWrite, outcome: str
) -> None:
    """The kernel ends between the request and the outcome: the journal holds an intent alone."""
    with relaying(sandbox.api_url) as relay, open_sandbox(sandbox, home, writable=True) as client:
        crashed = _crashed(client, relay, lose)
    again = open_sandbox(sandbox, home, writable=True)
    frame = again.journal.frame()
    assert frame["outcome"].tolist() == [outcome]
    assert again.journal.pending().empty
    assert again.journal.verify() == 2
    contacts = again.locations.contacts(crashed[0])["id"].tolist()
    assert (crashed[1] in contacts) == (outcome == "not done")
    again.close()


def _crashed(client: Client, relay: Relay, lose: OnWrite) -> tuple[int, int]:
    """Remove a contact with a lost reply, and cut the journal off behind the intent, as a crash does."""
    location = next(key for key in client.locations.list()["id"] if len(client.locations.contacts(key)))
    contact = int(client.locations.contacts(location)["id"].iloc[0])
    object.__setattr__(client.settings, "api_url", relay.url)
    relay.on_write = lose
    change = client.locations.remove_contact(location, contact)
    with contextlib.suppress(OutcomeUnknownError):
        change.apply()
    book = client.journal.file
    book.write_bytes(book.read_bytes().splitlines(keepends=True)[0])
    return int(location), contact
