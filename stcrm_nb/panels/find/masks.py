"""A filter of one column -> which rows pass it. A missing value passes only where that is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stcrm_nb.panels.find.columns import BETWEEN
from stcrm_nb.panels.find.presets import days_of
from stcrm_nb.panels.view import Filter

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What days mean: the tenant's time zone, and which day it is there."""

    zone: str = "UTC"
    today: date = date(1970, 1, 1)


def passing(column: "pd.Series[Any]", given: Filter, calendar: Calendar) -> Mask:
    """Return which rows of a column pass a filter."""
    return KINDS[given.kind](column, given.wanted, calendar)


def day_start(day: str, zone: str, *, after: bool = False) -> pd.Timestamp:
    """Return the moment a day begins in a time zone, or with `after` the moment it is over."""
    begins = date.fromisoformat(day) + timedelta(days=int(after))
    return pd.Timestamp(begins.isoformat(), tz=zone)


def _among(column: "pd.Series[Any]", wanted: tuple[str, ...], _calendar: Calendar) -> Mask:
    values = [value for value in wanted if value]
    if isinstance(column.dtype, pd.CategoricalDtype):
        known = np.append(np.isin(column.cat.categories.astype("str"), values), "" in wanted)
        return known[column.cat.codes.to_numpy()]  # a missing value has the code -1: the last one
    found = column.isin(values).to_numpy(dtype=np.bool_)
    return found | column.isna().to_numpy() if "" in wanted else found


def _flag(column: "pd.Series[Any]", wanted: tuple[str, ...], _calendar: Calendar) -> Mask:
    return (column == (wanted[0] == "yes")).fillna(value=False).to_numpy(dtype=np.bool_)


def _between(column: "pd.Series[Any]", wanted: tuple[str, ...], calendar: Calendar) -> Mask:
    first, last = wanted
    mask = column.notna().to_numpy(dtype=np.bool_)
    if first:
        mask = mask & (column >= day_start(first, calendar.zone)).to_numpy(dtype=np.bool_)
    if last:
        mask = mask & (column < day_start(last, calendar.zone, after=True)).to_numpy(dtype=np.bool_)
    return mask


def _preset(column: "pd.Series[Any]", wanted: tuple[str, ...], calendar: Calendar) -> Mask:
    return _between(column, days_of(wanted[0], calendar.today), calendar)


def _number(column: "pd.Series[Any]", wanted: tuple[str, ...], _calendar: Calendar) -> Mask:
    least, most = wanted
    mask = column.notna().to_numpy(dtype=np.bool_)
    if least:
        mask = mask & (column >= float(least)).fillna(value=False).to_numpy(dtype=np.bool_)
    if most:
        mask = mask & (column <= float(most)).fillna(value=False).to_numpy(dtype=np.bool_)
    return mask


def _empty(column: "pd.Series[Any]", wanted: tuple[str, ...], _calendar: Calendar) -> Mask:
    missing = column.isna().to_numpy(dtype=np.bool_)
    if isinstance(column.dtype, pd.StringDtype):
        missing = missing | (column == "").fillna(value=False).to_numpy(dtype=np.bool_)
    return missing if wanted[0] == "yes" else ~missing


def _any(column: "pd.Series[Any]", wanted: tuple[str, ...], _calendar: Calendar) -> Mask:
    values = {value for value in wanted if value}
    held = column.reset_index(drop=True).dropna().str.split(BETWEEN).explode()
    found = np.zeros(len(column), dtype=np.bool_)
    found[held.index[held.isin(values)].to_numpy(dtype=np.int64)] = True
    return found | column.isna().to_numpy(dtype=np.bool_) if "" in wanted else found


KINDS: dict[str, Callable[["pd.Series[Any]", tuple[str, ...], Calendar], Mask]] = {
    "among": _among,
    "flag": _flag,
    "between": _between,
    "preset": _preset,
    "number": _number,
    "empty": _empty,
    "any": _any,
}
