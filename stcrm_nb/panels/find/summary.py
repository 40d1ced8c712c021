"""What a column holds, in a few figures: how many are missing, how many differ, how they are spread. Pure."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

BINS = 12
TOP = 3
BARS = "".join(chr(code) for code in range(0x2581, 0x2589))  # block elements, one eighth to full


@dataclass(frozen=True, slots=True)
class Summary:
    """One column: dtype, missing and different values, and either the most frequent or the spread.

    `top` holds the most frequent values with their counts; `least` and `most` are the ends of what can be
    ordered, and `bins` counts the values between them in equal steps.
    """

    dtype: str
    missing: int
    distinct: int
    top: tuple[tuple[str, int], ...] = ()
    least: Any = None
    most: Any = None
    bins: tuple[int, ...] = ()


def summarised(column: "pd.Series[Any]") -> Summary:
    """Return the figures of one column.

    >>> summarised(pd.Series([1, 1, 2, None], dtype="Int64")).bins
    (2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    """
    there = column.dropna()
    plain = not pd.api.types.is_object_dtype(column.dtype)
    distinct = int(there.nunique()) if plain else int(there.astype("str").nunique())
    facts = Summary(str(column.dtype), len(column) - len(there), distinct)
    if not len(there) or not plain:
        return facts
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        counts = _spread(there.array.asi8)
        return Summary(facts.dtype, facts.missing, distinct, (), there.min(), there.max(), counts)
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        counts = _spread(there.to_numpy(dtype=np.float64))
        return Summary(facts.dtype, facts.missing, distinct, (), there.min(), there.max(), counts)
    top = there.value_counts().head(TOP)
    named = tuple((str(value), int(count)) for value, count in top.items() if count)
    return Summary(facts.dtype, facts.missing, distinct, named)


def sparkline(bins: tuple[int, ...]) -> str:
    """Return counts as a line of bars; what is there at all can be seen.

    >>> len(sparkline((0, 1, 8)))
    3
    """
    most = max(bins, default=0)
    return "".join(BARS[0] if not each else BARS[-(-each * (len(BARS) - 1) // most)] for each in bins)


def _spread(values: "np.ndarray[Any, np.dtype[Any]]") -> tuple[int, ...]:
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    if not len(finite):
        return ()
    counts, _ = np.histogram(finite, bins=BINS)
    return tuple(map(int, counts))
