"""All operations and all columns, as frames to search and as a page to read."""

import difflib
from collections.abc import Iterator

import pandas as pd

from stcrm_nb.catalogue import LOOKUPS, RESOURCES, Operation, Record, Resource
from stcrm_nb.errors import ArgumentError
from stcrm_nb.resources.describe import returned


def each_operation() -> Iterator[tuple[Resource, Operation]]:
    """Yield the published operations with their resources."""
    for resource in RESOURCES:
        if resource is not LOOKUPS:
            for operation in resource.operations:
                yield resource, operation


def operations() -> pd.DataFrame:
    """List the operations of the service and how each is called here.

    Returns
    -------
    DataFrame, one row an operation
        operation_id, method, path, call (str, such as "locations.remove_contact"), kind (str: "read" or
        "write"), returns, summary (str).

    Examples
    --------
    >>> found = stcrm.operations()
    >>> len(found), found["kind"].value_counts().to_dict()
    (86, {'write': 46, 'read': 40})

    Source
    ------
    The published description of CRM v2; a test compares the operation ids.
    """
    rows = [
        {
            "operation_id": operation.operation_id,
            "method": operation.method,
            "path": f"/tenant/{{tenant}}/{operation.path}",
            "call": f"{resource.name}.{operation.name}",
            "kind": operation.kind,
            "returns": returned(operation),
            "summary": operation.summary,
        }
        for resource, operation in each_operation()
    ]
    return pd.DataFrame(rows)


def columns(name: str) -> pd.DataFrame:
    """List the columns of what a resource or one of its calls returns.

    Parameters
    ----------
    name : str
        A resource such as "leads", or a call such as "customers.all_contacts" or "lookups.campaigns".

    Returns
    -------
    DataFrame, one row a column
        column, dtype, field (str, the API's name), nullable (bool), meaning (str). Lists inside a record have
        the dtype "list": they are tables of their own, not columns of the frame.

    Raises
    ------
    ArgumentError
        There is no such resource or call, or it returns no record.

    Examples
    --------
    >>> stcrm.columns("leads").set_index("column").loc["status", "dtype"]
    'category'

    Source
    ------
    Schemas of the published description; nullable also where the API facts say so.
    """
    record = records().get(name)
    if record is None:
        near = difflib.get_close_matches(name, records(), n=3, cutoff=0.5)
        hint = (
            f"did you mean {' or '.join(map(repr, near))}?" if near else f"try one of {', '.join(records())}."
        )
        raise ArgumentError(f"Nothing that returns records is called {name!r}; {hint}")
    rows: list[tuple[str, str, str, bool, str]] = [
        (column.name, column.dtype, column.field, column.nullable, column.meaning)
        for column in record.columns
    ]
    rows += [(child.name, "list", child.field, True, child.meaning) for child in record.children]
    return pd.DataFrame(rows, columns=["column", "dtype", "field", "nullable", "meaning"])


def records() -> dict[str, Record]:
    """Return what each resource, and each call that returns other records, gives."""
    found = {resource.name: resource.record for resource in RESOURCES if resource.record.columns}
    for resource in RESOURCES:
        for operation in resource.operations:
            if operation.returns is not None and not operation.writes:
                found[f"{resource.name}.{operation.name}"] = operation.returns
    return found
