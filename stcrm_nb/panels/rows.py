"""Frame + View -> the rows on the screen, and counts. Pure: the caller's frame is never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stcrm_nb.panels.view import Filter, View

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.intp]
Masks = Mapping[str, Mask]

NARROWED = ("address_city",)  # texts that people narrow by, if there are few of them
RANGE = range(2, 61)


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of rows, and where it lies.

    Parameters
    ----------
    rows : DataFrame
        The rows on the page.
    first, last : int
        Numbers of its first and last row, from 1; 0 and 0 if there is none.
    matching, total : int
        Rows that pass the view; rows of the frame.
    page, pages : int
        Number of the page, from 0, never beyond the last; number of pages, at least 1.
    """

    rows: pd.DataFrame
    first: int
    last: int
    matching: int
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Facet:
    """How many rows hold each value of a column, given all filters but its own."""

    column: str
    kind: str
    counts: tuple[tuple[str, int], ...]


def masks(frame: pd.DataFrame, view: View, *, zone: str = "UTC") -> Masks:
    """Return which rows pass each part of a view: its text, under no name, and the filter of each column.

    Parameters
    ----------
    frame : DataFrame
        Read only.
    view : View
        Its text and filters.
    zone : str
        Time zone in which the days of a range begin.

    Returns
    -------
    mapping of str to array of bool
        A missing value passes no filter of its column.
    """
    text = {"": containing(frame, view.text)} if view.text else {}
    filters = [each for each in view.filters if each.column in frame]
    return text | {each.column: MASKS[each.kind](frame[each.column], each, zone) for each in filters}


def passing(length: int, parts: Masks, *, but: str | None = None) -> Mask:
    """Return which of so many rows pass all parts of a view, but one."""
    kept = [mask for name, mask in parts.items() if name != but]
    found = np.ones(length, dtype=np.bool_)
    for mask in kept:
        found &= mask
    return found


def positions(frame: pd.DataFrame, view: View, parts: Masks) -> Positions:
    """Return which rows of a frame a view holds, in the view's order.

    Parameters
    ----------
    frame : DataFrame
        Read only.
    view : View
        Its sort.
    parts : mapping of str to array of bool
        What `masks` returned for them.

    Returns
    -------
    array of int
        Positions, not labels. Equal rows keep their order; missing values come last either way.
    """
    found = np.flatnonzero(passing(len(frame), parts))
    if view.sort is None or view.sort.column not in frame:
        return found
    column = frame[view.sort.column].iloc[found].reset_index(drop=True)
    if pd.api.types.is_string_dtype(column.dtype):
        column = column.str.lower()
    order = column.sort_values(ascending=not view.sort.descending, kind="stable", na_position="last")
    ordered: Positions = found[order.index.to_numpy()]
    return ordered


def texts(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold text."""
    return [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.StringDtype)]


def choices(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold choices."""
    return [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.CategoricalDtype)]


def containing(frame: pd.DataFrame, text: str) -> Mask:
    """Return which rows contain a text, literally and in either case; digits are looked for in `id` too."""
    mask = np.zeros(len(frame), dtype=np.bool_)
    for name in (*texts(frame), *choices(frame)):
        mask |= _contains(frame[name], text)
    if text.isdigit() and "id" in frame:
        mask |= _contains(frame["id"].astype("str"), text)
    return mask


def screen(frame: pd.DataFrame, found: Positions, view: View) -> Screen:
    """Return the page of a view, given the positions it holds; a page beyond the end is the last one."""
    matching, size = len(found), view.page_size
    pages = max(-(-matching // size), 1)
    page = min(view.page, pages - 1)
    rows = frame.iloc[found[page * size : (page + 1) * size]]
    return Screen(
        rows=rows,
        first=page * size + 1 if matching else 0,
        last=page * size + len(rows),
        matching=matching,
        total=len(frame),
        page=page,
        pages=pages,
    )


def facets(frame: pd.DataFrame, parts: Masks) -> tuple[Facet, ...]:
    """Return counts for columns of few values, and for flags that are not the same in all rows."""
    found = []
    for name, dtype in frame.dtypes.items():
        mask = passing(len(frame), parts, but=str(name))
        if pd.api.types.is_bool_dtype(dtype):
            found += _flag_facet(frame[name], mask)
        elif isinstance(dtype, pd.CategoricalDtype) or name in NARROWED:
            found += _value_facet(frame[name], mask)
    return tuple(found)


def _flag_facet(column: "pd.Series[Any]", mask: Mask) -> list[Facet]:
    if len(column.unique()) < 2:  # noqa: PLR2004 - nothing to choose from
        return []
    kept = column[mask]
    return [Facet(str(column.name), "flag", (("yes", int(kept.sum())), ("no", int((~kept).sum()))))]


def _value_facet(column: "pd.Series[Any]", mask: Mask) -> list[Facet]:
    is_choice = isinstance(column.dtype, pd.CategoricalDtype)
    coded = column.cat if is_choice else column.astype("category").cat
    values = coded.categories
    if not is_choice and len(values) not in RANGE:
        return []
    counts = np.bincount(coded.codes.to_numpy()[mask] + 1, minlength=len(values) + 1)[1:]
    return [Facet(str(column.name), "among", tuple(zip(map(str, values), counts.tolist(), strict=True)))]


def day_start(day: str, zone: str, *, after: bool = False) -> pd.Timestamp:
    """Return the moment a day begins in a time zone, or with `after` the moment it is over."""
    begins = date.fromisoformat(day) + timedelta(days=int(after))
    return pd.Timestamp(begins.isoformat(), tz=zone)


def _contains(column: "pd.Series[Any]", text: str) -> Mask:
    if isinstance(column.dtype, pd.CategoricalDtype):
        hits = [value for value in column.cat.categories if text.casefold() in str(value).casefold()]
        return column.isin(hits).to_numpy(dtype=np.bool_)
    return column.str.contains(text, case=False, regex=False, na=False).to_numpy(dtype=np.bool_)


def _among(column: "pd.Series[Any]", given: Filter, _zone: str) -> Mask:
    return column.isin(list(given.wanted)).to_numpy(dtype=np.bool_)


def _flag(column: "pd.Series[Any]", given: Filter, _zone: str) -> Mask:
    return (column == (given.wanted[0] == "yes")).fillna(value=False).to_numpy(dtype=np.bool_)


def _between(column: "pd.Series[Any]", given: Filter, zone: str) -> Mask:
    first, last = given.wanted
    mask = column.notna()
    if first:
        mask &= column >= day_start(first, zone)
    if last:
        mask &= column < day_start(last, zone, after=True)
    return mask.to_numpy(dtype=np.bool_)


MASKS = {"among": _among, "flag": _flag, "between": _between}
