"""The bar above the grid: what was fetched, a filter for each column that has one, chips. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from stcrm_nb.changes.change import TONES
from stcrm_nb.config import Settings
from stcrm_nb.panels.columns import Shown, spoken
from stcrm_nb.panels.pane import Message, Node, node
from stcrm_nb.panels.rows import Facet
from stcrm_nb.panels.view import Filter, Kind, View

RANGED = "created_on"  # the column whose days can be narrowed
YES_NO = {"yes": "Yes", "no": "No"}
RESTRICTIONS = {  # what the list holds, the way out, and what to fetch then
    "True": ("Active {} only", "Include inactive", "Any"),
    "False": ("Inactive {} only", "Include active", "Any"),
    "Any": ("Active and inactive {}", "Active only", "True"),
}


def bar(facets: Sequence[Facet], view: View, columns: Mapping[str, Shown]) -> Node:
    """Return a filter for each column that has one, then a chip for each that is active."""
    parts = [DRAWN[facet.kind](facet, view, columns[facet.column]) for facet in facets]
    if RANGED in columns:
        parts.append(_between(view, columns[RANGED]))
    return node("div", *parts, *_chips(view, columns), class_="filters")


def words(given: Filter, heading: str) -> str:
    """Return a filter in words.

    >>> words(Filter("created_on", "between", ("2026-01-01", "")), "Created")
    'Created: from 2026-01-01'
    """
    if given.kind == "among":
        return f"{heading}: {', '.join(map(spoken, given.wanted))}"
    if given.kind == "flag":
        return f"{heading}: {YES_NO[given.wanted[0]]}"
    first, last = given.wanted
    if first and last:
        return f"{heading}: {first} to {last}"
    return f"{heading}: from {first}" if first else f"{heading}: until {last}"


def read(message: Message) -> Filter:
    """Return the filter that a gesture of the bar stands for, such as `among:status`."""
    kind, _, column = str(message["gesture"]).partition(":")
    fields: Mapping[str, Any] = message.get("fields", {})
    if kind == "among":
        prefix = f"{column}="
        values = tuple(
            key.removeprefix(prefix) for key, on in fields.items() if key.startswith(prefix) and on
        )
    elif kind == "flag":
        values = tuple(each for each in (str(fields.get(column, "")),) if each in YES_NO)
    else:
        values = tuple(_day(fields.get(f"{column}{end}", "")) for end in ("-from", "-to"))
    return Filter(column, cast("Kind", kind), values)


def _chips(view: View, columns: Mapping[str, Shown]) -> list[Node]:
    drawn = []
    for each in view.filters:
        text = words(each, columns[each.column].heading)
        cross = node("span", "\N{MULTIPLICATION SIGN}", class_="cross")
        label = f"Remove filter {text}"
        drawn.append(
            node("button", text, cross, class_="chip", aria_label=label, gesture=f"drop:{each.column}")
        )
    clear = node("button", "Clear filters", class_="link", gesture="clear") if drawn else None
    return [*drawn, clear] if clear else []


def _day(text: object) -> str:
    """Return an ISO day, or nothing where the browser sent half a date."""
    try:
        return date.fromisoformat(str(text)).isoformat()
    except ValueError:
        return ""


def _among(facet: Facet, view: View, column: Shown) -> Node:
    active = view.filter_on(facet.column)
    wanted = active.wanted if active else ()
    gesture = f"among:{facet.column}"
    options = [
        node(
            "label",
            node(
                "input",
                type="checkbox",
                key=f"{facet.column}={value}",
                checked=value in wanted,
                gesture=gesture,
            ),
            node("span", spoken(value)),
            node("span", f"{count:,}", class_="number"),
            class_="option",
        )
        for value, count in facet.counts
    ]
    summary = f"{column.heading} ({len(wanted)})" if wanted else column.heading
    return node(
        "details",
        node("summary", summary, key=f"{facet.column}-menu", class_="active" if wanted else None),
        node("fieldset", node("legend", column.heading), *options, class_="options"),
        class_="menu",
        key=facet.column,
    )


def _flag(facet: Facet, view: View, column: Shown) -> Node:
    active = view.filter_on(facet.column)
    wanted = active.wanted[0] if active else ""
    counts = dict(facet.counts)
    options = [node("option", "Any", value="", selected=not wanted)]
    options += [
        node("option", f"{text} ({counts[value]:,})", value=value, selected=value == wanted)
        for value, text in YES_NO.items()
    ]
    select = node("select", *options, key=facet.column, gesture=f"flag:{facet.column}")
    return node("label", column.heading, select, class_="field")


def _between(view: View, column: Shown) -> Node:
    active = view.filter_on(column.name)
    first, last = active.wanted if active else ("", "")
    gesture = f"between:{column.name}"
    ends = (("from", first, {"max": last or None}), ("to", last, {"min": first or None}))
    inputs = [
        node("label", end, node("input", type="date", value=value, gesture=gesture,
                                key=f"{column.name}-{end}", **limit), class_="field")
        for end, value, limit in ends
    ]  # fmt: skip
    return node("fieldset", node("legend", column.heading), *inputs, class_="range")


DRAWN = {"among": _among, "flag": _flag}


def head(settings: Settings, plural: str, *tools: Node | None, said: Sequence[Node] = ()) -> Node:
    """Return the title and, in words and colour, where one is; `tools` stand at the right."""
    mode, tone = ("writable", "warn") if settings.writable else ("read-only", "quiet")
    return node(
        "div",
        node("h3", plural.capitalize()),
        node("span", settings.environment, class_=f"badge {TONES[settings.environment]}"),
        node("span", mode, class_=f"badge {tone}"),
        node("span", settings.tenant_name or f"tenant {settings.tenant}", class_="quiet"),
        *said,
        node("span", *tools, class_="tools"),
        class_="head",
    )


def refresh() -> Node:
    """Return the button that asks the service again."""
    return node(
        "button", "Refresh", gesture="refresh", key="refresh", once=True, title="Ask the service again"
    )


def fetched(provenance: Mapping[str, Any], settings: Settings) -> Node | None:
    """Return when the rows came, in the tenant's time zone."""
    if "fetched_at" not in provenance:
        return None
    at = datetime.fromisoformat(provenance["fetched_at"]).astimezone(settings.zone)
    kept = " (kept reply)" if provenance.get("from_cache") else ""
    title = f"Times are in {settings.time_zone}"
    return node("span", f"Fetched {at:%Y-%m-%d %H:%M}{kept}", class_="quiet", title=title)


def python(code: str) -> Node:
    """Return a menu that shows the code for what is on the screen."""
    block = node("pre", code, tabindex=0)
    return node(
        "details",
        node("summary", "Python", key="python-menu"),
        node("div", node("p", "The same rows in a cell:"), block, class_="options right"),
        class_="menu",
        key="python",
    )


def restriction(plural: str, provenance: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[Node, ...]:
    """Return what the service left out, in words, and the way to widen it."""
    parts = []
    active = provenance.get("active")
    if active is not None:
        text, button, wider = RESTRICTIONS[str(active)]
        parts.append(node("span", text.format(plural)))
        parts.append(node("button", button, class_="link", gesture=f"widen:{wider}", key="widen", once=True))
    named = ", ".join(f"{name} = {value}" for name, value in given.items() if name != "active")
    if named:
        parts.append(node("span", f"Fetched with {named}"))
    return tuple(parts)


def doubts(provenance: Mapping[str, Any]) -> Node | None:
    """Return what does not fit in the fetched rows: some missing, or fields that are new."""
    texts = [f"New from the service: {text}." for text in provenance.get("drift", ())]
    if provenance.get("complete") is False:
        texts.append("Not everything came: records changed while they were read. Refresh reads them again.")
    return node("div", *(node("p", text, class_="warn") for text in texts), role="status") if texts else None
