"""What leads from a record to its relatives: its own lists, and the records that it names."""

from collections.abc import Callable, Mapping
from functools import partial

from stcrm_nb.catalogue import BOOKINGS, CUSTOMERS, LEADS, LOCATIONS, Operation, Resource
from stcrm_nb.frames.fetch import fetch
from stcrm_nb.frames.record import Record
from stcrm_nb.resources.signature import positional
from stcrm_nb.transport.session import Session

NAMED = {"customer_id": CUSTOMERS, "location_id": LOCATIONS, "booking_id": BOOKINGS}
LISTED = {CUSTOMERS.name: (LOCATIONS, LEADS)}  # what has a filter by customer
Link = Callable[[], object]


def links_of(session: Session, resource: Resource, record: Record) -> dict[str, Link]:
    """Return the calls that lead from a record to its relatives, by name.

    Parameters
    ----------
    session : Session
        The connection.
    resource : catalogue.Resource
        Where the record comes from.
    record : Record
        One record.

    Returns
    -------
    dict of str to callable
        Such as `contacts`, `notes`, and `customer` where the record names one.
    """
    key = record.get("id")
    if key is None:
        return {}
    links: dict[str, Link] = {
        operation.name: _call(session, operation, {positional(operation)[0].name: key})
        for operation in resource.operations
        if not operation.writes
        and operation.name != "get"
        and len(positional(operation)) == 1
        and operation.path.startswith(f"{resource.name.split('.')[0]}/{{")
    }
    for column, other in NAMED.items():
        if record.get(column) is not None:
            links[other.singular] = partial(_get, session, other, record[column])
    for other in LISTED.get(resource.name, ()):
        links[other.name] = _call(session, other.operation("list"), {"customer_id": key} | _any(other))
    return links


def _call(session: Session, operation: Operation, arguments: Mapping[str, object]) -> Link:
    return partial(fetch, session, operation, arguments)


def _get(session: Session, resource: Resource, key: object) -> object:
    found = fetch(session, resource.operation("get"), {"id": key})
    return found.linked(links_of(session, resource, found)) if isinstance(found, Record) else found


def _any(resource: Resource) -> dict[str, object]:
    """Ask for inactive relatives too, where the service would leave them out."""
    has_active = any(parameter.field == "active" for parameter in resource.operation("list").parameters)
    return {"active": "Any"} if has_active else {}
