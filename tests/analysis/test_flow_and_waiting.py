"""What becomes of inquiries and how long it takes, against SQL and plain loops."""

import itertools
import warnings
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from analysis.sql import sql
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.analysis import answered, funnel, key_figures, lead_conversion, lead_time, waiting_time, wilson
from stcrm_nb.client import Client
from stcrm_nb.errors import ColumnMissingError, PartialResultWarning

NOW = datetime(2026, 9, 30, 21, tzinfo=UTC)
FUNNEL = """
with told as (
  select case when leads.booking_id is null then 'lead' else 'booking, then lead' end as start,
         case when bookings.job_id is not null then 'job' when leads.status = 'Converted' then 'converted'
              when leads.status = 'Dismissed' then 'dismissed' else 'open' end as outcome
  from leads left join bookings on bookings.id = leads.booking_id
  union all
  select 'booking', case when job_id is not null then 'job' when status = 'Converted' then 'converted'
                         when status = 'Dismissed' then 'dismissed' else 'open' end
  from bookings where id not in (select booking_id from leads where booking_id is not null))
select start, outcome, count(*) as rows from told group by all"""

ages = st.integers(0, 60)
made_leads = st.lists(
    st.tuples(ages, st.integers(0, 60), st.sampled_from(["Open", "Converted", "Dismissed"])), max_size=30
)


def lead_rows(rows: list[tuple[int, int, str]]) -> pd.DataFrame:
    came = [NOW - timedelta(days=age, hours=1) for age, _, _ in rows]
    changed = [min(at + timedelta(days=later), NOW) for at, (_, later, _) in zip(came, rows, strict=True)]
    frame = pd.DataFrame(
        {"created_on": pd.to_datetime(came, utc=True), "modified_on": pd.to_datetime(changed, utc=True)}
    )
    return frame.assign(status=[status for *_, status in rows])


def test_outcomes_equal_those_of_sql(demo: Client) -> None:
    leads, bookings = demo.leads.list(), demo.bookings.list()
    tidy = funnel(leads, bookings)
    by = sql(FUNNEL, leads=leads, bookings=bookings).set_index(["start", "outcome"])["rows"]
    told = tidy.set_index(["start", "outcome"])["rows"]
    assert {key: int(rows) for key, rows in told.items() if rows} == by.to_dict()
    assert np.allclose(tidy.groupby("start", observed=True)["share"].sum().astype(float), 1)
    sizes = tidy.groupby("start", observed=True)["rows"].transform("sum")
    low, _ = wilson(tidy["rows"], sizes)
    assert np.allclose(tidy["low"].astype(float), low)


def test_no_inquiries_have_no_shares() -> None:
    empty = pd.DataFrame({"id": [], "status": [], "booking_id": [], "job_id": []})
    tidy = funnel(empty, empty)
    assert tidy["rows"].sum() == 0
    assert tidy["share"].isna().all()


def test_frames_of_two_tenants_are_warned_of(demo: Client) -> None:
    leads, bookings = demo.leads.list(), demo.bookings.list()
    bookings.attrs["stcrm"] = bookings.attrs["stcrm"] | {"tenant": 5}
    with pytest.warns(PartialResultWarning, match=r"tenant 5 \(demo\) and tenant 814000021"):
        funnel(leads, bookings)


@given(made_leads)
def test_bounds_are_those_of_plain_counting(rows: list[tuple[int, int, str]]) -> None:
    tidy = waiting_time(lead_rows(rows), now=NOW)
    lengths = [(age + 1 / 24, min(later, age + 1 / 24), status == "Open") for age, later, status in rows]
    assert tidy["days"].tolist() == list(range(int(max((age for age, *_ in lengths), default=-1)) + 1))
    for row in tidy.itertuples():
        old = [each for each in lengths if each[0] >= row.days]
        open_now = sum(still for *_, still in old)
        late = sum(until > row.days for _, until, still in old if not still)
        assert row.leads == len(old)
        assert row.at_least == pytest.approx(open_now / len(old))
        assert row.at_most == pytest.approx((open_now + late) / len(old))
        assert row.low <= row.at_least <= row.at_most <= row.high


statuses = st.sampled_from(["Open", "New", "Accepted", "Converted", "Dismissed", None])


def end_of(status: str | None, job: int | None) -> str:
    return (
        "job"
        if job is not None
        else {"Converted": "converted", "Dismissed": "dismissed"}.get(status or "", "open")
    )


@given(
    st.lists(st.tuples(statuses, st.none() | st.integers(1, 9)), max_size=12),
    st.lists(st.tuples(statuses, st.none() | st.integers(0, 14)), max_size=12),
)
def test_outcomes_of_any_inquiries_are_those_of_plain_counting(
    booked: list[tuple[str | None, int | None]], led: list[tuple[str | None, int | None]]
) -> None:
    bookings = pd.DataFrame(
        {"id": range(len(booked)), "status": [status for status, _ in booked],
         "job_id": pd.array([job for _, job in booked], dtype="Int64")}
    )  # fmt: skip
    leads = pd.DataFrame(
        {
            "status": [status for status, _ in led],
            "booking_id": pd.array([key for _, key in led], dtype="Int64"),
        }
    )
    expected: dict[tuple[str, str], int] = {}
    named = {key for _, key in led if key is not None}
    for status, key in led:
        job = booked[key][1] if key is not None and key < len(booked) else None
        start = "lead" if key is None else "booking, then lead"
        expected[start, end_of(status, job)] = expected.get((start, end_of(status, job)), 0) + 1
    for key, (status, job) in enumerate(booked):
        if key not in named:
            expected["booking", end_of(status, job)] = expected.get(("booking", end_of(status, job)), 0) + 1
    told = funnel(leads, bookings).set_index(["start", "outcome"])["rows"]
    assert {key: int(rows) for key, rows in told.items() if rows} == expected


@given(st.lists(st.none() | st.integers(-48, 24 * 30), max_size=20))
def test_days_ahead_of_any_bookings_are_those_of_plain_counting(hours: list[int | None]) -> None:
    came = pd.Timestamp("2026-03-07T12:00Z")  # the clocks change that night
    starts = [None if each is None else came + pd.Timedelta(each, unit="h") for each in hours]
    frame = pd.DataFrame({"created_on": [came] * len(hours), "start": pd.to_datetime(starts, utc=True)})
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        told = lead_time(frame).set_index("ahead")["bookings"]
    assert [
        f"{hours.count(None)} rows have no created_on or start" in str(each.message) for each in heard
    ] == [True] * (None in hours)
    known = [each / 24 for each in hours if each is not None]
    borders = [-np.inf, 0, 1, 2, 3, 5, 7, 14, np.inf]
    assert told.tolist() == [
        sum(low < each <= high for each in known) for low, high in itertools.pairwise(borders)
    ]


def test_waiting_on_the_demo_tenant_equals_sql(demo: Client) -> None:
    leads = demo.leads.list()
    tidy = waiting_time(leads, now=NOW).set_index("days")
    expected = sql(
        """select count(*) as rows, avg((status = 'Open')::int) as least,
             avg((status = 'Open' or modified_on - created_on > interval 30 days)::int) as most
           from leads where timestamptz '2026-09-30 21:00:00+00' - created_on >= interval 30 days""",
        leads=leads,
    ).iloc[0]
    assert tidy.loc[30, "leads"] == expected["rows"]
    assert tidy.loc[30, "at_least"] == pytest.approx(expected["least"])
    assert tidy.loc[30, "at_most"] == pytest.approx(expected["most"])


def test_bookings_ahead_of_their_start_equal_those_of_sql(demo: Client) -> None:
    bookings = demo.bookings.list()
    tidy = lead_time(bookings)
    expected = sql(
        """with days as (select epoch(start - created_on) / 86400 as ahead from bookings)
           select count(*) filter (ahead <= 0) as over, count(*) filter (ahead > 0 and ahead <= 1) as day,
                  count(*) filter (ahead > 7 and ahead <= 14) as fortnight, median(ahead) as median from
                  days""",
        bookings=bookings,
    ).iloc[0]
    by = tidy.set_index("ahead")["bookings"]
    assert [by["already over"], by["within a day"], by["8 to 14 days"]] == expected.tolist()[:3]
    assert tidy.attrs["trend"]["median"] == pytest.approx(expected["median"])


def test_leads_that_are_answered_late_convert_less(demo: Client) -> None:
    leads = demo.leads.list(created_on_or_after="2026-05-01", created_before="2026-08-01")
    noted = leads[leads["status"].isin(["Converted", "Dismissed"])].head(500)
    notes = pd.concat([demo.leads.notes(key).assign(lead_id=key) for key in noted["id"]])
    told = answered(noted, notes)
    first = notes.groupby("lead_id")["created_on"].min()
    hours = (noted["id"].map(first) - noted["created_on"]).dt.total_seconds() / 3600
    assert told.loc[hours.isna(), "answered"].eq("no note").all()
    assert told.loc[hours <= 1, "answered"].eq("within an hour").all()
    assert told.loc[hours > 72, "answered"].eq("more than 3 days").all()
    rates = lead_conversion(told, freq=None, by="answered").set_index("answered")["rate"]
    assert rates["within an hour"] > rates["4 to 24 hours"]


def test_the_six_numbers_equal_those_of_sql(demo: Client) -> None:
    leads, bookings = demo.leads.list(), demo.bookings.list()
    told = key_figures(leads, bookings).set_index("figure")
    expected = sql(
        """select
             count(*) filter (created_on at time zone 'America/Chicago' >= '2026-09-21'
                              and created_on at time zone 'America/Chicago' < '2026-09-28') as week,
             count(*) filter (created_on at time zone 'America/Chicago' >= '2025-09-22'
                              and created_on at time zone 'America/Chicago' < '2025-09-29') as year_before,
             count(*) filter (status = 'Open') as open,
             count(*) filter (
               status = 'Open' and follow_up_date <= timestamptz '2026-09-30 21:00:00+00') as due,
             avg((status = 'Converted')::int) filter (
               timestamptz '2026-09-30 21:00:00+00' - created_on > interval 30 days
               and timestamptz '2026-09-30 21:00:00+00' - created_on <= interval 120 days) as rate
           from leads""",
        leads=leads,
    ).iloc[0]
    assert told.loc["Leads last week", "value"] == expected["week"]
    assert told.loc["Leads last week", "before"] == expected["year_before"]
    assert told.loc["Open leads", "value"] == expected["open"]
    assert told.loc["Follow-ups overdue", "value"] == expected["due"]
    assert told.loc["Leads converted", "value"] == pytest.approx(expected["rate"])
    assert told.loc["Bookings not accepted", "value"] == (bookings["status"] == "New").sum()


def test_no_rows_have_no_numbers_but_the_same_figures(demo: Client) -> None:
    told = key_figures(demo.leads.list().head(0), demo.bookings.list().head(0))
    assert len(told) == 6
    assert told["value"].fillna(0).eq(0).all()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ColumnMissingError, match="lead_id"):
        answered(pd.DataFrame({"id": [1], "created_on": ["2026-01-01"]}), pd.DataFrame({"created_on": []}))
    with pytest.raises(ColumnMissingError, match=r"start.*crm.bookings.list\(\)"):
        lead_time(pd.DataFrame({"created_on": ["2026-01-01"]}))
