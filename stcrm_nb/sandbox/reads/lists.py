"""Answers with pages, single records and bare lists."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from stcrm_nb.sandbox.errand import Errand, shelf_name, unknown
from stcrm_nb.sandbox.filters import keep
from stcrm_nb.sandbox.rules import Ask, Refusal
from stcrm_nb.sandbox.shelf import Shelf

WHOLE = frozenset({"customers/contacts", "locations/contacts"})  # rows that name their parent
CUSTOM_FIELD = "custom field type"


def list_rows(errand: Errand) -> bytes | Refusal:
    """Answer with one page of the rows that pass the filters."""
    if is_orphan(errand):
        return unknown(errand)
    kept = passing(errand)
    for name, effect in EFFECTS.items():
        if errand.ask.values.get(name):
            effect(errand.shelf, _on_page(kept, errand.ask))
    return _page(errand, kept)


def get_row(errand: Errand) -> bytes | Refusal:
    """Answer with one record."""
    position = find(errand)
    return unknown(errand) if position is None else errand.shelf.row(position)


def list_all(errand: Errand) -> bytes | Refusal:
    """Answer with all rows as a bare list."""
    if is_orphan(errand):
        return unknown(errand)
    shelf = errand.shelf
    return b"[" + b",".join(row_of(errand, shelf, each) for each in passing(errand).tolist()) + b"]"


def preferred_technician(errand: Errand) -> bytes | Refusal:
    """Answer with the bare id of the technician whom a location prefers, or null."""
    if is_orphan(errand):
        return unknown(errand)
    return msgspec.json.encode(errand.tenant.preferred.get(errand.ask.values["id"]))


def passing(errand: Errand) -> NDArray[np.intp]:
    """Return the positions of the rows that pass all filters, in the order asked for."""
    shelf, ask = errand.shelf, errand.ask
    mask = keep(errand.tenant, shelf_name(errand.resource, errand.operation), ask.values)
    if not errand.operation.sorts:
        return np.flatnonzero(mask)
    field, last_first = ask.sort
    order = shelf.order(field)[:: -1 if last_first else 1]
    return order[mask[order]]


def find(errand: Errand) -> int | None:
    """Return the position of the one row that the path names, if all of the path fits it."""
    values = dict(errand.ask.values)
    *_, last = (word.strip("{}") for word in errand.operation.path.split("/") if word.startswith("{"))
    key = values.pop(last)
    shelf = errand.shelf
    if last == "preferenceName":
        rows = zip(shelf.column("contactMethodId"), shelf.column("name"), strict=True)
        wanted = (values["contactMethodId"], key.casefold())
        found = (place for place, (owner, name) in enumerate(rows) if (owner, name.casefold()) == wanted)
        return None if is_orphan(errand) else next(found, None)
    places = shelf.places("id").get(key, [])
    if not places or is_orphan(errand):
        return None
    passes = keep(errand.tenant, shelf_name(errand.resource, errand.operation), values)
    return next((place for place in places if passes[place]), None)  # ids are not unique across parents


def is_orphan(errand: Errand) -> bool:
    """Tell whether the path goes over a record that does not exist."""
    owner = errand.owner
    if owner is None:
        return False
    shelf, key = owner
    rows, values = errand.tenant.shelves[shelf], errand.ask.values
    position = rows.find(key)
    if position is None:
        return True
    provider = values.get("booking_provider")
    if provider is not None and str(rows.column("bookingProviderId")[position]) != str(provider):
        return True
    method = values.get("contactMethodId")
    methods = errand.tenant.shelves["contact_methods"]
    place = None if method is None else methods.find(method)
    names_one = errand.operation.path.endswith("contact-methods/{contactMethodId}")
    if method is None or names_one:
        return False
    return place is None or methods.column("contactId")[place] != key


def row_of(errand: Errand, shelf: Shelf, position: int) -> bytes:
    """Return one row as this operation replies with it."""
    if errand.operation.path in WHOLE:
        return msgspec.json.encode(shelf.full(position))
    return shelf.row(position)


def fill_lead_url(shelf: Shelf, positions: NDArray[np.intp]) -> None:
    """Give leads without a permanent address one; it stays."""
    urls = shelf.column("leadUrl")
    for position in positions.tolist():
        if urls[position] is None:
            row: dict[str, Any] = shelf.full(position)
            row["leadUrl"] = f"https://sandbox.invalid/leads/{row['id']}"
            shelf.replace(position, msgspec.json.encode(row))


EFFECTS: dict[str, Callable[[Shelf, NDArray[np.intp]], None]] = {"genPermUrl": fill_lead_url}


def _on_page(kept: NDArray[np.intp], ask: Ask) -> NDArray[np.intp]:
    start = (ask.page - 1) * ask.size
    return kept[start : start + ask.size]


def _page(errand: Errand, kept: NDArray[np.intp]) -> bytes:
    ask, shelf = errand.ask, errand.shelf
    rows = b",".join([row_of(errand, shelf, each) for each in _on_page(kept, ask).tolist()])
    more = ask.page * ask.size < len(kept)
    total = len(kept) if ask.values.get("includeTotal") else None
    head = {"page": ask.page, "pageSize": ask.size, "hasMore": more, "totalCount": total}
    return msgspec.json.encode(head).removesuffix(b"}") + b',"data":[' + rows + b"]}"
