"""Rows of a frame -> the arguments of one call each. Pure."""

from collections.abc import Hashable, Mapping

import pandas as pd

from stcrm_nb.catalogue import Operation, Resource
from stcrm_nb.changes.readback.state import plain
from stcrm_nb.errors import ArgumentError, ColumnMissingError

Arguments = dict[str, object]


def arguments_of(
    resource: Resource,
    operation: Operation,
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, str],
    fixed: Mapping[str, object],
) -> dict[Hashable, Arguments]:
    """Return what each row of a frame calls an operation with, by the row's label.

    Parameters
    ----------
    resource, operation
        What will be called.
    frame : DataFrame
        One row a call.
    columns : mapping of argument to column
        What is taken from the frame beside the ids of the path, which find their columns themselves.
    fixed : mapping of argument to value
        The same for all rows.

    Returns
    -------
    dict of row label to arguments

    Raises
    ------
    ColumnMissingError
        The frame lacks a column.
    ArgumentError
        A label is there twice, or an id is missing.
    """
    path = [each.name for each in operation.parameters if each.where == "path" and each.name not in fixed]
    owner = f"{resource.singular}_id"
    taken = {name: _column(frame, name, owner=owner, many=len(path) > 1) for name in path} | dict(columns)
    lacking = [f"{column!r} for {name}" for name, column in taken.items() if column not in frame]
    if lacking:
        raise ColumnMissingError(
            f"crm.{resource.name}.{operation.name} needs a column {', a column '.join(lacking)}; the frame "
            f"has {', '.join(map(str, frame.columns))}. Say which one is meant, as in "
            f"columns={{{taken and next(iter(taken))!r}: 'customer_id'}}. Nothing was sent."
        )
    if not frame.index.is_unique:
        raise ArgumentError("The frame has rows of the same label; call reset_index() on it first.")
    values = {name: [plain(value) for value in frame[column]] for name, column in taken.items()}
    empty = [name for name in path if any(value is None for value in values[name])]
    if empty:
        count = sum(value is None for value in values[empty[0]])
        raise ArgumentError(
            f"{count} of {len(frame)} rows have no {taken[empty[0]]}. Leave them out, as in "
            f"frame.dropna(subset=[{taken[empty[0]]!r}]). Nothing was sent."
        )
    return {
        label: {name: values[name][number] for name in taken if values[name][number] is not None}
        | dict(fixed)
        for number, label in enumerate(frame.index)
    }


def _column(frame: pd.DataFrame, name: str, *, owner: str, many: bool) -> str:
    """Return the column that holds a part of the path.

    A frame of contacts, say, holds the contact's id as `id` and its owner's as `location_id`.
    """
    if name == "id":
        return owner if owner in frame and (many or "id" not in frame) else "id"
    return name if name in frame or owner not in frame else "id"
