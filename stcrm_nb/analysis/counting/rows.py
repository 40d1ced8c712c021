"""What every analysis asks of a frame: its columns, its doubts, its groups. Pure."""

import difflib
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb.errors import ArgumentError, ColumnMissingError, PartialResultWarning

NONE = "none"  # the group of missing values

Codes = np.ndarray[Any, np.dtype[np.integer[Any]]]
Counts = np.ndarray[Any, np.dtype[Any]]


def need(rows: pd.DataFrame, what: str, names: Iterable[str | None]) -> None:
    """Refuse a frame that lacks a column, naming the call that gives it."""
    missing = [name for name in names if name and name not in rows.columns]
    if not missing:
        return
    near = difflib.get_close_matches(missing[-1], map(str, rows.columns), n=2)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    named = (
        " (names of ids: names=True)" if any(not name.endswith(("_id", "_on")) for name in missing) else ""
    )
    raise ColumnMissingError(
        f"The frame has no {' and no '.join(missing)}; crm.{what}.list() gives one that has "
        f"created_on{named}.{hint} Nothing was computed."
    )


def groups(column: "pd.Series[Any]") -> tuple[Codes, "pd.Index[Any]"]:
    """Return each row's group as a number, and the groups: published order kept, unused ones dropped."""
    found = column.astype("category").cat
    codes = found.codes.to_numpy()
    used = np.bincount(codes + 1, minlength=len(found.categories) + 1) > 0
    missing = bool(used[0])
    names = found.categories[used[1:]]
    if missing and NONE not in names:
        names = names.append(pd.Index([NONE]))
    places = np.append(np.cumsum(used[1:]) - 1, names.tolist().index(NONE) if missing else 0)
    return np.asarray(places[codes], dtype=np.int64), names


def repeated(groups: "Sequence[Any] | pd.Index[Any]", times: int) -> pd.Categorical:
    """Return the groups one after the other, so many times."""
    return pd.Categorical.from_codes(np.tile(np.arange(len(groups)), times), pd.Index(groups))


def largest(counts: Counts, groups: Sequence[Any], most: int) -> tuple[Counts, list[Any]]:
    """Return the largest groups in their order, then all others as one; `counts` has a column a group.

    >>> largest(np.array([[3, 1, 2, 1]]), ["a", "b", "c", "d"], 2)
    (array([[3, 2, 2]]), ['a', 'c', '2 others'])
    """
    if most < 1:
        raise ArgumentError(f"top={most} leaves no group; give 1 or more. Nothing was computed.")
    if len(groups) <= most:
        return counts, list(groups)
    by_size = np.argsort(-counts.sum(axis=0), kind="stable")
    kept, rest = np.sort(by_size[:most]), by_size[most:]
    others = counts[:, rest].sum(axis=1, keepdims=True)
    return np.hstack([counts[:, kept], others]), [*(groups[at] for at in kept), f"{len(rest)} others"]


def said_of(frame: pd.DataFrame) -> dict[str, Any]:
    """Return what a frame says of itself; of one that came from elsewhere, nothing."""
    return dict(frame.attrs.get("stcrm", {}))


def what_of(frame: pd.DataFrame) -> str:
    """Return what the rows are: as fetched, leads if nothing tells."""
    return "bookings" if str(said_of(frame).get("operation", "")).startswith("Bookings") else "leads"


def same_place(frames: Iterable[pd.DataFrame]) -> None:
    """Warn where frames are of two tenants, or of two environments of one."""
    places = {
        (said.get("environment"), said.get("tenant")) for said in map(said_of, frames) if said.get("tenant")
    }
    if len(places) > 1:
        named = " and ".join(sorted(f"tenant {tenant} ({place})" for place, tenant in places))
        warnings.warn(
            f"The frames are of {named}: ids mean other records there, so what is counted across them is "
            "wrong. Fetch both with one connection.",
            PartialResultWarning,
            stacklevel=4,
        )


def active_only(what: str, said: Mapping[str, Any]) -> None:
    """Warn where a growth is to be read from records that are still there."""
    if str(said.get("active")) == "True":
        warnings.warn(
            f"The frame holds active {what} alone: those that have left are missing from the past, so that "
            f'growth looks better than it was. Fetch crm.{what}.list(active="Any").',
            PartialResultWarning,
            stacklevel=4,
        )


def numbers(values: Counts) -> "pd.Series[float]":
    """Return a column of Float64, missing where there is no number.

    >>> numbers(np.array([0.5, np.nan])).isna().tolist()
    [False, True]
    """
    flat = pd.Series(np.asarray(values, dtype=np.float64).ravel(), dtype="float64")
    return flat.astype("Float64").mask(flat.isna())


def told(tidy: pd.DataFrame, frame: pd.DataFrame, *, counted: int, **more: object) -> pd.DataFrame:
    """Let a result say what its frame says of itself, how many rows were counted, and what more is told."""
    said = said_of(frame)
    tidy.attrs["stcrm"] = said
    tidy.attrs["trend"] = {"tz": said.get("time_zone", "UTC"), "counted": counted, "uncounted": 0, **more}
    return tidy


def doubt(
    what: str, said: Mapping[str, Any], *, undated: int = 0, lacking: str = "created_on", level: int = 4
) -> None:
    """Warn of what makes counts wrong: rows without a date, a fetch that did not bring all."""
    if undated:
        warnings.warn(
            f"{undated} {what} have no {lacking} and are not counted.",
            PartialResultWarning,
            stacklevel=level,
        )
    if said.get("complete") is False:
        warnings.warn(
            f"The frame holds {said.get('rows')} of {said.get('total')} {what}, so counts are too low. "
            "Fetch it again with refresh=True.",
            PartialResultWarning,
            stacklevel=level,
        )
