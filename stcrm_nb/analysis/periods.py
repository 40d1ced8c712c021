"""Days, weeks, months and quarters as the tenant lives them: local time, floored. Pure."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd

from stcrm_nb.errors import ArgumentError

PERIODS = {"D": "day", "W": "week", "MS": "month", "QS": "quarter"}
CALENDAR = {"D": "D", "W": "W-SUN", "MS": "M", "QS": "Q-DEC"}  # pandas' names; a W-SUN week ends on Sunday
MOMENT = pd.Timedelta(1, unit="us")


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time that rows speak of, in local time without a zone; None where nothing tells."""

    since: pd.Timestamp | None
    until: pd.Timestamp | None


def step(freq: str) -> str:
    """Return the code of a period that is given by code or word.

    >>> step("month"), step("W")
    ('MS', 'W')
    """
    words = {word: code for code, word in PERIODS.items()}
    code = words.get(str(freq).lower(), freq)
    if code not in PERIODS:
        allowed = ", ".join(f"{each!r} ({word})" for each, word in PERIODS.items())
        raise ArgumentError(f"freq {freq!r} is no period; choose from {allowed}. Nothing was computed.")
    return code


def zone(name: str) -> ZoneInfo:
    """Return the time zone of this name, or say which one is near."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        near = difflib.get_close_matches(name, available_timezones(), n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ArgumentError(
            f"tz {name!r} is no time zone; use an IANA name.{hint} Nothing was computed."
        ) from None


def moments(column: "pd.Series[Any]", where: ZoneInfo) -> "pd.Series[pd.Timestamp]":
    """Return local times without a zone, so that days of 23 or 25 hours need no care."""
    try:
        if pd.api.types.is_numeric_dtype(column):
            raise TypeError(column.dtype)  # noqa: TRY301 - pandas would take numbers for years
        times = pd.to_datetime(column, utc=True, format="ISO8601")
    except (ValueError, TypeError):
        raise ArgumentError(
            f"created_on must hold times or ISO text; its {column.dtype} cannot be read as such. "
            "Nothing was computed."
        ) from None
    return times.dt.tz_convert(where).dt.tz_localize(None).dt.as_unit("us")


def now(
    given: datetime | str | None, rows: "pd.Series[pd.Timestamp]", where: ZoneInfo
) -> pd.Timestamp | None:
    """Return the given moment as local time, else that of the latest row, else None."""
    if given is None:
        return None if rows.empty else rows.max()
    try:
        return _local(given, where)
    except ValueError:
        raise ArgumentError(f"now {given!r} is no time that can be read. Nothing was computed.") from None


def window(said: Mapping[str, Any], until: pd.Timestamp | None, where: ZoneInfo) -> Window:
    """Return the stretch of time that was asked for, but for what has not happened yet."""
    asked = said.get("parameters") or {}
    since, before = (asked.get(name) for name in ("createdOnOrAfter", "createdBefore"))
    limits = [until, _local(before, where) if before else None]
    return Window(
        since=_local(since, where) if since else None,
        until=min((limit for limit in limits if limit is not None), default=None),
    )


def starts(rows: "pd.Series[pd.Timestamp]", asked: Window, code: str, *, whole: bool) -> pd.DatetimeIndex:
    """Return the first days of all periods; those before the first row only if no row was taken out."""
    edges = list[pd.Timestamp]() if rows.empty else [rows.min(), rows.max()]
    edges += [asked.since] if whole and asked.since is not None else []
    if not edges:
        return pd.DatetimeIndex([], dtype="datetime64[us]")
    last = max(edges) if asked.until is None else max(*edges, asked.until - MOMENT)
    periods = pd.period_range(min(edges), last, freq=CALENDAR[code])
    return periods.start_time.as_unit("us")


def ends(first_days: pd.DatetimeIndex, code: str) -> pd.DatetimeIndex:
    """Return the moments at which the periods of these first days are over."""
    return (first_days.to_period(CALENDAR[code]) + 1).start_time.as_unit("us")


def complete(first_days: pd.DatetimeIndex, asked: Window, code: str) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Tell of each period whether all of it lies in the window."""
    whole = np.ones(len(first_days), dtype=bool)
    if asked.since is not None:
        whole &= first_days >= asked.since
    if asked.until is not None:
        whole &= ends(first_days, code) <= asked.until
    return whole


def localized(local: pd.DatetimeIndex, where: ZoneInfo) -> pd.DatetimeIndex:
    """Give local times their zone back; a midnight that comes twice is the first, a missing one the next."""
    first = np.ones(len(local), dtype=bool)
    return local.tz_localize(where, ambiguous=first, nonexistent="shift_forward")


def spelled(local: pd.Timestamp | None, where: ZoneInfo) -> str | None:
    """Return a local time as ISO text with its zone's offset."""
    return None if local is None else str(localized(pd.DatetimeIndex([local]), where)[0].isoformat())


def _local(given: datetime | str, where: ZoneInfo) -> pd.Timestamp:
    moment = pd.Timestamp(given).as_unit("us")
    return moment if moment.tzinfo is None else moment.tz_convert(where).tz_localize(None)
