"""How many leads and bookings came in, period by period, in the tenant's time zone."""

from datetime import datetime

import numpy as np
import pandas as pd

from stcrm_nb.analysis import periods, rows
from stcrm_nb.errors import ArgumentError


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
        Needs `created_on` (UTC; times, or ISO text as in a CSV file), and `by` if given. Leads without
        `created_on` are not counted.
    freq : {"D", "W", "MS", "QS"}
        Length of a period; "day", "week", "month" and "quarter" do too. Weeks start on Monday.
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
        is given), leads (Int64, >= 0), complete (bool; False for the running period, and for one that
        `created_on_or_after` or `created_before` cuts). Periods without a lead are there with 0: from the
        first lead, or the date that was asked from if the frame is as it was fetched, to `now`, or the date
        that was asked to. `attrs["trend"]` holds freq, tz, now, since and until (ISO text), and the
        numbers of counted and uncounted rows.

    Raises
    ------
    ColumnMissingError
        `created_on` or `by` is not in the frame; nothing was computed.
    ArgumentError
        `freq`, `tz`, `now` or a value of `created_on` is not one that can be read.

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
        Needs `created_on`, and `by` if given.
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
    frame: pd.DataFrame,
    what: str,
    *,
    freq: str,
    by: str | None,
    clock: tuple[str | None, datetime | str | None],
) -> pd.DataFrame:
    said = frame.attrs.get("stcrm", {})
    step = periods.step(freq)
    _check_columns(frame, what, by)
    zone = periods.zone(clock[0] or said.get("time_zone") or "UTC")
    moments = periods.moments(frame["created_on"], zone)
    dated = moments.notna()
    moments = moments[dated]
    now = periods.now(clock[1] or said.get("fetched_at"), moments, zone)
    window = periods.window(said, now, zone)
    starts = periods.starts(moments, window, step, whole=said.get("rows") == len(frame))
    codes, groups = rows.groups(frame.loc[dated, by]) if by else (0, pd.Index([what]))
    cells = (starts.searchsorted(moments.to_numpy(), side="right") - 1) * len(groups) + codes
    tidy = pd.DataFrame({"period": periods.localized(starts, zone).repeat(len(groups))})
    if by:
        tidy[by] = pd.Categorical.from_codes(np.tile(np.arange(len(groups)), len(starts)), groups)
    tidy[what] = pd.array(np.bincount(cells, minlength=len(tidy)), dtype="Int64")
    tidy["complete"] = periods.complete(starts, window, step).repeat(len(groups))
    tidy.attrs["trend"] = {
        "freq": step,
        "tz": str(zone),
        "now": periods.spelled(now, zone),
        "since": periods.spelled(window.since or (starts[0] if len(starts) else None), zone),
        "until": periods.spelled(window.until, zone),
        "counted": len(moments),
        "uncounted": len(frame) - len(moments),
    }
    rows.doubt(what, said, undated=len(frame) - len(moments))
    return tidy


def _check_columns(frame: pd.DataFrame, what: str, by: str | None) -> None:
    rows.need(frame, what, ("created_on", by))
    if by in ("period", what, "complete"):
        raise ArgumentError(
            f"by={by!r} would give the result two columns of that name; rename the frame's. "
            "Nothing was computed."
        )
