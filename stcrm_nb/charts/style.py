"""How charts look: a style for figures made here, colours anyone can tell apart, a caption."""

from typing import Any

from matplotlib.axes import Axes

# Okabe and Ito's colours for the colour-blind (2008), darkest contrasts first; grey is for what is left over.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
LEFT_OVER = "#999999"
INK, QUIET = "#222222", "#666666"
UNFINISHED = "////"

STYLE: Any = {  # matplotlib types the names one by one
    "figure.figsize": (10, 4.6),
    "figure.dpi": 110,
    "figure.facecolor": "white",
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
    "hatch.linewidth": 0.6,
    "font.size": 11,
}


def colour(position: int, *, left_over: bool = False) -> str:
    """Return the colour of the group at this position."""
    return LEFT_OVER if left_over else COLOURS[position % len(COLOURS)]


def caption(ax: Axes, text: str) -> None:
    """Write a small line below the axes: what was counted, from what, until when."""
    ax.annotate(
        text,
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(0, -40),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=9,
        color=QUIET,
        annotation_clip=False,
    )
