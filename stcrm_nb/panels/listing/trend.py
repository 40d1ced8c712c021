"""The trend of rows of a kind, such as leads, and its picture."""

import io
from collections.abc import Callable, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from stcrm_nb import charts
from stcrm_nb.errors import ArgumentError

TRENDS: Mapping[str, Callable[..., Axes]] = {"leads": charts.lead_trend, "bookings": charts.booking_trend}
__all__ = ["Axes", "picture", "trend_of"]

SIZE, DENSITY = (10.0, 3.6), 110  # inches, dots an inch


def trend_of(kind: str, frame: pd.DataFrame, /, **options: object) -> Axes:
    """Draw the trend of rows of a kind, such as "leads".

    Raises
    ------
    ArgumentError
        There is no trend of such rows.
    """
    if kind not in TRENDS:
        raise ArgumentError(f"There is a chart of {' and of '.join(TRENDS)}, not of {kind}.")
    return TRENDS[kind](frame, **options)


def picture(kind: str, frame: pd.DataFrame, /, **options: object) -> bytes:
    """Return the trend as a PNG."""
    figure = Figure(figsize=SIZE, layout="constrained")
    FigureCanvasAgg(figure)
    trend_of(kind, frame, **options, ax=figure.add_subplot())
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DENSITY)
    return out.getvalue()
