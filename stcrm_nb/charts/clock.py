"""When inquiries come in, drawn: a map of hours by weekdays."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from stcrm_nb.analysis import clock
from stcrm_nb.charts.drawing import caption
from stcrm_nb.charts.drawing.stacks import say_empty
from stcrm_nb.charts.drawing.style import styled

COLOURS = "cividis"  # reads the same for the colour-blind, and in grey


def arrivals(frame: pd.DataFrame, *, tz: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw how many leads or bookings come in at each hour of each weekday, on an average day.

    Parameters
    ----------
    frame : DataFrame, one row a lead or a booking
        As from `crm.leads.list()`.
    tz : str, optional
        As in `stcrm_nb.analysis.arrivals`, which gives the clock.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A cell an hour, Monday on top, with a colour bar; the caption tells the zone of the clock.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.arrivals`.

    Examples
    --------
    >>> ax = stcrm.charts.arrivals(crm.leads.list())
    >>> ax.get_title(loc="left")
    'When leads come in'
    >>> ax.figure.clear()

    Source
    ------
    Operations Leads_GetList, Bookings_GetList; `createdOn` is UTC.
    """
    tidy = clock.arrivals(frame, tz=tz)
    said = tidy.attrs["trend"]
    rates = tidy["rate"].to_numpy(dtype=float, na_value=np.nan).reshape(7, clock.HOURS)
    with styled(ax) as axes:
        if said["counted"]:
            drawn = axes.imshow(rates, aspect="auto", cmap=COLOURS, vmin=0)
            bar = axes.figure.colorbar(drawn, ax=axes, pad=0.02)
            bar.set_label(f"{said['what'].capitalize()} an hour, on average")
            bar.outline.set_visible(False)
            axes.set_xticks(range(0, clock.HOURS, 3), [f"{hour}:00" for hour in range(0, clock.HOURS, 3)])
            axes.set_yticks(range(7), [day[:3] for day in clock.WEEKDAYS])
            axes.grid(visible=False)
        else:
            say_empty(axes)
        axes.set_title(f"When {said['what']} come in", loc="left")
        caption.put(axes, said, frame.attrs.get("stcrm", {}), what=said["what"])
    return axes
