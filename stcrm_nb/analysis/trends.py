"""How many leads and bookings came in, period by period, in the tenant's time zone."""

from datetime import datetime

import numpy as np
import pandas as pd

from stcrm_nb.analysis.counting import periods, rows
from stcrm_nb.errors import ArgumentError


def lead_trend(
    leads: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    top: int | None = None,
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
        Length of a period; "day", "week", "month" and "quarter" do too. Weeks start on Monday; pandas'
        "W-SAT" is a week that ends on Saturday, and so on.
    by : str, optional
        Column that splits the count; its missing values form the group "none".
    top : int, optional
        Keep so many groups, those with the most rows, and count the others as one ("3 others").
    tz : str, optional
        IANA time zone in which days begin. Default: the frame's own (`attrs["stcrm"]`), else UTC.
    now : datetime or str, optional
        The moment the data speaks of; the period it falls in is unfinished. Without a zone it means `tz`.
        Default: when the frame was fetched, else the latest `created_on`.

    Returns
    -------
    DataFrame, one row per period and group, ordered by period, then group
        period (datetime64[us, tz], its start), the group under its column's own name (category; only if `by`
        is given), leads (Int64, >= 0), share (Float64, 0 to 1, of the period's leads; only if `by` is given),
        rolling (Float64: mean of the last 7 days, 4 weeks, 3 months or 4 quarters up to this one, all of them
        complete), last_year (Int64: the same period a year before, by weekday: 364 days or 52 weeks back, 12
        months, 4 quarters), complete (bool; False for the running period, and for one that
        `created_on_or_after` or `created_before` cuts). Periods without a lead are there with 0: from the
        first lead, or the date that was asked from if the frame is as it was fetched, to `now`, or the date
        that was asked to. `attrs["trend"]` holds freq, tz, now, since and until (ISO text), what was counted,
        by what it is split, and the numbers of counted and uncounted rows; `attrs["stcrm"]` is the frame's.

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
    ['period', 'leads', 'rolling', 'last_year', 'complete']
    >>> int(trend["leads"].sum()) == len(crm.leads.list())
    True

    Source
    ------
    Operation Leads_GetList; `createdOn` is UTC.
    """
    return counted(leads, "leads", freq=freq, by=by, top=top, clock=(tz, now))


def booking_trend(
    bookings: pd.DataFrame,
    *,
    freq: str = "W",
    by: str | None = None,
    top: int | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Count bookings per period, in the tenant's time zone, by the day they came in.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        Needs `created_on`, and `by` if given.
    freq, by, top, tz, now
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
    return counted(bookings, "bookings", freq=freq, by=by, top=top, clock=(tz, now))


def counted(
    frame: pd.DataFrame,
    what: str,
    *,
    freq: str,
    by: str | None,
    top: int | None = None,
    clock: tuple[str | None, datetime | str | None] = (None, None),
) -> pd.DataFrame:
    """Count rows of any kind per period, as `lead_trend` does; `clock` is its tz and now."""
    said, step = rows.said_of(frame), periods.step(freq)
    _check_columns(frame, what, by)
    zone = periods.zone(clock[0] or said.get("time_zone") or "UTC")
    there, times = _dated(frame)
    edges = periods.edges(times, zone)
    now = periods.now(clock[1] or said.get("fetched_at"), edges, zone)
    window = periods.window(said, now, zone)
    starts = periods.starts(edges, window, step, whole=said.get("rows") == len(frame))
    codes, groups = rows.groups(there[by]) if by else (0, pd.Index([what]))
    cells = periods.which(times, starts, zone) * len(groups) + codes
    counts = np.bincount(cells, minlength=len(starts) * len(groups)).reshape(len(starts), len(groups))
    counts, names = (counts, list(groups)) if top is None else rows.largest(counts, list(groups), top)
    tidy = pd.DataFrame({"period": periods.localized(starts, zone).repeat(len(names))})
    first = window.since or next(iter(starts), None)
    if by:
        tidy[by] = rows.repeated(names, len(starts))
    _fill(tidy, what, counts, whole=periods.complete(starts, window, step), step=step)
    tidy = tidy if by else tidy.drop(columns="share")
    tidy.attrs["stcrm"] = said
    tidy.attrs["trend"] = {
        "what": what,
        "by": by,
        "others": max(len(groups) - top, 0) if top else 0,
        "freq": step,
        "tz": str(zone),
        "counted": len(times),
        "uncounted": len(frame) - len(times),
        **periods.stretch(now, first, window.until, where=zone),
    }
    rows.doubt(what, said, undated=len(frame) - len(times))
    return tidy


def _dated(frame: pd.DataFrame) -> "tuple[pd.DataFrame, pd.Series[pd.Timestamp]]":
    """Return the rows that have a date, and their dates."""
    times = periods.instants(frame["created_on"])
    return (frame, times) if times.notna().all() else (frame[times.notna()], times.dropna())


def _fill(tidy: pd.DataFrame, what: str, counts: rows.Counts, *, whole: rows.Counts, step: str) -> None:
    """Add the counts, and what follows from them; `whole` tells which periods are complete."""
    per, groups = periods.length(step), counts.shape[1]
    known = pd.DataFrame(np.where(whole[:, None], counts, np.nan))
    tidy[what] = pd.array(counts.ravel(), dtype="Int64")
    tidy["share"] = rows.numbers(
        counts / np.where((every := counts.sum(axis=1, keepdims=True)) > 0, every, np.nan)
    )
    tidy["rolling"] = rows.numbers(known.rolling(periods.SMOOTH[per]).mean().to_numpy())
    tidy["last_year"] = rows.numbers(known.shift(periods.YEAR[per]).to_numpy()).astype("Int64")
    tidy["complete"] = whole.repeat(groups)


def _check_columns(frame: pd.DataFrame, what: str, by: str | None) -> None:
    rows.need(frame, what, ("created_on", by))
    if by in ("period", what, "share", "rolling", "last_year", "complete"):
        raise ArgumentError(
            f"by={by!r} would give the result two columns of that name; rename the frame's. "
            "Nothing was computed."
        )
