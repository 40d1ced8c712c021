"""Lists inside records -> a table of their own, one row an item. Pure."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from stcrm_nb.catalogue import Child, Column, Record
from stcrm_nb.frames.frame import to_frame
from stcrm_nb.frames.parse.decode import decode

ITEMS = {"tag_type_ids": "tag_type_id", "uploaded_images": "uploaded_image"}


def children_frame(bodies: Iterable[bytes], record: Record, field: str, *, owner: str) -> pd.DataFrame:
    """Return the items of one list of many records.

    Parameters
    ----------
    bodies : iterable of bytes
        JSON arrays of records, one a page, in order.
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
    rows = _rows(bodies, record, child)
    counts = [len(items or ()) for _, items in rows]
    owners = np.repeat(np.array([key for key, _ in rows], dtype=np.int64), counts)
    body = b"[" + b",".join(bytes(item) for _, items in rows for item in items or ()) + b"]"
    items = _items(body, child)
    items.insert(0, owner, pd.Series(owners, dtype="Int64", index=items.index))
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


def _rows(
    bodies: Iterable[bytes], record: Record, child: Child
) -> list[tuple[int, list[msgspec.Raw] | None]]:
    """Read ids and one list; all else is passed over."""
    fields = [("key", int, msgspec.field(name=record.key)), ("items", list[msgspec.Raw] | None, None)]
    row = msgspec.defstruct("Row", fields, rename={"items": child.field, "key": record.key})
    decode_page: Callable[[bytes], list[Any]] = msgspec.json.Decoder(list[row]).decode  # type: ignore[valid-type] # made here
    return [(each.key, each.items) for body in bodies for each in decode_page(body)]


def _items(body: bytes, child: Child) -> pd.DataFrame:
    if child.columns:
        kind = Record(child.field, child.columns, children=child.children, key="")
        return to_frame(decode([body], kind), kind)
    wrapped = b"[" + b",".join(b'{"item":' + bytes(item) + b"}" for item in _RAWS.decode(body)) + b"]"
    name = ITEMS.get(child.name, child.name.removesuffix("s"))
    kind = Record(child.field, (Column("item", child.item, child.meaning),), key="")
    return to_frame(decode([wrapped], kind), kind).rename(columns={"item": name})


_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
