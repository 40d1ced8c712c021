"""A filter for each column, by what it holds; chips for those that are active. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stcrm_nb.panels.bar.words import CUSTOM, EMPTY, YES_NO, words
from stcrm_nb.panels.columns import Shown, spoken
from stcrm_nb.panels.find.facets import Facet
from stcrm_nb.panels.find.presets import PRESETS
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.view import View

USUAL: dict[str, tuple[str, ...]] = {
    "leads": ("status", "priority", "campaign", "business_unit", "job_type", "created_on"),
    "bookings": ("status", "priority", "source", "booking_provider", "created_on"),
    "customers": ("type", "address_city", "active", "do_not_service", "created_on"),
    "locations": ("address_city", "active", "zone", "created_on"),
}
MOST_USUAL = 6  # of a frame that is not in the table above
OPTIONS = 60  # values that a menu shows; the search box finds the others
RANGED = {"time": "between", "id": "number", "int": "number", "float": "number", "decimal": "number"}


End = tuple[str, str, Mapping[str, str | None]]  # from or to, its value, its limits


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the bar needs to know: columns, their counts, the filters asked for beside the usual ones."""

    plural: str
    columns: Mapping[str, Shown]
    facets: Sequence[Facet]
    added: tuple[str, ...] = ()
    taggable: bool = False
    custom: frozenset[str] = frozenset()

    @property
    def shown(self) -> list[str]:
        """The columns whose filters stand in the bar."""
        counted = [facet.column for facet in self.facets]
        times = [name for name, column in self.columns.items() if column.kind == "time"][:1]
        usual = USUAL.get(self.plural, (*counted[: MOST_USUAL - len(times)], *times))
        offered = [*counted, *(name for name in self.columns if name not in counted)]
        return [name for name in dict.fromkeys((*usual, *self.added)) if name in offered]


def bar(shelf: Shelf, view: View) -> Node:
    """Return the filters, the menu of further ones, and a chip for each that is active."""
    names = list(dict.fromkeys([*shelf.shown, *(each.column for each in view.filters)]))
    names = [name for name in names if name in shelf.columns]
    counted = {facet.column: facet for facet in shelf.facets}
    controls = [_control(name, shelf, view, facet=counted.get(name)) for name in names]
    return node("div", *controls, _more(shelf, names), *_chips(view, shelf.columns), class_="filters")


def _control(name: str, shelf: Shelf, view: View, *, facet: Facet | None) -> Node:
    column = shelf.columns[name]
    if facet is not None:
        return FACETS[facet.kind](facet, view, column)
    kind = RANGED.get(column.kind, "empty")
    if kind == "between":
        return _days(view, column, custom=name in shelf.custom)
    return _numbers(view, column) if kind == "number" else _empty(view, column)


def _more(shelf: Shelf, shown: Sequence[str]) -> Node | None:
    """Return the menu that adds the filter of another column."""
    rest = [column for name, column in shelf.columns.items() if name not in shown]
    tags = node("button", "Tags", class_="link option", gesture="tagged", title="Names of the tags")
    buttons = [tags] if shelf.taggable else []
    if not rest and not buttons:
        return None
    buttons += [
        node(
            "button", column.heading, class_="link option", gesture=f"add:{column.name}", title=column.meaning
        )
        for column in rest
    ]
    return node(
        "details",
        node("summary", "Add filter", key="more-menu"),
        node("div", *buttons, class_="options"),
        class_="menu",
        key="more",
    )


def _chips(view: View, columns: Mapping[str, Shown]) -> list[Node]:
    drawn = []
    for each in view.filters:
        text = words(each, columns[each.column].heading if each.column in columns else each.column)
        cross = node("span", "\N{MULTIPLICATION SIGN}", class_="cross")
        label = f"Remove filter {text}"
        drawn.append(
            node("button", text, cross, class_="chip", aria_label=label, gesture=f"drop:{each.column}")
        )
    clear = node("button", "Clear filters", class_="link", gesture="clear") if drawn else None
    return [*drawn, clear] if clear else []


def _among(facet: Facet, view: View, column: Shown) -> Node:
    active = view.filter_on(facet.column)
    wanted = active.wanted if active and active.kind == facet.kind else ()
    gesture = f"{facet.kind}:{facet.column}"
    counts = _in_order(facet, column)
    shown = [each for number, each in enumerate(counts) if number < OPTIONS or each[0] in wanted]
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
            node("span", spoken(value) if value else EMPTY, class_=None if value else "quiet"),
            node("span", f"{count:,}", class_="number"),
            class_="option",
        )
        for value, count in shown
    ]
    summary = f"{column.heading} ({len(wanted)})" if wanted else column.heading
    rest = len(counts) - len(shown)
    return node(
        "details",
        node("summary", summary, key=f"{facet.column}-menu", class_="active" if wanted else None),
        node(
            "fieldset",
            node("legend", column.heading),
            *options,
            node("p", f"and {rest} more: search for them", class_="quiet") if rest else None,
            class_="options",
        ),
        class_="menu",
        key=facet.column,
    )


def _in_order(facet: Facet, column: Shown) -> list[tuple[str, int]]:
    """Return the values of an enumeration in their own order, of anything else the most frequent first."""
    if column.ordered:
        return list(facet.counts)
    return sorted(facet.counts, key=lambda each: (-each[1], each[0].lower()))


def _flag(facet: Facet, view: View, column: Shown) -> Node:
    counts = dict(facet.counts)
    options = {value: f"{text} ({counts[value]:,})" for value, text in YES_NO.items()}
    return _select(f"flag:{facet.column}", view, column, options={"": "Any"} | options)


def _empty(view: View, column: Shown) -> Node:
    options = {"": "Any", "no": "Not empty", "yes": "Empty"}
    return _select(f"empty:{column.name}", view, column, options=options)


def _select(gesture: str, view: View, column: Shown, *, options: Mapping[str, str]) -> Node:
    active = view.filter_on(column.name)
    wanted = active.wanted[0] if active and active.wanted else ""
    items = [node("option", text, value=value, selected=value == wanted) for value, text in options.items()]
    return node(
        "label", column.heading, node("select", *items, key=column.name, gesture=gesture), class_="field"
    )


def _days(view: View, column: Shown, *, custom: bool) -> Node:
    """Return a choice of presets, and two dates where days of one's own are wanted."""
    active = view.filter_on(column.name)
    own = custom or (active is not None and active.kind == "between")
    chosen = CUSTOM if own else active.wanted[0] if active else ""
    texts = {
        "": "Any time",
        **{name: name.capitalize() for name in PRESETS},
        CUSTOM: "Custom\N{HORIZONTAL ELLIPSIS}",
    }
    items = [node("option", text, value=value, selected=value == chosen) for value, text in texts.items()]
    select = node(
        "select", *items, key=column.name, gesture=f"preset:{column.name}", aria_label=column.heading
    )
    first, last = active.wanted if active and active.kind == "between" else ("", "")
    ends = (("from", first, {"max": last or None}), ("to", last, {"min": first or None})) if own else ()
    inputs = [_end(f"between:{column.name}", column.name, each, type="date") for each in ends]
    return node("fieldset", node("legend", column.heading), select, *inputs, class_="range")


def _numbers(view: View, column: Shown) -> Node:
    active = view.filter_on(column.name)
    first, last = active.wanted if active and active.kind == "number" else ("", "")
    ends: tuple[End, ...] = (("from", first, {}), ("to", last, {}))
    inputs = [_end(f"number:{column.name}", column.name, each, type="number") for each in ends]
    return node("fieldset", node("legend", column.heading), *inputs, class_="range")


def _end(gesture: str, name: str, end: End, *, type: str) -> Node:  # noqa: A002 - HTML's word
    word, value, limit = end
    field = node("input", type=type, value=value, gesture=gesture, key=f"{name}-{word}", **limit)
    return node("label", word, field, class_="field")


FACETS = {"among": _among, "any": _among, "flag": _flag}
