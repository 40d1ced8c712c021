"""Two segments, or two stretches of time, side by side: the difference, and how sure it is. Pure."""

import warnings
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from stcrm_nb.analysis.counting import periods, rows
from stcrm_nb.analysis.counting.intervals import newcombe, ratio
from stcrm_nb.errors import ArgumentError, PartialResultWarning

Stretch = tuple[str | datetime, str | datetime]


def compare(
    one: pd.DataFrame,
    other: pd.DataFrame,
    *,
    by: str = "status",
    names: tuple[str, str] = ("one", "other"),
) -> pd.DataFrame:
    """Compare how two sets of rows spread over the groups of a column: shares, difference, interval.

    Parameters
    ----------
    one, other : DataFrame
        Two segments, such as the leads of two campaigns: parts of one frame that have no row in common.
    by : str
        Column whose groups are compared; with "status", "Converted" is the difference in conversion.
    names : pair of str
        What the two are, for charts.

    Returns
    -------
    DataFrame, one row a group
        the group under its column's name (category), rows, rows_other (Int64), share, share_other (Float64, 0
        to 1; missing where there is no row), difference (Float64: share less share_other), low, high
        (Float64: its 95 % interval), sure (bool: the interval leaves out 0). Each interval is for one
        comparison: of twenty groups without a difference, one is sure by chance.

    Raises
    ------
    ColumnMissingError
        `by` is not in both frames.

    Warns
    -----
    PartialResultWarning
        The frames are of two tenants or environments, or do not hold all rows.

    Examples
    --------
    >>> leads = crm.leads.list(names=True)
    >>> coupon = leads["campaign"] == "Value Coupon Mailer"
    >>> found = stcrm.analysis.compare(leads[coupon], leads[~coupon])
    >>> bool(found.set_index("status").loc["Converted", "high"] < 0)
    True

    Source
    ------
    Interval: Newcombe (1998), method 10.
    """
    for frame in (one, other):
        rows.need(frame, "leads", (by,))
        rows.doubt("rows", rows.said_of(frame), level=3)
    rows.same_place((one, other))
    both = pd.concat([one[by].astype("object"), other[by].astype("object")], ignore_index=True)
    order = one[by].cat.categories if isinstance(one[by].dtype, pd.CategoricalDtype) else None
    codes, groups = rows.groups(pd.Series(pd.Categorical(both, _order(order, both))))
    first, second = (
        np.bincount(part, minlength=len(groups)) for part in (codes[: len(one)], codes[len(one) :])
    )
    tidy = _counts(by, groups, (first, second))
    shares = [part / part.sum() if part.sum() else np.full(len(groups), np.nan) for part in (first, second)]
    low, high = newcombe((first, second), (first.sum(), second.sum()))
    known = np.full(len(groups), bool(first.sum()) and bool(second.sum()))
    difference = shares[0] - shares[1]
    for name, values in {"share": shares[0], "share_other": shares[1], "difference": difference}.items():
        tidy[name] = rows.numbers(values)
    tidy["low"], tidy["high"] = (rows.numbers(np.where(known, end, np.nan)) for end in (low, high))
    tidy["sure"] = known & ((low > 0) | (high < 0))
    what = rows.what_of(one)
    return rows.told(tidy, one, counted=len(one) + len(other), what=what, by=by, names=names)


def compare_periods(
    frame: pd.DataFrame,
    one: Stretch,
    other: Stretch,
    *,
    by: str | None = None,
    tz: str | None = None,
) -> pd.DataFrame:
    """Compare how many rows came in a day in two stretches of time: rates, ratio, interval.

    Parameters
    ----------
    frame : DataFrame, one row a lead or a booking
        Needs `created_on`, and `by` if given.
    one, other : pair of str or datetime
        First day, and the day after the last, in the tenant's time zone.
    by : str, optional
        Column whose groups are compared one by one.
    tz : str, optional
        As in `lead_trend`.

    Returns
    -------
    DataFrame, one row a group, or one row
        the group under its column's name (category; only with `by`), rows, rows_other (Int64), a_day,
        a_day_other (Float64), ratio (Float64: a_day over a_day_other; missing where neither has a row), low,
        high (Float64: its 95 % interval), sure (bool: the interval leaves out 1). Inquiries are taken to come
        one by one: a campaign that brings them in bursts is less sure than it says.

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.
    ArgumentError
        A stretch is no pair of days, ends before it begins, or the two overlap.

    Warns
    -----
    PartialResultWarning
        A stretch ends after the data does, or the frame does not hold all rows.

    Examples
    --------
    >>> found = stcrm.analysis.compare_periods(
    ...     crm.leads.list(), ("2025-09-01", "2025-10-01"), ("2024-09-01", "2024-10-01")
    ... )
    >>> bool(found["high"].iloc[0] < 1)
    True

    Source
    ------
    Ratio of two Poisson rates: Przyborowski and Wilenski (1940), with Wilson's interval of the share.
    """
    rows.need(frame, "leads", ("created_on", by))
    said = rows.said_of(frame)
    zone = periods.zone(tz or said.get("time_zone") or "UTC")
    moments = periods.moments(frame["created_on"], zone)
    stretches = [_stretch(each, zone) for each in (one, other)]
    _check(stretches, periods.now(said.get("fetched_at"), moments.dropna(), zone))
    codes, groups = (
        rows.groups(frame[by]) if by else (np.zeros(len(frame), dtype=np.int64), pd.Index(["all"]))
    )
    within = [((moments >= start) & (moments < end)).to_numpy() for start, end in stretches]
    first, second = (np.bincount(codes[each], minlength=len(groups)) for each in within)
    days, days2 = ((end - start) / periods.DAY for start, end in stretches)
    low, high = ratio((first, second), (days, days2))
    some = first + second > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (first / days) / (second / days2)
    tidy = _counts(by, groups, (first, second))
    tidy["a_day"], tidy["a_day_other"] = rows.numbers(first / days), rows.numbers(second / days2)
    for name, values in {"ratio": found, "low": low, "high": high}.items():
        tidy[name] = rows.numbers(np.where(some, values, np.nan))
    tidy["sure"] = some & ((low > 1) | (high < 1))
    rows.doubt("rows", said, undated=int(moments.isna().sum()), level=3)
    names = tuple(_named(start, end) for start, end in stretches)
    more = {"what": rows.what_of(frame), "by": by, "names": names, "tz": str(zone)}
    return rows.told(tidy, frame, counted=int((first + second).sum()), **more)


def _counts(by: str | None, groups: "pd.Index[Any]", counts: tuple[rows.Counts, rows.Counts]) -> pd.DataFrame:
    """Return a row for each group, with both counts."""
    tidy = pd.DataFrame(index=range(len(groups)))
    if by:
        tidy[by] = pd.Categorical.from_codes(np.arange(len(groups)), groups)
    tidy["rows"], tidy["rows_other"] = (pd.array(each, dtype="Int64") for each in counts)
    return tidy


def _check(stretches: list[tuple[pd.Timestamp, pd.Timestamp]], now: pd.Timestamp | None) -> None:
    """Refuse stretches that overlap; warn of one that ends after the data does."""
    (since, until), (since2, until2) = stretches
    if since < until2 and since2 < until:
        raise ArgumentError(
            f"The stretches overlap: {since:%Y-%m-%d} to {until:%Y-%m-%d} and {since2:%Y-%m-%d} to "
            f"{until2:%Y-%m-%d}. Choose two that do not. Nothing was computed."
        )
    if now is not None and max(until, until2) > now:
        warnings.warn(
            f"The data ends at {now:%Y-%m-%d %H:%M}, before {max(until, until2):%Y-%m-%d}: that stretch's "
            "number a day is too low. Let it end on a day that is over.",
            PartialResultWarning,
            stacklevel=3,
        )


def _stretch(given: Stretch, where: ZoneInfo) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the days of a stretch of time, as local times."""
    try:
        start, end = (periods.local(each, where) for each in given)
    except (TypeError, ValueError):
        raise ArgumentError(
            f"{given!r} is no stretch of time; give its first day and the day after its last, such as "
            "('2026-06-01', '2026-07-01'). Nothing was computed."
        ) from None
    if not start < end:
        raise ArgumentError(f"{given!r} ends before it begins. Nothing was computed.")
    return start, end


def _named(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Return a stretch of time in words, a whole month as that."""
    if start.day == 1 and end == start + pd.DateOffset(months=1):
        return f"{start:%B %Y}"
    return f"{start:%Y-%m-%d} to {end - periods.MOMENT:%Y-%m-%d}"


def _order(order: "pd.Index[Any] | None", values: "pd.Series[Any]") -> list[Any]:
    """Return the groups in the order of the first frame's categories, then those that are new."""
    known = list(order) if order is not None else []
    return known + sorted(set(values.dropna()) - set(known), key=str)
