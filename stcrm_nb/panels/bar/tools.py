"""The menus of the bar: columns, views, export, Python; the summary of columns. Pure."""

from collections.abc import Sequence

from stcrm_nb.panels.columns import Shown, spoken, written
from stcrm_nb.panels.find.summary import Summary, sparkline
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import View

LONGEST = 22  # characters of a value in the profile


def columns_menu(table: Table, view: View) -> Node:
    """Return a box for each column, the shown ones first, with buttons that move those."""
    shown = [each.name for each in table.listed(view)]
    rest = [name for name in table.columns if name not in shown]
    rows = [_row(table, name, place, count=len(shown)) for place, name in enumerate(shown)]
    rows += [_row(table, name, -1, count=0) for name in rest]
    usual = (
        node("button", "Usual columns", class_="link", gesture="usual", key="usual") if view.columns else None
    )
    return _menu("Columns", "columns", node("fieldset", node("legend", "Columns"), usual, *rows))


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


def views_menu(names: Sequence[str], *, field: str) -> Node:
    """Return the views that were kept, and the field that names another."""
    rows = [
        node(
            "div",
            node("button", name, class_="link option", gesture=f"recall:{name}", key=f"recall-{name}"),
            node("button", "\N{MULTIPLICATION SIGN}", class_="link", gesture=f"forget:{name}",
                 aria_label=f"Forget view {name}", key=f"forget-{name}"),
            class_="movable",
        )
        for name in names
    ]  # fmt: skip
    keep = node(
        "div",
        node(
            "input",
            key=field,
            placeholder="Name of this view",
            aria_label="Name of this view",
            autocomplete="off",
        ),
        node("button", "Save", gesture="keep", key="keep"),
        class_="movable",
    )
    told = node("p", "Search, filters, sorts and columns, in stcrm_views.json.", class_="quiet")
    return _menu("Views", "views", *rows, keep, told)


def export_menu(kinds: Sequence[str], rows: int) -> Node:
    """Return a button for each kind of file."""
    words = {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet"}
    buttons = [
        node("button", f"{words.get(kind, kind)} (.{kind})", class_="link option", gesture=f"download:{kind}",
             key=f"download-{kind}")
        for kind in kinds
    ]  # fmt: skip
    return _menu("Export", "export", node("p", f"The {rows:,} rows shown, all columns:"), *buttons)


def python_menu(code: str) -> Node:
    """Return the code for what is on the screen."""
    block = node("pre", code, tabindex=0, copy="python")
    return _menu(
        "Python",
        "python",
        node("p", "The same rows in a cell:"),
        block,
        node("button", "Copy", copies="python", key="copy-python"),
    )


def toggle(text: str, gesture: str, *, on: bool) -> Node:
    """Return a button that stays pressed."""
    return node("button", text, gesture=gesture, key=gesture, aria_pressed="true" if on else "false")


def summary(found: Sequence[tuple[Shown, Summary]], told: str, zone: str) -> Node:
    """Return a row of figures, one column each."""
    return node(
        "div",
        *(_figures(column, figures, zone) for column, figures in found),
        class_="summary",
        role="group",
        aria_label=f"Summary of {told}",
        tabindex=0,
    )


def _figures(column: Shown, figures: Summary, zone: str) -> Node:
    missing = f"{figures.missing:,} empty" if figures.missing else "none empty"
    lines = [
        node("p", f"{figures.dtype}", class_="quiet"),
        node("p", f"{figures.distinct:,} different, {missing}"),
    ]
    if figures.bins and column.kind != "id":
        ends = (written(figures.least, column.kind, zone), written(figures.most, column.kind, zone))
        bars = sparkline(figures.bins)
        lines.append(
            node("p", node("span", bars, class_="bars", role="img", aria_label=f"Spread: {figures.bins}"))
        )
        lines.append(node("p", f"{ends[0]} to {ends[1]}"))
    lines += [node("p", f"{_short(spoken(value))}: {count:,}", title=value) for value, count in figures.top]
    return node("div", node("h4", column.heading), *lines, class_="figures")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _menu(text: str, key: str, *content: Node) -> Node:
    return node(
        "details",
        node("summary", text, key=f"{key}-menu"),
        node("div", *content, class_="options right"),
        class_="menu",
        key=key,
    )
