"""How many rows hold each value of a column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stcrm_nb.panels.find.columns import choices, flags, narrow

Mask = npt.NDArray[np.bool_]
YES_NO = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Facet:
    """How many rows hold each value of a column, given all filters but its own; "" stands for none."""

    column: str
    kind: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as small numbers, and what they stand for; the last one stands for a missing value."""

    kind: str
    codes: npt.NDArray[np.integer[Any]]
    names: tuple[str, ...]

    def counts(self, mask: Mask | None) -> tuple[tuple[str, int], ...]:
        """Return the number of rows of each value, in all rows or those of a mask."""
        codes = self.codes if mask is None else self.codes[mask]
        found = np.bincount(codes, minlength=len(self.names) + 1).tolist()
        missing = (("", found[-1]),) if found[-1] else ()
        return (*zip(self.names, found[:-1], strict=True), *missing)


def coded_columns(frame: pd.DataFrame) -> Mapping[str, Coded]:
    """Return the columns that can be counted: choices, flags that differ, texts of few values."""
    few = set(narrow(frame))
    found: dict[str, Coded] = {}
    for name in frame.columns:
        if name in few or name in choices(frame):
            found[name] = _values(frame[name])
        elif name in flags(frame) and len(frame[name].unique()) > 1:
            found[name] = _flags(frame[name])
    return {name: each for name, each in found.items() if each.names}


def _values(column: "pd.Series[Any]") -> Coded:
    is_choice = isinstance(column.dtype, pd.CategoricalDtype)
    coded = column.cat if is_choice else column.astype("category").cat
    values = tuple(map(str, coded.categories))
    codes = coded.codes.to_numpy()
    filled = np.asarray(np.where(codes < 0, len(values), codes), dtype=np.uint16)
    return Coded("among", filled, values)


def _flags(column: "pd.Series[Any]") -> Coded:
    codes = column.astype("Int8").fillna(len(YES_NO)).to_numpy(dtype=np.uint16)
    return Coded("flag", codes, YES_NO)
