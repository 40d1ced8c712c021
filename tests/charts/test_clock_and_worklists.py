"""The map of hours and the reasons, asked of the Axes."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pytest

import stcrm_nb as stcrm
from stcrm_nb.client import Client


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def test_each_hour_has_its_cell(demo: Client) -> None:
    bookings = demo.bookings.list()
    ax = stcrm.charts.arrivals(bookings)
    drawn = np.asarray(ax.images[0].get_array())
    expected = stcrm.analysis.arrivals(bookings)["rate"].to_numpy(dtype=float).reshape(7, 24)
    assert np.allclose(drawn, expected)
    assert ax.get_title(loc="left") == "When bookings come in"
    assert ax.get_yticklabels()[0].get_text() == "Mon"
    assert "times in America/Chicago" in ax.get_xlabel()


def test_each_reason_has_its_bar_and_what_they_make_up_together(demo: Client) -> None:
    leads = demo.leads.list(names=True)
    ax = stcrm.charts.dismissals(leads)
    tidy = stcrm.analysis.dismissals(leads)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths[:12] == tidy["rows"].head(12).tolist()
    assert sum(widths) == tidy["rows"].sum()
    assert ax.get_yticklabels()[0].get_text() == tidy["dismissing_reason"].iloc[0]
    assert ax.texts[-1].get_text().endswith("(100%)")


def test_nothing_is_said_to_be_nothing(demo: Client) -> None:
    none = demo.leads.list(names=True).head(0)
    assert stcrm.charts.dismissals(none).texts[0].get_text() == "No rows to show"
    assert stcrm.charts.arrivals(none).texts[0].get_text() == "No rows to show"
