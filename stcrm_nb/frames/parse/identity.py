"""What makes a row of a list one of its kind, and how many came twice. Pure."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stcrm_nb.catalogue import Operation


def identity_of(operation: Operation) -> list[str]:
    """Return the fields that tell rows apart; none where the record has no key.

    A list of what belongs to records, such as `customers/contacts`, holds a contact once for each of them.

    Parameters
    ----------
    operation : Operation
        A list or a feed.

    Returns
    -------
    list of str
    """
    record = operation.record
    fields = {column.field for column in record.columns}
    if record.key not in fields:
        return []
    root = operation.path.removeprefix("export/").split("/")[0]
    owner = f"{root.removesuffix('s')}Id"
    return [record.key, owner] if owner in fields else [record.key]


def repeats(table: pa.Table, identity: list[str]) -> int:
    """Return how many rows name a record that another row named already; rows without a key count as new."""
    if not identity or not len(table):
        return 0
    keys = table.select(identity).filter(pc.is_valid(table.column(identity[0])))
    if len(identity) == 1:
        ids = keys.column(0)
        if pa.types.is_integer(ids.type) and (np.diff(ids.to_numpy()) > 0).all():
            return 0  # in order, as walks ask for them: nothing has to be looked up
        return int(len(ids) - pc.count_distinct(ids).as_py())
    return int(len(keys) - len(keys.group_by(identity).aggregate([])))
