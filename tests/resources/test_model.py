"""Client and sandbox together against a plain model: what was done to a location is what is read."""

import warnings
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from stcrm_nb.client import Client

LOCATION = 250200001
TAGS = [7701, 7702, 7703, 7704]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


class Locations(RuleBasedStateMachine):
    """Adds, changes and removes contacts, notes and tags of one location."""

    crm: Client

    def __init__(self) -> None:
        super().__init__()
        contacts = self.crm.locations.contacts(LOCATION, refresh=True)
        notes = self.crm.locations.notes(LOCATION, refresh=True)
        record = self.crm.locations.get(LOCATION, refresh=True)
        self.contacts = dict(zip(contacts["id"], contacts["value"], strict=True))
        self.notes = dict(zip(notes["id"], notes["text"], strict=True))
        self.tags = set(record.tag_type_ids)
        self.name = record.name

    @rule(word=WORDS)
    def add_contact(self, word: str) -> None:
        if word.strip() and word not in self.contacts.values():
            made = self.crm.locations.add_contact(LOCATION, type="Email", value=word).apply().after
            self.contacts[made["id"]] = word

    @precondition(lambda self: self.contacts)
    @rule(data=st.data())
    def remove_contact(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.contacts)))
        self.crm.locations.remove_contact(LOCATION, key).apply()
        del self.contacts[key]

    @precondition(lambda self: self.contacts)
    @rule(data=st.data(), word=WORDS)
    def change_contact(self, data: st.DataObject, word: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.contacts)))
        self.crm.locations.update_contact(LOCATION, key, value=word).apply()
        self.contacts[key] = word

    @rule(word=WORDS)
    def add_note(self, word: str) -> None:
        made = self.crm.locations.add_note(LOCATION, text=word).apply().after
        self.notes[made["id"]] = word

    @precondition(lambda self: self.notes)
    @rule(data=st.data())
    def remove_note(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.notes)))
        self.crm.locations.remove_note(LOCATION, key).apply()
        del self.notes[key]

    @rule(tag=st.sampled_from(TAGS))
    def turn_tag(self, tag: int) -> None:
        turn = self.crm.locations.remove_tag if tag in self.tags else self.crm.locations.add_tag
        turn(LOCATION, tag).apply()
        self.tags ^= {tag}

    @rule(word=WORDS, tags=st.sets(st.sampled_from(TAGS)))
    def update(self, word: str, tags: set[int]) -> None:
        self.crm.locations.update(LOCATION, name=word, tag_type_ids=sorted(tags)).apply()
        self.name, self.tags = word, tags

    @invariant()
    def what_is_read_is_what_was_done(self) -> None:
        """Read through the cache: a write must have made it forget."""
        contacts, notes = self.crm.locations.contacts(LOCATION), self.crm.locations.notes(LOCATION)
        assert dict(zip(contacts["id"], contacts["value"], strict=True)) == self.contacts
        assert dict(zip(notes["id"], notes["text"], strict=True)) == self.notes
        record = self.crm.locations.get(LOCATION)
        assert (record.name, set(record.tag_type_ids)) == (self.name, self.tags)


def test_client_and_sandbox_agree_with_a_plain_model(writable_crm: Client) -> None:
    kind: Any = type("Bound", (Locations,), {"crm": writable_crm})
    slow = [HealthCheck.too_slow]
    with warnings.catch_warnings():
        kind.TestCase.settings = settings(
            max_examples=5, stateful_step_count=12, deadline=None, suppress_health_check=slow
        )
        kind.TestCase("runTest").runTest()
