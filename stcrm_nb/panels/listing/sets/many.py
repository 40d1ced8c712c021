"""One change for all selected rows: asked for, planned as a set, confirmed, carried out, told row by row."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal, TypeVar

import pandas as pd

from stcrm_nb.catalogue import RESOURCES, Operation
from stcrm_nb.changes.sets.change_set import ChangeSet
from stcrm_nb.errors import ChangeSetError, ReadOnlyError
from stcrm_nb.panels.confirm import TYPED, needs_phrase, phrase
from stcrm_nb.panels.guard import alert
from stcrm_nb.panels.listing.errand import Errand
from stcrm_nb.panels.listing.sets import told
from stcrm_nb.panels.pane import Message, Node, node
from stcrm_nb.panels.record.actions import CHILDREN, OWN, actions_of, fields_of
from stcrm_nb.panels.record.draw import action_button
from stcrm_nb.panels.record.forms import form, read_form
from stcrm_nb.panels.record.related import choices_for
from stcrm_nb.panels.source import Source

T = TypeVar("T")
State = Literal["idle", "form", "planning", "asking", "applying", "done"]
FACTS = {each.name: each for each in RESOURCES}
ALONE = frozenset({"add_contact", "add_note", "create"})  # whoever wants one of these for many writes a cell
DONE = ("done", "already gone")
LEFT = ("failed", "unknown", "not sent")


class Many:
    """Changes all selected records of a list in one go, through the same sets that a script uses.

    Parameters
    ----------
    source : Source
        Where the records are from.
    nouns : tuple of str
        What one of them is, and several, such as "location" and "locations".
    chosen : callable
        Returns the selected rows.
    run : callable
        Runs a callback, and shows what goes wrong in it.
    redraw : callable
        Called when something else is to be shown.
    settled : callable
        Called with the ids of the rows that were changed, and of those that were not.
    """

    def __init__(
        self,
        source: Source,
        nouns: tuple[str, str],
        *,
        chosen: Callable[[], pd.DataFrame],
        run: Callable[[Callable[[], None]], None],
        redraw: Callable[[], None],
        settled: Callable[[list[int], list[int]], None],
    ) -> None:
        self._source, self._nouns = source, nouns
        self._chosen, self._run, self._redraw, self._settled = chosen, run, redraw, settled
        self._keys: dict[str, int] = {}  # ids of the rows of the set, by label
        self._state: State = "idle"
        self._operation: Operation | None = None
        self._typed: Mapping[str, Any] = {}
        self._hint = ""
        self._keeps = False  # whether it goes on after a change that failed
        self.changes: ChangeSet | None = None
        self.error: Exception | None = None

    @property
    def gestures(self) -> dict[str, Callable[[Message], None]]:
        """What its buttons do."""
        return {
            "act": lambda message: self.ask(str(message["gesture"]).partition(":")[2]),
            "plan": self._plan,
            "confirm": self._confirm,
            "goon": lambda _: self._go_on(),
            "undo": lambda _: self._undo(),
            "cancel": lambda _: self.close(),
        }

    def close(self) -> None:
        """Put it away; what was planned is dropped."""
        self._state, self._operation, self.changes, self.error = "idle", None, None, None
        self._redraw()

    @property
    def active(self) -> bool:
        """Whether something is asked, planned or told."""
        return self._state != "idle"

    def buttons(self, selected: int) -> Node | None:
        """Return a button for each change that the selected rows allow."""
        if self._source.resource is None or not selected:
            return None
        why = None if self._source.writable else self._source.why_not
        buttons = [action_button(each, why=why) for each in self._offered() if each.name not in ALONE]
        reason = node("span", why, class_="quiet") if why else None
        return node("div", node("span", f"{selected:,} selected:"), *buttons, reason, class_="buttons many")

    def card(self) -> Node | None:
        """Return what became of the button that was pressed: a form, a plan, an outcome."""
        if self._state == "form" and self._operation is not None and self._source.resource is not None:
            title = f"{self._operation.summary.rstrip('.')}: {self._count}"
            names = choices_for(self._source.resource, self._operation)
            zone = self._source.zone
            return form(self._operation, title, now={}, names=names, zone=zone, typed=self._typed)
        if self._state == "planning":
            return told.waiting(f"Reading {self._count} as they are now\N{HORIZONTAL ELLIPSIS}")
        if self.error is not None:
            return node("div", alert(self.error), told.close(), key="plan", tabindex=-1)
        if self.changes is None:
            return None
        drawn = told.Set(
            self.changes, self._source, self._nouns, busy=self._state == "applying", hint=self._hint
        )
        return drawn.plan() if self._state in ("asking", "applying") else drawn.outcome()

    def ask(self, name: str) -> None:
        """Open the form of an operation; one that asks for nothing is planned at once."""
        resource = self._writable()
        self._operation = resource.operation(name).operation
        self._begin()
        if fields_of(self._operation):
            self._state = "form"
            self._redraw()
        else:
            self._start({})

    def _begin(self) -> None:
        """Forget what was asked before."""
        self._typed, self.changes, self.error, self._hint, self._keeps = {}, None, None, "", False

    def _plan(self, message: Message) -> None:
        """Plan what the open form asks for."""
        if self._operation is not None:
            self._typed = message.get("fields", {})
            self._start(read_form(self._operation, self._typed, before={}))

    def _start(self, given: Mapping[str, object]) -> None:
        resource, operation = self._writable(), self._operation
        if operation is None:
            return
        rows = self._chosen()
        self._keys = {str(label): int(key) for label, key in rows["id"].items()}
        columns = {"provider": "booking_provider_id"} if "booking_provider_id" in rows else {}
        bound = resource.operation(operation.name)
        work = partial(ChangeSet.from_frame, bound, rows, columns=columns, **dict[str, Any](given))
        self._state = "planning"
        self._redraw()
        self._go(work, self._planned)

    def _planned(self, errand: "Errand[ChangeSet]") -> None:
        self.changes, self.error = errand.result, errand.error
        self._state = "asking" if self.changes is not None else "done"
        self._redraw()

    def _confirm(self, message: Message) -> None:
        """Carry out what was confirmed; a second click finds it under way."""
        if self._state != "asking" or self.changes is None:
            return
        self._writable()
        place = self._source.settings
        count = told.waiting_rows(self.changes)
        wanted = phrase(place.environment, count)
        if (
            needs_phrase(place.environment)
            and str(message.get("fields", {}).get(TYPED, "")).strip() != wanted
        ):
            self._hint = f"Type {wanted!r} to confirm. Nothing was sent."
            self._redraw()
            return
        self._state, self._hint = "applying", ""
        self._redraw()
        send = partial(self.changes.apply, dry_run=False, confirm=count, keep_going=self._keeps)
        self._go(send, self._applied)

    def _applied(self, errand: "Errand[pd.DataFrame]") -> None:
        self._state = "done"
        frame = self.changes.frame() if self.changes is not None else pd.DataFrame(columns=["row", "outcome"])
        if not isinstance(errand.error, ChangeSetError):  # that one is told row by row
            self.error = errand.error
        self._redraw()
        done, left = (self._ids(frame, among) for among in (DONE, LEFT))
        self._settled(done, left)
        self._redraw()

    def _ids(self, frame: pd.DataFrame, outcomes: tuple[str, ...]) -> list[int]:
        labels = frame.loc[frame["outcome"].isin(outcomes), "row"].map(str)
        return [self._keys[label] for label in labels if label in self._keys]

    def _go(self, work: Callable[[], T], done: Callable[[Errand[T]], None]) -> None:
        """Work beside the cells; what goes wrong afterwards is shown like anything else."""
        Errand(work, lambda errand: self._run(partial(done, errand))).start()

    def _go_on(self) -> None:
        """Ask about the rows that were not sent because one before them failed."""
        if self._state == "done" and self.changes is not None:
            self._state, self._keeps = "asking", True
            self._redraw()

    def _undo(self) -> None:
        if self._state == "done" and self.changes is not None:
            self._writable()
            work = self.changes.undo
            self._state = "planning"
            self._redraw()
            self._go(work, self._planned)

    def _offered(self) -> list[Operation]:
        """Return the writes that concern a record as a whole."""
        name = self._source.plural
        if name not in FACTS:
            return []
        whole = dict.fromkeys(("id", "booking_provider_id"), 1)
        return [each for each in actions_of(FACTS[name], whole) if _by_record(each)]

    def _writable(self) -> Any:  # noqa: ANN401 - the resource, which is there
        if not self._source.writable:
            raise ReadOnlyError(f"{self._source.why_not} Nothing was sent.")
        return self._source.resource

    @property
    def _count(self) -> str:
        rows = len(self._chosen())
        return told.counted(rows, self._nouns)


def _by_record(operation: Operation) -> bool:
    """Tell whether the path asks for no more than the record says, or a form can ask for."""
    path = [each.name for each in operation.parameters if each.where == "path"]
    return all(name in OWN or name not in CHILDREN for name in path)
