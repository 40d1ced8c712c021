"""Id columns + look-up frames -> name columns beside them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class Label:
    """Which look-up lists name an id, and the column that gets the name."""

    column: str
    lookups: tuple[str, ...]
    key: str = "id"
    text: str = "name"


USERS = ("employees", "technicians")
LABELS: dict[str, Label] = {
    "campaign_id": Label("campaign", ("campaigns",)),
    "business_unit_id": Label("business_unit", ("business_units",)),
    "job_type_id": Label("job_type", ("job_types",)),
    "dismissing_reason_id": Label("dismissing_reason", ("call_reasons",)),
    "call_reason_id": Label("call_reason", ("call_reasons",)),
    "created_by_id": Label("created_by", USERS, key="user_id"),
    "booking_provider_id": Label("booking_provider", ("booking_provider_tags",), text="tag_name"),
    "zone_id": Label("zone", ("zones",)),
    "tax_zone_id": Label("tax_zone", ("tax_zones",)),
    "payment_term_id": Label("payment_term", ("payment_terms",)),
    "tag_type_id": Label("tag", ("tag_types",)),
    "preferred_technician_id": Label("preferred_technician", ("technicians",)),
}


def lookups_needed(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the look-up lists that give names for ids of a frame."""
    labels = (LABELS[name] for name in frame.columns if name in LABELS)
    return tuple(dict.fromkeys(lookup for label in labels for lookup in label.lookups))


def add_labels(frame: pd.DataFrame, lookups: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return a frame with name columns right after its ids.

    Parameters
    ----------
    frame : DataFrame
        Not changed. A name column that is there already is made anew.
    lookups : mapping of str to DataFrame
        Look-up lists by name; ids without a list stay alone.

    Returns
    -------
    DataFrame, the same rows and `attrs`
        New columns are categories of str; an id that no list names is missing.
    """
    labelled = frame.copy(deep=False)
    for column in frame.columns:
        label = LABELS.get(str(column))
        found = [lookups[name] for name in label.lookups if name in lookups] if label else []
        if label is None or not found:
            continue
        if label.column in labelled:
            labelled = labelled.drop(columns=label.column)
        place = list(labelled.columns).index(column) + 1
        labelled.insert(place, label.column, _named(labelled[column], label, found))
    labelled.attrs = dict(frame.attrs)
    return labelled


def _named(ids: "pd.Series[int]", label: Label, lookups: list[pd.DataFrame]) -> "pd.Series[Any]":
    """Name each id once, then spread the names; the first list that knows an id names it."""
    known = pd.concat([each[[label.key, label.text]] for each in lookups]).dropna(subset=[label.key])
    known = known.drop_duplicates(label.key)
    names = pd.Series(known[label.text].to_numpy(), index=known[label.key].to_numpy())
    codes, unique = pd.factorize(ids)
    texts = names.reindex(pd.Index(unique)).astype("str")
    spread = pd.Series(texts.array.take(codes, allow_fill=True), index=ids.index)
    return spread.astype("category")
