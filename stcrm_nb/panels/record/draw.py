"""What stands on a record page: fields, contacts, notes, tags, relatives, past changes. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from stcrm_nb.catalogue import Operation
from stcrm_nb.panels.columns import ORDER, Shown, describe, group, spoken, written
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.record.related import Relative

DASH = "\N{EN DASH}"
TITLES = ("name", "lead_customer_name")
CONTACT_COLUMNS = ("value", "type", "memo", "phone_settings_do_not_text", "created_on")
LISTS = ("tag_type_ids", "custom_fields", "external_data")  # have a part of their own, or no reader
MAP = "https://www.openstreetmap.org/search?"
ELSEWHERE = frozenset({"add_tag", "remove_tag", "add_contact", "add_note"})  # stand beside what they change

Values = Mapping[str, Any]


def title(record: Values, singular: str, *tools: Node) -> Node:
    """Return the record's name, number and state."""
    name = next((record[each] for each in TITLES if record.get(each)), None)
    number = f"{singular.capitalize()} {record.get('id', '')}".strip()
    state = node("span", "Inactive", class_="badge warn") if record.get("active") is False else None
    status = record.get("status")
    return node(
        "div",
        node("h3", str(name).strip() if name else number, key="title", tabindex=-1),
        node("span", number, class_="quiet") if name else None,
        node("span", spoken(str(status)), class_="badge") if status else None,
        state,
        node("span", *tools, class_="tools") if tools else None,
        class_="head",
    )


def back(to: str) -> Node:
    """Return the button that leads back."""
    return node("button", f"\N{LEFTWARDS ARROW} Back to {to}", gesture="back", key="back")


def fields(record: Values, columns: Sequence[Shown], zone: str, *, names: Mapping[str, str]) -> Node:
    """Return the record's fields in groups; the address is one block, a missing value a quiet dash."""
    grouped: dict[str, list[Node]] = {name: [] for name in ORDER}
    for column in columns:
        if group(column.name) != "Address" and column.name not in LISTS:
            text = written(record[column.name], column.kind, zone)
            told = f"{names[column.name]} ({text})" if column.name in names else text
            heading = column.heading.removesuffix(" ID") if column.name in names else column.heading
            grouped[group(column.name)].append(node("dt", heading, title=column.meaning))
            grouped[group(column.name)].append(_value(told))
    parts = [_section(name, node("dl", *nodes)) for name, nodes in grouped.items() if nodes]
    if "address_street" in record:
        parts.insert(1, _section("Address", _address(record)))
    return node("div", *parts, class_="groups")


def _address(record: Values) -> Node:
    lines = address_lines(record)
    if not lines:
        return node("p", DASH, class_="quiet")
    place = MAP + urlencode({"query": ", ".join(lines)})
    link = node("a", "Map", href=place, aria_label="Show the address on a map, in a new tab")
    return node("div", node("p", "\n".join(lines), class_="address"), link)


def address_lines(record: Values) -> list[str]:
    """Return an address as it stands on an envelope; parts that are missing leave no gap."""
    rows = (("street", "unit"), ("city",), ("state", "zip"), ("country",))
    street, city, state, country = (
        " ".join(str(record[f"address_{part}"]) for part in row if record.get(f"address_{part}"))
        for row in rows
    )
    town = ", ".join(part for part in (city, state) if part)
    return [line for line in (street, town, country) if line]


def contact_table(
    contacts: pd.DataFrame,
    zone: str,
    buttons: Callable[[str, str], Sequence[Node]],
    *,
    picked: frozenset[int] | None = None,
) -> Node:
    """Return the contacts, one row each; `buttons` makes the last cell from id and value.

    With `picked`, each has a box that is ticked if its id is among them.
    """
    if contacts.empty:
        return node("p", "No contacts.", class_="quiet")
    columns = [column for name, column in describe(contacts, {}).items() if name in CONTACT_COLUMNS]
    columns.sort(key=lambda column: CONTACT_COLUMNS.index(column.name))
    head = [node("th", column.heading, scope="col") for column in columns]
    rows = []
    for _, contact in contacts.iterrows():
        texts = [written(contact[column.name], column.kind, zone) for column in columns]
        cells = [node("th", texts[0] or DASH, scope="row"), *(_cell(text) for text in texts[1:])]
        last = buttons(str(contact["id"]), texts[0] or str(contact["id"]))
        box = [] if picked is None else [_tick(int(contact["id"]), texts[0], picked)]
        rows.append(node("tr", *box, *cells, node("td", *last, class_="acts")))
    table = node(
        "table",
        node("thead", node("tr", *([] if picked is None else [node("td")]), *head, node("td"))),
        node("tbody", *rows),
        class_="plain",
        aria_label="Contacts",
    )
    return node("div", table, class_="scroll-x")


def _tick(key: int, text: str | None, picked: frozenset[int]) -> Node:
    label = f"Select contact {text or key}"
    box = node(
        "input",
        type="checkbox",
        key=f"contact={key}",
        checked=key in picked,
        gesture="pick",
        aria_label=label,
    )
    return node("td", box)


def note_list(
    notes: pd.DataFrame, zone: str, buttons: Callable[[str, str], Sequence[Node]] = lambda _key, _text: ()
) -> Node:
    """Return the notes, pinned ones first, then the newest, each with the moment it was written."""
    if notes.empty:
        return node("p", "No notes.", class_="quiet")
    facts = describe(notes, {})
    items = []
    for _, note in notes.sort_values(["is_pinned", "created_on"], ascending=False).iterrows():
        when = written(note["created_on"], facts["created_on"].kind, zone)
        is_pinned = pd.notna(note["is_pinned"]) and note["is_pinned"]
        pinned = node("span", "pinned", class_="badge") if is_pinned else None
        text = written(note["text"], facts["text"].kind, zone) or DASH
        said = str(note.get("created_by") or "") if pd.notna(note.get("created_by")) else ""
        told = node("span", ", ".join(each for each in (said, when or DASH) if each), class_="quiet")
        key = str(note["id"]) if "id" in note and pd.notna(note["id"]) else ""
        items.append(node("li", text, " ", told, pinned, *(buttons(key, text[:40]) if key else ())))
    return node("ul", *items)


def tag_list(tags: Mapping[int, str], buttons: Callable[[str, str], Sequence[Node]]) -> Node:
    """Return the tags, by name."""
    chips = [node("span", name, *buttons(str(key), name), class_="tag") for key, name in tags.items()]
    return node("div", *chips, class_="chips") if chips else node("p", "No tags.", class_="quiet")


def custom_fields(values: Sequence[Values]) -> Node:
    """Return what the company added."""
    pairs = [(str(each.get("name") or each.get("type_id")), str(each.get("value") or "")) for each in values]
    cells = [cell for name, value in pairs for cell in (node("dt", name), _value(value or None))]
    return node("dl", *cells)


def relatives(found: Sequence[Relative]) -> Node:
    """Return what belongs to the record, each one click away."""
    lines = [
        node(
            "li",
            node("span", f"{each.kind.capitalize()} ", class_="quiet"),
            node("button", each.text, class_="link", gesture=f"go:{each.resource}", value=each.key,
                 key=f"go-{each.resource}-{each.key}"),
            node("span", f" {each.said}", class_="quiet") if each.said else None,
        )
        for each in found
    ]  # fmt: skip
    return node("ul", *lines) if lines else node("p", "None.", class_="quiet")


def history(changes: pd.DataFrame, zone: str, *, undo: bool) -> Node:
    """Return what the journal knows of the record, the latest first; what was done can be taken back."""
    if changes.empty:
        return node("p", "Nothing was changed from this machine.", class_="quiet")
    newest = changes.iloc[::-1]
    rows = [_change(each, zone, undo=undo and each["outcome"] == "done") for _, each in newest.iterrows()]
    head = [node("th", text, scope="col") for text in ("When", "What", "Outcome", "")]
    return node("table", node("thead", node("tr", *head)), node("tbody", *rows), class_="plain")


def _change(change: "pd.Series[Any]", zone: str, *, undo: bool) -> Node:
    button = node("button", "Undo", gesture="undo", value=change["change"], key=f"undo-{change['change']}")
    return node(
        "tr",
        node("td", written(change["at"], "time", zone) or DASH),
        node("th", change["operation"].partition("_")[2], scope="row", title=change["call"]),
        node("td", change["outcome"]),
        node("td", button if undo else None),
    )


def bar(actions: Sequence[Operation], *, why: str | None) -> Node | None:
    """Return a button for each change of the record as a whole; disabled ones say why."""
    shown = [each for each in actions if each.name not in ELSEWHERE]
    if not shown:
        return None
    buttons = [action_button(each, why=why) for each in shown]
    reason = node("span", why, class_="quiet") if why else None
    return node("div", *buttons, reason, class_="buttons")


def action_button(operation: Operation, *, why: str | None, value: str = "", of: str = "") -> Node:
    """Return the button of one operation; `of` tells what it is about, `why` why it may not be used."""
    text = operation.name.replace("_", " ").capitalize()
    short = text.split()[0].replace("Update", "Edit") if of else text.replace("Update", "Edit")
    return node(
        "button", short, gesture=f"act:{operation.name}", value=value, disabled=why is not None,
        aria_label=f"{text.replace('Update', 'Edit')} {of}" if of else None,
        title=why, key=f"{operation.name}-{value}",
    )  # fmt: skip


def part(heading: str, content: Node, *tools: Node, key: str = "") -> Node:
    """Return one part of the page under its heading."""
    title = node("h4", heading, key=key or None, tabindex=-1 if key else None)
    return node("section", node("div", title, *tools, class_="head"), content, class_="part")


def _section(name: str, content: Node) -> Node:
    return node("section", node("h4", name), content)


def _value(text: str | None) -> Node:
    return node("dd", text) if text else node("dd", DASH, class_="quiet")


def _cell(text: str | None) -> Node:
    return node("td", text) if text else node("td", DASH, class_="quiet")
