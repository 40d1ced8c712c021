"""How many leads and bookings are converted, drawn: a line over cohorts, or a dot for each group."""

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from stcrm_nb.analysis import conversion
from stcrm_nb.analysis.counting import periods
from stcrm_nb.charts.drawing import caption
from stcrm_nb.charts.drawing.caption import words
from stcrm_nb.charts.drawing.stacks import say_empty
from stcrm_nb.charts.drawing.style import (
    COLOURS,
    MARKERS,
    NARROW,
    QUIET,
    legend_place,
    shortened,
    styled,
    width,
)

MOST_GROUPS = 20  # dots; the rest is said
WIDEST = 30  # characters of a group's name
NO_DATE = "the service keeps no date of conversion: status is today's"


def lead_conversion(
    leads: pd.DataFrame,
    *,
    freq: str | None = "MS",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of leads that are converted: by the period they came in, or by an attribute.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        As from `crm.leads.list(names=True)`, of all statuses.
    freq : {"D", "W", "MS", "QS"} or None
        Cohorts along a line. None, with `by`, draws a dot for each group instead.
    by : str, optional
        Column that splits, such as "campaign"; beyond seven lines the smallest groups are left out, and said.
    tz, now
        As in `stcrm_nb.analysis.lead_conversion`, which gives the numbers.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Shares in per cent with 95 % intervals. A cohort of which more than a tenth is still open is hollow:
        its share can only rise. The caption says that the service keeps no date of conversion.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.lead_conversion`.

    Examples
    --------
    >>> ax = stcrm.charts.lead_conversion(crm.leads.list(names=True), freq=None, by="campaign")
    >>> ax.get_title(loc="left")
    'Leads converted by campaign'
    >>> ax.figure.clear()

    Source
    ------
    Operation Leads_GetList. Interval: Wilson (1927).
    """
    tidy = conversion.lead_conversion(leads, freq=freq, by=by, tz=tz, now=now)
    return draw(tidy, ax=ax)


def booking_conversion(
    bookings: pd.DataFrame,
    *,
    freq: str | None = "MS",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of bookings that became jobs: by the period they came in, or by an attribute.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        As from `crm.bookings.list(names=True)`.
    freq, by, tz, now, ax
        As in `lead_conversion`.

    Returns
    -------
    Axes
        As from `lead_conversion`.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.booking_conversion`.

    Examples
    --------
    >>> ax = stcrm.charts.booking_conversion(crm.bookings.list(), freq="QS")
    >>> ax.get_title(loc="left")
    'Bookings converted, by the quarter they came in'
    >>> ax.figure.clear()

    Source
    ------
    Operation Bookings_GetList. Interval: Wilson (1927).
    """
    tidy = conversion.booking_conversion(bookings, freq=freq, by=by, tz=tz, now=now)
    return draw(tidy, ax=ax)


def draw(tidy: pd.DataFrame, *, ax: Axes | None, title: str = "") -> Axes:
    """Draw a conversion: `tidy` says of itself what was counted, and by what."""
    said: dict[str, Any] = dict(tidy.attrs["trend"])
    step, by, what = said["freq"], said["by"], said["what"]
    named = f"{what.capitalize()} converted"
    named += f", by the {periods.PERIODS[periods.length(step)]} they came in" if step else ""
    named += f"{' and' if step else ''} by {words(by)}" if by else ""
    with styled(ax) as axes:
        more = NO_DATE
        if not tidy["rows"].sum():
            say_empty(axes)
        elif step:
            more += _lines(axes, tidy, by)
        else:
            more += _dots(axes, tidy, by)
        axes.set_title(title or named, loc="left", parse_math=False)
        caption.put(axes, said, tidy.attrs["stcrm"], what=what, more=more)
    return axes


def _lines(ax: Axes, tidy: pd.DataFrame, by: str | None) -> str:
    """Draw a line over cohorts for each group; return what was left out, in words."""
    sizes = tidy.groupby(by, observed=True)["rows"].sum() if by else pd.Series({"": 1})
    kept = [name for name in sizes.index if name in set(sizes.nlargest(len(COLOURS)).index)]
    for at, name in enumerate(kept):
        part = (tidy[tidy[by] == name] if by else tidy).dropna(subset=["rate"])
        at_days = part["period"].dt.tz_localize(None).to_numpy()
        rate, mature = part["rate"].to_numpy(dtype=float), part["mature"].to_numpy()
        look: dict[str, Any] = {"color": COLOURS[at], "marker": MARKERS[at], "markersize": 5}
        ax.plot(
            at_days, np.where(mature, rate, np.nan), label=shortened(str(name), WIDEST), linewidth=2, **look
        )
        ax.plot(at_days[~mature], rate[~mature], linestyle="none", markerfacecolor="white", **look)
        if by is None:
            low, high = (part[end].to_numpy(dtype=float) for end in ("low", "high"))
            ax.fill_between(at_days, low, high, color=COLOURS[at], alpha=0.18, linewidth=0)
    locator = AutoDateLocator(minticks=4, maxticks=9)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    _share_axis(ax, vertical=True)
    _legend(ax, tidy, title=words(by) if by else None, loc="best")
    return f"; the {len(sizes) - len(kept)} smallest groups are left out" if len(sizes) > len(kept) else ""


def _dots(ax: Axes, tidy: pd.DataFrame, by: str | None) -> str:
    """Draw a dot with its interval for each group, the best on top; return what was left out, in words."""
    some = tidy[tidy["rows"] > 0]
    shown = some.nlargest(MOST_GROUPS, "rows").sort_values("rate", kind="stable")
    rate = shown["rate"].to_numpy(dtype=float)
    places = np.arange(len(shown))
    ends = [rate - shown["low"].to_numpy(dtype=float), shown["high"].to_numpy(dtype=float) - rate]
    ax.errorbar(rate, places, xerr=np.abs(ends), fmt="none", ecolor=COLOURS[0], elinewidth=2, capsize=3)
    faces = np.where(shown["mature"], COLOURS[0], "white")
    ax.scatter(rate, places, s=42, c=faces.tolist(), edgecolors=COLOURS[0], linewidths=1.6, zorder=3)
    every = float(some["converted"].sum() / some["rows"].sum())
    ax.axvline(every, color=QUIET, linestyle="--", linewidth=1, label=f"all: {every:.0%}")
    names = [shortened(str(name), WIDEST) for name in (shown[by] if by else ["all"])]
    labels = [f"{name}  ({rows:,})" for name, rows in zip(names, shown["rows"], strict=True)]
    ax.set_yticks(places, labels)
    for label in ax.get_yticklabels():
        label.set_parse_math(False)
    ax.set_ylim(-2.6 if width(ax) < NARROW else -0.7, len(shown) - 0.3)  # room for the legend
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    _share_axis(ax, vertical=False)
    _legend(ax, shown, title=None, loc="lower right")  # the best is on top
    return f"; the {len(some) - len(shown)} smallest groups are left out" if len(some) > len(shown) else ""


def _share_axis(ax: Axes, *, vertical: bool) -> None:
    """Show shares in per cent, from 0."""
    axis, limit = (ax.yaxis, ax.set_ylim) if vertical else (ax.xaxis, ax.set_xlim)
    axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    top = (ax.get_ylim() if vertical else ax.get_xlim())[1]
    limit(0, min(max(top, 0.1), 1.0))
    if vertical:
        ax.set_ylabel("Converted")


def _legend(ax: Axes, tidy: pd.DataFrame, *, title: str | None, loc: str) -> None:
    """Name the lines, and what a hollow mark is."""
    handles, labels = ax.get_legend_handles_labels()
    named = [(handle, label) for handle, label in zip(handles, labels, strict=True) if label.strip("(empty)")]
    if not tidy["mature"].all():
        hollow = Line2D([], [], color=QUIET, marker="o", linestyle="none", markerfacecolor="white")
        named.append((hollow, "more than a tenth still open: can only rise"))
    if not named:
        return
    place: dict[str, Any] = legend_place(ax) if title else {"loc": loc}
    drawn = ax.legend([each for each, _ in named], [label for _, label in named], title=title, **place)
    for text in drawn.get_texts():
        text.set_parse_math(False)
