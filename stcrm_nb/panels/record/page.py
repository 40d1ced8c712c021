"""The record page: one record, what belongs to it, a form and a plan for each change it allows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd

from stcrm_nb.errors import NotFoundError, ReadOnlyError
from stcrm_nb.panels.confirm import Confirm
from stcrm_nb.panels.guard import Guard
from stcrm_nb.panels.listing.sets.many import Many
from stcrm_nb.panels.pane import Message, Node, Pane, node
from stcrm_nb.panels.record import draw
from stcrm_nb.panels.record.one import One
from stcrm_nb.panels.record.related import Whole, sibling, whole
from stcrm_nb.panels.record.sheet import CONTACT, Sheet
from stcrm_nb.panels.source import Source
from stcrm_nb.resources import Resource


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
        Called with the record's id after a change.
    """

    def __init__(
        self, source: Source, *, guard: Guard, leave: Callable[[], None], changed: Callable[[int], None]
    ) -> None:
        self._home = self._source = source  # of the list; of the record that is open
        self._guard = guard
        self._leave = leave
        self._changed = changed
        self._trail: list[tuple[Resource, int]] = []  # where one came from
        self._found: Whole | None = None
        self._one: One | None = None  # the change that is under way
        self._picked: frozenset[int] = frozenset()  # contacts that are ticked
        self._many: Many | None = None  # what is done with those
        self.pane = Pane(self._hear, label=f"One {source.singular}")
        self._gestures: dict[str, Callable[[Message], None]] = {
            "back": lambda _: self._back(),
            "go": self._go,
            "act": self._act,
            "plan": lambda message: self._one.plan(message) if self._one else None,
            "pick": self._pick,
            "several": self._several,
            "undo": self._undo,
            "confirm": self._confirmed,
            "cancel": lambda _: self._cancel(),
        }

    def show(self, record_id: int, row: pd.DataFrame) -> None:
        """Read a record and show it; of a mere frame, show its row."""
        self._trail = []
        if self._home.connection is not None and len(row):
            self._open(getattr(self._home.connection, str(row["resource"].iloc[0])), int(row["id"].iloc[0]))
        elif self._home.resource is None:
            record = {str(name): value for name, value in row.iloc[0].items()} if len(row) else {}
            self._found = Whole(record)
            self._draw(focus="title")
        else:
            self._open(self._home.resource, record_id)

    def draw_alert(self, alert: Node) -> None:
        """Show what went wrong, beside the record."""
        self._draw(alert=alert)

    def _open(self, resource: Resource, key: int) -> None:
        self._source = replace(self._home, resource=resource)
        self._found, self._one, self._many = None, None, None
        self._picked = frozenset()
        waiting = node("p", f"Loading {resource.singular} {key}\N{HORIZONTAL ELLIPSIS}", role="status")
        self.pane.draw(draw.back(self._before), waiting)
        self._found = whole(resource, key)
        self._draw(focus="title")

    def _go(self, message: Message) -> None:
        """Open a relative."""
        resource = self._source.resource
        if resource is None or self._found is None:
            return
        self._trail.append((resource, self._key))
        name = str(message["gesture"]).partition(":")[2]
        self._open(sibling(resource, name), int(message["value"]))

    def _back(self) -> None:
        if self._trail:
            self._open(*self._trail.pop())
        else:
            self._leave()

    def _act(self, message: Message) -> None:
        """Open the form of an operation, or plan it."""
        name = str(message["gesture"]).partition(":")[2]
        self._begin().ask(name, str(message.get("value", "")))

    def _begin(self) -> One:
        """Begin another change of the record, instead of the one that was under way."""
        resource, self._many = self._writable(), None
        self._one = One(resource, self._whole, zone=self._source.zone, redraw=self._focus)
        return self._one

    def _pick(self, message: Message) -> None:
        """Take in which contacts are ticked."""
        fields = message.get("fields", {})
        ticked = [key.partition("=")[2] for key, on in fields.items() if key.startswith("contact=") and on]
        self._picked = frozenset(map(int, ticked))
        self._draw()

    def _several(self, message: Message) -> None:
        """Plan one change for each ticked contact."""
        self._writable()
        self._one = None
        self._many = Many(
            self._source,
            CONTACT,
            chosen=self._chosen,
            run=lambda act: self._guard.run(act, show=self.draw_alert),
            redraw=lambda: self._focus("plan"),
            settled=self._settled,
        )
        self._many.ask(str(message["gesture"]).partition(":")[2])

    def _chosen(self) -> pd.DataFrame:
        """Return the ticked contacts, with the record they are of."""
        contacts = self._whole.contacts
        if contacts is None:
            return pd.DataFrame()
        owner = {f"{self._source.singular}_id": self._key}
        return contacts[contacts["id"].isin(self._picked)].assign(**owner)

    def _settled(self, done: list[int], left: list[int]) -> None:
        del done, left  # they name the record, which all of them are of
        self._again()
        contacts = self._whole.contacts
        there = set() if contacts is None else set(contacts["id"])
        self._picked &= there

    def _undo(self, message: Message) -> None:
        change = str(message.get("value", ""))
        if change or self._many is None:
            self._begin().undo(change)
        else:
            self._many.gestures["undo"](message)

    def _confirmed(self, message: Message) -> None:
        self._writable()
        if self._many is not None:
            self._many.gestures["confirm"](message)
        elif self._one is not None and self._one.confirmed(message):
            self._guard.last_error = self.confirm.error if self.confirm else None
            self._again()
            self._draw(focus="plan")

    def _again(self) -> None:
        """Read the record again, and have its row in the list read."""
        self._found = whole(self._writable(), self._key, refresh=True)
        if not self._trail:
            self._changed(self._key)

    def _cancel(self) -> None:
        self._one = self._many = None
        self._draw(focus="title")

    def _focus(self, key: str) -> None:
        self._draw(focus=key)

    def _writable(self) -> Resource:
        """Return the resource, if its records may be changed: no button alone protects them."""
        if self._source.resource is None or not self._source.writable:
            raise ReadOnlyError(f"{self._source.why_not} Nothing was sent.")
        return self._source.resource

    @property
    def confirm(self) -> Confirm | None:
        """The plan that is asked about, or what came of it."""
        return self._one.confirm if self._one else None

    @property
    def _whole(self) -> Whole:
        if self._found is None:
            raise NotFoundError("No record is open.")
        return self._found

    @property
    def _key(self) -> int:
        return int(self._whole.record["id"])

    @property
    def _before(self) -> str:
        return self._trail[-1][0].singular if self._trail else "list"

    def _hear(self, message: Message) -> None:
        self._guard.run(partial(self._run, message), show=self.draw_alert)

    def _run(self, message: Message) -> None:
        self._gestures[str(message["gesture"]).partition(":")[0]](message)

    def _draw(self, *, focus: str = "", alert: Node | None = None) -> None:
        found = self._found
        if found is None:
            self.pane.draw(draw.back(self._before), alert, focus=focus)
            return
        sheet = Sheet(self._source, found.masked() if self._source.masked else found, self._picked)
        self.pane.draw(
            draw.back(self._before),
            draw.title(sheet.found.record, self._source.singular),
            sheet.bar(),
            alert,
            self._one.card() if self._one else None,
            self._many.card() if self._many and self._many.active else None,
            sheet.fields(),
            *sheet.parts(),
            focus=focus,
        )
