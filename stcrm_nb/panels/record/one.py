"""One change of a record: asked for by a form, planned, confirmed, carried out."""

from collections.abc import Callable, Mapping
from typing import Any

from stcrm_nb.catalogue import Operation
from stcrm_nb.changes.journal.receipts import undo_of
from stcrm_nb.frames.record import is_missing
from stcrm_nb.panels.confirm import TYPED, Confirm
from stcrm_nb.panels.pane import Message, Node
from stcrm_nb.panels.record.actions import fields_of, path_of
from stcrm_nb.panels.record.forms import form, read_form, shown_of
from stcrm_nb.panels.record.related import Whole, choices_for
from stcrm_nb.resources import Resource


class One:
    """Makes one change of the record that is open. Nothing is sent before `confirmed`.

    Parameters
    ----------
    resource : Resource
        Where the record is from; its records may be changed.
    found : Whole
        The record.
    zone : str
        Time zone in which moments are typed.
    redraw : callable
        Called with the key of what takes the keyboard, when something else is to be shown.
    """

    def __init__(self, resource: Resource, found: Whole, *, zone: str, redraw: Callable[[str], None]) -> None:
        self._resource, self._found, self._zone, self._redraw = resource, found, zone, redraw
        self._asked: tuple[Operation, int | None] | None = None  # the form that is open, and of which child
        self._typed: Mapping[str, Any] = {}
        self.confirm: Confirm | None = None

    def ask(self, name: str, value: str) -> None:
        """Open the form of an operation; one that asks for nothing is planned at once."""
        operation = self._resource.operation(name).operation
        if name == "remove_tag":
            self._planned(operation, {"id": self._found.record["id"], "tag_type_id": int(value)})
            return
        child = int(value) if value else None
        if fields_of(operation):
            self._asked = operation, child
            self._redraw("plan")
        else:
            self._planned(operation, path_of(operation, self._found.record, child))

    def plan(self, message: Message) -> None:
        """Plan what the open form asks for."""
        if self._asked is None:
            return
        operation, child = self._asked
        self._typed = message.get("fields", {})
        before = shown_of(operation, self._now(child), zone=self._zone)
        given = read_form(operation, self._typed, before=before)
        self._planned(operation, path_of(operation, self._found.record, child) | given)

    def undo(self, change: str) -> None:
        """Plan what takes back a change that the journal tells of."""
        self.confirm = Confirm(undo_of(self._resource.operation("get").applier, change))
        self._redraw("plan")

    def confirmed(self, message: Message) -> bool:
        """Carry out what was confirmed; False if it was not, or was before."""
        confirm = self.confirm
        if confirm is None:
            return False
        accepted = confirm.accept(str(message.get("fields", {}).get(TYPED, "")))
        self._redraw("plan" if accepted else "")
        if accepted:
            confirm.apply()
            self._asked = self._asked if confirm.error else None
            self._redraw("plan")
        return accepted

    def card(self) -> Node | None:
        """Return the form, the plan or what came of it."""
        if self.confirm is not None:
            return self.confirm.draw()
        if self._asked is None:
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

    def _planned(self, operation: Operation, arguments: Mapping[str, object]) -> None:
        self.confirm = Confirm(self._resource.operation(operation.name)(**arguments))
        self._redraw("plan")

    def _now(self, child: int | None) -> Mapping[str, Any]:
        """Return the values that a form begins with: the record's, or those of one of its contacts."""
        contacts = self._found.contacts
        if child is None or contacts is None:
            return self._found.record
        rows = contacts[contacts["id"] == child].to_dict("records")
        return {
            str(name): None if is_missing(value) else value for row in rows for name, value in row.items()
        }
