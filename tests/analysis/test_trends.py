"""Counts against a second, independent computation: plain loops over plain rows."""

from collections import Counter
from datetime import date, datetime, timedelta
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
    statuses = ["Open", "Dismissed", "Converted"]
    rows["status"] = pd.Categorical(status or ["Open"] * len(times), categories=statuses)
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
    day, end, rows = min(counted), max([*counted, start(now.astimezone(CHICAGO).date(), freq)]), []
    while day <= end:
        rows.append((day, counted[day]))
        day = following(day, freq)
    return rows


moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZoneInfo("UTC")))  # noqa: DTZ001


@pytest.mark.parametrize("freq", FREQS)
@given(times=st.lists(moments, max_size=30), now=moments)
def test_counts_equal_those_made_by_hand(freq: str, times: list[datetime], now: datetime) -> None:
    trend = lead_trend(frame([time.isoformat() for time in times]), freq=freq, now=now)
    got = [(row.period.date(), row.leads) for row in trend.itertuples()]
    assert got == by_hand(times, freq, now)


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


def test_a_first_period_asked_for_in_part_is_unfinished() -> None:
    rows = frame(["2026-01-07T12:00Z"], parameters={"createdOnOrAfter": "2026-01-07T06:00:00Z"})
    assert lead_trend(rows, now="2026-01-21")["complete"].tolist() == [False, True, False]


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
    assert trend.columns.tolist() == ["period", "status", "leads", "complete"]
    assert [str(dtype) for dtype in trend.dtypes] == [
        "datetime64[us, America/Chicago]",
        "category",
        "Int64",
        "boolean",
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
        ({"by": "statu"}, ColumnMissingError, "Did you mean status"),
    ],
)
def test_bad_input_is_refused_in_words(arguments: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        lead_trend(frame(["2026-01-05T12:00Z"]), **arguments)


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
