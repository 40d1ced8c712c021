"""Readable names beside ids: one kept request for each look-up list."""

import warnings

import pandas as pd

from stcrm_nb.catalogue import BOOKING_PROVIDER_TAGS, LOOKUPS, Operation
from stcrm_nb.errors import AccessError, MissingScopeWarning
from stcrm_nb.frames.labels import add_labels, lookups_needed
from stcrm_nb.frames.lists import fetch_frame
from stcrm_nb.transport.session import Session


def add_names(frame: pd.DataFrame, session: Session) -> pd.DataFrame:
    """Return the frame with name columns beside its ids; see `stcrm_nb.add_names`."""
    found = {name: _lookup(session, name) for name in lookups_needed(frame)}
    return add_labels(frame, {name: names for name, names in found.items() if names is not None})


def _lookup(session: Session, name: str) -> pd.DataFrame | None:
    operation = _operation(name)
    every = {"active": "Any"} if any(each.field == "active" for each in operation.parameters) else {}
    try:
        return fetch_frame(session, operation, every, progress=False)
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
