"""Leads and bookings over time, drawn."""

from datetime import datetime

import pandas as pd
from matplotlib.axes import Axes

from stcrm_nb.analysis import periods, trends
from stcrm_nb.charts import caption, stacks
from stcrm_nb.charts.caption import words
from stcrm_nb.charts.style import styled


def lead_trend(
    leads: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw leads per period as bars, stacked by group; the unfinished period is hatched.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        As from `crm.leads.list()`.
    freq : {"D", "W", "MS", "QS"}
        Length of a period; weeks start on Monday.
    by : str, optional
        Column that splits the bars; beyond seven groups the smallest are drawn as one.
    tz, now
        As in `stcrm_nb.analysis.lead_trend`, which gives the numbers.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Bars from 0, a legend if there are groups, and a caption with period, filters, rows and time zone.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.lead_trend`.

    Examples
    --------
    >>> ax = stcrm.charts.lead_trend(crm.leads.list(), by="status")
    >>> ax.get_title(loc="left")
    'Leads a week by status'
    >>> ax.figure.clear()

    Source
    ------
    Operation Leads_GetList; `createdOn` is UTC.
    """
    tidy = trends.lead_trend(leads, freq=freq, by=by, tz=tz, now=now)
    return _draw(tidy, "leads", by, rows=leads, ax=ax)


def booking_trend(
    bookings: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw bookings per period, by the day they came in, as bars, stacked by group.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        As from `crm.bookings.list()`.
    freq, by, tz, now, ax
        As in `lead_trend`.

    Returns
    -------
    Axes
        As from `lead_trend`.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.booking_trend`.

    Examples
    --------
    >>> ax = stcrm.charts.booking_trend(crm.bookings.list(), freq="MS")
    >>> ax.get_ylabel()
    'Bookings'
    >>> ax.figure.clear()

    Source
    ------
    Operation Bookings_GetList; `createdOn` is UTC.
    """
    tidy = trends.booking_trend(bookings, freq=freq, by=by, tz=tz, now=now)
    return _draw(tidy, "bookings", by, rows=bookings, ax=ax)


def _draw(tidy: pd.DataFrame, what: str, by: str | None, *, rows: pd.DataFrame, ax: Axes | None) -> Axes:
    said = tidy.attrs["trend"]
    title = f"{what.capitalize()} a {periods.PERIODS[said['freq']]}" + (f" by {words(by)}" if by else "")
    with styled(ax) as axes:
        if tidy.empty:
            stacks.say_empty(axes)
        else:
            stack = _stack(tidy, what, by)
            stacks.draw(axes, stack)
            stacks.legend(axes, stack, title=words(by) if by else None, unfinished=_unfinished(tidy))
        axes.set_title(title, loc="left", parse_math=False)
        axes.set_ylabel(what.capitalize())
        caption.put(
            axes, said if len(tidy) else said | {"since": None}, rows.attrs.get("stcrm", {}), what=what
        )
    return axes


def _stack(tidy: pd.DataFrame, what: str, by: str | None) -> stacks.Stack:
    names = [str(name) for name in tidy[by].cat.categories] if by else [what]
    each = slice(None, None, len(names))
    starts = pd.DatetimeIndex(tidy["period"].dt.tz_localize(None)[each])
    counts, groups = stacks.largest(tidy[what].to_numpy(dtype=float).reshape(-1, len(names)), names)
    return stacks.Stack(
        counts=counts,
        groups=groups,
        starts=starts.to_numpy(),
        ends=periods.ends(starts, tidy.attrs["trend"]["freq"]).to_numpy(),
        complete=tidy["complete"].to_numpy()[each],
    )


def _unfinished(tidy: pd.DataFrame) -> str:
    """Return what the hatched bars are: the running period alone, or some that the filters cut."""
    said = tidy.attrs["trend"]
    cut = ~tidy["complete"] & (tidy["period"] < tidy["period"].iloc[-1])
    return "unfinished" if said["until"] == said["now"] and not cut.any() else "in part only"
