"""Days, weeks, months and quarters as the tenant lives them: local time, floored. Pure."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd

from stcrm_nb.errors import ArgumentError

PERIODS = {"D": "day", "W": "week", "MS": "month", "QS": "quarter"}
CALENDAR = {"D": "D", "W": "W-SUN", "MS": "M", "QS": "Q-DEC"}  # pandas' names; a W-SUN week ends on Sunday
YEAR = {
    "D": 364,
    "W": 52,
    "MS": 12,
    "QS": 4,
}  # periods back to the same one of last year, on the same weekdays
SMOOTH = {"D": 7, "W": 4, "MS": 3, "QS": 4}  # periods of a rolling mean
WEEK = re.compile(r"W-(MON|TUE|WED|THU|FRI|SAT|SUN)")
DAY = pd.Timedelta(1, unit="D")
MOMENT = pd.Timedelta(1, unit="us")

Positions = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time that rows speak of, in local time without a zone; None where nothing tells."""

    since: pd.Timestamp | None
    until: pd.Timestamp | None


def step(freq: str) -> str:
    """Return the code of a period that is given by code or word.

    >>> step("month"), step("W"), step("W-SAT")
    ('MS', 'W', 'W-SAT')
    """
    words = {word: code for code, word in PERIODS.items()} | {"w-sun": "W"}
    code = words.get(str(freq).lower(), freq)
    if code not in PERIODS and not WEEK.fullmatch(str(code)):
        allowed = ", ".join(f"{each!r} ({word})" for each, word in PERIODS.items())
        allowed += ", 'W-SAT' (week that ends on Saturday, and so on)"
        raise ArgumentError(f"freq {freq!r} is no period; choose from {allowed}. Nothing was computed.")
    return code


def length(code: str) -> str:
    """Return how long a period of this code is, as a code: weeks are weeks, whatever day they end on.

    >>> length("W-SAT"), PERIODS[length("W-SAT")]
    ('W', 'week')
    """
    return code.partition("-")[0]


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


def instants(column: "pd.Series[Any]") -> "pd.Series[pd.Timestamp]":
    """Return times in UTC, from times or ISO text."""
    try:
        if pd.api.types.is_numeric_dtype(column) and len(column):
            raise TypeError(column.dtype)  # noqa: TRY301 - pandas would take numbers for years
        return pd.to_datetime(column, utc=True, format="ISO8601").dt.as_unit("us")
    except (ValueError, TypeError):
        raise ArgumentError(
            f"{column.name or 'created_on'} must hold times or ISO text; its {column.dtype} cannot be read "
            "as such. Nothing was computed."
        ) from None


def moments(column: "pd.Series[Any]", where: ZoneInfo) -> "pd.Series[pd.Timestamp]":
    """Return local times without a zone, so that days of 23 or 25 hours need no care."""
    return instants(column).dt.tz_convert(where).dt.tz_localize(None)


def edges(times: "pd.Series[pd.Timestamp]", where: ZoneInfo) -> "pd.Series[pd.Timestamp]":
    """Return the first and the last of these instants as local times; nothing of nothing."""
    return moments(pd.Series([times.min(), times.max()]) if len(times) else times, where)


def which(times: "pd.Series[pd.Timestamp]", first_days: pd.DatetimeIndex, where: ZoneInfo) -> Positions:
    """Return in which of the periods that begin on these local days each instant lies.

    The borders are made instants, not the instants local: there are few borders.
    """
    borders = localized(first_days, where).tz_convert("UTC").tz_localize(None).to_numpy()
    return borders.searchsorted(times.to_numpy(dtype="datetime64[us]"), side="right") - 1


def now(
    given: datetime | str | None, rows: "pd.Series[pd.Timestamp]", where: ZoneInfo
) -> pd.Timestamp | None:
    """Return the given moment as local time, else that of the latest row, else None."""
    if given is None:
        return None if rows.empty else rows.max()
    try:
        return local(given, where)
    except ValueError:
        raise ArgumentError(f"now {given!r} is no time that can be read. Nothing was computed.") from None


def present(frame: pd.DataFrame, given: datetime | str | None) -> pd.Timestamp:
    """Return the moment to count from, aware of its zone: as given, of the fetch, of the latest row, now."""
    said = frame.attrs.get("stcrm", {})
    where = zone(said.get("time_zone") or "UTC")
    came = frame["created_on"] if "created_on" in frame else pd.Series([], dtype="datetime64[us, UTC]")
    at = now(given or said.get("fetched_at"), edges(instants(came).dropna(), where), where)
    return pd.Timestamp.now(tz="UTC") if at is None else localized(pd.DatetimeIndex([at]), where)[0]


def sorted_into(values: "pd.Series[Any]", steps: Sequence[tuple[float, str]]) -> "pd.Series[Any]":
    """Sort numbers into named stretches, each up to and with its number; missing stays missing.

    >>> sorted_into(pd.Series([0.5, 1.0, 9.0]), ((1.0, "low"), (np.inf, "high"))).tolist()
    ['low', 'low', 'high']
    """
    borders = [-np.inf, *(end for end, _ in steps)]
    return pd.cut(values.astype("float64"), borders, labels=[name for _, name in steps], ordered=True)


def window(said: Mapping[str, Any], until: pd.Timestamp | None, where: ZoneInfo) -> Window:
    """Return the stretch of time that was asked for, but for what has not happened yet."""
    asked = said.get("parameters") or {}
    since, before = (asked.get(name) for name in ("createdOnOrAfter", "createdBefore"))
    limits = [until, local(before, where) if before else None]
    return Window(
        since=local(since, where) if since else None,
        until=min((limit for limit in limits if limit is not None), default=None),
    )


def starts(rows: "pd.Series[pd.Timestamp]", asked: Window, code: str, *, whole: bool) -> pd.DatetimeIndex:
    """Return the first days of all periods; those before the first row only if no row was taken out."""
    known = list[pd.Timestamp]() if rows.empty else [rows.min(), rows.max()]
    known += [asked.since] if whole and asked.since is not None else []
    if not known:
        return pd.DatetimeIndex([], dtype="datetime64[us]")
    last = max(known) if asked.until is None else max(*known, asked.until - MOMENT)
    periods = pd.period_range(min(known), last, freq=CALENDAR.get(code, code))
    return periods.start_time.as_unit("us")


def ends(first_days: pd.DatetimeIndex, code: str) -> pd.DatetimeIndex:
    """Return the moments at which the periods of these first days are over."""
    return (first_days.to_period(CALENDAR.get(code, code)) + 1).start_time.as_unit("us")


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


def stretch(*moments: pd.Timestamp | None, where: ZoneInfo) -> dict[str, str | None]:
    """Return now, since and until as ISO text."""
    return {name: spelled(at, where) for name, at in zip(("now", "since", "until"), moments, strict=True)}


def local(given: datetime | str, where: ZoneInfo) -> pd.Timestamp:
    """Return a moment as local time without a zone; without one, it is local."""
    moment = pd.Timestamp(given).as_unit("us")
    return moment if moment.tzinfo is None else moment.tz_convert(where).tz_localize(None)
