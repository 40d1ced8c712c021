"""How charts look: a style for what is made here, and fills that anyone can tell apart."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.layout_engine import ConstrainedLayoutEngine

# Okabe and Ito's colours for the colour-blind (2008); grey is what is left over.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
HATCHES = ("", "", "..", "", "\\\\", "--", "xx")  # a second sign, for prints in grey
MARKERS = "osD^vPX"  # the same, for lines
LEFT_OVER = "#999999"
INK, QUIET = "#222222", "#5F5F5F"
UNFINISHED = "////"

# White, not transparent: ink must be readable in a dark JupyterLab too.
FIGURE: Any = {"figsize": (10, 4.6), "dpi": 110, "facecolor": "white"}
PAD = 0.08  # inches
NARROW = 6.0  # inches
STYLE: Any = {  # matplotlib types the names one by one
    "axes.facecolor": "white",
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 14,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.labelsize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#E3E3E3",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "hatch.linewidth": 0.7,
    "font.size": 11,
}


@dataclass(frozen=True, slots=True)
class Fill:
    """How the bars of one group are filled."""

    colour: str
    hatch: str = ""

    @property
    def finished(self) -> dict[str, Any]:
        """Properties of a finished period's patch."""
        return {"facecolor": self.colour, "edgecolor": _mixed(self.colour, 0.45), "hatch": self.hatch}

    @property
    def unfinished(self) -> dict[str, Any]:
        """Properties of an unfinished period's patch."""
        return {"facecolor": _mixed(self.colour, 0.75), "edgecolor": self.colour, "hatch": UNFINISHED}


@contextlib.contextmanager
def styled(ax: Axes | None) -> Iterator[Axes]:
    """Give axes to draw on in our style; those of a new figure if none are given.

    The figure comes before the style: the first one of a notebook chooses how figures are shown, and leaving
    the style would take the choice back.
    """
    figure = None if ax else plt.figure(layout=ConstrainedLayoutEngine(h_pad=PAD, w_pad=PAD), **FIGURE)
    with plt.style.context(STYLE):
        yield figure.add_subplot() if figure else cast("Axes", ax)


def fill(position: int, *, left_over: bool = False) -> Fill:
    """Return the fill of the group at this position."""
    if left_over:
        return Fill(LEFT_OVER)
    return Fill(COLOURS[position % len(COLOURS)], HATCHES[position % len(HATCHES)])


def width(ax: Axes) -> float:
    """Return how wide the axes are, in inches, before the legend takes its share."""
    return float(ax.bbox.width / ax.figure.dpi)


def legend_place(ax: Axes) -> dict[str, Any]:
    """Return where a legend stands: beside wide axes, within narrow ones."""
    if width(ax) < NARROW:
        return {"loc": "best", "frameon": True, "framealpha": 0.85, "edgecolor": "none"}
    return {"loc": "upper left", "bbox_to_anchor": (1.0, 1.0)}


def shortened(text: str, letters: int) -> str:
    """Return a text on one line, cut to this many letters.

    >>> shortened("one two three", 8)
    'one two…'
    """
    line = " ".join(text.split()) or "(empty)"
    return line if len(line) <= letters else line[: letters - 1].rstrip() + "…"


def _mixed(colour: str, white: float) -> str:
    """Return a colour with this share of white."""
    red, green, blue = (part + (1 - part) * white for part in to_rgb(colour))
    return to_hex((red, green, blue))
