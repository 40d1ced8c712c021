"""How many leads and bookings are converted: by the period they came in, or by an attribute. Pure.

The service keeps no date of a conversion or a dismissal, only today's status. So a cohort is what came in
together, and its rate is how far it has come by now. `modified_on` is no such date: any edit moves it.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from stcrm_nb.analysis.counting import periods, rows
from stcrm_nb.analysis.counting.intervals import wilson
from stcrm_nb.errors import ArgumentError, PartialResultWarning

Numbers = npt.NDArray[np.float64]
SETTLED = 0.9  # share of a cohort that must be decided before its rate is called mature
COUNTED = ("rows", "converted", "dismissed", "open", "rate", "low", "high", "mature")


@dataclass(frozen=True, slots=True)
class Kind:
    """What rows are called, and which of their statuses say what."""

    what: str
    converted: tuple[str, ...]
    dismissed: tuple[str, ...]


LEADS = Kind("leads", ("Converted",), ("Dismissed",))
BOOKINGS = Kind("bookings", ("Converted",), ("Dismissed",))


def lead_conversion(
    leads: pd.DataFrame,
    *,
    freq: str | None = "MS",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Tell how far the leads of each cohort have come: converted, dismissed, still open.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `created_on` and `status`, and `by` if given. Leads without `created_on` are not counted.
    freq : {"D", "W", "MS", "QS"} or None
        Length of the period in which a cohort came in; None puts all periods together.
    by : str, optional
        Column that splits cohorts, such as "campaign"; its missing values form the group "none".
    tz, now
        As in `lead_trend`.

    Returns
    -------
    DataFrame, one row per period and group, ordered by period, then group
        period (datetime64[us, tz]; only with `freq`), the group under its column's name (category; only with
        `by`), rows, converted, dismissed, open (Int64), rate (Float64: converted of rows; missing where there
        is no row), low and high (Float64, Wilson's 95 % interval), mature (bool: at least 90 % are decided).
        A cohort that is not mature has a rate that can only rise: it is young, not bad.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `lead_trend`.

    Warns
    -----
    PartialResultWarning
        Rows have no date, the frame does not hold all rows, or it was fetched for one status alone, so that
        its rate says nothing.

    Examples
    --------
    >>> found = stcrm.analysis.lead_conversion(crm.leads.list(), freq=None)
    >>> found.columns.tolist()
    ['rows', 'converted', 'dismissed', 'open', 'rate', 'low', 'high', 'mature']

    Source
    ------
    Operation Leads_GetList: `status` is today's. Interval: Wilson (1927).
    """
    return _conversion(leads, LEADS, freq=freq, by=by, clock=(tz, now))


def booking_conversion(
    bookings: pd.DataFrame,
    *,
    freq: str | None = "MS",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Tell how far the bookings of each cohort have come: converted to a job, dismissed, still open.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        Needs `created_on` and `status`, and `by` if given.
    freq, by, tz, now
        As in `lead_conversion`.

    Returns
    -------
    DataFrame
        As from `lead_conversion`; new and accepted bookings are open.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `lead_trend`.

    Examples
    --------
    >>> bookings = crm.bookings.list(names=True)
    >>> found = stcrm.analysis.booking_conversion(bookings, freq=None, by="booking_provider")
    >>> bool(found["rate"].between(0, 1).all())
    True

    Source
    ------
    Operation Bookings_GetList: `status` is today's. Interval: Wilson (1927).
    """
    return _conversion(bookings, BOOKINGS, freq=freq, by=by, clock=(tz, now))


def _conversion(
    frame: pd.DataFrame,
    kind: Kind,
    *,
    freq: str | None,
    by: str | None,
    clock: tuple[str | None, datetime | str | None],
) -> pd.DataFrame:
    said = frame.attrs.get("stcrm", {})
    rows.need(frame, kind.what, ("created_on", "status", by))
    _check_by(by)
    zone = periods.zone(clock[0] or said.get("time_zone") or "UTC")
    moments = periods.moments(frame["created_on"], zone)
    dated = moments.notna()
    moments, there, undated = moments[dated], frame[dated], int((~dated).sum())
    now = periods.now(clock[1] or said.get("fetched_at"), moments, zone)
    starts, when = _cohorts(moments, freq, said, now=now, where=zone)
    codes, groups = (
        rows.groups(there[by]) if by else (np.zeros(len(there), dtype=np.int64), pd.Index([kind.what]))
    )
    tidy = pd.DataFrame(index=range(len(starts) * len(groups)))
    if freq:
        tidy["period"] = periods.localized(pd.DatetimeIndex(starts), zone).repeat(len(groups))
    if by:
        tidy[by] = rows.repeated(groups, len(starts))
    tidy = _counted(tidy, there["status"].astype("str").to_numpy(), kind, cells=when * len(groups) + codes)
    first = moments.min() if len(moments) else None
    tidy.attrs["stcrm"] = said
    tidy.attrs["trend"] = {
        "what": kind.what,
        "by": by,
        "freq": periods.step(freq) if freq else None,
        "tz": str(zone),
        **periods.stretch(now, first, now, where=zone),
        "counted": len(moments),
        "uncounted": undated,
    }
    rows.doubt(kind.what, said, undated=undated)
    _warn_of_one_status(kind, said)
    return tidy


def _check_by(by: str | None) -> None:
    if by in ("period", "status", *COUNTED):
        raise ArgumentError(
            f"by={by!r} is what the result tells; split by another column. Nothing was computed."
        )


def _cohorts(
    moments: "pd.Series[pd.Timestamp]",
    freq: str | None,
    said: Mapping[str, Any],
    *,
    now: pd.Timestamp | None,
    where: ZoneInfo,
) -> tuple[pd.DatetimeIndex | list[int], npt.NDArray[np.int64]]:
    """Return the first days of the periods, and in which of them each row came."""
    if freq is None:
        return [0], np.zeros(len(moments), dtype=np.int64)
    window = periods.window(said, now, where)
    starts = periods.starts(moments, window, periods.step(freq), whole=said.get("rows") == said.get("total"))
    return starts, starts.searchsorted(moments.to_numpy(), side="right") - 1


def _counted(
    tidy: pd.DataFrame, status: npt.NDArray[np.object_], kind: Kind, *, cells: npt.NDArray[np.int64]
) -> pd.DataFrame:
    every = np.bincount(cells, minlength=len(tidy))
    won, lost = (
        np.bincount(cells[np.isin(status, names)], minlength=len(tidy))
        for names in (kind.converted, kind.dismissed)
    )
    low, high = wilson(won, every)
    empty = every == 0
    for name, values in zip(COUNTED[:4], (every, won, lost, every - won - lost), strict=True):
        tidy[name] = pd.array(values, dtype="Int64")
    for name, shares in zip(COUNTED[4:7], (won / np.maximum(every, 1), low, high), strict=True):
        tidy[name] = pd.array(np.where(empty, np.nan, shares), dtype="Float64")
        tidy[name] = tidy[name].mask(empty)
    tidy["mature"] = won + lost >= SETTLED * every
    return tidy


def _warn_of_one_status(kind: Kind, said: Mapping[str, Any]) -> None:
    asked = (said.get("parameters") or {}).get("status")
    if asked:
        warnings.warn(
            f"The frame was fetched with status {asked} alone, so its rates say nothing. Fetch "
            f"crm.{kind.what}.list() without status.",
            PartialResultWarning,
            stacklevel=4,
        )
