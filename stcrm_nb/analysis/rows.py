"""What every analysis asks of a frame: its columns, its doubts, its groups. Pure."""

import difflib
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb.errors import ColumnMissingError, PartialResultWarning

NONE = "none"  # the group of missing values

Codes = np.ndarray[Any, np.dtype[np.integer[Any]]]


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
    found = column.astype("category").cat.remove_unused_categories()
    if found.isna().any():
        if NONE not in found.cat.categories:
            found = found.cat.add_categories([NONE])
        found = found.fillna(NONE)
    return found.cat.codes.to_numpy(), found.cat.categories


def doubt(what: str, said: Mapping[str, Any], *, undated: int = 0, level: int = 4) -> None:
    """Warn of what makes counts wrong: rows without a date, a fetch that did not bring all."""
    if undated:
        warnings.warn(
            f"{undated} {what} have no created_on and are not counted.",
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
