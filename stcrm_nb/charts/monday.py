"""The page for a Monday morning: six numbers and four charts."""

import textwrap
from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from stcrm_nb.analysis import conversion, trends, worklists
from stcrm_nb.analysis.counting import periods
from stcrm_nb.charts import conversion as conversion_charts
from stcrm_nb.charts import trends as trend_charts
from stcrm_nb.charts import worklists as worklist_charts
from stcrm_nb.charts.drawing import caption
from stcrm_nb.charts.drawing.style import COLOURS, INK, QUIET, STYLE

WEEKS = 27  # shown: half a year, and the running week
RECENT = 180  # days of the conversion by campaign
SIZE, DENSITY = (13.0, 10.0), 100  # inches, dots an inch
LETTERS = 32  # of a remark on a line
SHARE = "Leads converted"  # the one figure that is a share


def overview(
    leads: pd.DataFrame,
    bookings: pd.DataFrame,
    *,
    now: datetime | str | None = None,
    figure: Figure | None = None,
) -> Figure:
    """Draw six numbers and four charts on one page: what came in, what became of it, what waits.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        As from `crm.leads.list(names=True)`.
    bookings : DataFrame, one row a booking
        As from `crm.bookings.list(names=True)`.
    now : datetime or str, optional
        The moment of the page. Default: when the leads were fetched, else the latest `created_on`.
    figure : Figure, optional
        Where to draw the charts alone, without the numbers; a new figure with both if not given.

    Returns
    -------
    Figure
        Numbers of `stcrm_nb.analysis.key_figures` on top; leads and bookings a week with last year's,
        conversion by campaign of the leads of the last 180 days, open leads by age.

    Raises
    ------
    ColumnMissingError
        As in the analyses that it is made of.

    Examples
    --------
    >>> page = stcrm.charts.overview(crm.leads.list(names=True), crm.bookings.list(names=True))
    >>> len(page.axes) >= 10
    True
    >>> page.clear()

    Source
    ------
    Operations Leads_GetList, Bookings_GetList.
    """
    page = figure or plt.figure(figsize=SIZE, dpi=DENSITY, facecolor="white", layout="constrained")
    with plt.style.context(STYLE):
        top, below = (
            (None, page) if figure else page.subfigures(2, 1, height_ratios=(1, 7), squeeze=False)[:, 0]
        )
        if top is not None:
            _tiles(top, worklists.key_figures(leads, bookings, now=now))
        tiles = [part.add_subplot() for part in below.subfigures(2, 2, hspace=0.04, squeeze=False).flat]
        trend_charts.draw(trends.lead_trend(leads, now=now).tail(WEEKS), "last_year", ax=tiles[0])
        trend_charts.draw(trends.booking_trend(bookings, now=now).tail(WEEKS), "last_year", ax=tiles[1])
        _by_campaign(leads, now, ax=tiles[2])
        worklist_charts.open_leads(leads, now=now, ax=tiles[3])
        for each in tiles:
            each.set_xlabel("")  # the page has one small print for all
        page.supxlabel(_told(leads, bookings, now), fontsize=9, color=QUIET, x=0.01, ha="left")
    return page


def _told(leads: pd.DataFrame, bookings: pd.DataFrame, now: datetime | str | None) -> str:
    """Return the small print of the page."""
    said = leads.attrs.get("stcrm", {})
    zone = said.get("time_zone") or "UTC"
    moment = periods.present(leads, now).tz_convert(zone)
    parts = (
        f"{moment:%A, %Y-%m-%d %H:%M}", f"times in {zone}", f"{len(leads):,} leads",
        f"{len(bookings):,} bookings", caption.filters(said, zone), conversion_charts.NO_DATE,
    )  # fmt: skip
    return " \N{MIDDLE DOT} ".join(parts)


def figure_text(name: str, value: float | None) -> str:
    """Return a key figure as it is shown.

    >>> figure_text("Open leads", 1331.0), figure_text("Leads converted", 0.463)
    ('1,331', '46%')
    """
    if value is None or pd.isna(value):
        return "none"
    return f"{value:.0%}" if name == SHARE else f"{value:,.0f}"


def change_text(name: str, value: float | None, before: float | None) -> str:
    """Return how a key figure differs from what it is compared with; nothing if that is unknown.

    >>> change_text("Leads last week", 110.0, 100.0), change_text("Leads converted", 0.46, 0.5)
    ('+10% on 100', '-4 points on 50%')
    """
    if value is None or before is None or pd.isna(value) or pd.isna(before) or before == 0:
        return ""
    if name == SHARE:
        return f"{(value - before) * 100:+.0f} points on {before:.0%}"
    return f"{value / before - 1:+.0%} on {before:,.0f}"


def _tiles(part: SubFigure, figures: pd.DataFrame) -> None:
    """Write the numbers side by side."""
    for ax, row in zip(part.subplots(1, len(figures)), figures.to_dict("records"), strict=True):
        _tile(ax, row)


def _tile(ax: Axes, row: Mapping[Hashable, Any]) -> None:
    ax.set_axis_off()
    name = str(row["figure"])
    lines = [change_text(name, row["value"], row["before"]), *textwrap.wrap(str(row["told"]), LETTERS)]
    texts: tuple[tuple[float, str, dict[str, Any]], ...] = (
        (1.0, name, {"fontsize": 10, "color": QUIET}),
        (0.82, figure_text(name, row["value"]), {"fontsize": 22, "fontweight": "bold", "color": INK}),
        (0.36, "\n".join(line for line in lines if line), {"fontsize": 8.5, "color": QUIET}),
    )
    for height, text, look in texts:
        ax.text(0, height, text, va="top", in_layout=False, parse_math=False, **look)
    ax.axhline(1.1, color=COLOURS[0], linewidth=3, clip_on=False)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)


def _by_campaign(leads: pd.DataFrame, now: datetime | str | None, *, ax: Axes) -> None:
    at = periods.present(leads, now)
    recent = leads[periods.instants(leads["created_on"]) > at - pd.Timedelta(RECENT, unit="D")]
    by = "campaign" if "campaign" in leads else "campaign_id"
    conversion_charts.draw(
        conversion.lead_conversion(recent, freq=None, by=by, now=now), ax=ax,
        title=f"Leads of {RECENT} days converted, by campaign",
    )  # fmt: skip
