"""The record page: one record, what belongs to it, a form and a plan for each change it allows."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from stcrm_nb.catalogue import RESOURCES, Operation
from stcrm_nb.changes.journal.receipts import undo_of
from stcrm_nb.errors import ReadOnlyError
from stcrm_nb.frames.record import is_missing
from stcrm_nb.panels.columns import describe
from stcrm_nb.panels.confirm import TYPED, Confirm
from stcrm_nb.panels.guard import Guard
from stcrm_nb.panels.pane import Message, Node, Pane, node
from stcrm_nb.panels.record import draw
from stcrm_nb.panels.record.actions import actions_of, actions_on, fields_of, path_of
from stcrm_nb.panels.record.forms import form, read_form, shown_of
from stcrm_nb.panels.record.related import Whole, choices_for, sibling, whole
from stcrm_nb.panels.source import Source
from stcrm_nb.resources import Resource

FACTS = {each.name: each for each in RESOURCES}


class RecordPage:
    """Shows one record at a time, and carries out what its user confirms.

    Parameters
    ----------
    source : Source
        Where the records are from; those of a mere frame show their row, and allow nothing.
    guard : Guard
        Runs the callbacks.
    leave : callable
        Called when the user goes back to the list.
    changed : callable
        Called with the record as it is after a change.
    """

    def __init__(
        self,
        source: Source,
        *,
        guard: Guard,
        leave: Callable[[], None],
        changed: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self._source = source
        self._resource: Resource | None = source.resource
        self._guard = guard
        self._leave = leave
        self._changed = changed
        self._trail: list[tuple[Resource, int]] = []  # where one came from
        self._found: Whole | None = None
        self._asked: tuple[Operation, int | None] | None = None  # the form that is open, and of which child
        self._typed: Mapping[str, Any] = {}
        self.confirm: Confirm | None = None
        self.pane = Pane(self._hear, label=f"One {source.singular}")
        self._gestures: dict[str, Callable[[Message], None]] = {
            "back": lambda _: self._back(),
            "go": self._go,
            "act": self._act,
            "plan": self._plan,
            "undo": self._undo,
            "confirm": self._confirmed,
            "cancel": lambda _: self._cancel(),
        }

    def show(self, record_id: int, row: pd.DataFrame) -> None:
        """Read a record and show it; of a mere frame, show its row."""
        self._trail, self._resource = [], self._source.resource
        if self._resource is None:
            record = {str(name): value for name, value in row.iloc[0].items()} if len(row) else {}
            self._found = Whole(record)
            self._draw(focus="title")
        else:
            self._open(self._resource, record_id)

    def draw_alert(self, alert: Node) -> None:
        """Show what went wrong, beside the record."""
        self._draw(alert=alert)

    def _open(self, resource: Resource, key: int) -> None:
        self._resource, self._found, self.confirm, self._asked = resource, None, None, None
        waiting = node("p", f"Loading {resource.singular} {key}\N{HORIZONTAL ELLIPSIS}", role="status")
        self.pane.draw(draw.back(self._before), waiting)
        self._found = whole(resource, key)
        self._draw(focus="title")

    def _go(self, message: Message) -> None:
        """Open a relative."""
        if self._resource is None or self._found is None:
            return
        self._trail.append((self._resource, int(self._found.record["id"])))
        name = str(message["gesture"]).partition(":")[2]
        self._open(sibling(self._resource, name), int(message["value"]))

    def _back(self) -> None:
        if self._trail:
            self._open(*self._trail.pop())
        else:
            self._leave()

    def _act(self, message: Message) -> None:
        """Open the form of an operation; one that asks for nothing is planned at once."""
        resource = self._writable()
        name, value = str(message["gesture"]).partition(":")[2], str(message.get("value", ""))
        operation = resource.operation(name).operation
        self._typed = {}
        if name == "remove_tag":
            self._planned(resource, operation, {"id": self._key, "tag_type_id": int(value)})
            return
        child = int(value) if value else None
        if fields_of(operation):
            self._asked, self.confirm = (operation, child), None
            self._draw(focus="plan")
        else:
            self._planned(resource, operation, path_of(operation, self._record, child))

    def _plan(self, message: Message) -> None:
        """Plan what the open form asks for."""
        if self._asked is None:
            return
        resource, (operation, child) = self._writable(), self._asked
        self._typed = message.get("fields", {})
        before = shown_of(operation, self._now(child), zone=self._zone)
        given = read_form(operation, self._typed, before=before)
        self._planned(resource, operation, path_of(operation, self._record, child) | given)

    def _planned(self, resource: Resource, operation: Operation, arguments: Mapping[str, object]) -> None:
        self.confirm = Confirm(resource.operation(operation.name)(**arguments))
        self._draw(focus="plan")

    def _undo(self, message: Message) -> None:
        applier = self._writable().operation("get").applier
        self._asked, self.confirm = None, Confirm(undo_of(applier, str(message["value"])))
        self._draw(focus="plan")

    def _confirmed(self, message: Message) -> None:
        confirm = self.confirm
        if confirm is None or self._found is None:
            return
        accepted = confirm.accept(str(message.get("fields", {}).get(TYPED, "")))
        self._draw(focus="plan" if accepted else "")
        if not accepted:
            return
        confirm.apply()
        self._guard.last_error = confirm.error
        if confirm.receipt is not None:
            self._asked = None
        self._draw(focus="plan")
        self._found = whole(self._writable(), self._key, refresh=True)
        self._draw(focus="plan")
        if not self._trail:
            self._changed(self._record)

    def _cancel(self) -> None:
        self.confirm, self._asked = None, None
        self._draw(focus="title")

    def _writable(self) -> Resource:
        """Return the resource, if the connection may change its records: no button alone protects them."""
        if self._resource is None or not self._resource.settings.writable:
            raise ReadOnlyError(f"{draw.READ_ONLY} Nothing was sent.")
        return self._resource

    @property
    def _record(self) -> Mapping[str, Any]:
        return self._found.record if self._found else {}

    @property
    def _key(self) -> int:
        return int(self._record["id"])

    @property
    def _zone(self) -> str:
        return self._source.zone

    @property
    def _before(self) -> str:
        return self._trail[-1][0].singular if self._trail else "list"

    def _now(self, child: int | None) -> Mapping[str, Any]:
        """Return the values that a form begins with: the record's, or those of one of its contacts."""
        contacts = self._found.contacts if self._found else None
        if child is None or contacts is None:
            return self._record
        rows = contacts[contacts["id"] == child].to_dict("records")
        return {
            str(name): None if is_missing(value) else value for row in rows for name, value in row.items()
        }

    def _hear(self, message: Message) -> None:
        self._guard.run(partial(self._run, message), show=self.draw_alert)

    def _run(self, message: Message) -> None:
        self._gestures[str(message["gesture"]).partition(":")[0]](message)

    def _draw(self, *, focus: str = "", alert: Node | None = None) -> None:
        found, resource = self._found, self._resource
        if found is None:
            self.pane.draw(draw.back(self._before), alert, focus=focus)
            return
        facts = {each.name: each for each in (resource.record if resource else self._source.record).columns}
        row = pd.DataFrame([dict(found.record)])
        columns = list(describe(row, facts).values())
        singular = resource.singular if resource else self._source.singular
        self.pane.draw(
            draw.back(self._before),
            draw.title(found.record, singular),
            self._bar(found),
            alert,
            self._form() if self._asked and self.confirm is None else None,
            self.confirm.draw() if self.confirm else None,
            draw.fields(found.record, columns, self._zone, names=found.names),
            *self._parts(found),
            focus=focus,
        )

    def _bar(self, found: Whole) -> Node | None:
        if self._resource is None:
            return None
        actions = actions_of(FACTS[self._resource.name], found.record)
        return draw.bar(actions, writable=self._resource.settings.writable)

    def _form(self) -> Node | None:
        if self._asked is None or self._resource is None:
            return None
        operation, child = self._asked
        return form(
            operation,
            operation.summary.rstrip("."),
            now=self._now(child),
            names=choices_for(self._resource, operation),
            zone=self._zone,
            typed=self._typed,
        )

    def _parts(self, found: Whole) -> list[Node]:
        resource = self._resource
        if resource is None:
            return []
        parts = []
        if found.contacts is not None:
            table = draw.contact_table(found.contacts, self._zone, self._buttons("contact"))
            heading = f"Contacts ({len(found.contacts)})"
            parts.append(draw.part(heading, table, *self._adder("add_contact"), key="contacts"))
        if found.notes is not None:
            notes = draw.note_list(found.notes, self._zone, self._buttons("note"))
            parts.append(draw.part(f"Notes ({len(found.notes)})", notes, *self._adder("add_note")))
        if "tag_type_ids" in found.record:
            tags = draw.tag_list(found.tags, self._remover("remove_tag"))
            parts.append(draw.part(f"Tags ({len(found.tags)})", tags, *self._adder("add_tag")))
        if found.record.get("custom_fields"):
            parts.append(draw.part("Custom fields", draw.custom_fields(found.record["custom_fields"])))
        parts.append(draw.part("Related", draw.relatives(found.relatives)))
        history = draw.history(found.changes, self._zone, undo=resource.settings.writable)
        parts.append(draw.part("Changes from this machine", history))
        return parts

    def _buttons(self, child: str) -> Callable[[str, str], list[Node]]:
        """Return what makes the buttons of one contact or note."""
        if self._resource is None:
            return lambda _key, _text: []
        writable = self._resource.settings.writable
        actions = actions_on(FACTS[self._resource.name], child)
        return lambda key, text: [
            draw.action_button(each, writable=writable, value=key, of=text) for each in actions
        ]

    def _remover(self, name: str) -> Callable[[str, str], list[Node]]:
        offered = self._adder(name)
        if not offered or self._resource is None:
            return lambda _key, _text: []
        operation, writable = self._resource.operation(name).operation, self._resource.settings.writable
        return lambda key, text: [draw.action_button(operation, writable=writable, value=key, of=text)]

    def _adder(self, name: str) -> list[Node]:
        if self._resource is None or not self._resource.offers(name):
            return []
        return [
            draw.action_button(
                self._resource.operation(name).operation, writable=self._resource.settings.writable
            )
        ]
