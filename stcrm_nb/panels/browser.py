"""The panel on one kind of record, or on any frame: filters, grid and record page."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import ipywidgets
import pandas as pd
from IPython.core.getipython import get_ipython

from stcrm_nb.panels.bar import filters, head
from stcrm_nb.panels.bar.tools import columns_menu
from stcrm_nb.panels.bar.words import CUSTOM, read
from stcrm_nb.panels.grid import Grid
from stcrm_nb.panels.guard import Guard
from stcrm_nb.panels.pane import Message, Node, Pane
from stcrm_nb.panels.record.page import RecordPage
from stcrm_nb.panels.source import Source
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import View
from stcrm_nb.resources import Resource


class Browser:
    """A panel on one kind of record: search, filter, sort, select, open a record and change it.

    It is a window on a frame: the rows are fetched once, when the panel is first shown or asked for them, and
    stay in the kernel. It shows itself as the last value of a cell; `widget` puts it into other layouts.

    Parameters
    ----------
    what : Resource or DataFrame
        What to browse, such as `crm.locations`, or any frame; that is never changed.
    **given
        Restrict what is fetched; the parameters of the resource's `list`.

    Raises
    ------
    ArgumentError
        A filter that the resource's `list` does not have; nothing was sent.

    Examples
    --------
    >>> panel = Browser(crm.locations, city="Madison")
    >>> panel.view = panel.view.searching("court")
    >>> bool(panel.frame["address_city"].str.contains("Madison").all())
    True
    """

    def __init__(self, what: Resource | pd.DataFrame, /, **given: Any) -> None:
        self._source = Source.of(what, given)
        self._guard = Guard()
        self._view = View()
        self._held: Table | None = None
        self._added: tuple[str, ...] = ()  # filters beside the usual ones
        self._custom: frozenset[str] = frozenset()  # columns whose days are typed
        self._seq = 0  # of the newest search
        self._opened: int | None = None  # id of the record on the record page
        self._grid = Grid(self._hear, plural=self._source.plural, singular=self._source.singular)
        self._bar = Pane(self._hear, label=f"Filters of {self._source.plural}")
        self._page = RecordPage(
            self._source, guard=self._guard, leave=self._show_list, changed=self._replace_row
        )
        self.widget = ipywidgets.VBox([self._bar, self._grid, self._page.pane])
        self._show_only(self._grid)
        self._draw_bar()
        self._gestures: dict[str, Callable[[Message], None]] = {
            "search": self._search,
            "sort": lambda message: self._turn(
                self._view.sorted_by(str(message["column"]), add=bool(message.get("add")))
            ),
            "page": lambda message: self._turn(self._view.at_page(int(message["page"]))),
            "size": lambda message: self._turn(self._view.with_page_size(int(message["size"]))),
            "select": self._select,
            "select_all": lambda _: self._turn(self._view.selecting(self._table().keys())),
            "deselect": lambda _: self._turn(self._view.selecting_none()),
            "open": lambda message: self.show(int(message["key"])),
            "among": self._filter,
            "flag": self._filter,
            "empty": self._filter,
            "between": self._filter,
            "number": self._filter,
            "preset": self._preset,
            "add": self._add,
            "columns": self._columns,
            "usual": lambda _: self._turn(self._view.showing(())),
            "move": self._move,
            "drop": lambda message: self._drop(_target(message)),
            "clear": lambda _: self._turn(self._view.unfiltered()),
            "widen": self._widen,
            "refresh": lambda _: self._fetch(refresh=True),
        }

    @property
    def frame(self) -> pd.DataFrame:
        """The rows that pass search and filters, in the order shown, with their labels in the full frame."""
        return self._table().frame

    @property
    def view(self) -> View:
        """What is shown; setting it redraws the panel."""
        return self._view

    @view.setter
    def view(self, view: View) -> None:
        """Show another view."""
        self._turn(view)

    @property
    def selected(self) -> list[int]:
        """Ids of the selected records, on whatever page, sorted."""
        return sorted(self._view.selected)

    @property
    def selected_frame(self) -> pd.DataFrame:
        """The selected rows, in the frame's order."""
        return self._table().rows_of(self._view.selected)

    @property
    def last_error(self) -> Exception | None:
        """What went wrong in the last gesture; None if nothing did."""
        return self._guard.last_error

    def code(self) -> str:
        """Return the Python that gives the same rows as `frame`, in `frame`."""
        return self._table().code(self._view)

    def show(self, record_id: int) -> None:
        """Open the page of one record."""
        self._opened = record_id
        self._show_only(self._page.pane)
        self._draw_bar()
        row = self._table().rows_of([record_id])
        self._guard.run(partial(self._page.show, record_id, row), show=self._page.draw_alert)

    def __repr__(self) -> str:
        number = "not fetched yet" if self._held is None else f"{len(self._held.all)} fetched"
        return f"Browser on {self._source.plural} of {self._source.place}: {number}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        if self._held is None:
            _soon(partial(self._guard.run, self._table, show=self._draw_fault))
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": repr(self)}

    def _table(self) -> Table:
        """Return all rows, fetched now if they were not yet."""
        if self._held is None:
            self._fetch()
        return cast("Table", self._held)

    def _fetch(self, *, refresh: bool = False) -> None:
        self._accept(Table(self._source, self._source.fetch(refresh=refresh)))

    def _accept(self, table: Table) -> None:
        """Show other rows in the same view."""
        self._held = table
        self._look(self._view)

    def _turn(self, view: View) -> None:
        """Show another view of the rows."""
        self._table()
        if view.holding != self._view.holding:
            self._look(view)
        else:
            self._draw(view)

    def _look(self, view: View) -> None:
        """Find the rows of a view, then draw it."""
        self._table().look(view)
        self._draw(view)

    def _draw(self, view: View) -> None:
        table = self._table()
        shown = self._grid.draw(table, view, seq=self._seq)
        self._view = view.at_page(shown.page)
        self._draw_bar()

    def _draw_bar(self, alert: Node | None = None) -> None:
        source, view, table = self._source, self._view, self._held
        if self._opened is not None:
            self._bar.draw(head.head(source), alert)
            return
        if table is None:
            self._bar.draw(head.head(source, head.refresh() if alert else None), alert)
            return
        provenance = table.all.attrs.get("stcrm", {})
        shelf = filters.Shelf(source.plural, table.columns, table.facets, self._added, self._custom)
        fetched = (head.fetched(provenance, source), head.refresh()) if source.resource else ()
        tools = (*fetched, columns_menu(table, view), head.python(self.code()))
        self._bar.draw(
            head.head(source, *tools, said=head.restriction(source, provenance)),
            head.doubts(provenance),
            filters.bar(shelf, view),
            alert,
        )

    def _draw_fault(self, alert: Node) -> None:
        if self._held is None:
            self._grid.stop(f"No {self._source.plural} were loaded. Try Refresh.")
        self._draw_bar(alert)

    def _hear(self, message: Message) -> None:
        self._guard.run(partial(self._act, message), show=self._draw_fault)

    def _act(self, message: Message) -> None:
        self._gestures[str(message["gesture"]).partition(":")[0]](message)

    def _search(self, message: Message) -> None:
        self._seq = int(message.get("seq", 0))
        self._turn(self._view.searching(str(message["text"])))

    def _filter(self, message: Message) -> None:
        self._turn(self._view.filtered_by(read(message)))

    def _preset(self, message: Message) -> None:
        """Take a preset; for days of one's own, offer the two dates first."""
        name = _target(message)
        own = message.get("fields", {}).get(name) == CUSTOM
        self._custom = self._custom | {name} if own else self._custom - {name}
        self._turn(self._view if own else self._view.filtered_by(read(message)))

    def _drop(self, name: str) -> None:
        self._custom -= {name}
        self._turn(self._view.without(name))

    def _add(self, message: Message) -> None:
        self._added = (*self._added, _target(message))
        self._draw_bar()

    def _columns(self, message: Message) -> None:
        """Show the ticked columns: those of the menu in its order."""
        shown = message.get("fields", {})
        names = [name for name in self._table().columns if shown.get(f"column={name}")]
        order = {each.name: number for number, each in enumerate(self._table().listed(self._view))}
        self._turn(self._view.showing(sorted(names, key=lambda name: order.get(name, len(order)))))

    def _move(self, message: Message) -> None:
        """Move a column one place."""
        names = [each.name for each in self._table().listed(self._view)]
        at = names.index(_target(message))
        to = min(max(at + int(message["value"]), 0), len(names) - 1)
        names.insert(to, names.pop(at))
        self._turn(self._view.showing(names))

    def _select(self, message: Message) -> None:
        ids = map(int, message["keys"])
        self._turn(self._view.selecting(ids, chosen=bool(message["chosen"])))

    def _widen(self, message: Message) -> None:
        source = self._source.restricted(active=_target(message))
        table = Table(source, source.fetch())
        self._source = source  # not before the rows are there: `code` tells what they are
        self._accept(table)

    def _show_list(self) -> None:
        opened, self._opened = self._opened, None
        self._show_only(self._grid)
        self._draw_bar()
        if opened is not None:
            self._grid.focus_row(opened)

    def _show_only(self, part: object) -> None:
        for each in (self._grid, self._page.pane):
            each.layout.display = "flex" if each is part else "none"

    def _replace_row(self, record: Mapping[str, Any]) -> None:
        """Put one record, as it is now, in its row."""
        if self._held is not None:
            self._accept(self._held.replaced(record))


def browse(frame: pd.DataFrame) -> Browser:
    """Open a panel on any frame.

    Parameters
    ----------
    frame : DataFrame
        Never changed. With a column `id` without repeats, a selection is of ids; otherwise of row numbers.

    Returns
    -------
    Browser
        Shows itself as the last value of a cell. It has no connection, so records are shown, not changed.

    Raises
    ------
    ArgumentError
        Two columns have the same name.

    Examples
    --------
    >>> leads = crm.leads.list()
    >>> len(stcrm.browse(leads[leads["status"] == "Open"]).frame) == (leads["status"] == "Open").sum()
    True
    """
    return Browser(frame)


def _target(message: Message) -> str:
    """Return what a gesture such as `drop:status` is about."""
    return str(message["gesture"]).partition(":")[2]


def _soon(act: Callable[[], None]) -> None:
    """Run in the kernel's loop, once the cell has ended and the panel stands; at once outside a kernel."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is None or get_ipython() is None:  # a loop alone may be anybody's
        act()
    else:
        loop.call_soon(act)
