"""A record of the catalogue as Arrow types. Pure."""

import pyarrow as pa

from stcrm_nb.catalogue import Child, Choices, Column, Record

PARSED_TIME = pa.timestamp("ns", tz="UTC")  # reads 0, 3 and 7 digits of a second
STORED_TIME = pa.timestamp("us", tz="UTC")
TYPES: dict[str, pa.DataType] = {
    "id": pa.int64(),
    "int": pa.int64(),
    "float": pa.float64(),
    "decimal": pa.float64(),
    "bool": pa.bool_(),
    "text": pa.string(),
    "guid": pa.string(),
    "time": PARSED_TIME,
}
STORED = {PARSED_TIME: STORED_TIME}


def arrow_type(column: Column) -> pa.DataType:
    """Return the Arrow type in which a column is parsed."""
    return pa.string() if isinstance(column.type, Choices) else TYPES[column.type]


def fields_of(record: Record | Child) -> list[pa.Field]:
    """Return the nested Arrow fields that a record's dotted columns and lists stand for."""
    nested: dict[str, list[pa.Field]] = {}
    fields: list[pa.Field] = []
    for column in record.columns:
        outer, _, inner = column.field.partition(".")
        if not inner:
            fields.append(pa.field(outer, arrow_type(column)))
            continue
        nested.setdefault(outer, []).append(pa.field(inner, arrow_type(column)))
    fields += [pa.field(name, pa.struct(parts)) for name, parts in nested.items()]
    return fields + [pa.field(child.field, list_type(child)) for child in record.children]


def list_type(child: Child) -> pa.DataType:
    """Return the Arrow type of a list inside a record."""
    return pa.list_(pa.struct(fields_of(child)) if child.columns else TYPES[child.item])
