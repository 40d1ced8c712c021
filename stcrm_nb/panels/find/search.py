"""Search over all text of a frame: one lower-case line a row, scanned by DuckDB on all cores."""

import threading
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stcrm_nb.panels.find.columns import choices, texts

Mask = npt.NDArray[np.bool_]
BETWEEN = "\x1f"  # stands between two columns; nobody types it


class Search:
    """Finds the rows that contain a text, literally and in either case, in any text, choice or in `id`.

    Parameters
    ----------
    frame : DataFrame
        Read once, at the first search.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._turn = threading.Lock()
        self._base: duckdb.DuckDBPyConnection | None = None

    def containing(self, text: str) -> Mask:
        """Return which rows contain a text."""
        wanted = lowered(text)
        if BETWEEN in wanted:
            return np.zeros(len(self._frame), dtype=np.bool_)
        base = self.prepare()
        found = base.execute("select contains(line, ?) as hit from lines", [wanted]).fetchnumpy()["hit"]
        return np.asarray(found, dtype=np.bool_)

    def prepare(self) -> duckdb.DuckDBPyConnection:
        """Read the frame, unless that was done: a first search of a million rows would wait for it."""
        with self._turn:
            self._base = self._base or self._opened()
            return self._base

    def _opened(self) -> duckdb.DuckDBPyConnection:
        base = duckdb.connect(config={"autoinstall_known_extensions": False, "enable_external_access": False})
        base.register("given", pa.table({"line": _lines(self._frame)}))
        base.execute("create table lines as select line from given")
        base.unregister("given")
        return base


def lowered(text: str) -> str:
    """Return a text in lower case, by the rules that the rows are lowered by."""
    found: str = pc.utf8_lower(pa.scalar(text)).as_py()
    return found


def _lines(frame: pd.DataFrame) -> pa.Array:
    columns = [_text(frame[name]) for name in (*texts(frame), *choices(frame))]
    if "id" in frame:
        columns.append(_text(frame["id"]))
    if not columns:
        return pa.array([""] * len(frame), pa.large_string())
    between = pa.scalar(BETWEEN, pa.large_string())
    joined = pc.binary_join_element_wise(*columns, between, null_handling="replace", null_replacement="")
    return pc.utf8_lower(joined)


def _text(column: "pd.Series[Any]") -> pa.Array:
    found = pa.array(column)
    plain = found.dictionary_decode() if pa.types.is_dictionary(found.type) else found
    return plain.cast(pa.large_string())
