"""Drawings are asked what they show: bars, limits, labels; no picture is compared."""

from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from stcrm_nb.analysis import booking_trend, lead_trend
from stcrm_nb.charts import booking_trend as draw_bookings
from stcrm_nb.charts import lead_trend as draw_leads
from stcrm_nb.charts.style import UNFINISHED
from stcrm_nb.client import Client


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.fixture
def leads(crm: Client) -> pd.DataFrame:
    return crm.leads.list()


def bars(ax: Axes) -> list[Rectangle]:
    return [bar for container in ax.containers for bar in container]


def test_bars_are_the_counts(leads: pd.DataFrame) -> None:
    ax, trend = draw_leads(leads, freq="MS"), lead_trend(leads, freq="MS")
    assert [bar.get_height() for bar in bars(ax)] == trend["leads"].tolist()
    assert sum(bar.get_height() for bar in bars(ax)) == len(leads)


def test_stacked_bars_add_up(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads, by="status")
    trend = lead_trend(leads, by="status")
    for container in ax.containers:
        of_group = trend.loc[trend["status"] == container.get_label(), "leads"]
        assert [bar.get_height() for bar in container] == of_group.tolist()
    tops = [bar.get_y() + bar.get_height() for bar in ax.containers[-1]]
    assert tops == trend.groupby("period")["leads"].sum().tolist()


def test_the_unfinished_period_is_marked_and_explained(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads)
    hatched = [bar.get_hatch() == UNFINISHED for bar in bars(ax)]
    assert hatched == [not complete for complete in lead_trend(leads)["complete"]]
    assert hatched[-1]
    assert "unfinished period" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_the_axis_starts_at_zero_and_counts_whole_leads(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads)
    ax.figure.canvas.draw()
    assert ax.get_ylim()[0] == 0
    assert all(tick == int(tick) for tick in ax.get_yticks())


def test_title_label_and_caption_say_what_is_shown(crm: Client) -> None:
    ax = draw_bookings(crm.bookings.list(created_on_or_after="2025-01-15"), freq="MS", by="status")
    caption = ax.texts[0].get_text()
    assert ax.get_title(loc="left") == "Bookings a month by status"
    assert ax.get_ylabel() == "Bookings"
    assert "America/Chicago" in caption
    assert "created on or after 2025-01-15" in caption
    assert f"{len(crm.bookings.list(created_on_or_after='2025-01-15')):,} rows" in caption


def test_beyond_seven_groups_the_smallest_are_other(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads, freq="QS", by="campaign_id")
    labels = [container.get_label() for container in ax.containers]
    assert len(labels) == 8
    assert labels[-1] == "other"
    assert sum(bar.get_height() for bar in bars(ax)) == len(leads)


def test_given_axes_are_drawn_on(leads: pd.DataFrame) -> None:
    _, ax = plt.subplots()
    assert draw_leads(leads, ax=ax) is ax


def test_drawing_changes_nothing_global(leads: pd.DataFrame) -> None:
    before = dict(mpl.rcParams)
    draw_leads(leads, by="status")
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("by", [None, "status"])
def test_no_rows_draw_a_plain_statement(crm: Client, by: str | None) -> None:
    ax = draw_bookings(crm.bookings.list().head(0), by=by)
    assert "No rows to show" in [text.get_text() for text in ax.texts]
    assert booking_trend(crm.bookings.list().head(0)).empty


def test_nothing_is_cut_off_at_the_edge(leads: pd.DataFrame) -> None:
    ax = draw_leads(leads, by="status")
    ax.figure.canvas.draw()
    inside = ax.figure.bbox
    for thing in [*ax.texts, ax.get_legend(), ax.title, *ax.get_xticklabels(), ax.yaxis.label]:
        box = thing.get_window_extent()
        assert inside.x0 - 1 <= box.x0
        assert box.x1 <= inside.x1 + 1
        assert inside.y0 - 1 <= box.y0
        assert box.y1 <= inside.y1 + 1
