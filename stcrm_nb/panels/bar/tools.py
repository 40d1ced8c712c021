"""The menu of columns: which are shown, and in which order. Pure."""

from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import View


def columns_menu(table: Table, view: View) -> Node:
    """Return a box for each column, the shown ones first, with buttons that move those."""
    shown = [each.name for each in table.listed(view)]
    rest = [name for name in table.columns if name not in shown]
    rows = [_row(table, name, place, count=len(shown)) for place, name in enumerate(shown)]
    rows += [_row(table, name, -1, count=0) for name in rest]
    usual = (
        node("button", "Usual columns", class_="link", gesture="usual", key="usual") if view.columns else None
    )
    return node(
        "details",
        node("summary", "Columns", key="columns-menu"),
        node("fieldset", node("legend", "Columns"), usual, *rows, class_="options right"),
        class_="menu",
        key="columns",
    )


def _row(table: Table, name: str, place: int, *, count: int) -> Node:
    column = table.columns[name]
    box = node("input", type="checkbox", key=f"column={name}", checked=place >= 0, gesture="columns")
    moves = [
        node(
            "button",
            glyph,
            class_="link",
            gesture=f"move:{name}",
            value=step,
            aria_label=f"Move {column.heading} {word}",
            key=f"move{step}-{name}",
        )
        for glyph, step, word, there in (
            ("\N{UPWARDS ARROW}", "-1", "left", place > 0),
            ("\N{DOWNWARDS ARROW}", "1", "right", 0 <= place < count - 1),
        )
        if there
    ]
    label = node("label", box, node("span", column.heading), class_="option", title=column.meaning)
    return node("div", label, *moves, class_="movable")
