"""What the API is: every operation and record once, as data. No I/O, no pandas."""

from dataclasses import replace

from stcrm_nb.catalogue.bookings import BOOKING_PROVIDER_TAGS
from stcrm_nb.catalogue.bookings import BOOKINGS as ALL_OF_BOOKINGS
from stcrm_nb.catalogue.contacts import CONTACT_METHODS, CONTACT_PREFERENCES, CONTACTS
from stcrm_nb.catalogue.customers import CUSTOMERS as ALL_OF_CUSTOMERS
from stcrm_nb.catalogue.exports import EXPORT
from stcrm_nb.catalogue.leads import LEADS as ALL_OF_LEADS
from stcrm_nb.catalogue.locations import LOCATIONS as ALL_OF_LOCATIONS
from stcrm_nb.catalogue.lookups import LOOKUPS
from stcrm_nb.catalogue.model import (
    BodyField,
    Child,
    Choices,
    Column,
    Operation,
    Parameter,
    Record,
    Resource,
)
from stcrm_nb.catalogue.tags import BULK_TAGS

EVERYTHING: tuple[Resource, ...] = (
    ALL_OF_CUSTOMERS,
    ALL_OF_LOCATIONS,
    ALL_OF_LEADS,
    ALL_OF_BOOKINGS,
    BOOKING_PROVIDER_TAGS,
    CONTACTS,
    CONTACT_METHODS,
    CONTACT_PREFERENCES,
    BULK_TAGS,
    EXPORT,
    LOOKUPS,
)

# What resources.py and the sandbox can serve so far. To serve all: delete from here to RESOURCES, import the
# four resources by their own names, and put EVERYTHING in the place of RESOURCES.
SERVED = {"list", "get", "contacts", "notes", "remove_contact"}


def _served(resource: Resource) -> Resource:
    """Return a resource with those operations alone that stand under its own path and are served."""
    kept = (each for each in resource.operations if each.name in SERVED and each.roots[0] == resource.name)
    return replace(resource, operations=tuple(kept))


CUSTOMERS, LOCATIONS, LEADS, BOOKINGS = map(_served, EVERYTHING[:4])
RESOURCES: tuple[Resource, ...] = (CUSTOMERS, LOCATIONS, LEADS, BOOKINGS)

OPERATIONS: tuple[Operation, ...] = tuple(
    operation for resource in RESOURCES for operation in resource.operations
)

__all__ = [
    "BOOKINGS",
    "CUSTOMERS",
    "EVERYTHING",
    "LEADS",
    "LOCATIONS",
    "OPERATIONS",
    "RESOURCES",
    "BodyField",
    "Child",
    "Choices",
    "Column",
    "Operation",
    "Parameter",
    "Record",
    "Resource",
]
