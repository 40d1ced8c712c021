"""How many customers and locations there are, and who calls, drawn."""

from datetime import datetime

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from stcrm_nb.analysis import growth
from stcrm_nb.charts import trends
from stcrm_nb.charts.drawing import caption, stacks
from stcrm_nb.charts.drawing.caption import words
from stcrm_nb.charts.drawing.style import styled


def customer_growth(
    customers: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = "type",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many customers there were at the end of each period, residential and commercial.

    Parameters
    ----------
    customers : DataFrame, one row a customer
        As from `crm.customers.list(active="Any")`.
    freq : {"D", "W", "MS", "QS"}
        Length of a period.
    by : str or None
        Column that splits the count; seven groups at most.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Bars from 0 of all made until then, whatever became of them since.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.customer_growth`, which gives the numbers; or there are too many groups.

    Examples
    --------
    >>> ax = stcrm.charts.customer_growth(crm.customers.list(active="Any"), freq="QS")
    >>> ax.get_title(loc="left")
    'Customers at the end of each quarter, by type'
    >>> ax.figure.clear()

    Source
    ------
    Operation Customers_GetList.
    """
    return _draw(growth.customer_growth(customers, freq=freq, by=by), ax=ax)


def location_growth(
    locations: pd.DataFrame, *, freq: str = "MS", by: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many locations there were at the end of each period.

    Parameters
    ----------
    locations : DataFrame, one row a location
        As from `crm.locations.list(active="Any")`.
    freq, by, ax
        As in `customer_growth`.

    Returns
    -------
    Axes
        As from `customer_growth`.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `customer_growth`.

    Examples
    --------
    >>> locations = crm.locations.list(active="Any").dropna(subset=["created_on"])
    >>> ax = stcrm.charts.location_growth(locations, freq="QS")
    >>> ax.get_ylabel()
    'Locations'
    >>> ax.figure.clear()

    Source
    ------
    Operation Locations_GetList.
    """
    return _draw(growth.location_growth(locations, freq=freq, by=by), ax=ax)


def new_and_repeat(
    frame: pd.DataFrame,
    *,
    freq: str = "MS",
    show: trends.Show = "count",
    now: datetime | str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw leads or bookings of new and of known customers.

    Parameters
    ----------
    frame : DataFrame, one row a lead or a booking
        As from `crm.leads.list()`.
    freq, now
        As in `stcrm_nb.analysis.new_and_repeat`, which gives the numbers.
    show : {"count", "share", "rolling"}
        As in `lead_trend`.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        As from `lead_trend`, by client.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.new_and_repeat`.

    Examples
    --------
    >>> ax = stcrm.charts.new_and_repeat(crm.leads.list(), freq="QS", show="share")
    >>> ax.get_title(loc="left")
    'Leads of new and known customers a quarter, share'
    >>> ax.figure.clear()

    Source
    ------
    Operations Leads_GetList, Bookings_GetList.
    """
    tidy = growth.new_and_repeat(frame, freq=freq, now=now)
    said = tidy.attrs["trend"]
    title = f"{said['what'].capitalize()} of new and known customers a {trends.period_of(tidy)}"
    return trends.draw(tidy, show, ax=ax, title=title)


def _draw(tidy: pd.DataFrame, *, ax: Axes | None) -> Axes:
    said = tidy.attrs["trend"]
    what, by = said["what"], said["by"]
    trends.check_groups(tidy)
    with styled(ax) as axes:
        if tidy.empty:
            stacks.say_empty(axes)
        else:
            stack = trends.stack_of(tidy, "total")
            stacks.draw(axes, stack, finished=np.ones(len(stack.complete), dtype=bool))
            stacks.legend(axes, stack, title=words(by) if by else None, unfinished=None)
        title = f"{what.capitalize()} at the end of each {trends.period_of(tidy)}"
        axes.set_title(title + (f", by {words(by)}" if by else ""), loc="left", parse_math=False)
        axes.set_ylabel(what.capitalize())
        more = "all that were ever made; the service keeps no date of leaving"
        caption.put(axes, said, tidy.attrs["stcrm"], what=what, more=more)
    return axes
