"""Pages of the documentation that the catalogue writes: all operations, all columns."""

from stcrm_nb.catalogue import RESOURCES
from stcrm_nb.resources.listing import columns, records

SAME = """\
`stcrm.columns("leads")` tells the same in Python. Names stand beside ids with `names=True`."""


def operations_page() -> str:
    """Return a page that lists all operations with their calls, resource by resource."""
    parts = ["# All operations", "", "Generated from the catalogue: `make stubs`.", ""]
    for resource in RESOURCES:
        parts += [f"## crm.{resource.name}", "", "| call | does | operation | request |", "|---|---|---|---|"]
        for operation in resource.operations:
            mark = " (write)" if operation.writes else ""
            request = f"`{operation.method} {operation.path}`"
            summary = operation.summary.replace("|", "\\|")
            call = f"`{resource.name}.{operation.name}`{mark}"
            parts.append(f"| {call} | {summary} | {operation.operation_id} | {request} |")
        parts.append("")
    return "\n".join(parts)


def columns_page() -> str:
    """Return a page that tells the columns of every frame."""
    parts = ["# Columns", "", "Generated from the catalogue: `make stubs`.", "", SAME, ""]
    for name in records():
        parts += [f"## {name}", "", "| column | dtype | may be missing | is |", "|---|---|---|---|"]
        for column, dtype, _, nullable, meaning in columns(name).to_numpy().tolist():
            told = str(meaning).replace("|", "\\|").replace("<", "&lt;")
            parts.append(f"| `{column}` | {dtype} | {'yes' if nullable else 'no'} | {told} |")
        parts.append("")
    return "\n".join(parts)
