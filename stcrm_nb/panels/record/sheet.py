"""One record on the screen: its parts, each with the buttons of what may be changed. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from stcrm_nb.catalogue import RESOURCES, Operation
from stcrm_nb.panels.columns import describe
from stcrm_nb.panels.listing.sets.told import counted
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.record import draw
from stcrm_nb.panels.record.actions import actions_of, actions_on
from stcrm_nb.panels.record.related import Whole
from stcrm_nb.panels.source import Source

FACTS = {each.name: each for each in RESOURCES}
CONTACT = ("contact", "contacts")
Buttons = Callable[[str, str], list[Node]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of a record, where it is from, and which of its contacts are ticked."""

    source: Source
    found: Whole
    picked: frozenset[int] = frozenset()

    def bar(self) -> Node | None:
        """Return a button for each change of the record as a whole."""
        resource = self.source.resource
        if resource is None:
            return None
        why = None if self.source.writable else self.source.why_not
        return draw.bar(actions_of(FACTS[resource.name], self.found.record), why=why)

    def fields(self) -> Node:
        """Return its fields in groups."""
        facts = {each.name: each for each in self.source.record.columns}
        columns = list(describe(pd.DataFrame([dict(self.found.record)]), facts).values())
        return draw.fields(self.found.record, columns, self.source.zone, names=self.found.names)

    def parts(self) -> list[Node]:
        """Return what belongs to it."""
        found, resource = self.found, self.source.resource
        if resource is None:
            return []
        parts = []
        if found.contacts is not None:
            table = draw.contact_table(
                found.contacts, self.source.zone, self._on("contact"), picked=self._ticks()
            )
            heading = f"Contacts ({len(found.contacts)})"
            tools = [*self._adder("add_contact"), *self._remover_of_several()]
            parts.append(draw.part(heading, table, *tools, key="contacts"))
        if found.notes is not None:
            notes = draw.note_list(found.notes, self.source.zone, self._on("note"))
            parts.append(draw.part(f"Notes ({len(found.notes)})", notes, *self._adder("add_note")))
        if "tag_type_ids" in found.record:
            tags = draw.tag_list(found.tags, self._remover("remove_tag"))
            parts.append(draw.part(f"Tags ({len(found.tags)})", tags, *self._adder("add_tag")))
        if found.record.get("custom_fields"):
            parts.append(draw.part("Custom fields", draw.custom_fields(found.record["custom_fields"])))
        parts.append(draw.part("Related", draw.relatives(found.relatives)))
        history = draw.history(found.changes, self.source.zone, undo=self.source.writable)
        parts.append(draw.part("Changes from this machine", history))
        return parts

    def _ticks(self) -> frozenset[int] | None:
        """Return the ticked contacts; None where several cannot be removed at once."""
        resource = self.source.resource
        offered = resource is not None and resource.offers("remove_contact") and self.source.writable
        return self.picked if offered else None

    def _remover_of_several(self) -> list[Node]:
        if not self.picked:
            return []
        text = f"Remove {counted(len(self.picked), CONTACT)}"
        return [node("button", text, gesture="several:remove_contact", key="several", class_="danger")]

    def _on(self, child: str) -> Buttons:
        """Return what makes the buttons of one contact or note."""
        if self.source.resource is None:
            return lambda _key, _text: []
        actions = actions_on(FACTS[self.source.resource.name], child)
        return lambda key, text: [self._button(each, key, text) for each in actions]

    def _remover(self, name: str) -> Buttons:
        offered = self._operations(name)
        return lambda key, text: [self._button(each, key, text) for each in offered]

    def _adder(self, name: str) -> list[Node]:
        return [self._button(each) for each in self._operations(name)]

    def _operations(self, name: str) -> Sequence[Operation]:
        resource = self.source.resource
        return [resource.operation(name).operation] if resource is not None and resource.offers(name) else []

    def _button(self, operation: Operation, key: str = "", text: str = "") -> Node:
        why = None if self.source.writable else self.source.why_not
        return draw.action_button(operation, why=why, value=key, of=text)
