"""The panel on one resource: filters, grid and record page."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import ipywidgets
import numpy as np
import pandas as pd
from IPython.core.getipython import get_ipython

from stcrm_nb.panels import filters, rows
from stcrm_nb.panels.columns import Shown, describe, listed
from stcrm_nb.panels.grid import Grid
from stcrm_nb.panels.guard import Guard
from stcrm_nb.panels.pane import Message, Node, Pane
from stcrm_nb.panels.record import RecordPage
from stcrm_nb.panels.view import View, as_code
from stcrm_nb.resources import Resource


class Browser:
    """A panel on one resource: search, filter, sort, select, open a record and change it.

    It is a window on a frame: the rows are fetched once, when the panel is first shown or asked for them, and
    stay in the kernel. It shows itself as the last value of a cell; `widget` puts it into other layouts.

    Parameters
    ----------
    resource : Resource
        What to browse, such as `crm.locations`.
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

    def __init__(self, resource: Resource, /, **given: Any) -> None:
        self.resource = resource
        self._given = given
        self._list = resource.operation("list")
        self._list.request(**given)  # refuses a wrong filter here, in the cell
        self._guard = Guard()
        self._view = View()
        self._data: pd.DataFrame | None = None
        self._columns: dict[str, Shown] = {}
        self._found: rows.Positions = np.empty(0, dtype=np.intp)  # which of them the view holds
        self._facets: tuple[rows.Facet, ...] = ()
        self._seq = 0  # of the newest search
        self._opened: int | None = None  # id of the record on the record page
        self._grid = Grid(self._hear, plural=resource.name, singular=resource.singular)
        self._bar = Pane(self._hear, label=f"Filters of {resource.name}")
        self._page = RecordPage(resource, guard=self._guard, leave=self._show_list, changed=self._replace_row)
        self.widget = ipywidgets.VBox([self._bar, self._grid, self._page.pane])
        self._show_only(self._grid)
        self._draw_bar()
        self._gestures: dict[str, Callable[[Message], None]] = {
            "search": self._search,
            "sort": lambda message: self._turn(self._view.sorted_by(str(message["column"]))),
            "page": lambda message: self._turn(self._view.at_page(int(message["page"]))),
            "size": lambda message: self._turn(self._view.with_page_size(int(message["size"]))),
            "select": self._select,
            "deselect": lambda _: self._turn(self._view.selecting_none()),
            "open": lambda message: self.show(int(message["key"])),
            "among": self._filter,
            "flag": self._filter,
            "between": self._filter,
            "drop": lambda message: self._turn(self._view.without(_target(message))),
            "clear": lambda _: self._turn(self._view.unfiltered()),
            "widen": self._widen,
            "refresh": lambda _: self._fetch(refresh=True),
        }

    @property
    def frame(self) -> pd.DataFrame:
        """The rows that pass search and filters, in the order shown, with their labels in the full frame."""
        return self._rows().iloc[self._found]

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
    def last_error(self) -> Exception | None:
        """What went wrong in the last gesture; None if nothing did."""
        return self._guard.last_error

    def code(self) -> str:
        """Return the Python that gives the same rows as `frame`, in `frame`."""
        given = ", ".join(f"{name}={value!r}" for name, value in self._given.items())
        call = f"crm.{self.resource.name}.list({given})"
        data = self._rows()
        return as_code(self._view, call, texts=rows.texts(data), choices=rows.choices(data), zone=self._zone)

    def show(self, record_id: int) -> None:
        """Open the page of one record."""
        self._opened = record_id
        self._show_only(self._page.pane)
        self._draw_bar()
        self._guard.run(partial(self._page.show, record_id), show=self._page.draw_alert)

    def __repr__(self) -> str:
        number = "not fetched yet" if self._data is None else f"{len(self._data)} fetched"
        return f"Browser on {self.resource.name} of {self.resource.settings.place}: {number}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        if self._data is None:
            _soon(partial(self._guard.run, self._rows, show=self._draw_fault))
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": repr(self)}

    @property
    def _zone(self) -> str:
        return self.resource.settings.time_zone

    def _rows(self) -> pd.DataFrame:
        """Return all rows, fetched now if they were not yet."""
        if self._data is None:
            self._fetch()
        return cast("pd.DataFrame", self._data)

    def _fetch(self, *, refresh: bool = False) -> None:
        self._accept(self._list(**self._given, refresh=refresh))

    def _accept(self, data: pd.DataFrame) -> None:
        """Show other rows in the same view."""
        facts = {each.name: each for each in self.resource.record.columns}
        self._data = data
        self._columns = describe(data, facts)
        self._look(self._view)

    def _turn(self, view: View) -> None:
        """Show another view of the rows."""
        self._rows()
        if view.holding != self._view.holding:
            self._look(view)
        else:
            self._draw(view)

    def _look(self, view: View) -> None:
        """Find the rows of a view, then draw it."""
        data = self._rows()
        parts = rows.masks(data, view, zone=self._zone)
        self._found = rows.positions(data, view, parts)
        self._facets = rows.facets(data, parts)
        self._draw(view)

    def _draw(self, view: View) -> None:
        shown = rows.screen(self._rows(), self._found, view)
        self._view = view.at_page(shown.page)
        columns = [self._columns[name] for name in listed(self.resource.name, list(self._columns))]
        self._grid.draw(shown, columns, view=self._view, zone=self._zone, seq=self._seq)
        self._draw_bar()

    def _draw_bar(self, alert: Node | None = None) -> None:
        settings, plural, view = self.resource.settings, self.resource.name, self._view
        if self._opened is not None:
            self._bar.draw(filters.head(settings, plural), alert)
            return
        if self._data is None:
            self._bar.draw(filters.head(settings, plural, filters.refresh() if alert else None), alert)
            return
        provenance = self._data.attrs.get("stcrm", {})
        tools = (filters.fetched(provenance, settings), filters.refresh(), filters.python(self.code()))
        self._bar.draw(
            filters.head(settings, plural, *tools, said=filters.restriction(plural, provenance, self._given)),
            filters.doubts(provenance),
            filters.bar(self._facets, view, self._columns),
            alert,
        )

    def _draw_fault(self, alert: Node) -> None:
        if self._data is None:
            self._grid.stop(f"No {self.resource.name} were loaded. Try Refresh.")
        self._draw_bar(alert)

    def _hear(self, message: Message) -> None:
        self._guard.run(partial(self._act, message), show=self._draw_fault)

    def _act(self, message: Message) -> None:
        self._gestures[str(message["gesture"]).partition(":")[0]](message)

    def _search(self, message: Message) -> None:
        self._seq = int(message.get("seq", 0))
        self._turn(self._view.searching(str(message["text"])))

    def _filter(self, message: Message) -> None:
        self._turn(self._view.filtered_by(filters.read(message)))

    def _select(self, message: Message) -> None:
        ids = map(int, message["keys"])
        self._turn(self._view.selecting(ids, chosen=bool(message["chosen"])))

    def _widen(self, message: Message) -> None:
        given = self._given | {"active": _target(message)}
        data = self._list(**given)
        self._given = given  # not before the rows are there: `code` tells what they are
        self._accept(data)

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
        """Put one record, as it is now, in its row; the frame handed out before stays as it was."""
        if self._data is None:
            return
        data = self._data.copy()
        fresh = pd.DataFrame([dict(record)]).reindex(columns=data.columns).astype(data.dtypes)
        at = data.index[data["id"] == record["id"]]
        if len(at):
            data.loc[at[:1]] = fresh.set_index(at[:1])
            self._accept(data)


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
