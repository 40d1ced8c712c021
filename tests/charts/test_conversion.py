"""Shares, drawn: asked of the Axes."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import stcrm_nb as stcrm
from stcrm_nb.client import Client


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def leads(request: pytest.FixtureRequest) -> pd.DataFrame:
    frame: pd.DataFrame = request.getfixturevalue("demo").leads.list(names=True)
    return frame


def test_each_group_has_a_dot_where_its_share_is_the_best_on_top(leads: pd.DataFrame) -> None:
    ax = stcrm.charts.lead_conversion(leads, freq=None, by="campaign")
    tidy = stcrm.analysis.lead_conversion(leads, freq=None, by="campaign").sort_values("rate", kind="stable")
    dots = np.asarray(ax.collections[-1].get_offsets())
    assert np.allclose(dots[:, 0], tidy["rate"].astype(float))
    labels = [each.get_text() for each in ax.get_yticklabels()]
    assert labels[0] == "Value Coupon Mailer  (1,215)"
    assert len(labels) == len(tidy)
    assert ax.get_xlim()[0] == 0
    assert "no date of conversion" in " ".join(ax.get_xlabel().split())


def test_a_cohort_that_is_still_open_is_hollow(leads: pd.DataFrame) -> None:
    ax = stcrm.charts.lead_conversion(leads)
    tidy = stcrm.analysis.lead_conversion(leads)
    solid, hollow = ax.get_lines()
    assert np.isfinite(solid.get_ydata().astype(float)).sum() == tidy["mature"].sum()
    assert len(hollow.get_xdata()) == (~tidy["mature"]).sum() > 0
    assert hollow.get_markerfacecolor() == "white"
    texts = [each.get_text() for each in ax.get_legend().get_texts()]
    assert texts == ["more than a tenth still open: can only rise"]
    assert ax.get_title(loc="left") == "Leads converted, by the month they came in"


def test_lines_are_named_and_the_smallest_groups_are_said_to_be_left_out(leads: pd.DataFrame) -> None:
    ax = stcrm.charts.lead_conversion(leads, freq="QS", by="campaign")
    assert len(ax.get_lines()) == 14
    assert "the 7 smallest groups are left out" in " ".join(ax.get_xlabel().split())


def test_nothing_is_said_to_be_nothing(leads: pd.DataFrame) -> None:
    ax = stcrm.charts.lead_conversion(leads.head(0), freq=None, by="campaign")
    assert ax.texts[0].get_text() == "No rows to show"


def test_it_is_drawn_where_it_is_told(demo: Client) -> None:
    _, given = plt.subplots()
    assert stcrm.charts.booking_conversion(demo.bookings.list(), freq="QS", ax=given) is given


def test_a_name_with_dollars_is_no_formula(leads: pd.DataFrame) -> None:
    odd = leads.assign(campaign="$49, $20 off")
    ax = stcrm.charts.lead_conversion(odd, freq=None, by="campaign")
    ax.figure.canvas.draw()
    assert [each.get_text() for each in ax.get_yticklabels()] == ["$49, $20 off  (12,000)"]
