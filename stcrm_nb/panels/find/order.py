"""The order of a frame's rows by a column: worked out once, then only looked up."""

from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

FEW = 65_535  # different texts that numbers of 16 bits can rank; those are sorted by counting
Order = npt.NDArray[np.int64]
BY_TEXT = {
    False: "select place from given order by text, place",
    True: "select place from given order by text desc, place",
}


def ordered(column: "pd.Series[Any]", *, descending: bool) -> Order:
    """Return the positions of a column's values in order.

    Parameters
    ----------
    column : Series
        Choices go by their own order, text in either case.
    descending : bool
        Turns the order of values, not that of equal rows.

    Returns
    -------
    array of int64
        Equal values keep their order; missing ones come last either way.
    """
    missing = column.isna().to_numpy()
    there = np.flatnonzero(~missing)
    values = column.iloc[there] if missing.any() else column
    order = (
        _text(values, descending=descending) if _is_text(column) else _plain(values, descending=descending)
    )
    return np.asarray(np.concatenate([there[order], np.flatnonzero(missing)]), dtype=np.int64)


def ranked(column: "pd.Series[Any]", *, descending: bool) -> Order:
    """Return the rank of each row's value; equal values have the same one, missing ones the last."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = pd.Series(column.cat.codes.to_numpy(), dtype="Int16")
        column = codes.mask(codes < 0)
    elif _is_text(column):
        column = pd.Series(pa_lower(column), index=column.index).astype("str")
    how = column.rank(method="dense", ascending=not descending, na_option="bottom")
    return np.asarray(how.to_numpy(), dtype=np.int64)


def pa_lower(column: "pd.Series[Any]") -> pa.Array:
    """Return a text column in lower case."""
    return pc.utf8_lower(pa.array(column, pa.large_string()))


def _is_text(column: "pd.Series[Any]") -> bool:
    return isinstance(column.dtype, pd.StringDtype)


def _plain(values: "pd.Series[Any]", *, descending: bool) -> Order:
    if isinstance(values.dtype, pd.CategoricalDtype):
        keys = values.cat.codes.to_numpy()
    elif isinstance(values.dtype, pd.DatetimeTZDtype):
        keys = values.array.asi8
    elif pd.api.types.is_float_dtype(values.dtype):
        keys = values.to_numpy(dtype=np.float64)
    else:
        keys = values.to_numpy(dtype=np.int64)
    if descending:  # turned keys keep equal rows in their order
        keys = -keys.astype(np.int64) if keys.dtype.kind == "i" else -keys
    return np.argsort(keys, kind="stable")


def _text(values: "pd.Series[Any]", *, descending: bool) -> Order:
    coded = pa.array(values, pa.large_string()).dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    if len(coded.dictionary) <= FEW:  # sort each text once, then small numbers
        ranks, _ = pd.factorize(pc.utf8_lower(coded.dictionary).to_numpy(zero_copy_only=False), sort=True)
        keys = (FEW - ranks if descending else ranks).astype(np.uint16)
        return np.argsort(keys[coded.indices.to_numpy()], kind="stable")
    table = pa.table({"text": pa_lower(values), "place": np.arange(len(values))})
    with duckdb.connect() as base:
        base.register("given", table)
        found = base.execute(BY_TEXT[descending]).fetchnumpy()["place"]
    return np.asarray(found, dtype=np.int64)
