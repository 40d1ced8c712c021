"""A change in words: a sentence, what changes with names for ids, what else there is to know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from stcrm_nb.catalogue import Operation
from stcrm_nb.changes.call import Call
from stcrm_nb.changes.change import Row, State
from stcrm_nb.frames.labels import LABELS

TAG = "tag_type_id"
MOMENTS = ("_on", "_date", "start")  # how columns of moments end
Names = Callable[[str, list[int]], dict[int, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """A change for people: a sentence, what changes, what else there is to know."""

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def words_of(
    call: Call, before: State | None, after: State | None, *, owner: str, names: Names, zone: str
) -> Words:
    """Put a change into words.

    Parameters
    ----------
    call : Call
        What would be called.
    before, after : mapping or None
        The record's columns now, and those that will be set.
    owner : str
        Name of the record that the path begins with, if it has one.
    names : callable
        Gives the names of some ids of a column.
    zone : str
        The tenant's time zone, in which moments are written.

    Returns
    -------
    Words
    """
    return Words(
        _title(call, owner, names),
        named(rows_of(before, after), names, zone),
        (*_replaced(call), *_undo(call.operation)),
    )


def rows_of(before: State | None, after: State | None) -> tuple[Row, ...]:
    """Return what changes, or what is removed, by column."""
    if after is None:
        return tuple((name, old, "removed") for name, old in (before or {}).items() if old is not None)
    now = before or {}
    return tuple((name, now.get(name), new) for name, new in after.items() if now.get(name) != new)


def named(rows: tuple[Row, ...], names: Names, zone: str) -> tuple[Row, ...]:
    """Return rows for people: a label for the column, names beside the ids in it, moments of the tenant."""
    return tuple(_named(row, names, zone) for row in rows)


def _named(row: Row, names: Names, zone: str) -> Row:
    column, old, new = row
    if column.endswith(MOMENTS):
        return label_of(column), _moment(old, zone), _moment(new, zone)
    single = TAG if column.isdigit() else column.removesuffix("s") if column.endswith("_ids") else column
    told = names(single, [*_ids(old), *_ids(new)]) if single in LABELS else {}
    return label_of(column), _text(old, told), _text(new, told)


def _moment(value: object, zone: str) -> object:
    """Return a moment as it is called where the tenant is; anything else as it is.

    >>> _moment("2026-12-01T06:00:00Z", "America/Chicago")
    '2026-12-01 00:00 CST'
    """
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return value
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}" if at.tzinfo else value


def label_of(column: str) -> str:
    """Write a column for people.

    >>> label_of("tag_type_ids"), label_of("campaign_id"), label_of("follow_up_date")
    ('Tags', 'Campaign', 'Follow up date')
    """
    if column.isdigit():  # tags of many customers: a row for each of them
        return f"Customer {column}"
    single = column.removesuffix("s") if column.endswith("_ids") else column
    text = LABELS[single].column if single in LABELS else column
    several = "s" if single in LABELS and single != column else ""
    return text.replace("_", " ").capitalize() + several


def _ids(value: object) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, int) and not isinstance(each, bool)]


def _text(value: object, names: Mapping[int, str]) -> object:
    """Return a value with names; a list as a text."""
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return ", ".join(str(_text(each, names)) for each in value) or None
    return f"{names[value]} ({value})" if isinstance(value, int) and value in names else value


def _title(call: Call, owner: str, names: Names) -> str:
    named_ids = ", ".join(_path_text(call, name, owner=owner, names=names) for name in call.path)
    summary = call.operation.summary.rstrip(".").split(";")[0]
    return f"{summary}: {named_ids}" if named_ids else summary


def _path_text(call: Call, name: str, *, owner: str, names: Names) -> str:
    """Say which record a part of the path means."""
    value = call.arguments[name]
    known = owner if name == "id" else ""
    if name in LABELS:
        known = names(name, _ids(value)).get(int(str(value)), "")
        return f"{label_of(name).lower()} {f'{known} ({value})' if known else value}"
    told = f"{known} ({value})" if known else str(value)
    return told if name == "id" else f"{name.removesuffix('_id').replace('_', ' ')} {told}"


def _replaced(call: Call) -> list[str]:
    given = [field for field in call.operation.body if field.replaces and field.name in call.arguments]
    return [
        f"{label_of(field.name)} are replaced as a whole: what is left out is removed." for field in given
    ]


def _undo(operation: Operation) -> list[str]:
    if " " in operation.undo:
        return [operation.undo]
    return [f"It can be reversed with {operation.undo}. {operation.loses}".rstrip()] if operation.undo else []
