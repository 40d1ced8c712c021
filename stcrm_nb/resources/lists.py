"""The lists inside records as tables of their own: `crm.leads.tags(leads)`."""

import pandas as pd

from stcrm_nb.catalogue import Child, Resource
from stcrm_nb.errors import ColumnMissingError
from stcrm_nb.frames.children import children_frame, wide_fields
from stcrm_nb.frames.lists import fetch_lists
from stcrm_nb.transport.session import Session


class ChildTable:
    """Makes a table of one list of a resource's records.

    Parameters
    ----------
    session : Session
        The connection; kept replies serve, if they are fresh.
    resource : catalogue.Resource
        What the frames hold.
    child : Child
        The list.
    """

    def __init__(self, session: Session, resource: Resource, child: Child) -> None:
        self._session = session
        self._resource = resource
        self._child = child
        self.__name__ = child.call
        self.__qualname__ = f"crm.{resource.name}.{child.call}"
        self.__doc__ = _describe(resource, child)

    def __call__(self, frame: pd.DataFrame, *, wide: bool = False) -> pd.DataFrame:
        """Return the items of the list, one row an item, for the records in a frame."""
        if "id" not in frame:
            raise ColumnMissingError(
                f"The frame has no column 'id', which names the {self._resource.name}; "
                f"it has {', '.join(map(str, frame.columns))}."
            )
        resource, owner = self._resource, _owner(self._resource)
        bodies = fetch_lists(self._session, resource.operation("list"), frame) if len(frame) else ()
        items = children_frame(bodies, resource.record, self._child.field, owner=owner)
        items = items[items[owner].isin(frame["id"])].reset_index(drop=True)
        return wide_fields(items) if wide else items

    def __repr__(self) -> str:
        return f"{self.__qualname__}(frame)\n{self._child.meaning} One row an item."


def _owner(resource: Resource) -> str:
    return f"{resource.singular.replace(' ', '_')}_id"


def _describe(resource: Resource, child: Child) -> str:
    columns = ", ".join(column.name for column in child.columns) or f"the {child.item}"
    return f"""{child.meaning} As a table, one row an item.

Parameters
----------
frame : DataFrame
    From `crm.{resource.name}.list`, or any frame with the ids of {resource.name} in `id`.
wide : bool, optional
    For custom fields: one column a field instead, one row a record.

Returns
-------
DataFrame, one row an item
    {_owner(resource)} (Int64), then {columns}.

Raises
------
ColumnMissingError
    The frame has no `id`.

Examples
--------
>>> crm.{resource.name}.{child.call}(crm.{resource.name}.list())  # doctest: +SKIP

Source
------
Field `{child.field}` of operation {resource.operation("list").operation_id}."""
