"""Leads and bookings over time, drawn."""

from collections.abc import Callable
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.lines import Line2D
from matplotlib.ticker import MultipleLocator, PercentFormatter

from stcrm_nb.analysis import trends
from stcrm_nb.analysis.counting import periods
from stcrm_nb.charts.drawing import caption, stacks
from stcrm_nb.charts.drawing.caption import words
from stcrm_nb.charts.drawing.style import COLOURS, INK, LEFT_OVER, MARKERS, shortened, styled
from stcrm_nb.errors import ArgumentError

Show = Literal["count", "share", "rolling", "last_year"]
MOST = len(COLOURS)  # groups that can be told apart


def lead_trend(
    leads: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    top: int = MOST,
    show: Show = "count",
    ax: Axes | None = None,
) -> Axes:
    """Draw leads per period: counts or shares as stacked bars, a rolling mean, or this year on the last.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        As from `crm.leads.list()`; or a trend, as from `stcrm_nb.analysis.lead_trend`: then `freq`, `by`
        and `top` are the trend's, as are `tz` and `now`.
    freq : {"D", "W", "MS", "QS"}
        Length of a period; weeks start on Monday, those of "W-SAT" on Sunday, and so on.
    by : str, optional
        Column that splits the count.
    top : int
        Groups drawn, 1 to 7; the others are drawn as one.
    show : {"count", "share", "rolling", "last_year"}
        Bars of counts; bars of shares of a period (with `by`); a line of the rolling mean for each group;
        bars with the same period of last year as a line (without `by`).
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        From 0, with a legend if there are groups, and a caption with period, filters, rows and time zone. The
        unfinished period is hatched; a rolling mean ends before it.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.lead_trend`, which gives the numbers; or `show` does not go with `by`.

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
    tidy = _trend(leads, trends.lead_trend, freq=freq, by=by, top=top)
    return draw(tidy, show, ax=ax)


def booking_trend(
    bookings: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    top: int = MOST,
    show: Show = "count",
    ax: Axes | None = None,
) -> Axes:
    """Draw bookings per period, by the day they came in, as `lead_trend` draws leads.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        As from `crm.bookings.list()`; or a trend, as from `stcrm_nb.analysis.booking_trend`.
    freq, by, top, show, ax
        As in `lead_trend`.

    Returns
    -------
    Axes
        As from `lead_trend`.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `lead_trend`.

    Examples
    --------
    >>> ax = stcrm.charts.booking_trend(crm.bookings.list(), freq="MS", show="last_year")
    >>> ax.get_title(loc="left")
    'Bookings a month, and a year before'
    >>> ax.figure.clear()

    Source
    ------
    Operation Bookings_GetList; `createdOn` is UTC.
    """
    tidy = _trend(bookings, trends.booking_trend, freq=freq, by=by, top=top)
    return draw(tidy, show, ax=ax)


def draw(tidy: pd.DataFrame, show: Show, *, ax: Axes | None, title: str = "") -> Axes:
    """Draw a trend of anything: `tidy` says of itself what was counted, and by what."""
    said = tidy.attrs["trend"]
    what, by = said["what"], said["by"]
    _check(show, by)
    title = title or f"{what.capitalize()} a {period_of(tidy)}"
    with styled(ax) as axes:
        more = ""
        if tidy.empty:
            stacks.say_empty(axes)
        elif show == "rolling":
            more = _lines(axes, tidy)
        else:
            _bars(axes, tidy, show)
        end = {"last_year": ", and a year before", "rolling": ", rolling mean", "share": ", share"}.get(
            show, ""
        )
        named = f" by {words(by)}" if by and by != "client" else ""
        axes.set_title(title + end + named, loc="left", parse_math=False)
        axes.set_ylabel(f"Share of {what}" if show == "share" else what.capitalize())
        asked = tidy.attrs.get("stcrm", {})
        caption.put(axes, said if len(tidy) else said | {"since": None}, asked, what=what, more=more)
    return axes


def period_of(tidy: pd.DataFrame) -> str:
    """Return what a period of a trend is called."""
    return periods.PERIODS[periods.length(tidy.attrs["trend"]["freq"])]


def check_groups(tidy: pd.DataFrame) -> None:
    """Refuse a trend of more groups than can be told apart."""
    by = tidy.attrs["trend"]["by"]
    if by and len(tidy[by].cat.categories) > MOST + bool(tidy.attrs["trend"]["others"]):
        raise ArgumentError(
            f"{MOST} groups can be told apart, and the rest as one; {by} has "
            f"{len(tidy[by].cat.categories)}. Choose top={MOST} or less. Nothing was drawn."
        )


def _trend(
    frame: pd.DataFrame, count: Callable[..., pd.DataFrame], *, freq: str, by: str | None, top: int
) -> pd.DataFrame:
    """Return a trend: the one that was given, or of the rows that were given."""
    if not 1 <= top <= MOST:
        raise ArgumentError(
            f"top={top} is not 1 to {MOST}, the groups that can be told apart. Nothing was drawn."
        )
    ready = "trend" in frame.attrs and "period" in frame
    tidy = frame if ready else count(frame, freq=freq, by=by, top=top)
    check_groups(tidy)
    return tidy


def _check(show: str, by: str | None) -> None:
    if show not in get_args(Show):
        raise ArgumentError(f"show={show!r} is none of {', '.join(get_args(Show))}. Nothing was drawn.")
    if show == "share" and by is None:
        raise ArgumentError("A share is one group's: name a column with by=. Nothing was drawn.")
    if show == "last_year" and by is not None:
        raise ArgumentError("Last year is drawn of one count: leave by= out. Nothing was drawn.")


def _bars(ax: Axes, tidy: pd.DataFrame, show: str) -> None:
    by = tidy.attrs["trend"]["by"]
    stack = stack_of(tidy, "share" if show == "share" else tidy.attrs["trend"]["what"])
    stacks.draw(ax, stack)
    if show == "share":
        ax.set_ylim(0, 1)
        ax.yaxis.set_major_locator(MultipleLocator(0.25))
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    lines = _last_year(ax, tidy, stack) if show == "last_year" else []
    stacks.legend(ax, stack, title=words(by) if by else None, unfinished=_unfinished(tidy), lines=lines)


def _last_year(ax: Axes, tidy: pd.DataFrame, stack: stacks.Stack) -> list[Line2D]:
    """Draw the same periods of the year before over the bars; return what the legend shows of it."""
    before = tidy["last_year"].to_numpy(dtype=float, na_value=np.nan)
    ax.stairs(before, np.append(stack.starts, stack.ends[-1:]), color=INK, linewidth=1.8, baseline=None)
    ax.set_ylim(0, max(ax.get_ylim()[1], np.nanmax(before, initial=1) * 1.05))
    return [Line2D([], [], color=INK, linewidth=1.8, label="a year before")]


def _lines(ax: Axes, tidy: pd.DataFrame) -> str:
    """Draw the rolling means; return what they are means of, in words."""
    said = tidy.attrs["trend"]
    by, per = said["by"], periods.length(said["freq"])
    parts = [(str(name), tidy[tidy[by] == name]) for name in tidy[by].cat.categories] if by else [("", tidy)]
    for at, (name, part) in enumerate(parts):
        left = bool(said["others"]) and at == len(parts) - 1
        look: Any = {"color": LEFT_OVER} if left else {"color": COLOURS[at], "marker": MARKERS[at]}
        days, means = part["period"].dt.tz_localize(None), part["rolling"].to_numpy(float, na_value=np.nan)
        look |= {"markevery": max(len(part) // 12, 1), "markersize": 5}
        ax.plot(days.to_numpy(), means, linewidth=2, label=shortened(name, stacks.WIDEST), **look)
    locator = AutoDateLocator(minticks=4, maxticks=9)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    ax.set_ylim(0)
    if by:
        drawn = ax.legend(title=words(by), alignment="left", loc="upper left", bbox_to_anchor=(1.0, 1.0))
        for text in drawn.get_texts():
            text.set_parse_math(False)
    return f"each point is the mean of {periods.SMOOTH[per]} {periods.PERIODS[per]}s up to it"


def stack_of(tidy: pd.DataFrame, column: str) -> stacks.Stack:
    """Return a column of a trend as bars."""
    said = tidy.attrs["trend"]
    by = said["by"]
    names = [str(name) for name in tidy[by].cat.categories] if by else [said["what"]]
    each = slice(None, None, len(names))
    starts = pd.DatetimeIndex(tidy["period"].dt.tz_localize(None)[each])
    return stacks.Stack(
        counts=tidy[column].to_numpy(dtype=float, na_value=0.0).reshape(-1, len(names)),
        groups=tuple(names),
        starts=starts.to_numpy(),
        ends=periods.ends(starts, said["freq"]).to_numpy(),
        complete=tidy["complete"].to_numpy()[each],
        others=bool(said["others"]),
    )


def _unfinished(tidy: pd.DataFrame) -> str:
    """Return what the hatched bars are: the running period alone, or some that the filters cut."""
    said = tidy.attrs["trend"]
    cut = ~tidy["complete"] & (tidy["period"] < tidy["period"].iloc[-1])
    return "unfinished" if said["until"] == said["now"] and not cut.any() else "in part only"
