"""Counts over time as stacked bars: shared by the charts that count periods."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import MONTHLY, AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from stcrm_nb.charts.drawing.style import LEFT_OVER, NARROW, QUIET, Fill, fill, legend_place, shortened, width

MOST_BARS = 60  # more are drawn without gaps: a skyline reads better than a fence
GAP = 0.12  # share of a period that stays free between two bars
FEWEST_BARS = 6  # fewer keep the width they would have among so many
WIDEST = 28  # characters of a group's name in the legend
SHORT = 160.0  # days on the time axis; on longer ones months are marked, on shorter ones periods
LABELS = 1.8  # an inch

Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Stack:
    """What is drawn.

    Parameters
    ----------
    counts : array, one row a period and one column a group
        Never negative.
    groups : tuple of str
        Names, bottom first.
    starts, ends : arrays of datetime64, one value a period
        Local time without a zone.
    complete : array of bool, one value a period
        False for what is drawn as unfinished.
    others : bool
        The last group is what is left over.
    """

    counts: Numbers
    groups: tuple[str, ...]
    starts: Numbers
    ends: Numbers
    complete: Numbers
    others: bool = False

    @property
    def fills(self) -> list[Fill]:
        """One fill a group; of several, what is left over is grey."""
        last = len(self.groups) - 1
        return [fill(at, left_over=self.others and at == last) for at in range(len(self.groups))]


def draw(ax: Axes, stack: Stack, *, finished: Numbers | None = None) -> None:
    """Stack the groups; one patch holds a group's finished periods, another its unfinished ones."""
    complete = stack.complete if finished is None else finished
    thin = len(stack.starts) > MOST_BARS
    rights = stack.ends if thin else stack.ends - (stack.ends - stack.starts) * GAP
    edges = np.column_stack([stack.starts, rights]).ravel()
    base = np.zeros(len(stack.starts))
    for at, look in enumerate(stack.fills):
        top = base + stack.counts[:, at]
        for drawn, style in ((complete, look.finished), (~complete, look.unfinished)):
            if drawn.any():
                heights = _with_gaps(np.where(drawn, top, np.nan), np.nan)
                ax.stairs(heights, edges, baseline=_with_gaps(base, 0), fill=True, linewidth=0, **style)
        base = top
    _scale(ax, stack, top=float(np.max(base)))


def legend(
    ax: Axes, stack: Stack, *, title: str | None, unfinished: str | None, lines: Sequence[Line2D] = ()
) -> None:
    """Name the groups beside the bars, top first as they are stacked, and what the hatching means.

    Parameters
    ----------
    ax : Axes
        Where the stack was drawn.
    stack : Stack
        What was drawn.
    title : str or None
        What the groups are; None if there is one group, which the axis names.
    unfinished : str or None
        What a hatched bar is; None if there is none.
    lines : sequence of Line2D
        What else is drawn, each with its label.
    """
    named = zip(stack.fills, stack.groups, strict=True) if title else ()
    entries: list[tuple[Artist, str]] = [(line, str(line.get_label())) for line in lines]
    entries += [(Patch(linewidth=0, **look.finished), shortened(name, WIDEST)) for look, name in named][::-1]
    if unfinished and not stack.complete.all():
        entries.append((Patch(linewidth=0, **Fill(LEFT_OVER).unfinished), unfinished))
    if not entries:
        return
    above: dict[str, Any] = {"loc": "lower right", "bbox_to_anchor": (1.0, 1.0), "borderaxespad": 0.2}
    above["ncols"] = len(entries)
    drawn = ax.legend(
        [patch for patch, _ in entries],
        [name for _, name in entries],
        title=title,
        alignment="left",
        **(legend_place(ax) if title or width(ax) < NARROW else above),
    )
    for text in drawn.get_texts():
        text.set_parse_math(False)  # names come from the service: "$49 tune-up, $20 off" is no formula


def say_empty(ax: Axes) -> None:
    """Say that there is nothing to draw."""
    ax.text(0.5, 0.5, "No rows to show", transform=ax.transAxes, ha="center", va="center", color=QUIET)
    ax.set(xticks=[], yticks=[])


def _with_gaps(values: Numbers, gap: float) -> Numbers:
    """Return one value a bar and one a gap between bars."""
    return np.column_stack([values, np.full(len(values), gap)]).ravel()[:-1]


def _scale(ax: Axes, stack: Stack, *, top: float) -> None:
    first, last = date2num([stack.starts[0], stack.ends[-1]])
    missing = max(FEWEST_BARS - len(stack.starts), 0) / len(stack.starts)
    margin = (last - first) * (0.01 + missing / 2)
    ax.set_xlim(first - margin, last + margin)
    ax.set_ylim(0, max(top, 1) * 1.05)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    labels = max(int(width(ax) * LABELS), 3)
    if last - first < SHORT:
        _tick_each(ax, stack.starts, most=labels)
        return
    locator = AutoDateLocator(minticks=5, maxticks=max(labels, 6))
    locator.intervald[MONTHLY] = [1, 3, 6, 12]  # on quarters
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))


def _tick_each(ax: Axes, starts: Numbers, *, most: int) -> None:
    """Label each period, or every second and so on, with its first day; the year below where it begins."""
    days = pd.DatetimeIndex(starts[:: math.ceil(len(starts) / most)])
    known = [None, *days.year[:-1]]
    labels = [
        f"{day:%b %d}" + (f"\n{day.year}" if day.year != year else "")
        for day, year in zip(days, known, strict=True)
    ]
    ax.set_xticks(days.to_numpy(), labels)
