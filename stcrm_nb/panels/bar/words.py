"""A filter in words, and a gesture of the bar as a filter. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from stcrm_nb.panels.columns import spoken
from stcrm_nb.panels.find.presets import PRESETS
from stcrm_nb.panels.pane import Message
from stcrm_nb.panels.view import Filter, Kind

YES_NO = {"yes": "Yes", "no": "No"}
EMPTY = "(empty)"
CUSTOM = "custom"  # a range of days that is not moved by the calendar


def words(given: Filter, heading: str) -> str:
    """Return a filter in words.

    >>> words(Filter("created_on", "between", ("2026-01-01", "")), "Created")
    'Created: from 2026-01-01'
    >>> words(Filter("balance", "number", ("100", "200")), "Balance")
    'Balance: 100 to 200'
    """
    if given.kind in ("among", "any"):
        return f"{heading}: {', '.join(spoken(value) if value else EMPTY for value in given.wanted)}"
    if given.kind == "empty":
        return f"{heading}: {'empty' if given.wanted[0] == 'yes' else 'not empty'}"
    if given.kind in ("flag", "preset"):
        return f"{heading}: {YES_NO.get(given.wanted[0], given.wanted[0])}"
    first, last = given.wanted
    if first and last:
        return f"{heading}: {first} to {last}"
    low, high = ("from", "until") if given.kind == "between" else ("at least", "at most")
    return f"{heading}: {low} {first}" if first else f"{heading}: {high} {last}"


def read(message: Message) -> Filter:
    """Return the filter that a gesture of the bar stands for, such as `among:status`."""
    kind, _, column = str(message["gesture"]).partition(":")
    fields: Mapping[str, Any] = message.get("fields", {})
    chosen = str(fields.get(column, ""))
    if kind in ("among", "any"):
        prefix = f"{column}="
        values = tuple(
            key.removeprefix(prefix) for key, on in fields.items() if key.startswith(prefix) and on
        )
    elif kind in ("flag", "empty"):
        values = (chosen,) if chosen in YES_NO else ()
    elif kind == "preset":
        values = (chosen,) if chosen in PRESETS else ()
    else:
        clean = _day if kind == "between" else _number
        values = tuple(clean(fields.get(f"{column}{end}", "")) for end in ("-from", "-to"))
    return Filter(column, cast("Kind", kind), values)


def _day(text: object) -> str:
    """Return an ISO day, or nothing where the browser sent half a date."""
    try:
        return date.fromisoformat(str(text)).isoformat()
    except ValueError:
        return ""


def _number(text: object) -> str:
    """Return a number as text, or nothing where it is none."""
    try:
        return f"{float(str(text)):g}" if str(text).strip() else ""
    except ValueError:
        return ""
