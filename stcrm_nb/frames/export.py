"""A frame as a file: CSV, Excel or Parquet, with cells that no spreadsheet takes for formulas."""

import io
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from stcrm_nb.errors import ArgumentError, StoreError

FORMULA = re.compile(r"^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")  # how a cell begins that is calculated
GUARD = "'"
EXCEL_ROWS, EXCEL_CHARACTERS = 1_048_575, 32_767  # below the heading; in one cell
SHEET, ABOUT = "data", "about"
TEXT_ALONE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def save(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a frame to a file; its name's ending says how.

    Parameters
    ----------
    frame : DataFrame
        Not changed. Its index is left out.
    path : str or Path
        Ends in ``.csv``, ``.xlsx`` or ``.parquet``. A file of this name is replaced, wholly or not at all.

    Returns
    -------
    Path
        The file. In CSV, text that a spreadsheet would calculate (it begins with ``=``, ``+``, ``-``, ``@``
        or a tab) stands behind an apostrophe, which `load` takes off again; times are ISO 8601 in UTC. In
        Excel, text is text, times are in the tenant's time zone, and a second sheet says what the rows are.
        Parquet keeps types and `attrs`.

    Raises
    ------
    ArgumentError
        Another ending, more rows than a sheet holds (1 048 575), or a cell of more than 32 767 characters;
        nothing was written.
    StoreError
        The disk refuses; a file that was there is as it was.

    Examples
    --------
    >>> save(crm.leads.list(status="Open"), "leads.csv").name  # doctest: +SKIP
    'leads.csv'

    Source
    ------
    OWASP, "CSV Injection".
    """
    file = Path(path)
    data = as_bytes(frame, file.suffix.lstrip("."))
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as part:
            part.write(data)
        Path(part.name).chmod(0o666 & ~_umask())
        Path(part.name).replace(file)
    except OSError as fault:
        raise StoreError(f"{file} could not be written: {fault.strerror}. Nothing was changed.") from fault
    return file


def load(path: str | Path) -> pd.DataFrame:
    """Read a file that `save` wrote: CSV without its guards, or Parquet as it was.

    Parameters
    ----------
    path : str or Path
        Ends in ``.csv`` or ``.parquet``.

    Returns
    -------
    DataFrame
        Of CSV, text is `str` and the rest as pandas reads it; times stay text. Of Parquet, what was saved.

    Raises
    ------
    ArgumentError
        Another ending.
    """
    file = Path(path)
    if file.suffix == ".parquet":
        return pd.read_parquet(file)
    if file.suffix != ".csv":
        raise ArgumentError(f"{file.name} is neither .csv nor .parquet, so it is not read.")
    frame = pd.read_csv(file, dtype_backend="numpy_nullable")
    return frame.assign(**{name: _plain(frame[name]) for name in _texts(frame)})


def as_bytes(frame: pd.DataFrame, kind: str) -> bytes:
    """Return the content of the file: `kind` is csv, xlsx or parquet; see `save`."""
    if kind not in WRITERS:
        ends = ", ".join(f".{each}" for each in WRITERS)
        raise ArgumentError(
            f"{kind or 'nothing'!r} is no kind of file that can be written; end it in one of {ends}."
        )
    return WRITERS[kind](frame)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet calculates.

    >>> guarded("=1+1"), guarded("+15550100"), guarded("'=1"), guarded("Madison")
    ("'=1+1", "'+15550100", "''=1", 'Madison')
    """
    return GUARD + text if FORMULA.match(text) or text.startswith(GUARD) else text


def unguarded(text: str) -> str:
    """Return a guarded text as it was."""
    return text.removeprefix(GUARD)


def _csv(frame: pd.DataFrame) -> bytes:
    plain = _flat(frame)
    safe = plain.assign(**{name: plain[name].map(guarded, na_action="ignore") for name in _texts(plain)})
    headings = [guarded(str(name)) for name in frame.columns]
    return safe.to_csv(index=False, header=headings, lineterminator="\r\n").encode("utf-8")


def _excel(frame: pd.DataFrame) -> bytes:
    if len(frame) > EXCEL_ROWS:
        raise ArgumentError(
            f"A sheet holds {EXCEL_ROWS:,} rows, and there are {len(frame):,}. Use CSV or Parquet."
        )
    told: Mapping[str, Any] = frame.attrs.get("stcrm", {})
    plain = _flat(frame)
    for name in _texts(plain):
        if plain[name].str.len().max() > EXCEL_CHARACTERS:
            raise ArgumentError(
                f"A text in {name} is longer than the {EXCEL_CHARACTERS:,} characters of a cell. "
                "Use CSV or Parquet."
            )
    zone = str(told.get("time_zone", "UTC"))
    moments = [name for name, dtype in plain.dtypes.items() if isinstance(dtype, pd.DatetimeTZDtype)]
    plain = plain.assign(
        **{str(name): plain[name].dt.tz_convert(zone).dt.tz_localize(None) for name in moments}
    )
    about = {"time zone": zone} | {str(name): str(value) for name, value in told.items() if value is not None}
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": TEXT_ALONE}) as book:
        plain.to_excel(book, sheet_name=SHEET, index=False, freeze_panes=(1, 0))
        pd.DataFrame(list(about.items()), columns=["what", "is"]).to_excel(
            book, sheet_name=ABOUT, index=False
        )
        book.sheets[SHEET].autofit(320)
        book.sheets[ABOUT].autofit(640)
    return out.getvalue()


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, index=False, compression="zstd")
    return out.getvalue()


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with choices, lists and records as text."""
    loose = [
        str(name)
        for name, dtype in frame.dtypes.items()
        if isinstance(dtype, pd.CategoricalDtype) or pd.api.types.is_object_dtype(dtype)
    ]
    return frame.assign(**{name: frame[name].map(str, na_action="ignore").astype("str") for name in loose})


def _plain(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return column.map(unguarded, na_action="ignore").astype("str")


def _texts(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.StringDtype)]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {"csv": _csv, "xlsx": _excel, "parquet": _parquet}
