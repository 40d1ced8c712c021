"""What becomes of an inquiry, drawn."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from stcrm_nb.analysis import flow
from stcrm_nb.charts.drawing import bars, caption
from stcrm_nb.charts.drawing.stacks import say_empty
from stcrm_nb.charts.drawing.style import COLOURS, LEFT_OVER, Fill, styled

NOTE = "leads bear no job's id: their conversion is what the status says"
FILLS = (Fill(COLOURS[2]), Fill(COLOURS[4], ".."), Fill(COLOURS[1]), Fill(LEFT_OVER))


def funnel(leads: pd.DataFrame, bookings: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what inquiries have come to by now: job, converted, open, dismissed.

    Parameters
    ----------
    leads, bookings : DataFrame
        As from `crm.leads.list()` and `crm.bookings.list()`.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A bar a way in, cut into outcomes that make up 100 %.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.funnel`, which gives the numbers.

    Examples
    --------
    >>> ax = stcrm.charts.funnel(crm.leads.list(), crm.bookings.list())
    >>> ax.get_title(loc="left")
    'What became of inquiries'
    >>> ax.figure.clear()

    Source
    ------
    Operations Leads_GetList, Bookings_GetList.
    """
    tidy = flow.funnel(leads, bookings)
    with styled(ax) as axes:
        if tidy["rows"].sum():
            _bars(axes, tidy)
        else:
            say_empty(axes)
        axes.set_title("What became of inquiries", loc="left")
        caption.put(axes, tidy.attrs["trend"], tidy.attrs["stcrm"], what="inquiries", more=NOTE)
    return axes


def _bars(ax: Axes, tidy: pd.DataFrame) -> None:
    shares = tidy["share"].to_numpy(dtype=float, na_value=0.0).reshape(len(flow.STARTS), -1)
    sizes = tidy["rows"].to_numpy().reshape(shares.shape).sum(axis=1)
    names = [f"{name}  ({size:,})" for name, size in zip(flow.STARTS, sizes, strict=True)]
    bars.lie(ax, names, shares, told=[""] * len(names), fills=FILLS)
    for row, place in enumerate(range(len(names) - 1, -1, -1)):
        left = 0.0
        for share in shares[row]:
            if share > 0.04:  # noqa: PLR2004 - narrower parts have no room for their number
                box = {"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 1.5}
                ax.text(
                    left + share / 2, place, f"{share:.0%}", ha="center", va="center", fontsize=10, bbox=box
                )
            left += share
    bars.name_parts(ax, flow.ENDS, FILLS)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
