"""The overview as a panel: numbers that lead to their lists, charts, and when they were read."""

import base64
import io
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import ipywidgets
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from stcrm_nb import analysis, charts
from stcrm_nb.analysis.counting import periods
from stcrm_nb.panels.browser import Browser
from stcrm_nb.panels.guard import Guard, alert
from stcrm_nb.panels.listing.errand import Errand
from stcrm_nb.panels.pane import Message, Node, Pane, node
from stcrm_nb.panels.view import Filter, View
from stcrm_nb.resources import Resource

Frames = tuple[pd.DataFrame, pd.DataFrame]
IMAGE = "data:image/png;base64,"
LISTS: Mapping[str, tuple[str, Callable[[str], View]]] = {  # of each figure: whose list, and what of it
    "Open leads": ("leads", lambda _: _among("Open").sorted_by("created_on")),
    "Follow-ups overdue": (
        "leads",
        lambda today: (
            _among("Open")
            .filtered_by(Filter("follow_up_date", "between", ("", today)))
            .sorted_by("follow_up_date")
        ),
    ),
    "Bookings not accepted": ("bookings", lambda _: _among("New").sorted_by("created_on")),
}


class Overview:
    """Six numbers and four charts of leads and bookings; made by `crm.overview()`, shows itself in a cell.

    Parameters
    ----------
    leads, bookings : Resource
        Where the rows are from.
    """

    def __init__(self, leads: Resource, bookings: Resource) -> None:
        self._resources = {"leads": leads, "bookings": bookings}
        self._guard = Guard()
        self._frames: Frames | None = None
        self._figures: pd.DataFrame | None = None  # of these frames
        self._pane = Pane(self._hear, label="Overview")
        self._between = ipywidgets.VBox([])  # where the list opens, in sight of its number
        self._charts = Pane(self._hear, label="Charts")
        self._errand: Errand[Frames] | None = None
        self.widget = ipywidgets.VBox([self._pane, self._between, self._charts])
        self.list: Browser | None = None
        self._gestures: dict[str, Callable[[Message], object]] = {
            "refresh": lambda _: self._read(refresh=True),
            "list": lambda message: self.open(str(message.get("value", ""))),
            "close": lambda _: self._close(),
        }

    @property
    def figures(self) -> pd.DataFrame:
        """The six numbers, as `stcrm.analysis.key_figures` gives them."""
        if self._figures is None:
            self._figures = analysis.key_figures(*self._rows())
        return self._figures

    def chart(self) -> Figure:
        """Draw the page as a figure of its own, to keep or to send; see `stcrm.charts.overview`."""
        return charts.overview(*self._rows())

    def open(self, figure: str) -> Browser:
        """Show the rows behind a number, between the numbers and the charts.

        Parameters
        ----------
        figure : {"Open leads", "Follow-ups overdue", "Bookings not accepted"}
            Which number.

        Returns
        -------
        Browser
            The list, also as `overview.list`.
        """
        name, view_of = LISTS[figure]
        leads, _ = self._rows()
        zone = leads.attrs["stcrm"].get("time_zone") or "UTC"
        self.list = Browser(self._resources[name])
        self.list.view = view_of(f"{periods.present(leads, None).tz_convert(zone):%Y-%m-%d}")
        self._between.children = (self.list.widget,)
        self._draw(shown=figure)
        return self.list

    @property
    def last_error(self) -> Exception | None:
        """What went wrong in the last gesture; None if nothing did."""
        return self._guard.last_error

    def __repr__(self) -> str:
        place = self._resources["leads"].settings.place
        return f"Overview of {place}: {'not read yet' if self._frames is None else 'read'}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        if self._frames is None:
            self._read(refresh=False)
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": repr(self)}

    def _rows(self) -> Frames:
        """Return what was read; what is under way is waited for."""
        if self._frames is None:
            self._frames = self._fetch(refresh=False)
        return self._frames

    def _fetch(self, *, refresh: bool) -> Frames:
        leads, bookings = (
            self._resources[name].operation("list")(names=True, refresh=refresh)
            for name in ("leads", "bookings")
        )
        return leads, bookings

    def _read(self, *, refresh: bool) -> None:
        """Read leads and bookings beside the cells, then draw."""
        if self._errand is not None:
            return
        self._errand = Errand(partial(self._fetch, refresh=refresh), self._arrived)
        self._draw(busy=True)
        self._errand.start()

    def _arrived(self, errand: Errand[Frames]) -> None:
        self._errand = None
        if errand.error is not None:
            self._guard.last_error = errand.error
            self._draw(alert(errand.error))
            return
        self._frames, self._figures = errand.result, None
        self._guard.run(self._drawn, show=self._draw)

    def _close(self) -> None:
        self.list, self._between.children = None, ()
        self._draw()

    def _hear(self, message: Message) -> None:
        act = self._gestures.get(str(message.get("gesture")))
        if act is not None:
            self._guard.run(partial(act, message), show=self._draw)

    def _draw(self, said: Node | None = None, *, busy: bool = False, shown: str = "") -> None:
        settings = self._resources["leads"].settings
        head = node(
            "div",
            node("h3", f"Overview of {settings.place}"),
            self._when(),
            node("button", "Refresh", gesture="refresh", key="refresh", disabled=busy or None),
            node("button", f"Close {shown.lower()}", gesture="close", key="close") if shown else None,
            class_="head",
        )
        waiting = (
            node("p", "Reading leads and bookings\N{HORIZONTAL ELLIPSIS}", role="status") if busy else None
        )
        tiles = _tiles(self.figures, shown) if self._frames is not None and said is None else None
        self._pane.draw(head, waiting, said, tiles)

    def _when(self) -> Node | None:
        """Return when the rows came, in the tenant's time zone."""
        if self._frames is None:
            return None
        leads = self._frames[0]
        at = periods.present(leads, None).tz_convert(leads.attrs["stcrm"].get("time_zone") or "UTC")
        return node("span", f"Fetched {at:%Y-%m-%d %H:%M}", class_="quiet")

    def _drawn(self) -> None:
        """Draw numbers and charts of what was read just now."""
        self._draw()
        told = "; ".join(f"{row['figure']}: {_value(row)}" for row in self.figures.to_dict("records"))
        self._charts.draw(
            node("img", src=_picture(*self._rows()), alt=f"Four charts. {told}", class_="chart")
        )


def _tiles(figures: pd.DataFrame, shown: str) -> Node:
    rows = figures.to_dict("records")
    tiles = [_tile({str(name): value for name, value in row.items()}, shown) for row in rows]
    return node("dl", *tiles, class_="figures-of")


def _among(status: str) -> View:
    return View().filtered_by(Filter("status", "among", (status,)))


def _value(row: Mapping[Any, Any]) -> str:
    return charts.monday.figure_text(str(row["figure"]), row["value"])


def _tile(row: Mapping[str, Any], shown: str) -> Node:
    """Return one number with what it is read against; those of lists are buttons."""
    name = str(row["figure"])
    value: Node | str = _value(row)
    if name in LISTS:
        value = node(
            "button", value, gesture="list", value=name, key=f"figure:{name}", class_="link",
            aria_label=f"{name}: {value}, show them", aria_pressed="true" if name == shown else "false",
        )  # fmt: skip
    change = charts.monday.change_text(name, row["value"], row["before"])
    return node(
        "div",
        node("dt", name),
        node("dd", value, class_="figure"),
        node("dd", change, class_="quiet") if change else None,
        node("dd", str(row["told"]), class_="quiet"),
    )


def _picture(leads: pd.DataFrame, bookings: pd.DataFrame) -> str:
    """Return the charts as the address of a picture."""
    figure = Figure(figsize=charts.monday.SIZE, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    charts.overview(leads, bookings, figure=figure)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=charts.monday.DENSITY)
    return IMAGE + base64.b64encode(out.getvalue()).decode("ascii")
