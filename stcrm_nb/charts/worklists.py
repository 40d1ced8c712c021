"""What waits for somebody, and why others were dismissed, drawn."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from stcrm_nb.analysis import worklists
from stcrm_nb.analysis.counting import periods
from stcrm_nb.charts.drawing import bars, caption
from stcrm_nb.charts.drawing.stacks import say_empty
from stcrm_nb.charts.drawing.style import COLOURS, LEFT_OVER, Fill, styled

MOST = 12  # reasons; the others are one bar
AGES = (
    (1.0, "up to a day"), (3.0, "1 to 3 days"), (7.0, "3 to 7 days"), (30.0, "7 to 30 days"),
    (90.0, "30 to 90 days"), (np.inf, "more than 90 days"),
)  # fmt: skip
GOOD, BAD, PLAIN = Fill(COLOURS[2], ".."), Fill(COLOURS[5]), Fill(COLOURS[0])
UNKNOWN = Fill(LEFT_OVER)


def open_leads(leads: pd.DataFrame, *, now: datetime | str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the open leads by how long they have waited, and by what their campaign is worth.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        As from `crm.leads.list(names=True)`, of all statuses.
    now : datetime or str, optional
        As in `stcrm_nb.analysis.open_leads`, which gives the list.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A bar a stretch of days, cut into leads of campaigns that convert better than the median open lead's,
        the others, and those of no campaign.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.open_leads`.

    Examples
    --------
    >>> ax = stcrm.charts.open_leads(crm.leads.list(names=True))
    >>> ax.get_title(loc="left")
    'Open leads by how long they have waited'
    >>> ax.figure.clear()

    Source
    ------
    Operation Leads_GetList.
    """
    waiting = worklists.open_leads(leads, now=now)
    chance = waiting["chance"].to_numpy(dtype=float, na_value=np.nan)
    middle = float(np.nanmedian(chance)) if np.isfinite(chance).any() else 0.0
    part = np.where(np.isnan(chance), 2, np.where(chance >= middle, 0, 1))
    names = (f"campaign converts {middle:.0%} or more", "campaign converts less", "no campaign")
    title = "Open leads by how long they have waited"
    return _aged(
        waiting, "age_days", (part, names, (GOOD, BAD, UNKNOWN)), title=title, what="open leads", ax=ax
    )


def follow_ups_due(leads: pd.DataFrame, *, now: datetime | str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the open leads that somebody was to call by now, by how late the call is.

    Parameters
    ----------
    leads, now, ax
        As in `open_leads`.

    Returns
    -------
    Axes
        A bar a stretch of days.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.follow_ups_due`, which gives the list.

    Examples
    --------
    >>> ax = stcrm.charts.follow_ups_due(crm.leads.list())
    >>> ax.get_title(loc="left")
    'Follow-ups overdue, by how late they are'
    >>> ax.figure.clear()

    Source
    ------
    Operation Leads_GetList: `followUpDate`.
    """
    due = worklists.follow_ups_due(leads, now=now)
    title = "Follow-ups overdue, by how late they are"
    one = (np.zeros(len(due), dtype=np.int64), ("overdue",), (BAD,))
    return _aged(due, "overdue_days", one, title=title, what="overdue", ax=ax)


def new_bookings(
    bookings: pd.DataFrame, *, now: datetime | str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the bookings that nobody has accepted, by how long they have waited.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        As from `crm.bookings.list()`.
    now, ax
        As in `open_leads`.

    Returns
    -------
    Axes
        A bar a stretch of days, cut into those whose start is still to come and those whose start is over.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.new_bookings`, which gives the list.

    Examples
    --------
    >>> ax = stcrm.charts.new_bookings(crm.bookings.list())
    >>> ax.get_title(loc="left")
    'Bookings not accepted, by how long they have waited'
    >>> ax.figure.clear()

    Source
    ------
    Operation Bookings_GetList: status `New`.
    """
    waiting = worklists.new_bookings(bookings, now=now)
    missed = waiting["missed"].fillna(value=False).to_numpy(dtype=np.int64)
    parts = (missed, ("start is to come", "start is over"), (PLAIN, BAD))
    title = "Bookings not accepted, by how long they have waited"
    return _aged(waiting, "age_days", parts, title=title, what="not accepted", ax=ax)


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
    with styled(ax) as axes:
        if len(tidy):
            _reasons(axes, tidy)
        else:
            say_empty(axes)
        axes.set_title("Why inquiries were dismissed", loc="left")
        more = "the share is of all reasons down to that one"
        caption.put(axes, tidy.attrs["trend"], tidy.attrs["stcrm"], what="dismissed", more=more)
    return axes


def _aged(
    waiting: pd.DataFrame,
    column: str,
    parts: tuple["np.ndarray[tuple[int], np.dtype[np.int64]]", Sequence[str], Sequence[Fill]],
    *,
    title: str,
    what: str,
    ax: Axes | None,
) -> Axes:
    """Draw a list by the days in a column, cut into parts: which part a row is in, their names and fills."""
    part, names, fills = parts
    ages = periods.sorted_into(waiting[column], AGES)
    cells = ages.cat.codes.to_numpy().astype(np.int64) * len(names) + part
    counts = np.bincount(cells[ages.notna()], minlength=len(AGES) * len(names)).reshape(len(AGES), len(names))
    said = waiting.attrs.get("stcrm", {})
    with styled(ax) as axes:
        if len(waiting):
            told = [f"{count:,}" for count in counts.sum(axis=1)]
            bars.lie(axes, [name for _, name in AGES], counts, told=told, fills=fills)
            there = np.flatnonzero(counts.sum(axis=0)).tolist()
            if len(names) > 1:
                bars.name_parts(axes, [names[at] for at in there], [fills[at] for at in there])
        else:
            say_empty(axes)
        axes.set_title(title, loc="left")
        shown = {
            "tz": said.get("time_zone", "UTC"),
            "counted": len(waiting),
            "uncounted": int(ages.isna().sum()),
        }
        caption.put(axes, shown, said, what=what)
    return axes


def _reasons(ax: Axes, tidy: pd.DataFrame) -> None:
    names, counts = tidy["dismissing_reason"].tolist(), tidy["rows"].to_numpy(dtype=float)
    if len(names) > MOST:
        names = [*names[:MOST], f"{len(names) - MOST} others"]
        counts = np.append(counts[:MOST], counts[MOST:].sum())
    together = counts.cumsum() / counts.sum()
    told = [f"{count:,.0f}  ({share:.0%})" for count, share in zip(counts, together, strict=True)]
    rest = np.arange(len(names)) >= MOST
    parts = np.column_stack([np.where(rest, 0, counts), np.where(rest, counts, 0)])
    fills = (PLAIN, UNKNOWN) if rest.any() else (PLAIN,)
    bars.lie(ax, names, parts[:, : len(fills)], told=told, fills=fills)
