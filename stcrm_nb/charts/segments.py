"""Two segments, or two stretches of time, side by side, drawn."""

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from stcrm_nb.analysis import segments
from stcrm_nb.charts.drawing import bars, caption
from stcrm_nb.charts.drawing.caption import words
from stcrm_nb.charts.drawing.stacks import say_empty
from stcrm_nb.charts.drawing.style import COLOURS, QUIET, styled

MOST = 15  # groups
Stretch = tuple[str | datetime, str | datetime]


def compare(
    one: pd.DataFrame,
    other: pd.DataFrame,
    *,
    by: str = "status",
    names: tuple[str, str] = ("one", "other"),
    ax: Axes | None = None,
) -> Axes:
    """Draw how the shares of two segments differ, group by group, with intervals.

    Parameters
    ----------
    one, other, by, names
        As in `stcrm_nb.analysis.compare`, which gives the numbers.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A dot a group where the difference is, with its 95 % interval; filled where the interval leaves out 0.
        Beside it stand both shares.

    Raises
    ------
    ColumnMissingError
        As in `stcrm_nb.analysis.compare`.

    Examples
    --------
    >>> leads = crm.leads.list(names=True)
    >>> coupon = leads["campaign"] == "Value Coupon Mailer"
    >>> ax = stcrm.charts.compare(leads[coupon], leads[~coupon], names=("coupon", "all others"))
    >>> ax.get_title(loc="left")
    'coupon against all others: difference by status'
    >>> ax.figure.clear()

    Source
    ------
    Interval: Newcombe (1998).
    """
    tidy = segments.compare(one, other, by=by, names=names)
    told = [
        f"{share:.1%} against {less:.1%}" if pd.notna(share) and pd.notna(less) else ""
        for share, less in zip(tidy["share"], tidy["share_other"], strict=True)
    ]
    title = f"{names[0]} against {names[1]}: difference by {words(by)}"
    return _draw(tidy, "difference", told, title=title, ax=ax)


def compare_periods(
    frame: pd.DataFrame,
    one: Stretch,
    other: Stretch,
    *,
    by: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how the daily numbers of two stretches of time differ, group by group, with intervals.

    Parameters
    ----------
    frame, one, other, by
        As in `stcrm_nb.analysis.compare_periods`, which gives the numbers.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        A dot a group where the change in per cent is, with its 95 % interval; filled where the interval
        leaves out no change. Beside it stand both numbers a day.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `stcrm_nb.analysis.compare_periods`.

    Examples
    --------
    >>> ax = stcrm.charts.compare_periods(
    ...     crm.leads.list(), ("2025-09-01", "2025-10-01"), ("2024-09-01", "2024-10-01"), by="status"
    ... )
    >>> ax.get_title(loc="left")
    'September 2025 against September 2024: leads a day, by status'
    >>> ax.figure.clear()

    Source
    ------
    Ratio of two Poisson rates: Przyborowski and Wilenski (1940).
    """
    tidy = segments.compare_periods(frame, one, other, by=by)
    told = [
        f"{a:,.1f} against {b:,.1f} a day" for a, b in zip(tidy["a_day"], tidy["a_day_other"], strict=True)
    ]
    said = tidy.attrs["trend"]
    title = f"{said['names'][0]} against {said['names'][1]}: {said['what']} a day"
    title += f", by {words(by)}" if by else ""
    return _draw(tidy, "ratio", told, title=title, ax=ax)


def _draw(tidy: pd.DataFrame, kind: str, told: list[str], *, title: str, ax: Axes | None) -> Axes:
    said = tidy.attrs["trend"]
    with styled(ax) as axes:
        more = "filled: the 95 % interval leaves out no change"
        rows = tidy.assign(told=told, size=tidy["rows"] + tidy["rows_other"])
        known = np.isfinite(tidy[[kind, "low", "high"]].to_numpy(dtype=float, na_value=np.nan)).all(axis=1)
        shown = rows[known].nlargest(MOST, "size").sort_index()
        if len(shown):
            _dots(axes, shown, kind)
            more += f"; {len(tidy) - len(shown)} groups are left out" if len(tidy) > len(shown) else ""
        else:
            say_empty(axes)
        axes.set_title(title, loc="left", parse_math=False, wrap=True)
        caption.put(axes, said, tidy.attrs["stcrm"], what=said["what"], more=more)
    return axes


def _dots(ax: Axes, tidy: pd.DataFrame, kind: str) -> None:
    less = 1.0 if kind == "ratio" else 0.0
    middle, low, high = (tidy[name].to_numpy(dtype=float) - less for name in (kind, "low", "high"))
    places = np.arange(len(tidy))[::-1]
    ax.axvline(0, color=QUIET, linewidth=1)
    bars_of: Any = {"ecolor": COLOURS[0], "elinewidth": 2, "capsize": 3}
    ax.errorbar(middle, places, xerr=[middle - low, high - middle], fmt="none", **bars_of)
    faces = [COLOURS[0] if sure else "white" for sure in tidy["sure"]]
    ax.scatter(middle, places, s=46, c=faces, edgecolors=COLOURS[0], linewidths=1.6, zorder=3)
    by: Any = tidy.attrs["trend"]["by"]
    bars.label_rows(ax, [str(name) for name in tidy[by]] if by else ["all"], places)
    beside = ax.secondary_yaxis("right")
    beside.set_yticks(places, tidy["told"].tolist())
    beside.tick_params(length=0, labelsize=9)
    beside.spines["right"].set_visible(False)
    unit = " points" if kind == "difference" else " %"
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value * 100:+.0f}{unit}" if value else "0")
    )
