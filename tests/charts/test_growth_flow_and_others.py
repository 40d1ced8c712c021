"""Growth, spread, outcomes, waiting, work lists and comparisons, asked of the Axes."""

from collections.abc import Callable, Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.patches import Rectangle

from stcrm_nb import analysis, charts
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError

SEPTEMBERS = ("2025-09-01", "2025-10-01"), ("2024-09-01", "2024-10-01")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("Agg")
    yield
    plt.close("all")


def lengths(ax: Axes) -> list[float]:
    """Lengths of the lying bars, each its parts together, the top one first."""
    by: dict[float, float] = {}
    for bar in ax.patches:
        assert isinstance(bar, Rectangle)
        middle = bar.get_y() + bar.get_height() / 2
        by[middle] = by.get(middle, 0) + bar.get_width()
    return [by[place] for place in sorted(by, reverse=True)]


def labels(ax: Axes) -> list[str]:
    """Names of the rows, the top one first."""
    places = sorted(zip(ax.get_yticks(), ax.get_yticklabels(), strict=True), key=lambda pair: -pair[0])
    return [label.get_text() for _, label in places]


def legend(ax: Axes) -> list[str]:
    box = ax.get_legend()
    return [text.get_text() for text in box.get_texts()] if box else []


@pytest.mark.parametrize("show", ["share", "rolling", "last_year"])
def test_a_trend_is_shown_as_asked(demo: Client, show: charts.trends.Show) -> None:
    leads = demo.leads.list()
    by = None if show == "last_year" else "status"
    ax = charts.lead_trend(leads, freq="MS", by=by, show=show)
    trend = analysis.lead_trend(leads, freq="MS", by=by)
    if show == "share":
        assert ax.get_ylim() == (0, 1)
        assert ax.get_ylabel() == "Share of leads"
        tops = [max(np.nanmax(patch.get_data().values) for patch in ax.patches)]
        assert tops == pytest.approx([1.0])
    elif show == "rolling":
        for line, status in zip(ax.lines, trend["status"].cat.categories, strict=True):
            own = trend.loc[trend["status"] == status, "rolling"].to_numpy(dtype=float, na_value=np.nan)
            assert np.array_equal(np.asarray(line.get_ydata(), dtype=float), own, equal_nan=True)
        assert "the mean of 3 months" in ax.get_xlabel().replace("\n", " ")
    else:
        assert legend(ax) == ["a year before", "unfinished"]
        before = trend["last_year"].to_numpy(dtype=float, na_value=np.nan)
        assert np.array_equal(ax.patches[-1].get_data().values, before, equal_nan=True)


def test_a_slow_month_stands_below_last_years_line(demo: Client) -> None:
    trend = analysis.lead_trend(demo.leads.list(), freq="MS")
    whole = trend[trend["complete"]].dropna(subset=["last_year"])
    worst = (whole["leads"] / whole["last_year"]).astype(float).idxmin()
    assert str(whole.loc[worst, "period"])[:7] == "2025-09"


def test_a_trend_can_be_drawn_that_was_counted_before(demo: Client) -> None:
    leads = demo.leads.list()
    trend = analysis.lead_trend(leads, freq="QS", by="campaign_id", top=3, tz="UTC")
    ax = charts.lead_trend(trend)
    assert ax.get_title(loc="left") == "Leads a quarter by campaign"
    assert len(legend(ax)) == 5
    assert "times in UTC" in ax.get_xlabel()


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda leads: charts.lead_trend(leads, show="sideways"), "none of count, share"),
        (lambda leads: charts.lead_trend(leads, show="share"), "by="),
        (lambda leads: charts.lead_trend(leads, by="status", show="last_year"), "leave by= out"),
        (lambda leads: charts.lead_trend(leads, by="status", top=8), "1 to 7"),
        (lambda leads: charts.lead_trend(analysis.lead_trend(leads, by="campaign_id")), "7 groups"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    demo: Client, draw: Callable[[pd.DataFrame], Axes], says: str
) -> None:
    with pytest.raises(ArgumentError, match=says):
        draw(demo.leads.list())


def test_customers_are_stacked_up_to_all_of_them(demo: Client) -> None:
    customers = demo.customers.list(active="Any")
    ax = charts.customer_growth(customers, freq="QS")
    assert max(np.nanmax(patch.get_data().values) for patch in ax.patches) == len(customers)
    assert legend(ax) == ["Commercial", "Residential"]
    assert "keeps no date of leaving" in ax.get_xlabel().replace("\n", " ")


def test_new_and_known_customers_have_their_own_title(demo: Client) -> None:
    ax = charts.new_and_repeat(demo.bookings.list(), freq="QS")
    assert ax.get_title(loc="left") == "Bookings of new and known customers a quarter"
    assert set(legend(ax)) >= {"new", "repeat"}


def test_each_number_of_locations_has_its_bar(demo: Client) -> None:
    locations = demo.locations.list(active="Any")
    ax = charts.locations_per_customer(locations)
    assert lengths(ax) == analysis.locations_per_customer(locations)["customers"].tolist()
    assert labels(ax) == ["1", "2", "3", "4", "5 or more"]


def test_each_hexagon_is_drawn_where_it_is(demo: Client) -> None:
    locations = demo.locations.list(active="Any")
    tidy = analysis.location_map(locations, size=5)
    ax = charts.location_map(locations, size=5)
    drawn = next(each for each in ax.collections if isinstance(each, PolyCollection))
    middles = np.array([path.vertices[:6].mean(axis=0) for path in drawn.get_paths()])
    assert np.allclose(middles, tidy[["longitude", "latitude"]].to_numpy(dtype=float))
    assert drawn.get_array().tolist() == tidy["locations"].tolist()
    caption = ax.get_xlabel().replace("\n", " ")
    assert "hexagons 5 km apart" in caption
    assert f"{int(locations['address_latitude'].isna().sum())} without coordinates" in caption


def test_outcomes_fill_their_bar(demo: Client) -> None:
    leads, bookings = demo.leads.list(), demo.bookings.list()
    ax = charts.funnel(leads, bookings)
    assert lengths(ax) == pytest.approx([1.0, 1.0, 1.0])
    assert legend(ax) == ["job", "converted", "open", "dismissed"]
    tidy = analysis.funnel(leads, bookings)
    assert f"{tidy['share'].iloc[0]:.0%}" in [text.get_text() for text in ax.texts]


def test_the_bounds_of_waiting_are_drawn_with_room_between(demo: Client) -> None:
    leads = demo.leads.list()
    ax = charts.waiting_time(leads)
    tidy = analysis.waiting_time(leads)
    most, least = (np.asarray(line.get_ydata(), dtype=float) for line in ax.lines)
    assert np.allclose(most, tidy["at_most"].head(len(most)).astype(float))
    assert (least <= most).all()
    assert len(most) == 366
    assert "closed by its last change" in ax.get_xlabel().replace("\n", " ")


@pytest.mark.parametrize("name", ["open_leads", "follow_ups_due", "new_bookings"])
def test_work_lists_are_drawn_whole(demo: Client, name: str) -> None:
    frame = demo.bookings.list(names=True) if name == "new_bookings" else demo.leads.list(names=True)
    ax = getattr(charts, name)(frame)
    found = getattr(analysis, name)(frame)
    assert sum(lengths(ax)) == len(found)
    assert labels(ax)[0] == "up to a day"
    days = found["overdue_days" if name == "follow_ups_due" else "age_days"]
    assert lengths(ax)[-1] == (days > 90).sum()


def test_parts_of_open_leads_are_told_apart(demo: Client) -> None:
    leads = demo.leads.list(names=True)
    ax = charts.open_leads(leads)
    assert legend(ax)[1:] == ["campaign converts less"]
    assert "no campaign" in legend(charts.open_leads(leads.drop(columns="campaign")))


def test_days_ahead_are_drawn_with_their_shares(demo: Client) -> None:
    bookings = demo.bookings.list()
    ax = charts.lead_time(bookings)
    assert lengths(ax) == analysis.lead_time(bookings)["bookings"].tolist()
    assert "median 3.3 days" in ax.get_xlabel()


@pytest.mark.parametrize("kind", ["segments", "periods"])
def test_differences_are_dots_filled_where_they_are_sure(demo: Client, kind: str) -> None:
    leads = demo.leads.list(names=True)
    if kind == "segments":
        bad = leads["campaign"] == "Value Coupon Mailer"
        tidy, ax = analysis.compare(leads[bad], leads[~bad]), charts.compare(leads[bad], leads[~bad])
        middle = tidy["difference"]
    else:
        tidy = analysis.compare_periods(leads, *SEPTEMBERS, by="business_unit")
        ax = charts.compare_periods(leads, *SEPTEMBERS, by="business_unit")
        middle = tidy["ratio"] - 1
    dots = next(each for each in ax.collections if isinstance(each, PathCollection))
    assert np.allclose(np.asarray(dots.get_offsets())[:, 0], middle.astype(float))
    filled = [not np.allclose(face[:3], 1) for face in np.asarray(dots.get_facecolors())]
    assert filled == tidy["sure"].tolist()
    assert labels(ax)[0] == str(tidy.iloc[0, 0])


def test_names_of_segments_and_groups_are_text_not_formulas() -> None:
    rows = pd.DataFrame({"source": ["$49 tune-up, $20 off", "$\\bad{$"] * 20})
    ax = charts.compare(rows.head(20), rows.tail(15), by="source", names=("$\\bad{", "$x$"))
    ax.figure.canvas.draw()
    assert ax.get_title(loc="left").startswith("$\\bad{ against $x$")


def empty(demo: Client) -> dict[str, Axes]:
    leads, bookings = demo.leads.list(names=True).head(0), demo.bookings.list(names=True).head(0)
    customers, locations = (
        demo.customers.list(active="Any").head(0),
        demo.locations.list(active="Any").head(0),
    )
    return {
        "customer_growth": charts.customer_growth(customers),
        "location_growth": charts.location_growth(locations),
        "new_and_repeat": charts.new_and_repeat(leads),
        "locations_per_customer": charts.locations_per_customer(locations),
        "location_map": charts.location_map(locations),
        "funnel": charts.funnel(leads, bookings),
        "waiting_time": charts.waiting_time(leads),
        "lead_time": charts.lead_time(bookings),
        "open_leads": charts.open_leads(leads),
        "follow_ups_due": charts.follow_ups_due(leads),
        "new_bookings": charts.new_bookings(bookings),
        "compare": charts.compare(leads, leads),
        "compare_periods": charts.compare_periods(leads, *SEPTEMBERS),
        "share": charts.lead_trend(leads, by="status", show="share"),
        "rolling": charts.lead_trend(leads, show="rolling"),
        "last_year": charts.lead_trend(leads, show="last_year"),
    }


def test_nothing_is_said_to_be_nothing(demo: Client) -> None:
    for name, ax in empty(demo).items():
        ax.figure.canvas.draw()
        assert "No rows to show" in [text.get_text() for text in ax.texts], name
