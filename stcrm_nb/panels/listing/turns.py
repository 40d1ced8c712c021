"""A gesture on the list -> the view after it. Pure."""

from collections.abc import Callable
from dataclasses import replace

from stcrm_nb.panels.bar.words import CUSTOM, read
from stcrm_nb.panels.pane import Message
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import View

Turn = Callable[[View, Message, Table], View]


def turned(view: View, message: Message, table: Table) -> View:
    """Return the view after a gesture."""
    return TURNS[str(message["gesture"]).partition(":")[0]](view, message, table)


def target(message: Message) -> str:
    """Return what a gesture such as `drop:status` is about."""
    return str(message["gesture"]).partition(":")[2]


def _select(view: View, message: Message, _table: Table) -> View:
    return view.selecting(map(int, message["keys"]), chosen=bool(message["chosen"]))


def _filter(view: View, message: Message, _table: Table) -> View:
    return view.filtered_by(read(message))


def _preset(view: View, message: Message, _table: Table) -> View:
    """Take a preset; for days of one's own, offer the two dates first."""
    name = target(message)
    if message.get("fields", {}).get(name) == CUSTOM:
        return replace(view, typed=view.typed | {name})
    return replace(view, typed=view.typed - {name}).filtered_by(read(message))


def _drop(view: View, message: Message, _table: Table) -> View:
    name = target(message)
    return replace(view, typed=view.typed - {name}).without(name)


def _add(view: View, message: Message, _table: Table) -> View:
    return replace(view, offered=(*view.offered, target(message)))


def _columns(view: View, message: Message, table: Table) -> View:
    """Show the ticked columns: those shown already in their order, new ones after them."""
    ticked = message.get("fields", {})
    names = [name for name in table.columns if ticked.get(f"column={name}")]
    order = {each.name: number for number, each in enumerate(table.listed(view))}
    return view.showing(sorted(names, key=lambda name: order.get(name, len(order))))


def _move(view: View, message: Message, table: Table) -> View:
    """Move a column by one place."""
    names = [each.name for each in table.listed(view)]
    at = names.index(target(message))
    to = min(max(at + int(message["value"]), 0), len(names) - 1)
    names.insert(to, names.pop(at))
    return view.showing(names)


TURNS: dict[str, Turn] = {
    "search": lambda view, message, _: view.searching(str(message["text"])),
    "sort": lambda view, message, _: view.sorted_by(str(message["column"]), add=bool(message.get("add"))),
    "page": lambda view, message, _: view.at_page(int(message["page"])),
    "size": lambda view, message, _: view.with_page_size(int(message["size"])),
    "select": _select,
    "select_all": lambda view, _, table: view.selecting(table.keys()),
    "deselect": lambda view, *_: view.selecting_none(),
    "among": _filter,
    "any": _filter,
    "flag": _filter,
    "empty": _filter,
    "between": _filter,
    "number": _filter,
    "preset": _preset,
    "drop": _drop,
    "clear": lambda view, *_: view.unfiltered(),
    "add": _add,
    "columns": _columns,
    "usual": lambda view, *_: view.showing(()),
    "move": _move,
    "summary": lambda view, *_: replace(view, summed=not view.summed),
}
