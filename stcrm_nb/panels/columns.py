"""How columns look to people: which are listed, what they are called, how values are written. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from stcrm_nb.catalogue import Choices
from stcrm_nb.frames.labels import LABELS

LISTED: dict[str, tuple[str, ...]] = {
    "locations": (
        "id", "name", "address_street", "address_city", "address_state", "address_zip", "customer_id",
        "active", "created_on", "modified_on", "tags",
    ),
    "customers": (
        "id", "name", "type", "address_street", "address_city", "address_state", "address_zip", "balance",
        "active", "created_on", "modified_on", "tags",
    ),
    "leads": (
        "id", "status", "priority", "lead_customer_name", "summary", "campaign", "business_unit",
        "created_on", "follow_up_date", "tags",
    ),
    "bookings": (
        "id", "status", "priority", "name", "summary", "source", "address_city", "created_on", "start",
    ),
    "findings": ("severity", "problem", "resource", "id", "name", "evidence", "other_id", "call"),
}  # fmt: skip
MOST_LISTED = 10  # of a record that is not in the table above
OPENERS = ("id", "name", "lead_customer_name")  # a click on these opens the record

HEADINGS = {
    "id": "ID",
    "address_zip": "ZIP",
    "lead_zip": "ZIP",
    "lead_customer_name": "Caller",
    "lead_email": "E-mail",
    "lead_url": "Link",
    "start": "Asked for",
    "created_on": "Created",
    "created_by_id": "Created by",
    "modified_on": "Modified",
    "merged_to_id": "Merged into",
    "follow_up_date": "Follow up",
    "is_first_time_client": "First-time client",
    "is_send_confirmation_email": "Confirmation sent",
    "value": "Contact",
    "phone_settings_do_not_text": "Do not text",
    "tag_type_ids": "Tags",
    "tags": "Tags",
    "resource": "Kind",
    "other_id": "Other ID",
    "call": "Suggested change",
}
PREFIX = re.compile(r"^(address|lead)_")

GROUPS: tuple[tuple[str, str], ...] = (
    ("Address", r"^address_"),
    ("Caller", r"^lead_(?!url)"),
    ("History", r"^(created|modified|merged)_"),
    ("Belongs to", r"_id$"),
    ("Details", r""),
)
ORDER = ("Details", "Address", "Caller", "Belongs to", "History")

DAY_AND_TIME = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Shown:
    """One column on the screen: heading, meaning, kind of values, and whether these have an order."""

    name: str
    heading: str
    meaning: str
    kind: str
    ordered: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its values stand at the right."""
        return self.kind in {"id", "int", "float", "decimal"}


def heading(name: str) -> str:
    """Return a column's name for people.

    >>> [heading(name) for name in ("address_street", "customer_id", "created_on", "tax_exempt")]
    ['Street', 'Customer ID', 'Created', 'Tax exempt']
    """
    if name in HEADINGS:
        return HEADINGS[name]
    words = PREFIX.sub("", name).split("_")
    text = " ".join("ID" if word == "id" else word for word in words)
    return text[:1].upper() + text[1:]


def listed(resource: str, names: Sequence[str]) -> list[str]:
    """Return the columns of the list, those that the frame has, in order."""
    wanted = LISTED.get(resource, tuple(names[:MOST_LISTED]))
    return [name for name in wanted if name in names]


def group(name: str) -> str:
    """Return under which heading of the record page a column stands."""
    return next(title for title, pattern in GROUPS if re.search(pattern, name))


def kind(column: "pd.Series[Any]", name: str, fact: object = None) -> str:
    """Return what a column holds: id, int, float, decimal, bool, time, choice or text."""
    if isinstance(fact, str) and fact not in {"text", "guid"}:
        return fact
    if isinstance(fact, Choices) or isinstance(column.dtype, pd.CategoricalDtype):
        return "choice"
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return "time"
    if pd.api.types.is_bool_dtype(column.dtype):
        return "bool"
    if pd.api.types.is_integer_dtype(column.dtype):
        return "id" if name == "id" or name.endswith("_id") else "int"
    return "float" if pd.api.types.is_float_dtype(column.dtype) else "text"


def describe(frame: pd.DataFrame, facts: Mapping[str, Any]) -> dict[str, Shown]:
    """Return every column of a frame as it is shown; `facts` are catalogue columns by name."""
    shown = {}
    for name in frame.columns:
        fact = facts.get(name)
        meaning = fact.meaning if fact else _unknown(name)
        column_kind = kind(frame[name], name, getattr(fact, "type", None))
        ordered = isinstance(getattr(fact, "type", None), Choices)
        shown[name] = Shown(name, heading(name), meaning, column_kind, ordered)
    return shown


def _unknown(name: str) -> str:
    """Say what a column without facts is: a name that was put beside an id, or something new."""
    names = {label.column for label in LABELS.values()}
    return "Name for the id beside it." if name in names else "Not in the published description."


def spoken(choice: str) -> str:
    """Return a choice of the API for people.

    >>> spoken("MobilePhone"), spoken("Open")
    ('Mobile phone', 'Open')
    """
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f" {found[1].lower()}", choice)


def written(value: object, column_kind: str, zone: str) -> str | None:
    """Return a value as text for people; None where it is missing."""
    if isinstance(value, list):
        value = ", ".join(map(_item, value))
    if value is None or value is pd.NA or value is pd.NaT or value != value or value == "":  # noqa: PLR0124 - NaN
        return None
    if column_kind == "bool":
        return "Yes" if value else "No"
    if column_kind == "decimal":
        return f"{float(str(value)):,.2f}"
    if column_kind == "choice":
        return spoken(str(value))
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).strftime(DAY_AND_TIME)
    return str(value)


def _item(value: object) -> str:
    """Return one item of a list: plain, or a small record such as a custom field, by its label."""
    if not isinstance(value, Mapping):
        return str(value)
    label = str(value.get("name") or value.get("key") or "").strip()
    return f"{label}: {value.get('value')}" if label else ", ".join(map(str, value.values()))
