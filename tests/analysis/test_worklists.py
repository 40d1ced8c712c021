"""Lists of what waits, and reasons, against SQL and plain loops."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from analysis.sql import sql

from stcrm_nb.analysis import arrivals, dismissals, follow_ups_due, new_bookings, open_leads
from stcrm_nb.client import Client
from stcrm_nb.errors import ColumnMissingError

NOW = "2026-09-30T21:00:00Z"


@pytest.fixture(scope="module")
def leads(request: pytest.FixtureRequest) -> pd.DataFrame:
    frame: pd.DataFrame = request.getfixturevalue("demo").leads.list(names=True)
    return frame


def test_open_leads_are_listed_by_age_with_their_campaigns_chance(leads: pd.DataFrame) -> None:
    found = open_leads(leads, now=NOW)
    expected = sql(
        """with chances as (select campaign, avg((status = 'Converted')::int) as chance from leads
             where status in ('Converted', 'Dismissed') group by campaign)
           select id, (epoch(timestamptz '2026-09-30 21:00:00+00') - epoch(created_on)) / 86400 as age, chance
           from leads join chances using (campaign) where status = 'Open' order by created_on, id""",
        leads=leads,
    )
    assert found["id"].tolist() == expected["id"].tolist()
    assert np.allclose(found["age_days"].astype(float), expected["age"])
    assert np.allclose(found["chance"].astype(float), expected["chance"])
    assert found.attrs["stcrm"]["operation"] == "Leads_GetList"


def test_follow_ups_are_due_when_their_moment_is_over(leads: pd.DataFrame) -> None:
    due = follow_ups_due(leads, now=NOW)
    at = pd.Timestamp(NOW)
    expected = [
        row.id for row in leads.itertuples() if row.status == "Open" and pd.notna(row.follow_up_date)
        and row.follow_up_date <= at
    ]  # fmt: skip
    assert sorted(due["id"]) == sorted(expected)
    assert due["overdue_days"].is_monotonic_decreasing
    first = due.iloc[0]
    assert first["follow_up_date"] + timedelta(days=float(first["overdue_days"])) == pytest.approx(
        at, abs=timedelta(seconds=1)
    )


def test_new_bookings_say_whether_their_moment_is_over(demo: Client) -> None:
    bookings = demo.bookings.list()
    found = new_bookings(bookings, now=NOW)
    assert sorted(found["id"]) == sorted(bookings.loc[bookings["status"] == "New", "id"])
    late = found["start"] < pd.Timestamp(NOW)
    assert (found["missed"].fillna(value=False) == late.fillna(value=False)).all()


@pytest.mark.parametrize("kind", ["leads", "bookings"])
def test_reasons_are_counted_and_add_up(demo: Client, kind: str) -> None:
    frame = getattr(demo, kind).list(names=True)
    found = dismissals(frame)
    expected = sql(
        "select coalesce(dismissing_reason, 'none') as reason, count(*) as rows from given "
        "where status = 'Dismissed' group by reason",
        given=frame,
    )
    assert dict(zip(found["dismissing_reason"], found["rows"], strict=True)) == dict(
        zip(expected["reason"], expected["rows"], strict=True)
    )
    assert found["rows"].is_monotonic_decreasing
    assert found["share"].sum() == pytest.approx(1)
    assert found["cumulative"].iloc[-1] == pytest.approx(1)


def test_hours_are_the_tenants(leads: pd.DataFrame) -> None:
    found = arrivals(leads)
    expected = sql(
        """select isodow(moment) - 1 as day, hour(moment) as hour, count(*) as rows
           from (select created_on at time zone 'America/Chicago' as moment from leads)
           group by all order by all""",
        leads=leads,
    )
    some = found[found["rows"] > 0]
    assert list(zip(some["weekday"].cat.codes, some["hour"], some["rows"], strict=True)) == [
        tuple(each) for each in expected.itertuples(index=False)
    ]
    assert found["rows"].sum() == len(leads)


def test_a_changed_clock_makes_no_hour_twice() -> None:
    moments = pd.date_range("2026-11-01T04:00Z", "2026-11-02T06:00Z", freq="h")
    frame = pd.DataFrame({"created_on": moments})
    found = arrivals(frame, tz="America/Chicago").set_index(["weekday", "hour"])["rows"]
    assert found["Sunday", 1] == 2, "the hour from one to two comes twice that night"
    assert found["Sunday"].sum() == 25
    frame = pd.DataFrame({"created_on": pd.date_range("2026-03-08T06:00Z", "2026-03-09T04:30Z", freq="h")})
    found = arrivals(frame, tz="America/Chicago").set_index(["weekday", "hour"])["rows"]
    assert found["Sunday", 2] == 0
    assert found["Sunday"].sum() == 23


def test_nothing_is_no_trouble(leads: pd.DataFrame) -> None:
    none = leads.head(0)
    assert len(open_leads(none)) == len(follow_ups_due(none)) == len(dismissals(none)) == 0
    assert arrivals(none)["rows"].sum() == 0


def test_what_lacks_is_named(leads: pd.DataFrame) -> None:
    with pytest.raises(ColumnMissingError, match="follow_up_date"):
        follow_ups_due(leads.drop(columns="follow_up_date"))
    with pytest.raises(ColumnMissingError, match="dismissing_reason_id"):
        dismissals(leads.drop(columns=["dismissing_reason", "dismissing_reason_id"]))
