"""How many leads and bookings came in, period by period, in the tenant's time zone."""

import difflib
import warnings
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd

from stcrm_nb.errors import ArgumentError, ColumnMissingError, PartialResultWarning

PERIODS = {"D": "day", "W": "week", "MS": "month", "QS": "quarter"}
STEPS = {
    "D": pd.DateOffset(days=1),
    "W": pd.DateOffset(days=7),
    "MS": pd.DateOffset(months=1),
    "QS": pd.DateOffset(months=3),
}
NONE = "none"


def lead_trend(
    leads: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Count leads per period, in the tenant's time zone.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `created_on` (datetime64, UTC), and `by` if given. Leads without `created_on` are not counted.
    freq : {"D", "W", "MS", "QS"}
        Length of a period: day, week, month or quarter; the words do too. Weeks start on Monday.
    by : str, optional
        Column that splits the count; its missing values form the group "none".
    tz : str, optional
        IANA time zone in which days begin. Default: the frame's own (`attrs["stcrm"]`), else UTC.
    now : datetime or str, optional
        The moment the data speaks of; the period it falls in is unfinished. Without a zone it means `tz`.
        Default: when the frame was fetched, else the latest `created_on`.

    Returns
    -------
    DataFrame, one row per period and group, ordered by period, then group
        period (datetime64[us, tz], its start), the group under its column's own name (category; only if `by`
        is given), leads (Int64, >= 0), complete (boolean; False for the running period, and for the first one
        if the rows were asked for from a moment inside it). Periods without a lead are there with 0.
        `attrs["trend"]` holds freq, tz, now, counted and uncounted rows.

    Raises
    ------
    ColumnMissingError
        `created_on` or `by` is not in the frame; nothing was computed.
    ArgumentError
        `freq` or `tz` is not one that there is.

    Warns
    -----
    PartialResultWarning
        Rows have no date, or the frame does not hold all rows that were asked for.

    Examples
    --------
    >>> trend = lead_trend(crm.leads.list(), freq="MS")
    >>> trend.columns.tolist()
    ['period', 'leads', 'complete']
    >>> int(trend["leads"].sum()) == len(crm.leads.list())
    True

    Source
    ------
    Operation Leads_GetList; `createdOn` is UTC.
    """
    return _trend(leads, "leads", freq=freq, by=by, clock=(tz, now))


def booking_trend(
    bookings: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Count bookings per period, in the tenant's time zone, by the day they came in.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        Needs `created_on` (datetime64, UTC), and `by` if given.
    freq, by, tz, now
        As in `lead_trend`.

    Returns
    -------
    DataFrame, one row per period and group, ordered by period, then group
        As from `lead_trend`, with the count in `bookings`.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `lead_trend`.

    Examples
    --------
    >>> booking_trend(crm.bookings.list(), freq="quarter", by="status")["status"].cat.categories.tolist()
    ['New', 'Accepted', 'Converted', 'Dismissed']

    Source
    ------
    Operation Bookings_GetList; `createdOn` is UTC. `start` is the moment asked for, not when it came in.
    """
    return _trend(bookings, "bookings", freq=freq, by=by, clock=(tz, now))


def _trend(
    rows: pd.DataFrame,
    what: str,
    *,
    freq: str,
    by: str | None,
    clock: tuple[str | None, datetime | str | None],
) -> pd.DataFrame:
    said = rows.attrs.get("stcrm", {})
    step = _step(freq)
    _check_columns(rows, what, by)
    zone = _zone(clock[0] or said.get("time_zone") or "UTC")
    dated = rows.loc[rows["created_on"].notna()]
    now = _now(dated, clock[1] or said.get("fetched_at"), zone)
    _warn(what, said, undated=len(rows) - len(dated))
    periods = floor(dated["created_on"].dt.tz_convert(zone), step)
    groups = _groups(dated[by]) if by else pd.Series("all", index=dated.index, dtype="category")
    counted = pd.crosstab(periods, groups, dropna=False) if len(dated) else pd.DataFrame()
    starts = _starts(periods, now, step)
    table = counted.reindex(index=starts, columns=groups.cat.categories, fill_value=0)
    tidy = _tidy(table, by, what)
    running = floor(pd.Series([now]), step)[0]
    tidy["complete"] = (tidy["period"] < running).astype("boolean")
    cut = _cut(said, zone)
    if cut is not None:
        tidy.loc[tidy["period"] < cut, "complete"] = False
    tidy["period"] = tidy["period"].dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    tidy.attrs["trend"] = {
        "freq": step,
        "tz": str(zone),
        "now": now.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").isoformat(),
        "counted": len(dated),
        "uncounted": len(rows) - len(dated),
    }
    return tidy


def floor(local: "pd.Series[pd.Timestamp]", step: str) -> "pd.Series[pd.Timestamp]":
    """Return the local day on which each moment's period begins, without a zone.

    >>> floor(pd.Series([pd.Timestamp("2026-02-05 10:00")]), "QS")[0]
    Timestamp('2026-01-01 00:00:00')
    """
    days = (local.dt.tz_localize(None) if local.dt.tz is not None else local).dt.normalize()
    if step == "W":
        return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    if step == "D":
        return days
    months = days.dt.month - 1
    into = months % 3 if step == "QS" else months * 0
    first = pd.to_datetime({"year": days.dt.year, "month": days.dt.month - into, "day": 1})
    return first.astype(days.dtype)


def _step(freq: str) -> str:
    words = {word: step for step, word in PERIODS.items()}
    step = words.get(str(freq).lower(), freq)
    if step not in PERIODS:
        allowed = ", ".join(f"{step!r} ({word})" for step, word in PERIODS.items())
        raise ArgumentError(f"freq {freq!r} is no period; choose from {allowed}. Nothing was computed.")
    return step


def _zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        near = difflib.get_close_matches(name, available_timezones(), n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ArgumentError(f"tz {name!r} is no time zone; use an IANA name.{hint} Nothing was computed.")
    return ZoneInfo(name)


def _check_columns(rows: pd.DataFrame, what: str, by: str | None) -> None:
    missing = [name for name in ("created_on", by) if name and name not in rows.columns]
    if missing:
        near = difflib.get_close_matches(missing[-1], map(str, rows.columns), n=2)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise ColumnMissingError(
            f"The frame has no {' and no '.join(missing)}; crm.{what}.list() gives one that has created_on."
            f"{hint} Nothing was computed."
        )


def _now(dated: pd.DataFrame, given: datetime | str | None, zone: ZoneInfo) -> pd.Timestamp:
    """Return the moment the data speaks of, as local time without a zone."""
    if given is None:
        given = dated["created_on"].max() if len(dated) else pd.Timestamp.now(zone)
    moment = pd.Timestamp(given)
    return moment.tz_convert(zone).tz_localize(None) if moment.tzinfo else moment


def _groups(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the groups as categories, the published order kept, unused ones dropped, missing ones named."""
    groups = column.astype("category").cat.remove_unused_categories()
    if groups.isna().any():
        groups = groups.cat.rename_categories(str).cat.add_categories([NONE]).fillna(NONE)
    return groups


def _starts(periods: "pd.Series[pd.Timestamp]", now: pd.Timestamp, step: str) -> pd.DatetimeIndex:
    """Return the starts of all periods from the first row to now, or to the last row if that is later."""
    if periods.empty:
        return pd.DatetimeIndex([], dtype="datetime64[us]")
    end = max(periods.max(), floor(pd.Series([now]), step)[0])
    return pd.date_range(periods.min(), end, freq=STEPS[step], unit="us")


def _tidy(table: pd.DataFrame, by: str | None, what: str) -> pd.DataFrame:
    """Turn period x group into one row each."""
    groups = pd.CategoricalIndex(table.columns, categories=table.columns, ordered=False)
    index = pd.MultiIndex.from_product([table.index, groups], names=["period", by or "all"])
    tidy = pd.Series(table.to_numpy().ravel(), index=index, name=what).astype("Int64").reset_index()
    if by is None:
        return tidy.drop(columns="all")
    tidy[by] = tidy[by].astype(pd.CategoricalDtype(table.columns))
    return tidy


def _cut(said: Mapping[str, object], zone: ZoneInfo) -> pd.Timestamp | None:
    """Return the local moment from which rows were asked for, if they were."""
    parameters = said.get("parameters")
    given = parameters.get("createdOnOrAfter") if isinstance(parameters, Mapping) else None
    return pd.Timestamp(given).tz_convert(zone).tz_localize(None) if given else None


def _warn(what: str, said: Mapping[str, object], *, undated: int) -> None:
    if undated:
        warnings.warn(
            f"{undated} {what} have no created_on and are not counted.", PartialResultWarning, stacklevel=4
        )
    if said.get("complete") is False:
        warnings.warn(
            f"The frame holds {said.get('rows')} of {said.get('total')} {what}, so counts are too low. "
            "Fetch it again with refresh=True.",
            PartialResultWarning,
            stacklevel=4,
        )
