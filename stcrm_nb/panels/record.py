"""The record page: one record, its contacts, a button for each change it allows."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from stcrm_nb.catalogue import Child, Column
from stcrm_nb.errors import ReadOnlyError
from stcrm_nb.panels.columns import ORDER, Shown, describe, group, written
from stcrm_nb.panels.confirm import TYPED, Confirm
from stcrm_nb.panels.guard import Guard
from stcrm_nb.panels.pane import Message, Node, Pane, node
from stcrm_nb.resources import Resource

DASH = "\N{EN DASH}"
TITLES = ("name", "lead_customer_name")
CONTACT_COLUMNS = ("value", "type", "memo", "phone_settings_do_not_text", "created_on")
REMOVE = "remove_contact"
READ_ONLY = "Read-only connection: open with stcrm.connect(..., writable=True) to remove contacts."

Values = Mapping[str, Any]


class RecordPage:
    """Shows one record at a time, and carries out what its user confirms.

    Parameters
    ----------
    resource : Resource
        Where the record is from.
    guard : Guard
        Runs the callbacks.
    leave : callable
        Called when the user goes back to the list.
    changed : callable
        Called with the record as it is after a change.
    """

    def __init__(
        self,
        resource: Resource,
        *,
        guard: Guard,
        leave: Callable[[], None],
        changed: Callable[[Values], None],
    ) -> None:
        self._resource = resource
        self._guard = guard
        self._leave = leave
        self._changed = changed
        self._record: Values | None = None
        self._contacts: pd.DataFrame | None = None
        self._notes: pd.DataFrame | None = None
        record = resource.record
        columns = {column.name: column for column in record.columns}
        self._facts: dict[str, Column | Child] = {**columns, **{each.name: each for each in record.children}}
        self.confirm: Confirm | None = None
        self.pane = Pane(self._hear, label=f"One {resource.singular}")
        self._gestures: dict[str, Callable[[Message], None]] = {
            "back": lambda _: self._leave(),
            "remove": lambda message: self.plan_removal(int(message["value"])),
            "confirm": self._confirmed,
            "cancel": lambda _: self._cancel(),
        }

    def show(self, record_id: int) -> None:
        """Read a record and show it."""
        self._record, self._contacts, self._notes, self.confirm = None, None, None, None
        waiting = node(
            "p", f"Loading {self._resource.singular} {record_id}\N{HORIZONTAL ELLIPSIS}", role="status"
        )
        self.pane.draw(_back(), waiting)
        self._read(record_id)
        self._draw(focus="title")

    def plan_removal(self, contact_id: int) -> None:
        """Make the plan for one contact and ask; sends no change.

        Raises
        ------
        ReadOnlyError
            The connection may not change records.
        """
        if self._record is None:
            return
        if not self._resource.settings.writable:
            raise ReadOnlyError(f"{READ_ONLY} Nothing was sent.")
        change = self._resource.operation(REMOVE)(int(self._record["id"]), contact_id)
        self.confirm = Confirm(change)
        self._draw(focus="plan")

    def _confirmed(self, message: Message) -> None:
        confirm = self.confirm
        if confirm is None or self._record is None:
            return
        accepted = confirm.accept(str(message.get("fields", {}).get(TYPED, "")))
        self._draw(focus="plan" if accepted else "")
        if accepted:
            confirm.apply()
        self._guard.last_error = confirm.error
        if not accepted:
            return
        self._draw(focus="plan")
        self._read(int(self._record["id"]), refresh=True)
        self._draw(focus="plan")
        self._changed(self._record)

    def _cancel(self) -> None:
        self.confirm = None
        self._draw(focus="contacts")

    def _read(self, record_id: int, *, refresh: bool = False) -> None:
        self._record = self._resource.operation("get")(record_id, refresh=refresh)
        if self._resource.offers("contacts"):
            self._contacts = self._resource.operation("contacts")(record_id, refresh=refresh)
        if self._resource.offers("notes"):
            self._notes = self._resource.operation("notes")(record_id, refresh=refresh)

    def _hear(self, message: Message) -> None:
        self._guard.run(partial(self._act, message), show=self.draw_alert)

    def _act(self, message: Message) -> None:
        self._gestures[str(message["gesture"])](message)

    def draw_alert(self, alert: Node) -> None:
        """Show what went wrong, beside the record."""
        self._draw(alert=alert)

    def _draw(self, *, focus: str = "", alert: Node | None = None) -> None:
        if self._record is None:
            self.pane.draw(_back(), alert, focus=focus)
            return
        zone = self._resource.settings.time_zone
        row = pd.DataFrame([dict(self._record)])
        columns = list(describe(row, self._facts).values())
        contacts = self._contacts
        self.pane.draw(
            title(self._record, self._resource.singular),
            fields(self._record, columns, zone),
            self._contacts_part(contacts, zone) if contacts is not None else None,
            alert,
            self.confirm.draw() if self.confirm else None,
            note_list(self._notes, zone) if self._notes is not None else None,
            focus=focus,
        )

    def _contacts_part(self, contacts: pd.DataFrame, zone: str) -> Node:
        removable = self._resource.offers(REMOVE)
        writable = self._resource.settings.writable
        reason = node("span", READ_ONLY, class_="quiet") if removable and not writable else None
        heading = node("h4", f"Contacts ({len(contacts)})", key="contacts", tabindex=-1)
        button = partial(remove_button, writable=writable) if removable else None
        return node(
            "section", node("div", heading, reason, class_="head"), contact_table(contacts, zone, button),
            class_="contacts",
        )  # fmt: skip


def title(record: Values, singular: str) -> Node:
    """Return the record's name, number and state."""
    name = next((record[each] for each in TITLES if record.get(each)), None)
    number = f"{singular.capitalize()} {record['id']}"
    state = node("span", "Inactive", class_="badge warn") if record.get("active") is False else None
    return node(
        "div",
        _back(),
        node("h3", str(name).strip() if name else number, key="title", tabindex=-1),
        node("span", number, class_="quiet") if name else None,
        state,
        class_="head",
    )


def fields(record: Values, columns: Sequence[Shown], zone: str) -> Node:
    """Return the record's fields in groups; the address is one block, a missing value a quiet dash."""
    grouped: dict[str, list[Node]] = {name: [] for name in ORDER}
    for column in columns:
        if group(column.name) != "Address":
            text = written(record[column.name], column.kind, zone)
            grouped[group(column.name)].append(node("dt", column.heading, title=column.meaning))
            grouped[group(column.name)].append(_value(text))
    lines = address_lines(record)
    address = node("p", "\n".join(lines) or DASH, class_="address" if lines else "quiet")
    parts = [_section(name, node("dl", *nodes)) for name, nodes in grouped.items() if nodes]
    if "address_street" in record:
        parts.insert(1, _section("Address", address))
    return node("div", *parts, class_="groups")


def address_lines(record: Values) -> list[str]:
    """Return an address as it stands on an envelope; parts that are missing leave no gap."""
    rows = (("street", "unit"), ("city",), ("state", "zip"), ("country",))
    street, city, state, country = (
        " ".join(str(record[f"address_{part}"]) for part in row if record.get(f"address_{part}"))
        for row in rows
    )
    town = ", ".join(part for part in (city, state) if part)
    return [line for line in (street, town, country) if line]


def contact_table(contacts: pd.DataFrame, zone: str, button: Callable[[str, str], Node] | None) -> Node:
    """Return the contacts, one row each; `button` makes the last cell from id and value."""
    if contacts.empty:
        return node("p", "No contacts.", class_="quiet")
    columns = [column for name, column in describe(contacts, {}).items() if name in CONTACT_COLUMNS]
    columns.sort(key=lambda column: CONTACT_COLUMNS.index(column.name))
    head = [node("th", column.heading, scope="col") for column in columns]
    rows = []
    for _, contact in contacts.iterrows():
        texts = [written(contact[column.name], column.kind, zone) for column in columns]
        cells = [node("th", texts[0] or DASH, scope="row"), *(_cell(text) for text in texts[1:])]
        last = [node("td", button(str(contact["id"]), texts[0] or str(contact["id"])))] if button else []
        rows.append(node("tr", *cells, *last))
    if button:
        head.append(node("td"))
    table = node(
        "table", node("thead", node("tr", *head)), node("tbody", *rows), class_="plain", aria_label="Contacts"
    )
    return node("div", table, class_="scroll-x")


def note_list(notes: pd.DataFrame, zone: str) -> Node:
    """Return the notes, pinned ones first, then the newest, each with the moment it was written."""
    heading = node("h4", f"Notes ({len(notes)})")
    if notes.empty:
        return node("section", heading, node("p", "No notes.", class_="quiet"))
    facts = describe(notes, {})
    items = []
    for _, note in notes.sort_values(["is_pinned", "created_on"], ascending=False).iterrows():
        when = written(note["created_on"], facts["created_on"].kind, zone)
        pinned = (
            node("span", "pinned", class_="badge")
            if pd.notna(note["is_pinned"]) and note["is_pinned"]
            else None
        )
        text = written(note["text"], facts["text"].kind, zone) or DASH
        items.append(node("li", text, " ", node("span", when or DASH, class_="quiet"), pinned))
    return node("section", heading, node("ul", *items))


def remove_button(contact_id: str, value: str, *, writable: bool) -> Node:
    """Return the button that asks for one contact's removal; its label names the contact."""
    return node(
        "button", "Remove", gesture="remove", value=contact_id, disabled=not writable,
        aria_label=f"Remove contact {value}", title=None if writable else READ_ONLY,
        key=f"remove-{contact_id}",
    )  # fmt: skip


def _back() -> Node:
    return node("button", "\N{LEFTWARDS ARROW} Back to list", gesture="back", key="back")


def _section(name: str, content: Node) -> Node:
    return node("section", node("h4", name), content)


def _value(text: str | None) -> Node:
    return node("dd", text) if text else node("dd", DASH, class_="quiet")


def _cell(text: str | None) -> Node:
    return node("td", text) if text else node("td", DASH, class_="quiet")
