"""Leads and bookings over time, drawn."""

from datetime import datetime
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from stcrm_nb.analysis import trends
from stcrm_nb.catalogue.model import snake
from stcrm_nb.charts.style import COLOURS, QUIET, STYLE, UNFINISHED, caption, colour

OTHER = "other"
GAP = 0.9  # share of a period that its bar fills


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
        Column that splits the bars; beyond seven groups the smallest are drawn as "other".
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
    return _draw(tidy, "leads", leads, ax=ax)


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
    return _draw(tidy, "bookings", bookings, ax=ax)


def _draw(tidy: pd.DataFrame, what: str, rows: pd.DataFrame, *, ax: Axes | None) -> Axes:
    by = next((name for name in tidy.columns if name not in ("period", what, "complete")), None)
    wide = _wide(tidy, what, by)
    said = tidy.attrs["trend"]
    with mpl.rc_context(STYLE):
        if ax is None:
            _, ax = plt.subplots(layout="constrained")
        _bars(ax, wide, complete=tidy.groupby("period")["complete"].all())
        _dress(ax, wide, by)
        word = trends.PERIODS[said["freq"]]
        ax.set_title(f"{what.capitalize()} a {word}" + (f" by {_words(by)}" if by else ""), loc="left")
        ax.set_ylabel(what.capitalize())
        caption(ax, _caption(tidy, rows, said))
    return ax


def _wide(tidy: pd.DataFrame, what: str, by: str | None) -> pd.DataFrame:
    """Return one column a group, the largest seven and "other"; local days as index."""
    local = tidy.assign(period=tidy["period"].dt.tz_localize(None))
    if by is None:
        return local.set_index("period")[[what]].astype(float)
    wide = local.pivot_table(index="period", columns=by, values=what, aggfunc="sum", observed=False).astype(
        float
    )
    wide.columns = wide.columns.astype(str)
    largest = wide.sum().nlargest(len(COLOURS)).index
    if len(wide.columns) == len(largest):
        return wide
    kept = wide[[name for name in wide.columns if name in largest]]
    return kept.assign(**{OTHER: wide.drop(columns=largest).sum(axis="columns")})


def _bars(ax: Axes, wide: pd.DataFrame, *, complete: "pd.Series[bool]") -> None:
    if wide.empty:
        ax.text(0.5, 0.5, "No rows to show", transform=ax.transAxes, ha="center", va="center", color=QUIET)
        ax.set_xticks([])
        return
    ends = [*wide.index[1:], wide.index[-1] + _length(wide)]
    widths = [(end - start) * GAP for start, end in zip(wide.index, ends, strict=True)]
    floor = pd.Series(0.0, index=wide.index)
    for position, name in enumerate(wide.columns):
        drawn = ax.bar(
            wide.index,
            wide[name],
            width=widths,
            bottom=floor,
            align="edge",
            linewidth=0,
            label=str(name),
            color=colour(position, left_over=name == OTHER),
        )
        for bar, is_complete in zip(drawn, complete, strict=True):
            if not is_complete:
                bar.set(alpha=0.55, hatch=UNFINISHED, edgecolor="white")
        floor = floor + wide[name]


def _length(wide: pd.DataFrame) -> pd.Timedelta:
    """Return the length of the last period, taken from the one before it."""
    return wide.index[-1] - wide.index[-2] if len(wide) > 1 else pd.Timedelta(days=7)


def _dress(ax: Axes, wide: pd.DataFrame, by: str | None) -> None:
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    if not wide.empty:
        locator = AutoDateLocator(minticks=4, maxticks=12)  # type: ignore[no-untyped-call] # matplotlib's
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call] # matplotlib's
        ax.margins(x=0.01)
    handles, labels = ax.get_legend_handles_labels()
    entries = [*reversed(handles)] if by else []
    names = [*reversed(labels)] if by else []
    if not wide.empty:
        entries.append(Patch(facecolor="#bbbbbb", hatch=UNFINISHED, edgecolor="white"))
        names.append("unfinished period")
    if entries:
        ax.legend(
            entries,
            names,
            loc="upper left",
            bbox_to_anchor=(1.0, 1.0),
            title=_words(by) if by else None,
            alignment="left",
        )


def _caption(tidy: pd.DataFrame, rows: pd.DataFrame, said: dict[str, object]) -> str:
    asked = rows.attrs.get("stcrm", {})
    parts = [f"{said['counted']:,} rows", _filters(asked, str(said["tz"])), str(said["tz"])]
    if len(tidy):
        now = pd.Timestamp(str(said["now"]))
        parts.insert(0, f"{tidy['period'].min():%Y-%m-%d} to {now:%Y-%m-%d %H:%M}")
    return " · ".join(parts)


def _filters(asked: dict[str, Any], zone: str) -> str:
    """Return what restricted the rows, in words, times in the tenant's zone."""
    words = []
    for name, value in asked.get("parameters", {}).items():
        shown = value
        if name.endswith(("Before", "OnOrAfter")):
            shown = f"{pd.Timestamp(value).tz_convert(zone):%Y-%m-%d %H:%M}".removesuffix(" 00:00")
        if name not in ("pageSize", "sort"):
            words.append(f"{_words(snake(name))} {shown}")
    return ", ".join(words) or "no filter"


def _words(name: str | None) -> str:
    return (name or "").removesuffix("_id").replace("_", " ")
