"""Drawings are asked what they show: bars, limits, labels; no picture is compared."""

import itertools
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.dates import num2date
from matplotlib.patches import StepPatch

from stcrm_nb.analysis import booking_trend, lead_trend
from stcrm_nb.charts import booking_trend as draw_bookings
from stcrm_nb.charts import lead_trend as draw_leads
from stcrm_nb.charts.drawing.style import COLOURS, UNFINISHED, fill
from stcrm_nb.client import Client
from stcrm_nb.errors import PartialResultWarning


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.fixture
def leads(crm: Client) -> pd.DataFrame:
    return crm.leads.list()


def drawn(ax: Axes, *, finished: bool | None = None) -> "np.ndarray[Any, Any]":
    """Heights as drawn: one row a group, bottom first; one column a period."""
    groups: dict[Any, list[StepPatch]] = {}
    for patch in ax.patches:
        assert isinstance(patch, StepPatch)
        is_finished = patch.get_hatch() != UNFINISHED
        if finished in (None, is_finished):
            colour = patch.get_facecolor() if is_finished else patch.get_edgecolor()
            groups.setdefault(to_hex(colour), []).append(patch)
    heights = []
    for patches in groups.values():
        stairs = [patch.get_data() for patch in patches]
        heights.append(np.nansum([np.array(each.values) - each.baseline for each in stairs], axis=0)[::2])
    return np.array(heights)


def legend(ax: Axes) -> list[str]:
    box = ax.get_legend()
    return [text.get_text() for text in box.get_texts()] if box else []


def made(times: list[str], **columns: list[str]) -> pd.DataFrame:
    rows = pd.DataFrame({"created_on": pd.to_datetime(times, utc=True, format="ISO8601")} | columns)
    rows.attrs["stcrm"] = {"time_zone": "America/Chicago"}
    return rows


def test_bars_are_the_counts(leads: pd.DataFrame) -> None:
    ax, trend = draw_leads(leads, freq="MS"), lead_trend(leads, freq="MS")
    assert drawn(ax)[0].tolist() == trend["leads"].tolist()


@pytest.mark.parametrize("freq", ["W", "MS"])
def test_stacked_bars_are_the_counts_of_their_group(leads: pd.DataFrame, freq: str) -> None:
    heights, trend = (
        drawn(draw_leads(leads, freq=freq, by="status")),
        lead_trend(leads, freq=freq, by="status"),
    )
    assert heights.T.ravel().tolist() == trend["leads"].tolist()


def test_a_bar_stands_where_its_period_is(leads: pd.DataFrame) -> None:
    ax, trend = draw_leads(leads, freq="MS"), lead_trend(leads, freq="MS")
    patch = ax.patches[0]
    assert isinstance(patch, StepPatch)
    lefts = pd.to_datetime(num2date(patch.get_data().edges[::2])).tz_localize(None)
    assert lefts.tolist() == trend["period"].dt.tz_localize(None).tolist()


def test_the_unfinished_period_is_marked_and_explained(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads)
    complete = lead_trend(leads)["complete"].to_numpy()
    assert (drawn(ax, finished=True)[0][~complete] == 0).all()
    assert (drawn(ax, finished=False)[0][complete] == 0).all()
    assert drawn(ax, finished=False)[0][-1] > 0
    assert legend(ax) == ["unfinished"]


def test_periods_that_the_filters_cut_are_not_called_unfinished(crm: Client) -> None:
    leads = crm.leads.list(created_on_or_after="2025-01-15", created_before="2025-06-20")
    assert legend(draw_leads(leads, freq="MS")) == ["in part only"]


def test_finished_periods_need_no_legend() -> None:
    ax = draw_leads(lead_trend(made(["2026-01-05T12:00Z"]), now="2026-01-12"))
    assert ax.get_legend() is None


def test_the_legend_is_in_the_order_of_the_stack(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads, by="status")
    assert legend(ax) == ["Converted", "Dismissed", "Open", "unfinished"]


def test_groups_differ_in_colour_and_neighbours_of_like_lightness_in_pattern() -> None:
    looks = [fill(at) for at in range(len(COLOURS))]
    assert len({look.colour for look in looks}) == len(looks)
    assert UNFINISHED not in {look.hatch for look in looks}
    lightness = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(to_rgb, COLOURS)]
    alike = [
        (one, other)
        for one, other in itertools.pairwise(range(len(looks)))
        if abs(lightness[one] - lightness[other]) < 0.12 and looks[one].hatch == looks[other].hatch
    ]
    assert alike == []


def test_names_from_the_service_are_text_not_formulas() -> None:
    rows = made(["2026-01-05T12:00Z"] * 3, source=["$49 tune-up, $20 off", "$\\bad{$", "_hidden\nline"])
    ax = draw_leads(rows, by="source")
    ax.figure.canvas.draw()
    assert set(legend(ax)) == {"$49 tune-up, $20 off", "$\\bad{$", "_hidden line", "unfinished"}


def test_the_axis_starts_at_zero_and_counts_whole_leads(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads)
    ax.figure.canvas.draw()
    assert ax.get_ylim()[0] == 0
    assert all(tick == int(tick) for tick in ax.get_yticks())


def test_title_label_and_caption_say_what_is_shown(crm: Client) -> None:
    bookings = crm.bookings.list(created_on_or_after="2025-01-15")
    ax = draw_bookings(bookings, freq="MS", by="status")
    assert ax.get_title(loc="left") == "Bookings a month by status"
    assert ax.get_ylabel() == "Bookings"
    caption = ax.get_xlabel().replace("\n", " ")
    assert caption == (
        f"2025-01-15 to 2026-09-30 16:00 · {len(bookings):,} bookings · created on or after 2025-01-15"
        " · times in America/Chicago"
    )


def test_what_is_missing_is_said_in_the_picture_too() -> None:
    rows = made(["2026-01-05T12:00Z", ""])
    rows.attrs["stcrm"] |= {"complete": False, "rows": 2, "total": 5}
    with pytest.warns(PartialResultWarning):
        ax = draw_leads(rows)
    caption = ax.get_xlabel().replace("\n", " ")
    assert "1 without a date left out · INCOMPLETE: 2 of 5 rows were fetched" in caption


def test_beyond_seven_groups_the_smallest_are_one(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads, freq="QS", by="campaign_id")
    number = leads["campaign_id"].nunique(dropna=False)
    assert legend(ax)[0] == f"{number - 7} others"
    assert len(drawn(ax)) == 8
    assert drawn(ax).sum() == len(leads)
    assert drawn(ax)[:-1].sum() == leads["campaign_id"].value_counts(dropna=False).head(7).sum()


@pytest.mark.parametrize("freq", ["D", "W", "MS", "QS"])
@pytest.mark.parametrize("days", [1, 3, 40, 155, 165, 400, 1100, 1800, 4000])
@pytest.mark.parametrize("inches", [4, 10])
def test_dates_on_the_axis_are_readable(freq: str, days: int, inches: int) -> None:
    rows = made([f"{day:%Y-%m-%d}T18:00Z" for day in pd.date_range("2025-12-20", periods=days)])
    _, ax = plt.subplots(figsize=(inches, 4), layout="constrained")
    draw_leads(rows, freq=freq, ax=ax).figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text()]
    assert boxes
    assert all(left.x1 < right.x0 for left, right in itertools.pairwise(boxes))


def test_given_axes_are_drawn_on(leads: pd.DataFrame) -> None:
    _, ax = plt.subplots()
    assert draw_leads(leads, ax=ax) is ax


def test_new_figures_are_white_whatever_the_theme(leads: pd.DataFrame) -> None:
    with plt.style.context("dark_background"):
        ax = draw_leads(leads)
    assert to_hex(ax.figure.get_facecolor()) == to_hex(ax.get_facecolor()) == "#ffffff"


def test_drawing_changes_nothing_global(leads: pd.DataFrame) -> None:
    before = dict(mpl.rcParams)
    draw_leads(leads, by="status")
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("by", [None, "status"])
def test_no_rows_draw_a_plain_statement(crm: Client, by: str | None) -> None:
    ax = draw_bookings(crm.bookings.list().head(0), by=by)
    assert "No rows to show" in [text.get_text() for text in ax.texts]
    assert booking_trend(crm.bookings.list().head(0)).empty


@pytest.mark.parametrize("by", [None, "status"])
def test_nothing_is_cut_off_at_the_edge(leads: pd.DataFrame, by: str | None) -> None:
    ax = draw_leads(leads, by=by)
    ax.figure.canvas.draw()
    inside, box = ax.figure.bbox, ax.get_tightbbox()
    assert box is not None
    assert inside.x0 <= box.x0 < box.x1 <= inside.x1
    assert inside.y0 <= box.y0 < box.y1 <= inside.y1
