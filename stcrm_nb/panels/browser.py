"""The panel on one kind of record, or on any frame: a list and a record page."""

from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from stcrm_nb.frames.export import save
from stcrm_nb.panels import listing
from stcrm_nb.panels.guard import Guard
from stcrm_nb.panels.listing.page import ListPage
from stcrm_nb.panels.listing.saved import SavedViews
from stcrm_nb.panels.mask import masked_frame
from stcrm_nb.panels.record.page import RecordPage
from stcrm_nb.panels.source import Connection, Source
from stcrm_nb.panels.view import View
from stcrm_nb.resources import Resource


class Browser:
    """A panel on one kind of record: search, filter, sort, select, open a record and change it.

    It is a window on a frame: the rows are fetched once, when the panel is first shown or asked for them, and
    stay in the kernel while it is in sight. It shows itself as the last value of a cell; `widget` puts it
    into other layouts.

    Parameters
    ----------
    what : Resource or DataFrame
        What to browse, such as `crm.locations`, or any frame; that is never changed.
    view : str, optional
        Name of a saved view to begin with.
    mask_pii : bool
        Blot out names, numbers, streets and free text on the screen and in exports, for demonstrations; then
        nothing can be changed from the panel. `frame` and `code()` are not masked.
    connection : Client, optional
        With a frame of findings: what carries out the changes that they suggest.
    **given
        Restrict what is fetched; the parameters of the resource's `list`.

    Raises
    ------
    ArgumentError
        A filter that the resource's `list` does not have, or no view of that name; nothing was sent.

    Examples
    --------
    >>> panel = Browser(crm.locations, city="Madison")
    >>> panel.view = panel.view.searching("court")
    >>> bool(panel.frame["address_city"].str.contains("Madison").all())
    True
    """

    def __init__(
        self,
        what: Resource | pd.DataFrame,
        /,
        *,
        view: str | None = None,
        mask_pii: bool = False,
        connection: Connection | None = None,
        **given: Any,
    ) -> None:
        source = Source.of(what, given, masked=mask_pii, connection=connection)
        self._guard = Guard()
        self._opened: int | None = None  # id of the record on the record page
        opening = {"open": lambda message: self.show(int(message["key"]))}
        self._list = ListPage(source, guard=self._guard, more=opening)
        self._record = RecordPage(source, guard=self._guard, leave=self._show_list, changed=self._changed)
        parts = [*self._list.parts, self._record.pane]
        self.widget = ipywidgets.VBox(parts)
        if view is not None:
            saved = SavedViews().of(source.plural, view)
            self._list.view = saved.view
            self._list.source = source.restricted(**saved.given).holding(saved.view.needs)
        self._show_only(record=False)
        self._list.draw_bar()

    @property
    def frame(self) -> pd.DataFrame:
        """The rows that pass search and filters, in the order shown, with their labels in the full frame."""
        return self._list.table().frame

    @property
    def view(self) -> View:
        """What is shown; setting it redraws the panel."""
        return self._list.view

    @view.setter
    def view(self, view: View) -> None:
        """Show another view."""
        self._list.table()
        self._list.turn(view)

    @property
    def source(self) -> Source:
        """Where the rows are from."""
        return self._list.source

    @property
    def selected(self) -> list[int]:
        """Ids of the selected records, on whatever page, sorted."""
        return sorted(self._list.view.selected)

    @property
    def selected_frame(self) -> pd.DataFrame:
        """The selected rows, in the frame's order."""
        return self._list.table().rows_of(self._list.view.selected)

    @property
    def last_error(self) -> Exception | None:
        """What went wrong in the last gesture; None if nothing did."""
        return self._guard.last_error

    def code(self) -> str:
        """Return the Python that gives the same rows as `frame`, in `frame`."""
        return self._list.table().code(self._list.view)

    def chart(self, **options: Any) -> "listing.Axes":
        """Draw the trend of the rows that are shown; of leads and bookings.

        Parameters
        ----------
        **options
            Those of `stcrm.charts.lead_trend` and `booking_trend`: freq, by, top, show, ax.

        Returns
        -------
        Axes

        Raises
        ------
        ArgumentError
            The panel shows other rows, or an option is wrong.
        """
        return listing.trend_of(self.source.plural, self.frame, **options)

    def export(self, path: str | Path) -> Path:
        """Write the filtered rows, all columns, to a CSV, Excel or Parquet file; see `stcrm.save`."""
        return save(self.shown_frame, path)

    def save_view(self, name: str) -> Path:
        """Keep search, filters, sorts and columns under a name, in `stcrm_views.json` of this folder.

        A range such as "last 30 days" is kept as that, not as two days. The selection is not kept.
        """
        return SavedViews().save(self.source.plural, name, view=self.view, given=self.source.given)

    def show(self, record_id: int) -> None:
        """Open the page of one record."""
        self._opened, self._list.away = record_id, True
        self._show_only(record=True)
        self._list.draw_bar()
        row = self._list.table().rows_of([record_id])
        self._guard.run(partial(self._record.show, record_id, row), show=self._record.draw_alert)

    @property
    def shown_frame(self) -> pd.DataFrame:
        """The filtered rows as they may be shown: masked, if the panel is."""
        return masked_frame(self.frame) if self.source.masked else self.frame

    def __repr__(self) -> str:
        held = self._list.fetched
        number = "not fetched yet" if held is None else f"{len(held.all)} fetched"
        return f"Browser on {self.source.plural} of {self.source.place}: {number}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        self._list.begin()
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": repr(self)}

    def _show_list(self) -> None:
        opened, self._opened, self._list.away = self._opened, None, False
        self._show_only(record=False)
        self._list.draw_bar()
        if opened is not None:
            self._list.grid.focus_row(opened)

    def _show_only(self, *, record: bool) -> None:
        for part in self._list.parts[1:]:
            part.layout.display = "none" if record else "flex"
        self._record.pane.layout.display = "flex" if record else "none"

    def _changed(self, record_id: int) -> None:
        self._list.update([record_id])


def browse(frame: pd.DataFrame, *, mask_pii: bool = False) -> Browser:
    """Open a panel on any frame.

    Parameters
    ----------
    frame : DataFrame
        Never changed. With a column `id` without repeats, a selection is of ids; otherwise of row numbers.
    mask_pii : bool
        Blot out text on the screen, for demonstrations.

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
    >>> bool((stcrm.browse(leads[leads["status"] == "Open"]).frame["status"] == "Open").all())
    True
    """
    return Browser(frame, mask_pii=mask_pii)
