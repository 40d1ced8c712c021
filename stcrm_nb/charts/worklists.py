"""Why inquiries were dismissed, drawn: the most frequent reasons, and how much they make up together."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from stcrm_nb.analysis import worklists
from stcrm_nb.charts import caption
from stcrm_nb.charts.stacks import say_empty
from stcrm_nb.charts.style import COLOURS, INK, LEFT_OVER, shortened, styled

MOST = 12  # reasons; the others are one bar
WIDEST = 34  # characters of a reason


def dismissals(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw why leads or bookings were dismissed, with what the reasons make up together.

    Parameters
    ----------
    frame : DataFrame, one row a lead or a booking
        As from `crm.leads.list(names=True)`.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A bar a reason, the most frequent on top, with its number and the share of all up to it.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.dismissals`, which gives the numbers.

    Examples
    --------
    >>> ax = stcrm.charts.dismissals(crm.leads.list(names=True))
    >>> ax.get_title(loc="left")
    'Why inquiries were dismissed'
    >>> ax.figure.clear()

    Source
    ------
    Operations Leads_GetList, Bookings_GetList: `dismissingReasonId`.
    """
    tidy = worklists.dismissals(frame)
    said = tidy.attrs["trend"]
    with styled(ax) as axes:
        if len(tidy):
            _bars(axes, tidy)
        else:
            say_empty(axes)
        axes.set_title("Why inquiries were dismissed", loc="left")
        asked = frame.attrs.get("stcrm", {})
        caption.put(axes, said, asked, what="dismissed", more="the share is of all reasons down to that one")
    return axes


def _bars(ax: Axes, tidy: pd.DataFrame) -> None:
    names, counts = tidy["dismissing_reason"].tolist(), tidy["rows"].to_numpy(dtype=float)
    if len(names) > MOST:
        names = [*names[:MOST], f"{len(names) - MOST} others"]
        counts = np.append(counts[:MOST], counts[MOST:].sum())
    together = counts.cumsum() / counts.sum()
    places = np.arange(len(names))[::-1]
    colours = [COLOURS[0]] * min(len(names), MOST) + [LEFT_OVER] * (len(names) - MOST)
    ax.barh(places, counts, color=colours, height=0.72)
    for place, count, share in zip(places, counts, together, strict=True):
        ax.annotate(
            f"{count:,.0f}  ({share:.0%})", (count, place), xytext=(5, 0), textcoords="offset points",
            va="center", color=INK, fontsize=9,
        )  # fmt: skip
    ax.set_yticks(places, [shortened(name, WIDEST) for name in names])
    for label in ax.get_yticklabels():
        label.set_parse_math(False)
    ax.set_xlim(0, counts.max() * 1.18)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
