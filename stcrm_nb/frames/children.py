"""Lists inside records -> a table of their own, one row an item. Pure."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stcrm_nb.catalogue import Child, Column, Record
from stcrm_nb.frames.frame import to_frame
from stcrm_nb.frames.parse.decode import Strict, as_page, decode, groups, joined

ITEMS = {"tag_type_ids": "tag_type_id", "uploaded_images": "uploaded_image"}


def children_frame(bodies: Iterable[bytes], record: Record, field: str, *, owner: str) -> pd.DataFrame:
    """Return the items of one list of many records.

    Parameters
    ----------
    bodies : iterable of bytes
        Pages of records, in order; see `stcrm_nb.frames.parse.decode.decode`.
    record : Record
        What the records are.
    field : str
        The list, by the API's name, such as "tagTypeIds".
    owner : str
        Name of the column that holds the record's id, such as "lead_id".

    Returns
    -------
    DataFrame, one row an item, in the order of records and lists
        `owner` (Int64), then the item (such as tag_type_id, Int64) or the columns of the small record it is.
        A missing list counts as empty.

    Warns
    -----
    DriftWarning
        If an item has fields or types that the catalogue does not describe; nothing is lost.
    """
    child = next(each for each in record.children if each.field == field)
    kind = _kind(child)
    keys: list[pa.Array] = []
    tables: list[pa.Table] = []
    strict = Strict(record)
    for group in groups(bodies):
        try:
            owners, items = _columnar(strict.read(group), record, child)
        except pa.ArrowInvalid:  # a value of another type somewhere: row by row
            owners, items = _by_rows(group, record, child)
        keys.append(owners)
        tables.append(items)
    items = to_frame(joined(tables, kind), kind)
    if not child.columns:
        items = items.rename(columns={"item": ITEMS.get(child.name, child.name.removesuffix("s"))})
    found = np.concatenate([np.asarray(part, dtype=np.int64) for part in keys] or [np.empty(0, np.int64)])
    items.insert(0, owner, pd.Series(found, dtype="Int64", index=items.index))
    return items


def wide_fields(fields: pd.DataFrame) -> pd.DataFrame:
    """Return custom fields as one column a field, one row a record.

    Parameters
    ----------
    fields : DataFrame
        From `children_frame`: the record's id first, then type_id, name and value.

    Returns
    -------
    DataFrame, one row a record that has any, indexed by its id
        Columns (str) carry the fields' names without the spaces around them; two fields of one name also
        carry their type id.
    """
    owner = str(fields.columns[0])
    names = fields["name"].fillna("").str.strip()
    shared = fields.assign(label=names).groupby("label")["type_id"].transform("nunique") > 1
    unnamed = shared | (names == "")
    labels = names.mask(unnamed, names + " (" + fields["type_id"].astype("str") + ")").str.strip()
    kept = fields.assign(label=labels).drop_duplicates([owner, "label"], keep="last")
    wide = kept.set_index([owner, "label"])["value"].unstack("label")  # noqa: PD010 - one value each, no mean
    return wide.rename_axis(columns=None)


def _kind(child: Child) -> Record:
    """Return the items of a list as records of their own."""
    columns = child.columns or (Column("item", child.item, child.meaning),)
    return Record(child.field, columns, children=child.children, key="")


def _columnar(rows: pa.Table, record: Record, child: Child) -> tuple[pa.Array, pa.Table]:
    """Return owners and items of a table of records, without an object a row."""
    lists = rows.column(child.field).combine_chunks()
    parents = pc.list_parent_indices(lists)
    values = pc.list_flatten(lists)
    items = pa.Table.from_struct_array(values) if child.columns else pa.table({"item": values})
    return pc.take(rows.column(record.key).combine_chunks(), parents), items


def _by_rows(group: Sequence[bytes], record: Record, child: Child) -> tuple[pa.Array, pa.Table]:
    """Return the same where a value is not what the record says."""
    rows = [row for body in group for row in _PAGE.decode(body).data]
    keys = [msgspec.json.decode(row[record.key], type=int) for row in rows]
    lists = [_ITEMS.decode(row.get(child.field, b"null")) or [] for row in rows]
    found = list(zip(keys, lists, strict=True))
    texts = [bytes(item) for _, items in found for item in items]
    if not child.columns:
        texts = [b'{"item":' + text + b"}" for text in texts]
    owners = pa.array([key for key, items in found for _ in items], pa.int64())
    return owners, decode([as_page(b"[" + b",".join(texts) + b"]")], _kind(child)).table


class _Page(msgspec.Struct):
    data: list[dict[str, msgspec.Raw]]


_PAGE = msgspec.json.Decoder(_Page)
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw] | None)
