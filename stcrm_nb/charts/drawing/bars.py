"""Bars that lie, with their numbers: shared by the charts that count groups."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from stcrm_nb.charts.drawing.style import INK, Fill, legend_place, shortened

WIDEST = 34  # characters of a name
Numbers = np.ndarray[Any, np.dtype[Any]]


def lie(
    ax: Axes, names: Sequence[str], counts: Numbers, *, told: Sequence[str], fills: Sequence[Fill]
) -> None:
    """Draw a bar for each name, the first on top, cut into parts; write beside it what there is to tell.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    names : sequence of str
        What the bars are.
    counts : array, one row a name and one column a part
        Never negative.
    told : sequence of str
        What stands at the end of each bar.
    fills : sequence of Fill
        How the parts look; one for each column.
    """
    places = np.arange(len(names))[::-1]
    left = np.zeros(len(names))
    for at, look in enumerate(fills):
        ax.barh(places, counts[:, at], left=left, height=0.72, linewidth=0, **look.finished)
        left = left + counts[:, at]
    for place, end, text in zip(places, left, told, strict=True):
        ax.annotate(
            text, (end, place), xytext=(5, 0), textcoords="offset points",
            va="center", color=INK, fontsize=9, parse_math=False,
        )  # fmt: skip
    label_rows(ax, names, places)
    ax.set_xlim(0, max(float(left.max(initial=0)), 1) * 1.18)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def label_rows(ax: Axes, names: Sequence[str], places: Numbers) -> None:
    """Name the rows of a chart whose values lie, and rule it upright."""
    ax.set_yticks(places, [shortened(name, WIDEST) for name in names])
    for label in ax.get_yticklabels():
        label.set_parse_math(False)
    ax.set_ylim(-0.7, len(names) - 0.3)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")


def name_parts(ax: Axes, names: Sequence[str], fills: Sequence[Fill]) -> None:
    """Name the parts beside the chart, in their order."""
    patches = [
        Patch(linewidth=0, label=shortened(name, WIDEST), **look.finished)
        for name, look in zip(names, fills, strict=True)
    ]
    ax.legend(
        handles=patches, alignment="left", **legend_place(ax),
    )  # fmt: skip
