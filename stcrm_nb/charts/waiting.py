"""How long things wait, drawn."""

from datetime import datetime

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from stcrm_nb.analysis import waiting
from stcrm_nb.charts.drawing import bars, caption
from stcrm_nb.charts.drawing.stacks import say_empty
from stcrm_nb.charts.drawing.style import COLOURS, QUIET, Fill, styled

LONGEST = 365  # days that are drawn
FEWEST = 30  # leads that a share is drawn of
NO_DATE = "the service keeps no date of closing: a closed lead was closed by its last change, or long before"


def waiting_time(leads: pd.DataFrame, *, now: datetime | str | None = None, ax: Axes | None = None) -> Axes:
    """Draw between which bounds the share of leads lies that are still open after so many days.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        As from `crm.leads.list()`, of all statuses.
    now : datetime or str, optional
        As in `stcrm_nb.analysis.waiting_time`, which gives the numbers.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        An upper and a lower bound with their 95 % intervals, and the room between; a year at most, and as far
        as there are 30 leads of that age.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.waiting_time`.

    Examples
    --------
    >>> ax = stcrm.charts.waiting_time(crm.leads.list())
    >>> ax.get_title(loc="left")
    'Leads still open, by days since they came in'
    >>> ax.figure.clear()

    Source
    ------
    Operation Leads_GetList. Reduced-sample estimate of Kaplan and Meier (1958).
    """
    tidy = waiting.waiting_time(leads, now=now)
    shown = tidy[(tidy["days"] <= LONGEST) & (tidy["leads"] >= FEWEST)]
    with styled(ax) as axes:
        if len(shown):
            _bounds(axes, shown)
        else:
            say_empty(axes)
        axes.set_title("Leads still open, by days since they came in", loc="left")
        caption.put(axes, tidy.attrs["trend"], tidy.attrs["stcrm"], what="leads", more=NO_DATE)
    return axes


def lead_time(bookings: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how far ahead of their start bookings come in.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        As from `crm.bookings.list()`.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A bar a stretch of days, with its bookings and their share; the caption tells the median.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.lead_time`, which gives the numbers.

    Examples
    --------
    >>> ax = stcrm.charts.lead_time(crm.bookings.list())
    >>> ax.get_title(loc="left")
    'Bookings by how far ahead they were made'
    >>> ax.figure.clear()

    Source
    ------
    Operation Bookings_GetList.
    """
    tidy = waiting.lead_time(bookings)
    said = tidy.attrs["trend"]
    with styled(ax) as axes:
        if said["counted"]:
            counts = tidy["bookings"].to_numpy(dtype=float)
            told = [
                f"{count:,.0f}  ({share:.0%})" for count, share in zip(counts, tidy["share"], strict=True)
            ]
            bars.lie(axes, tidy["ahead"].tolist(), counts[:, None], told=told, fills=(Fill(COLOURS[0]),))
        else:
            say_empty(axes)
        axes.set_title("Bookings by how far ahead they were made", loc="left")
        more = "" if said["median"] is None else f"median {said['median']:.1f} days"
        caption.put(axes, said, tidy.attrs["stcrm"], what="bookings", more=more)
    return axes


def _bounds(ax: Axes, tidy: pd.DataFrame) -> None:
    names = ["days", "at_least", "at_most", "low", "high"]
    days, least, most, low, high = tidy[names].to_numpy(dtype=float).T
    ax.fill_between(days, low, least, step="post", color=QUIET, alpha=0.2, linewidth=0)
    ax.fill_between(days, most, high, step="post", color=COLOURS[0], alpha=0.2, linewidth=0)
    ax.fill_between(
        days, least, most, step="post", color=COLOURS[4], alpha=0.4, linewidth=0, label="in between"
    )
    ax.step(
        days, most, where="post", color=COLOURS[0], linewidth=2, label="at most: closed by its last change"
    )
    ax.step(
        days,
        least,
        where="post",
        color=QUIET,
        linewidth=2,
        linestyle="--",
        label="at least: open to this day",
    )
    ax.set_xlim(0, max(float(days[-1]), 1))
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    ax.set_ylabel("Still open")
    ax.legend(loc="upper right")
