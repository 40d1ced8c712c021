"""Differences with intervals, and changes of level: against SQL, printed figures, planted stories."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from analysis.sql import sql
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.analysis import (
    booking_trend,
    change_points,
    compare,
    compare_periods,
    lead_trend,
    newcombe,
    ratio,
)
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, PartialResultWarning
from stcrm_nb.sandbox.tenant import find_data

STORIES = {
    story["name"]: story["facts"] for story in json.loads((find_data() / "meta.json").read_text())["stories"]
}
SEPTEMBERS = ("2025-09-01", "2025-10-01"), ("2024-09-01", "2024-10-01")


@pytest.mark.parametrize(
    ("hits", "trials", "expected"),
    [
        ((56, 48), (70, 80), (0.0524, 0.3339)),
        ((9, 3), (10, 10), (0.1705, 0.8090)),
        ((6, 2), (7, 7), (0.0582, 0.8062)),
        ((5, 0), (56, 29), (-0.0381, 0.1926)),
        ((0, 0), (10, 20), (-0.1611, 0.2775)),
        ((0, 0), (10, 10), (-0.2775, 0.2775)),
        ((10, 0), (10, 20), (0.6791, 1.0)),
        ((10, 0), (10, 10), (0.6075, 1.0)),
    ],
)
def test_intervals_of_a_difference_are_those_that_newcombe_printed(
    hits: tuple[int, int], trials: tuple[int, int], expected: tuple[float, float]
) -> None:
    low, high = newcombe(hits, trials)
    assert (float(low), float(high)) == pytest.approx(expected, abs=0.0001)


@given(st.integers(0, 200), st.integers(0, 200), st.floats(1, 40), st.floats(1, 40))
def test_the_ratio_of_rates_turns_over(one: int, other: int, days: float, days2: float) -> None:
    low, high = ratio((one, other), (days, days2))
    low2, high2 = ratio((other, one), (days2, days))
    assert low <= high
    if low > 0 and np.isfinite(high):
        assert (1 / float(high2), 1 / float(low2)) == pytest.approx((float(low), float(high)))
    if one and other:
        assert low <= (one / days) / (other / days2) <= high


def test_shares_of_two_segments_equal_those_of_sql(demo: Client) -> None:
    leads = demo.leads.list(names=True)
    bad = (leads["campaign_id"] == STORIES["bad_campaign"]["campaign_id"]).fillna(value=False)
    tidy = compare(leads[bad], leads[~bad], names=("coupon", "others"))
    expected = sql(
        """select status, count(*) filter (bad) as rows, count(*) filter (not bad) as others
           from leads group by status""",
        leads=leads.assign(bad=bad.astype("bool")),
    ).set_index("status")
    told = tidy.set_index("status")
    assert told["rows"].to_dict() == expected["rows"].to_dict()
    assert told["rows_other"].to_dict() == expected["others"].to_dict()
    assert np.allclose(
        told["difference"].astype(float), told["rows"] / bad.sum() - told["rows_other"] / (~bad).sum()
    )
    assert told.loc["Converted", "sure"]
    assert told.loc["Converted", "high"] < -0.2


def test_the_dismissing_provider_differs_from_the_others(demo: Client) -> None:
    bookings = demo.bookings.list()
    its = bookings["booking_provider_id"] == STORIES["dismissing_provider"]["booking_provider_id"]
    told = compare(bookings[its], bookings[~its]).set_index("status")
    assert told.loc["Dismissed", "low"] > 0.2


def test_groups_that_one_segment_lacks_are_zero_and_no_rows_have_no_share() -> None:
    one, other = pd.DataFrame({"status": ["Open"]}), pd.DataFrame({"status": ["Open", "Lost", None]})
    told = compare(one, other).set_index("status")
    assert told["rows"].to_dict() == {"Lost": 0, "Open": 1, "none": 0}
    assert told["rows_other"].to_dict() == {"Lost": 1, "Open": 1, "none": 1}
    nothing = compare(one.head(0), other)
    assert nothing["share"].isna().all()
    assert not nothing["sure"].any()


groups = st.lists(st.sampled_from(["a", "b", "c", None]), max_size=20)


@given(groups, groups)
def test_shares_of_any_segments_are_those_of_plain_counting(
    one: list[str | None], other: list[str | None]
) -> None:
    frames = [pd.DataFrame({"source": pd.Series(each, dtype="str")}) for each in (one, other)]
    told = compare(*frames, by="source").set_index("source")
    mine, theirs = (Counter(each or "none" for each in part) for part in (one, other))
    assert set(told.index) == set(mine) | set(theirs)
    for name, row in told.iterrows():
        assert (row["rows"], row["rows_other"]) == (mine[name], theirs[name])
        if one and other:
            gap = mine[name] / len(one) - theirs[name] / len(other)
            assert row["difference"] == pytest.approx(gap)
            assert row["low"] - 1e-12 <= gap <= row["high"] + 1e-12
        else:
            assert pd.isna(row["difference"])
            assert not row["sure"]


@given(
    st.lists(st.datetimes(datetime(2026, 2, 27), datetime(2026, 3, 12)), max_size=30)  # noqa: DTZ001 - UTC below
)
def test_stretches_of_any_leads_over_a_changed_clock_are_those_of_plain_counting(
    times: list[datetime],
) -> None:
    frame = pd.DataFrame({"created_on": pd.to_datetime(pd.Series(times, dtype="datetime64[us]"), utc=True)})
    frame.attrs["stcrm"] = {"time_zone": "America/Chicago", "fetched_at": "2026-04-01T00:00:00Z"}
    told = compare_periods(frame, ("2026-03-07", "2026-03-10"), ("2026-03-01", "2026-03-07")).iloc[0]
    days = [each.replace(tzinfo=UTC).astimezone(ZoneInfo("America/Chicago")).date() for each in times]
    one = sum(date(2026, 3, 7) <= day < date(2026, 3, 10) for day in days)
    other = sum(date(2026, 3, 1) <= day < date(2026, 3, 7) for day in days)
    assert (told["rows"], told["rows_other"]) == (one, other)
    assert (told["a_day"], told["a_day_other"]) == (pytest.approx(one / 3), pytest.approx(other / 6))


def test_a_stretch_that_is_not_over_is_warned_of(demo: Client) -> None:
    with pytest.warns(PartialResultWarning, match="before 2026-11-01"):
        compare_periods(demo.leads.list(), ("2026-09-01", "2026-11-01"), ("2025-09-01", "2025-11-01"))


def test_segments_of_two_environments_are_warned_of(demo: Client) -> None:
    leads = demo.leads.list()
    other = leads.copy()
    other.attrs["stcrm"] = leads.attrs["stcrm"] | {"environment": "production"}
    with pytest.warns(PartialResultWarning, match=r"\(demo\) and tenant .*\(production\)"):
        compare(leads, other)


def test_a_slow_month_is_slow_in_every_unit(demo: Client) -> None:
    leads = demo.leads.list(names=True)
    tidy = compare_periods(leads, *SEPTEMBERS)
    counts = sql(
        """with months as (
             select date_trunc('month', created_on at time zone 'America/Chicago') as month from leads)
           select count(*) filter (month = '2025-09-01') as one,
                  count(*) filter (month = '2024-09-01') as other
           from months""",
        leads=leads,
    ).iloc[0]
    assert tidy[["rows", "rows_other"]].iloc[0].tolist() == counts.tolist()
    assert tidy["ratio"].iloc[0] == pytest.approx(counts["one"] / counts["other"])
    assert tidy["high"].iloc[0] < 0.7
    by = compare_periods(leads, *SEPTEMBERS, by="business_unit")
    assert by["rows"].sum() == counts["one"]
    assert (by["ratio"] < 1).all()


@pytest.mark.parametrize("kind", ["cold_snaps", "heat_waves"])
def test_weather_brings_calls(demo: Client, kind: str) -> None:
    leads = demo.leads.list()
    for first, last in STORIES["weather"][kind]:
        start, end = pd.Timestamp(first), pd.Timestamp(last) + pd.Timedelta(1, unit="D")
        weeks_before = (start - pd.Timedelta(21, unit="D"), start)
        told = compare_periods(leads, (start, end), weeks_before)
        assert told["ratio"].iloc[0] > 1.3, (first, last)
        assert told["sure"].iloc[0], (first, last)


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (("2026-01-01", "2026-02-01"), ("2026-01-15", "2026-03-01"), "overlap"),
        (("2026-02-01", "2026-01-01"), ("2026-03-01", "2026-04-01"), "ends before it begins"),
        ("2026-02", ("2026-03-01", "2026-04-01"), "no stretch of time"),
        (("soon", "later"), ("2026-03-01", "2026-04-01"), "no stretch of time"),
    ],
)
def test_stretches_that_cannot_be_compared_are_refused(
    demo: Client, one: tuple[str, str], other: tuple[str, str], says: str
) -> None:
    with pytest.raises(ArgumentError, match=says):
        compare_periods(demo.leads.list(), one, other)


@pytest.mark.parametrize("kind", ["leads", "bookings"])
def test_the_slow_month_is_a_change_of_level(demo: Client, kind: str) -> None:
    count = {"leads": lead_trend, "bookings": booking_trend}[kind]
    told = change_points(count(getattr(demo, kind).list()))
    slow = told.loc[told["change"].idxmin()]
    assert slow["since"].strftime("%Y-%m-%d") == "2025-09-01"
    assert slow["until"].strftime("%Y-%m-%d") == "2025-10-06"
    assert slow["change"] < -0.3
    assert told["until"].iloc[:-1].tolist() == told["since"].iloc[1:].tolist()


def test_noise_has_no_change_and_a_step_has_one() -> None:
    noise = np.random.default_rng(4)
    days = pd.date_range("2024-01-01", periods=300, freq="D").repeat(noise.poisson(20, 300))
    frame = pd.DataFrame({"created_on": days.tz_localize("UTC")})
    trend = lead_trend(frame, freq="W", now="2024-10-28")
    assert len(change_points(trend, against="level")) == 1
    more = (
        pd.date_range("2024-06-03", periods=150, freq="D").repeat(noise.poisson(14, 150)).tz_localize("UTC")
    )
    stepped = lead_trend(pd.concat([frame, pd.DataFrame({"created_on": more})]), freq="W", now="2024-10-28")
    told = change_points(stepped, against="level")
    assert [day.strftime("%Y-%m-%d") for day in told["since"]][1:2] == ["2024-06-03"]
    assert told["change"].iloc[1] > 0.4


def test_a_short_trend_is_one_stretch_and_an_empty_one_none() -> None:
    frame = pd.DataFrame({"created_on": pd.to_datetime(["2026-01-05T12:00Z", "2026-01-20T12:00Z"], utc=True)})
    assert len(change_points(lead_trend(frame, now="2026-02-02"), against="level")) == 1
    assert change_points(lead_trend(frame.head(0))).empty
    assert change_points(lead_trend(frame, now="2026-02-02")).empty  # no year before


def test_only_a_trend_of_one_count_has_levels(demo: Client) -> None:
    leads = demo.leads.list()
    with pytest.raises(ArgumentError, match="without by="):
        change_points(lead_trend(leads, by="status"))
    with pytest.raises(ArgumentError, match="lead_trend"):
        change_points(leads)
    with pytest.raises(ArgumentError, match="neither"):
        change_points(lead_trend(leads), against="yesterday")
