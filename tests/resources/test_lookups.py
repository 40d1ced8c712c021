"""The eleven lists that give names for ids."""

import pytest

from stcrm_nb.catalogue import LOOKUPS, Operation
from stcrm_nb.client import Client


@pytest.mark.parametrize("operation", LOOKUPS.operations, ids=lambda operation: operation.name)
def test_a_lookup_is_a_frame_with_the_declared_columns(crm: Client, operation: Operation) -> None:
    has_active = any(parameter.field == "active" for parameter in operation.parameters)
    frame = crm.lookups.operation(operation.name)(**({"active": "any"} if has_active else {}))
    assert operation.returns is not None
    assert len(frame) == frame.attrs["stcrm"]["total"] > 0
    assert tuple(frame) == operation.returns.column_names
    assert [str(dtype) for dtype in frame.dtypes] == [column.dtype for column in operation.returns.columns]
    assert frame["name"].notna().all()
