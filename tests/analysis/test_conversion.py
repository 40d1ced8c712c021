"""Shares of converted leads and bookings, against a second computation in SQL and by hand."""

import math

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.analysis import booking_conversion, lead_conversion, wilson
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, ColumnMissingError, PartialResultWarning
from stcrm_nb.sandbox.generate.setting.marketing import (
    BAD_CAMPAIGN,
    CAMPAIGNS,
    DISMISSING_PROVIDER,
    PROVIDERS,
)

STATUSES = ("Open", "Dismissed", "Converted")
SQL = """
select date_trunc('month', created_on at time zone 'America/Chicago') as period, campaign,
       count(*) as rows, count(*) filter (status = 'Converted') as converted,
       count(*) filter (status = 'Dismissed') as dismissed, count(*) filter (status = 'Open') as open
from leads group by all order by all"""


def frame_of(rows: list[tuple[object, object, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["created_on", "status", "campaign"])
    frame["created_on"] = pd.to_datetime(frame["created_on"], utc=True)
    return frame.astype({"status": pd.CategoricalDtype(STATUSES), "campaign": "str"})


@pytest.fixture(scope="module")
def leads(request: pytest.FixtureRequest) -> pd.DataFrame:
    crm = request.getfixturevalue("demo")
    frame: pd.DataFrame = crm.leads.list(names=True)
    return frame


def test_counts_equal_those_of_sql(leads: pd.DataFrame) -> None:
    tidy = lead_conversion(leads, by="campaign")
    given = leads[["created_on", "status", "campaign"]].astype({"status": "str", "campaign": "str"})
    with duckdb.connect() as base:
        base.execute("set timezone = 'UTC'")
        base.register("leads", given)
        expected = base.execute(SQL).df()
    some = tidy[tidy["rows"] > 0]
    assert some["period"].dt.tz_localize(None).tolist() == expected["period"].tolist()
    assert some["campaign"].astype("str").tolist() == expected["campaign"].tolist()
    for name in ("rows", "converted", "dismissed", "open"):
        assert some[name].tolist() == expected[name].tolist(), name
    assert np.allclose(some["rate"].astype(float), expected["converted"] / expected["rows"])


def test_all_periods_together_are_all_rows(leads: pd.DataFrame) -> None:
    tidy = lead_conversion(leads, freq=None)
    assert len(tidy) == 1
    assert tidy["rows"].item() == len(leads)
    assert tidy["converted"].item() == (leads["status"] == "Converted").sum()


def test_the_campaign_that_converts_badly_is_found(leads: pd.DataFrame) -> None:
    tidy = lead_conversion(leads, freq=None, by="campaign").set_index("campaign")
    worst = tidy["rate"].idxmin()
    assert worst == CAMPAIGNS[BAD_CAMPAIGN].name
    others = tidy.drop(index=worst)
    assert tidy.loc[worst, "high"] < others["low"].min() + 0.1
    assert tidy.loc[worst, "high"] < tidy["converted"].sum() / tidy["rows"].sum()


def test_the_provider_with_dismissals_is_found(demo: Client) -> None:
    tidy = booking_conversion(demo.bookings.list(names=True), freq=None, by="booking_provider")
    worst = tidy.loc[tidy["rate"].idxmin()]
    assert worst["booking_provider"] == PROVIDERS[DISMISSING_PROVIDER].name
    assert worst["dismissed"] > worst["converted"]


def test_a_young_cohort_is_immature_not_bad(leads: pd.DataFrame) -> None:
    tidy = lead_conversion(leads)
    assert tidy["mature"].iloc[:-2].all()
    assert not tidy["mature"].iloc[-1]
    settled = (tidy["converted"] + tidy["dismissed"]) / tidy["rows"]
    assert (settled >= 0.9).tolist() == tidy["mature"].tolist()


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_solves_wilsons_equation(hits: int, more: int) -> None:
    trials = hits + more
    (low,), (high,) = wilson([hits], [trials])
    assert 0 <= low <= high <= 1
    if not trials:
        assert (low, high) == (0, 1)
        return
    share, z = hits / trials, 1.959963984540054
    assert low <= share <= high
    for end, is_bound in ((low, hits == 0), (high, hits == trials)):
        if not is_bound:  # the ends are the shares at which the observed one is just z errors away
            assert math.isclose(
                (share - end) ** 2, z * z * end * (1 - end) / trials, rel_tol=1e-6, abs_tol=1e-12
            )


moment = st.datetimes(pd.Timestamp("2024-02-28").to_pydatetime(), pd.Timestamp("2026-11-02").to_pydatetime())
row = st.tuples(
    st.none() | moment, st.sampled_from(STATUSES) | st.none(), st.sampled_from(["a", "b"]) | st.none()
)


@given(st.lists(row, max_size=30), st.sampled_from(["D", "W", "MS", "QS", None]))
@pytest.mark.filterwarnings("ignore::stcrm_nb.errors.PartialResultWarning")
def test_every_dated_row_is_counted_once(rows: list[tuple[object, object, object]], freq: str | None) -> None:
    frame = frame_of(rows)
    tidy = lead_conversion(frame, freq=freq, by="campaign", tz="America/Chicago")
    dated = frame["created_on"].notna()
    assert tidy["rows"].sum() == dated.sum()
    assert tidy["converted"].sum() == (dated & (frame["status"] == "Converted")).sum()
    assert (tidy["converted"] + tidy["dismissed"] + tidy["open"] == tidy["rows"]).all()
    assert tidy["rate"].isna().tolist() == (tidy["rows"] == 0).tolist()


@pytest.mark.parametrize("rows", [[], [("2026-03-08T08:30:00Z", "Open", "a")]], ids=["none", "one open"])
def test_a_frame_of_few_rows_is_no_trouble(rows: list[tuple[object, object, object]]) -> None:
    tidy = lead_conversion(frame_of(rows), freq="D", tz="America/Chicago")
    assert tidy["rows"].sum() == len(rows)
    assert tidy["mature"].sum() == 0


def test_what_lacks_is_named_with_the_call_that_gives_it(leads: pd.DataFrame) -> None:
    with pytest.raises(ColumnMissingError, match=r"no status; crm\.leads\.list"):
        lead_conversion(leads.drop(columns="status"))
    with pytest.raises(ColumnMissingError, match="names=True"):
        lead_conversion(leads.drop(columns="campaign"), by="campaign")
    with pytest.raises(ArgumentError, match="split by another column"):
        lead_conversion(leads, by="status")


def test_leads_of_one_status_are_warned_about(demo: Client) -> None:
    some = demo.leads.list(status="Open")
    with pytest.warns(PartialResultWarning, match="status Open alone"):
        lead_conversion(some)
