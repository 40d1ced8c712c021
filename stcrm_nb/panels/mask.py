"""Blots out what tells who somebody is, for demonstrations. Pure."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

SAFE = frozenset(
    {
        "status", "priority", "type", "customer_type", "source", "capture_source", "city", "state", "zip",
        "country", "address_city", "address_state", "address_zip", "address_country", "lead_city",
        "lead_state", "lead_zip", "lead_country",
    }
)  # fmt: skip
# Names that the tenant gives to things, not to people; who created a record is a person.
THINGS = frozenset(
    {
        "booking_provider", "business_unit", "call_reason", "campaign", "dismissing_reason", "job_type",
        "payment_term", "tax_zone", "zone",
    }
)  # fmt: skip
PLACES = frozenset({"address_latitude", "address_longitude"})  # as good as an address
LETTER = re.compile(r"(?<=\w)\w|\d")
DOT = "\N{BULLET}"


def masked(text: str) -> str:
    """Return a text of which only the first letter of each word is left.

    >>> masked("Ann Lee, +1 (555) 010-0100, ann@example.com").replace(DOT, "*")
    'A** L**, +* (***) ***-****, a**@e******.c**'
    """
    return LETTER.sub(DOT, text)


def is_personal(name: str, column: "pd.Series[Any]") -> bool:
    """Tell whether a column of a frame is blotted out: any text that is not known to be harmless."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    loose = isinstance(dtype, pd.StringDtype) or pd.api.types.is_object_dtype(dtype)
    return name in PLACES or (loose and name not in SAFE | THINGS)


def masked_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its personal columns as masked text; a missing value stays missing."""
    blotted = {
        str(name): frame[name].map(lambda value: masked(str(value)), na_action="ignore").astype("str")
        for name in frame.columns
        if is_personal(str(name), frame[name])
    }
    return frame.assign(**blotted)


def masked_record(record: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a record, the personal ones as masked text."""
    return {name: value if name in SAFE else _blotted(name, value) for name, value in record.items()}


def masked_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names of what ids mean; those of people as masked text."""
    return {
        name: told if name.removesuffix("_id") in THINGS else masked(told) for name, told in names.items()
    }


def _blotted(name: str, value: object) -> object:
    if isinstance(value, str) or (name in PLACES and value is not None):
        return masked(str(value))
    if isinstance(value, list):
        return [_blotted(name, each) for each in value]
    if isinstance(value, Mapping):  # such as a custom field: its label tells nothing of a person
        return {key: each if key == "name" else _blotted(key, each) for key, each in value.items()}
    return value
