"""Arrow table -> DataFrame with the record's dtypes, and its provenance in `attrs`. Pure."""

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stcrm_nb.catalogue import Choices, Record
from stcrm_nb.catalogue.model import snake
from stcrm_nb.errors import DriftWarning
from stcrm_nb.frames.parse.decode import Decoded

NUMBERS = {
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}
TEXT = pd.StringDtype(na_value=float("nan"))


def to_frame(
    decoded: Decoded, record: Record, *, provenance: Mapping[str, object] | None = None
) -> pd.DataFrame:
    """Make a DataFrame.

    Parameters
    ----------
    decoded : Decoded
        One row a record.
    record : Record
        Gives names, order and dtypes.
    provenance : mapping, optional
        Goes to `attrs["stcrm"]`.

    Returns
    -------
    DataFrame, one row a record
        Names in snake_case. Ids Int64; times datetime64[us, UTC]; numbers Float64; flags boolean; text str;
        choices category with the published values first and values never seen before after them.

    Warns
    -----
    DriftWarning
        Once, if the service sent fields or types the catalogue does not have.
    """
    choices = {column.field: column.type for column in record.columns if isinstance(column.type, Choices)}
    table = decoded.table
    columns = {
        snake(name): _category(table.column(name), choices[name])
        if name in choices
        else table.column(name).to_pandas(types_mapper=_dtype)
        for name in table.column_names
    }
    frame = pd.DataFrame(columns, copy=False)
    frame.attrs["stcrm"] = dict(provenance or {})
    _report(decoded, record, frame)
    return frame


def _dtype(kind: pa.DataType) -> pd.api.extensions.ExtensionDtype | None:
    if pa.types.is_string(kind) or pa.types.is_null(kind):
        return TEXT
    return NUMBERS.get(kind)


def _category(column: pa.ChunkedArray, choices: Choices) -> "pd.Categorical[Any]":
    """Return the values numbered by the published list; those never seen before come after it."""
    published = choices.values  # noqa: PD011 - a tuple of ours, no frame
    coded = column.dictionary_encode().combine_chunks()
    seen = coded.dictionary.to_pylist()
    allowed = [*published, *sorted(set(seen) - set(published))]
    places = {value: place for place, value in enumerate(allowed)}
    codes = np.array([*(places[value] for value in seen), -1])  # the last stands for none
    found = codes[pc.fill_null(coded.indices, len(seen)).to_numpy(zero_copy_only=False)]
    return pd.Categorical.from_codes(found, dtype=pd.CategoricalDtype(allowed))


def _report(decoded: Decoded, record: Record, frame: pd.DataFrame) -> None:
    parts = []
    if decoded.unknown:
        parts.append(f"fields it did not describe: {', '.join(decoded.unknown)}")
    if decoded.misfits:
        parts.append(f"values of another type, kept in: {', '.join(map(snake, decoded.misfits))}")
    if parts:
        frame.attrs["stcrm"]["drift"] = parts
        warnings.warn(
            f"For {record.name} records the service sent {'; '.join(parts)}. All rows are kept.",
            DriftWarning,
            stacklevel=2,
        )
