"""Notebooks that may leave the house: finds secrets and customer data in them, and takes outputs out."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from stcrm_nb.credentials import keys, names
from stcrm_nb.credentials.profiles import SECRETS as OF_PROFILES
from stcrm_nb.errors import ArgumentError

SECRETS = {  # what the service's credentials look like, and what others' do
    "client secret": re.compile(r"\bcs\d+\.[A-Za-z0-9]{12,}"),
    "app key": re.compile(r"\bak\d+\.[A-Za-z0-9]{12,}"),
    "access token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}"),
    "bearer token": re.compile(r"\bBearer\s+[A-Za-z0-9._~+/-]{20,}"),
    "secret in code": re.compile(
        r"""(?i)\b(?:client_secret|app_key|password|STCRM_CLIENT_SECRET|STCRM_APP_KEY)["']?\]?\s*[:=]\s*["'][^"']{6,}["']"""
    ),
}
PEOPLE = {
    "e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]{2,}\b"),
    "phone number": re.compile(
        r"(?<![\d.])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?[2-9]\d{2}[ .-]?\d{4}(?![\d.])"
    ),
}
WIDGETS = "widgets"  # where Jupyter keeps what panels showed
COLUMNS = ["file", "cell", "where", "kind", "told"]
SHOWN = 4  # letters of what was found


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a notebook: of which cell (from 1; 0 is the notebook's own), and whether people typed it."""

    cell: int
    where: str
    text: str


def scan_notebook(files: str | Path | Iterable[str | Path]) -> pd.DataFrame:
    """Look for secrets in notebooks, and for customer data in what their cells put out.

    Parameters
    ----------
    files : path or iterable of paths
        Notebooks (`.ipynb`). They are read, not run, and not changed.

    Returns
    -------
    DataFrame, one row for each kind found in a cell
        file (str), cell (Int64: from 1, markdown included; 0 is the notebook's own data), where (str: source,
        output or widgets), kind (str: client secret, app key, access token, bearer token, secret in code,
        secret of a profile; in outputs also e-mail address, phone number), told (str: how many, and the first
        letters of one). What was found is never shown whole.

    Raises
    ------
    ArgumentError
        A file is no notebook.

    Examples
    --------
    >>> scan_notebook([]).empty
    True
    """
    own = _own_secrets()
    rows = [
        (str(file), piece.cell, piece.where, kind, told)
        for file in _paths(files)
        for piece in _pieces(_read(file))
        for kind, told in _found(piece, own)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({name: "Int64" if name == "cell" else "str" for name in COLUMNS})


def strip_notebook(files: str | Path | Iterable[str | Path]) -> int:
    """Take outputs, counts and the state of panels out of notebooks; sources stay.

    Parameters
    ----------
    files : path or iterable of paths
        Notebooks; those that held something are written anew.

    Returns
    -------
    int
        How many were changed.

    Raises
    ------
    ArgumentError
        A file is no notebook; it and those after it are as they were.

    Examples
    --------
    >>> strip_notebook([])
    0
    """
    changed = 0
    for file in _paths(files):
        notebook = _read(file)
        before = json.dumps(notebook, sort_keys=True)
        for cell in notebook["cells"]:
            if cell.get("cell_type") == "code":
                cell["outputs"], cell["execution_count"] = [], None
        notebook.get("metadata", {}).pop(WIDGETS, None)
        if json.dumps(notebook, sort_keys=True) != before:
            text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
            file.write_text(text, encoding="utf-8")
            changed += 1
    return changed


def _paths(files: str | Path | Iterable[str | Path]) -> list[Path]:
    several = [files] if isinstance(files, str | Path) else list(files)
    return [Path(each) for each in several]


def _read(file: Path) -> dict[str, Any]:
    try:
        held: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        held["cells"][0:0]
    except OSError as fault:
        raise ArgumentError(f"{file} cannot be read ({type(fault).__name__}). Nothing was changed.") from None
    except (ValueError, KeyError, TypeError):
        raise ArgumentError(
            f"{file} is no notebook of today's form (nbformat 4). Nothing was changed in it."
        ) from None
    return held


def _pieces(notebook: Mapping[str, Any]) -> Iterator[Piece]:
    for number, cell in enumerate(notebook["cells"], start=1):
        yield Piece(number, "source", _text(cell.get("source", "")))
        if cell.get("outputs"):
            yield Piece(number, "output", json.dumps(cell["outputs"], ensure_ascii=False))
    state = notebook.get("metadata", {}).get(WIDGETS)
    if state:
        yield Piece(0, "widgets", json.dumps(state, ensure_ascii=False))


def _text(source: object) -> str:
    return "".join(source) if isinstance(source, list) else str(source)


def _found(piece: Piece, own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    wanted = SECRETS if piece.where == "source" else {**SECRETS, **PEOPLE}
    for kind, pattern in wanted.items():
        hits = pattern.findall(piece.text)
        if hits:
            yield kind, f"{len(hits)}, such as {hits[0][:SHOWN]}\N{HORIZONTAL ELLIPSIS}"
    for secret, name in own.items():
        if secret in piece.text:
            yield "secret of a profile", name


def _own_secrets() -> dict[str, str]:
    """Return the secrets of this machine's profiles, with what they are."""
    pairs = ((name, each) for name in names() for each in OF_PROFILES)
    held = {keys.secret_of(name, each): f"{each} of {name}" for name, each in pairs}
    return {secret: told for secret, told in held.items() if secret}
