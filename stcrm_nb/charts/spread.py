"""How locations spread over customers, and over the land, drawn."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LogNorm

from stcrm_nb.analysis import spread
from stcrm_nb.charts.drawing import bars, caption
from stcrm_nb.charts.drawing.stacks import say_empty
from stcrm_nb.charts.drawing.style import COLOURS, Fill, styled

MAP = "cividis"  # reads the same for the colour-blind, and in grey


def locations_per_customer(locations: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many customers have one location, how many two, and so on.

    Parameters
    ----------
    locations : DataFrame, one row a location
        As from `crm.locations.list()`.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A bar a number of locations, with its customers and their share.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.locations_per_customer`, which gives the numbers.

    Examples
    --------
    >>> ax = stcrm.charts.locations_per_customer(crm.locations.list())
    >>> ax.get_title(loc="left")
    'Customers by how many locations they have'
    >>> ax.figure.clear()

    Source
    ------
    Operation Locations_GetList.
    """
    tidy = spread.locations_per_customer(locations)
    with styled(ax) as axes:
        if tidy["customers"].sum():
            counts = tidy["customers"].to_numpy(dtype=float)
            told = [
                f"{count:,.0f}  ({share:.1%})" for count, share in zip(counts, tidy["share"], strict=True)
            ]
            bars.lie(axes, tidy["locations"].tolist(), counts[:, None], told=told, fills=(Fill(COLOURS[0]),))
            axes.set_ylabel("Locations")
        else:
            say_empty(axes)
        axes.set_title("Customers by how many locations they have", loc="left")
        caption.put(axes, tidy.attrs["trend"], tidy.attrs["stcrm"], what="locations")
    return axes


def location_map(locations: pd.DataFrame, *, size: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw where locations are: hexagons over latitude and longitude, no map from elsewhere.

    Parameters
    ----------
    locations : DataFrame, one row a location
        As from `crm.locations.list()`.
    size : float, optional
        Distance between the middles of neighbouring hexagons, in kilometres; as in the analysis.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A hexagon where there is a location, darker for fewer, with a colour bar; kilometres are equally long
        in both directions.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.location_map`, which gives the numbers.

    Examples
    --------
    >>> ax = stcrm.charts.location_map(crm.locations.list())
    >>> ax.get_title(loc="left")
    'Where the locations are'
    >>> ax.figure.clear()

    Source
    ------
    Operation Locations_GetList. Nothing is asked of a map server: an address book is nobody else's business.
    """
    tidy = spread.location_map(locations, size=size)
    said = tidy.attrs["trend"]
    with styled(ax) as axes:
        if len(tidy):
            _hexagons(axes, tidy, said["size"])
        else:
            say_empty(axes)
        axes.set_title("Where the locations are", loc="left")
        more = f"hexagons {said['size']:g} km apart"
        caption.put(axes, said, tidy.attrs["stcrm"], what="locations with coordinates", more=more)
    return axes


def _hexagons(ax: Axes, tidy: pd.DataFrame, size: float) -> None:
    counts = tidy["locations"].to_numpy(dtype=float)
    middles = tidy[["longitude", "latitude"]].to_numpy(dtype=float)
    narrow = np.cos(np.radians(np.median(middles[:, 1])))
    turns = np.radians(np.arange(30, 390, 60))
    reach = size / np.sqrt(3) / spread.DEGREE  # from the middle to a corner, in degrees of latitude
    corners = np.column_stack([np.cos(turns) / narrow, np.sin(turns)]) * reach
    top = max(float(counts.max()), 2.0)
    drawn = PolyCollection(
        list(middles[:, None, :] + corners), array=counts, cmap=MAP, norm=LogNorm(1, top), linewidths=0.3,
        edgecolors="white",
    )  # fmt: skip
    ax.add_collection(drawn)
    ax.autoscale_view()
    ax.set_aspect(1 / narrow, adjustable="datalim")
    ax.grid(visible=False)
    ax.set_ylabel("Latitude")
    ax.xaxis.set_major_formatter("{x:.1f}\N{DEGREE SIGN}")
    ax.yaxis.set_major_formatter("{x:.1f}\N{DEGREE SIGN}")
    bar = ax.figure.colorbar(drawn, ax=ax, pad=0.02, format="{x:,.0f}")
    bar.set_label("Locations in a hexagon")
    bar.outline.set_visible(False)
