"""What stands beside the counts of a trend: largest groups, shares, means, last year; counts against SQL."""

import pandas as pd
import pytest
from analysis.sql import sql
from analysis.test_trends import frame

from stcrm_nb.analysis import lead_trend
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError


def test_weeks_end_on_the_day_that_is_asked_for() -> None:
    rows = frame(["2026-01-10T18:00Z", "2026-01-11T18:00Z"])  # a Saturday and a Sunday
    trend = lead_trend(rows, freq="W-SAT", now="2026-01-12")
    assert [str(day.date()) for day in trend["period"]] == ["2026-01-04", "2026-01-11"]
    assert trend["leads"].tolist() == [1, 1]
    pd.testing.assert_frame_equal(lead_trend(rows, freq="W-SUN"), lead_trend(rows, freq="W"))


def test_the_largest_groups_are_kept_and_the_rest_is_one() -> None:
    rows = frame(["2026-01-05T12:00Z"] * 6).assign(source=["a", "b", "b", "c", "d", "d"])
    trend = lead_trend(rows, by="source", top=2, now="2026-01-06")
    assert trend["source"].tolist() == ["b", "d", "2 others"]
    assert trend["leads"].tolist() == [2, 2, 2]
    assert trend.attrs["trend"]["others"] == 2
    pd.testing.assert_frame_equal(
        lead_trend(rows, by="source", top=4, now="2026-01-06"),
        lead_trend(rows, by="source", now="2026-01-06"),
    )
    with pytest.raises(ArgumentError, match="top=0"):
        lead_trend(rows, by="source", top=0)


@pytest.mark.parametrize(
    ("freq", "lag", "window"), [("D", 364, 7), ("W", 52, 4), ("MS", 12, 3), ("QS", 4, 4)]
)
def test_shares_means_and_last_year_follow_from_the_counts(
    demo: Client, freq: str, lag: int, window: int
) -> None:
    trend = lead_trend(demo.leads.list(), freq=freq, by="status")
    every = trend.groupby("period")["leads"].transform("sum")
    some = every > 0
    assert (trend["share"] - trend["leads"] / every.mask(~some)).dropna().abs().max() < 1e-12
    assert trend.loc[~some, "share"].isna().all()
    for _, part in trend.groupby("status", observed=True):
        counts, whole = part["leads"].tolist(), part["complete"].tolist()
        for at, row in enumerate(part.itertuples()):
            known = at >= window - 1 and all(whole[at - window + 1 : at + 1])
            mean = sum(counts[at - window + 1 : at + 1]) / window if known else None
            assert (None if pd.isna(row.rolling) else row.rolling) == (
                mean if mean is None else pytest.approx(mean)
            )
            before = counts[at - lag] if at >= lag and whole[at - lag] else None
            assert (None if pd.isna(row.last_year) else row.last_year) == before


def test_a_trend_equals_that_of_sql(demo: Client) -> None:
    leads = demo.leads.list(names=True)
    trend = lead_trend(leads, by="campaign")
    expected = sql(
        """select date_trunc('week', created_on at time zone 'America/Chicago') as period, campaign,
             count(*) as rows from leads group by all order by all""",
        leads=leads,
    )
    some = trend[trend["leads"] > 0].assign(campaign=lambda rows: rows["campaign"].astype("str"))
    some = some.sort_values(["period", "campaign"])
    assert some["period"].dt.tz_localize(None).tolist() == expected["period"].tolist()
    assert some["campaign"].tolist() == expected["campaign"].tolist()
    assert some["leads"].tolist() == expected["rows"].tolist()
