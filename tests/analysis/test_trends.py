"""Counts against a second, independent computation: plain loops over plain rows."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.analysis import booking_trend, lead_trend
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, ColumnMissingError, PartialResultWarning

CHICAGO = ZoneInfo("America/Chicago")
FREQS = ("D", "W", "MS", "QS")


def frame(times: list[str], status: list[str | None] | None = None, **said: object) -> pd.DataFrame:
    rows = pd.DataFrame(
        {"created_on": pd.to_datetime(pd.Series(times, dtype="str"), utc=True, format="ISO8601")}
    )
    rows["created_on"] = rows["created_on"].astype("datetime64[us, UTC]")
    published = ["Open", "Dismissed", "Converted"]
    rows["status"] = pd.Categorical(status or ["Open"] * len(times), categories=published)
    rows.attrs["stcrm"] = {"time_zone": "America/Chicago", "complete": True} | said
    return rows


def start(day: date, freq: str) -> date:
    if freq == "W":
        return day - timedelta(days=day.weekday())
    if freq == "MS":
        return day.replace(day=1)
    if freq == "QS":
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day


def following(day: date, freq: str) -> date:
    return start(day + timedelta(days={"D": 1, "W": 7, "MS": 32, "QS": 95}[freq]), freq)


def by_hand(times: list[datetime], freq: str, now: datetime) -> list[tuple[date, int]]:
    counted = Counter(start(time.astimezone(CHICAGO).date(), freq) for time in times)
    if not counted:
        return []
    past = now - timedelta(microseconds=1)  # at midnight, nothing of the new day is over
    day, end, rows = min(counted), max([*counted, start(past.astimezone(CHICAGO).date(), freq)]), []
    while day <= end:
        rows.append((day, counted[day]))
        day = following(day, freq)
    return rows


moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZoneInfo("UTC")))  # noqa: DTZ001
near_a_changed_clock = st.sampled_from([datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)])
hours = st.integers(0, 48).map(lambda number: timedelta(hours=number / 2))
changes = st.builds(lambda day, later: day + later, near_a_changed_clock, hours)
statuses = st.sampled_from(["Open", "Dismissed", None])  # "Converted" is a category that no row has
records = st.lists(st.tuples(moments | changes, statuses), max_size=30)


@pytest.mark.parametrize("freq", FREQS)
@given(rows=records, now=moments | changes)
def test_counts_equal_those_made_by_hand(
    freq: str, rows: list[tuple[datetime, str | None]], now: datetime
) -> None:
    times = [time for time, _ in rows]
    made = frame([time.isoformat() for time in times], [status for _, status in rows])
    trend = lead_trend(made, freq=freq, now=now)
    expected = by_hand(times, freq, now)
    assert [(row.period.date(), row.leads) for row in trend.itertuples()] == expected
    split = lead_trend(made, freq=freq, now=now, by="status")
    for status in split["status"].cat.categories:
        own = split.loc[split["status"] == status]
        counted = dict(by_hand([time for time, each in rows if (each or "none") == status], freq, now))
        assert [(row.period.date(), row.leads) for row in own.itertuples()] == [
            (day, counted.get(day, 0)) for day, _ in expected
        ]
    assert set(split["status"].cat.categories) == {status or "none" for _, status in rows}


@pytest.mark.parametrize("freq", FREQS)
def test_the_demo_tenant_is_counted_as_by_hand(crm: Client, freq: str) -> None:
    bookings = crm.bookings.list()
    now = datetime.fromisoformat(bookings.attrs["stcrm"]["fetched_at"])
    trend = booking_trend(bookings, freq=freq)
    got = [(row.period.date(), row.bookings) for row in trend.itertuples()]
    assert got == by_hand([time.to_pydatetime() for time in bookings["created_on"]], freq, now)
    split = booking_trend(bookings, freq=freq, by="status")
    assert (split.groupby("period")["bookings"].sum().to_numpy() == trend["bookings"].to_numpy()).all()


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2026-03-08T07:59:00Z", date(2026, 3, 8)),  # 01:59 CST, a minute before the clock jumps
        ("2026-03-09T04:59:00Z", date(2026, 3, 8)),  # 23:59 CDT of the 23-hour day
        ("2026-11-01T06:30:00Z", date(2026, 11, 1)),  # 01:30 the first time
        ("2026-11-01T07:30:00Z", date(2026, 11, 1)),  # 01:30 the second time
        ("2026-11-02T05:30:00Z", date(2026, 11, 1)),  # 23:30 CST of the 25-hour day
        ("2024-02-29T12:00:00Z", date(2024, 2, 29)),
        ("2026-01-01T05:59:59Z", date(2025, 12, 31)),  # New Year in London is the old year in Chicago
    ],
)
def test_a_day_is_the_tenants_day(time: str, day: date) -> None:
    trend = lead_trend(frame([time]), freq="D", now=time)
    assert [(row.period.date(), row.leads) for row in trend.itertuples()] == [(day, 1)]
    assert str(trend["period"].dtype) == "datetime64[us, America/Chicago]"


def test_a_period_without_a_lead_is_there_with_zero() -> None:
    trend = lead_trend(frame(["2026-01-05T12:00Z", "2026-01-26T12:00Z"]), now="2026-01-27")
    assert trend["leads"].tolist() == [1, 0, 0, 1]


def test_the_running_period_is_unfinished() -> None:
    trend = lead_trend(frame(["2026-01-05T12:00Z"]), now="2026-01-21")
    assert trend["complete"].tolist() == [True, True, False]


def test_now_is_the_moment_the_frame_was_fetched() -> None:
    rows = frame(["2026-01-05T12:00Z"], fetched_at="2026-01-21T12:00:00+00:00")
    assert len(lead_trend(rows)) == 3


FIRST_QUARTER = {"createdOnOrAfter": "2026-01-01T06:00:00Z", "createdBefore": "2026-04-01T05:00:00Z"}


def test_a_first_period_asked_for_in_part_is_unfinished() -> None:
    rows = frame(["2026-01-07T12:00Z"], parameters={"createdOnOrAfter": "2026-01-07T06:00:00Z"})
    assert lead_trend(rows, now="2026-01-21")["complete"].tolist() == [False, True, False]


def test_periods_reach_from_and_to_what_was_asked_not_to_now() -> None:
    rows = frame(["2026-02-05T12:00Z"], parameters=FIRST_QUARTER, rows=1)
    trend = lead_trend(rows, freq="MS", now="2026-09-30")
    assert trend["leads"].tolist() == [0, 1, 0]
    assert trend["complete"].all()
    assert trend.attrs["trend"]["until"] == "2026-04-01T00:00:00-05:00"


def test_a_frame_that_was_cut_by_hand_starts_at_its_first_row() -> None:
    rows = frame(["2026-02-05T12:00Z"], parameters=FIRST_QUARTER, rows=2)
    assert lead_trend(rows, freq="MS", now="2026-09-30")["leads"].tolist() == [1, 0]


def test_nothing_found_in_what_was_asked_is_a_row_of_zeros() -> None:
    rows = frame([], parameters=FIRST_QUARTER, rows=0, fetched_at="2026-09-30T21:00:00+00:00")
    assert lead_trend(rows, freq="MS")["leads"].tolist() == [0, 0, 0]
    assert lead_trend(rows, freq="MS", by="status").empty


def test_a_month_cut_at_its_end_is_unfinished() -> None:
    asked = {"createdBefore": "2026-02-10T06:00:00Z"}
    rows = frame(["2026-01-05T12:00Z", "2026-02-05T12:00Z"], parameters=asked)
    assert lead_trend(rows, freq="MS", now="2026-09-30")["complete"].tolist() == [True, False]


def test_a_day_whose_midnight_does_not_exist_starts_an_hour_later() -> None:
    trend = lead_trend(frame(["2026-03-08T12:00Z"]), freq="D", tz="America/Havana")
    assert [day.isoformat() for day in trend["period"]] == ["2026-03-08T01:00:00-04:00"]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["2026-01-05T12:00:00.1234567Z", "2026-01-06T12:00:00Z"]),
        pd.Series(pd.to_datetime(["2026-01-05T12:00", "2026-01-06T12:00"])),
        pd.Series(pd.to_datetime(["2026-01-05T12:00Z", "2026-01-06T12:00Z"])).astype(
            "timestamp[us, tz=UTC][pyarrow]"
        ),
    ],
    ids=["text of a CSV file", "times without a zone", "arrow"],
)
def test_times_may_come_in_other_clothes(column: "pd.Series[str]") -> None:
    assert lead_trend(pd.DataFrame({"created_on": column}), freq="D")["leads"].tolist() == [1, 1]


@pytest.mark.parametrize("column", [pd.Series([1, 2]), pd.Series(["soon"])], ids=["numbers", "words"])
def test_what_is_no_time_is_refused(column: "pd.Series[str]") -> None:
    with pytest.raises(ArgumentError, match="created_on must hold times"):
        lead_trend(pd.DataFrame({"created_on": column}))


def test_ids_stay_numbers_beside_those_that_are_missing() -> None:
    rows = frame(["2026-01-05T12:00Z"] * 3).assign(campaign_id=pd.array([7, None, 7], dtype="Int64"))
    trend = lead_trend(rows, by="campaign_id", now="2026-01-06")
    assert list(zip(trend["campaign_id"], trend["leads"], strict=True)) == [(7, 2), ("none", 1)]


def test_a_group_that_is_called_none_takes_the_missing_ones() -> None:
    rows = frame(["2026-01-05T12:00Z"] * 3).assign(source=["none", None, "web"])
    assert lead_trend(rows, by="source", now="2026-01-06")["leads"].tolist() == [2, 1]


def test_groups_keep_their_published_order_and_missing_ones_a_name() -> None:
    rows = frame(["2026-01-05T12:00Z"] * 3, ["Converted", None, "Open"])
    trend = lead_trend(rows, by="status", now="2026-01-06")
    assert list(zip(trend["status"], trend["leads"], strict=True)) == [
        ("Open", 1),
        ("Converted", 1),
        ("none", 1),
    ]
    assert str(trend["status"].dtype) == "category"


def test_no_rows_give_no_periods_but_the_same_columns() -> None:
    trend = lead_trend(frame([]), by="status")
    assert trend.columns.tolist() == [
        "period", "status", "leads", "share", "rolling", "last_year", "complete",
    ]  # fmt: skip
    assert [str(dtype) for dtype in trend.dtypes] == [
        "datetime64[us, America/Chicago]",
        "category",
        "Int64",
        "Float64",
        "Float64",
        "Int64",
        "bool",
    ]
    assert trend.empty


def test_words_and_codes_name_the_same_period() -> None:
    rows = frame(["2026-01-05T12:00Z"])
    pd.testing.assert_frame_equal(lead_trend(rows, freq="month"), lead_trend(rows, freq="MS"))


def test_the_frame_is_not_changed() -> None:
    rows = frame(["2026-01-05T12:00Z"], ["Open"])
    before = rows.copy(deep=True)
    lead_trend(rows, by="status")
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"freq": "2W"}, ArgumentError, "'W' .week."),
        ({"tz": "America/Chicgo"}, ArgumentError, "America/Chicago"),
        ({"tz": "../../etc"}, ArgumentError, "IANA"),
        ({"now": "yesterday-ish"}, ArgumentError, "yesterday-ish"),
        ({"by": "complete"}, ColumnMissingError, "no complete"),
        ({"by": "statu"}, ColumnMissingError, "Did you mean status"),
    ],
)
def test_bad_input_is_refused_in_words(arguments: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        lead_trend(frame(["2026-01-05T12:00Z"]), **arguments)


def test_a_group_may_not_take_a_name_of_the_result() -> None:
    with pytest.raises(ArgumentError, match="two columns"):
        lead_trend(frame(["2026-01-05T12:00Z"]).assign(complete=1), by="complete")


def test_a_frame_without_dates_names_the_call_that_gives_them() -> None:
    with pytest.raises(ColumnMissingError, match=r"crm\.bookings\.list\(\)"):
        booking_trend(pd.DataFrame({"id": [1]}))


def test_rows_without_a_date_are_said() -> None:
    rows = pd.concat([frame(["2026-01-05T12:00Z"]), frame(["2026-01-05T12:00Z"]).assign(created_on=pd.NaT)])
    rows["created_on"] = rows["created_on"].astype("datetime64[us, UTC]")
    with pytest.warns(PartialResultWarning, match="1 leads have no created_on"):
        trend = lead_trend(rows, tz="America/Chicago")
    assert trend.attrs["trend"]["uncounted"] == 1


def test_an_incomplete_frame_is_said() -> None:
    with pytest.warns(PartialResultWarning, match="counts are too low"):
        lead_trend(frame(["2026-01-05T12:00Z"], complete=False, rows=1, total=2))
