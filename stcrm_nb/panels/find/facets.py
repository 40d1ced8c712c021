"""How many rows hold each value of a column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from stcrm_nb.panels.find.columns import BETWEEN, choices, flags, lists, narrow

Mask = npt.NDArray[np.bool_]
YES_NO = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Facet:
    """How many rows hold each value of a column, given all filters but its own; "" stands for none."""

    column: str
    kind: str
    counts: tuple[tuple[str, int], ...]


class Countable(Protocol):
    """A column that can be counted by value."""

    @property
    def kind(self) -> str:
        """How it is filtered."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Its values."""
        ...

    def counts(self, mask: Mask | None) -> tuple[tuple[str, int], ...]:
        """Return the number of rows of each value, in all rows or those of a mask."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of lists: which rows hold which value, a pair of numbers for each; `empty` have none."""

    rows: npt.NDArray[np.integer[Any]]
    codes: npt.NDArray[np.integer[Any]]
    empty: Mask
    names: tuple[str, ...]
    kind: str = "any"

    def counts(self, mask: Mask | None) -> tuple[tuple[str, int], ...]:
        """Return the number of rows that hold each value, in all rows or those of a mask."""
        codes = self.codes if mask is None else self.codes[mask[self.rows]]
        found = np.bincount(codes, minlength=len(self.names)).tolist()
        missing = int((self.empty if mask is None else self.empty & mask).sum())
        return (*zip(self.names, found, strict=True), *((("", missing),) if missing else ()))


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


def coded_columns(frame: pd.DataFrame) -> Mapping[str, Countable]:
    """Return the columns that can be counted: choices, flags that differ, texts of few values."""
    few = set(narrow(frame))
    found: dict[str, Countable] = {}
    for name in frame.columns:
        if name in lists(frame):
            found[name] = _lists(frame[name])
        elif name in few or name in choices(frame):
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


def _lists(column: "pd.Series[Any]") -> Listed:
    held = column.reset_index(drop=True).dropna().str.split(BETWEEN).explode()
    codes, names = pd.factorize(held, sort=True)
    empty = column.isna().to_numpy(dtype=np.bool_)
    return Listed(held.index.to_numpy(dtype=np.int64), codes, empty, tuple(map(str, names)))


def _flags(column: "pd.Series[Any]") -> Coded:
    codes = column.astype("Int8").fillna(len(YES_NO)).to_numpy(dtype=np.uint16)
    return Coded("flag", codes, YES_NO)
