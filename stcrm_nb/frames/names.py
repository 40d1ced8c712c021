"""Readable names beside ids: one kept request for each look-up list."""

import warnings
from collections.abc import Iterable

import pandas as pd

from stcrm_nb.catalogue import BOOKING_PROVIDER_TAGS, LOOKUPS, Operation
from stcrm_nb.errors import AccessError, MissingScopeWarning, StcrmError
from stcrm_nb.frames.labels import LABELS, Label, add_labels, lookups_needed
from stcrm_nb.frames.lists import fetch_frame
from stcrm_nb.transport.session import Session


def add_names(frame: pd.DataFrame, session: Session) -> pd.DataFrame:
    """Return the frame with name columns beside its ids; see `stcrm_nb.add_names`."""
    found = {name: _lookup(session, name) for name in lookups_needed(frame)}
    return add_labels(frame, {name: names for name, names in found.items() if names is not None})


def names_of(session: Session, column: str, ids: Iterable[int] | None) -> dict[int, str]:
    """Return the names of some ids; those that no list names, or that cannot be asked for, are left out.

    Parameters
    ----------
    session : Session
        Asks for the look-up lists, each once.
    column : str
        What the ids are, such as "campaign_id" or "preferred_technician_id".
    ids : iterable of int or None
        The ids; None for all that the lists know.

    Returns
    -------
    dict of int to str
    """
    label = LABELS.get(column)
    wanted = None if ids is None else set(ids)
    if label is None or wanted == set():
        return {}
    frames = [_listed(session, name) for name in label.lookups]
    return {
        int(key): str(text)
        for frame in reversed(frames)
        if frame is not None
        for key, text in zip(frame[label.key].dropna(), _texts(frame, label), strict=True)
        if wanted is None or key in wanted
    }


def _texts(frame: pd.DataFrame, label: Label) -> "pd.Series[str]":
    return frame.loc[frame[label.key].notna(), label.text].astype("str")


def _listed(session: Session, name: str) -> pd.DataFrame | None:
    """Return a look-up list, or None: a name is a courtesy, and its lack no reason to fail."""
    try:
        return _fetched(session, _operation(name))
    except StcrmError:
        return None


def _fetched(session: Session, operation: Operation) -> pd.DataFrame:
    every = {"active": "Any"} if any(each.field == "active" for each in operation.parameters) else {}
    return fetch_frame(session, operation, every, progress=False)


def _lookup(session: Session, name: str) -> pd.DataFrame | None:
    operation = _operation(name)
    try:
        return _fetched(session, operation)
    except AccessError as fault:
        if fault.status != 403:  # noqa: PLR2004 - refused credentials are no missing scope
            raise
        warnings.warn(
            f"No names from {name.replace('_', ' ')}: the app lacks the scope {operation.scope}; ids stay.",
            MissingScopeWarning,
            stacklevel=5,
        )
        return None


def _operation(name: str) -> Operation:
    own = BOOKING_PROVIDER_TAGS
    return own.operation("list") if name == own.name else LOOKUPS.operation(name)
