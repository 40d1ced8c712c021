"""What the API is: every operation and record once, as data. No I/O, no pandas."""

from stcrm_nb.catalogue.bookings import BOOKING_PROVIDER_TAGS, BOOKINGS
from stcrm_nb.catalogue.contacts import CONTACT_METHODS, CONTACT_PREFERENCES, CONTACTS
from stcrm_nb.catalogue.customers import CUSTOMERS
from stcrm_nb.catalogue.exports import EXPORT
from stcrm_nb.catalogue.leads import LEADS
from stcrm_nb.catalogue.locations import LOCATIONS
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

RESOURCES: tuple[Resource, ...] = (
    CUSTOMERS,
    LOCATIONS,
    LEADS,
    BOOKINGS,
    BOOKING_PROVIDER_TAGS,
    CONTACTS,
    CONTACT_METHODS,
    CONTACT_PREFERENCES,
    BULK_TAGS,
    EXPORT,
    LOOKUPS,
)

# The 86 of the published description; the lookups belong to other modules.
OPERATIONS: tuple[Operation, ...] = tuple(
    operation for resource in RESOURCES if resource is not LOOKUPS for operation in resource.operations
)

__all__ = [
    "BOOKINGS",
    "BOOKING_PROVIDER_TAGS",
    "BULK_TAGS",
    "CONTACTS",
    "CONTACT_METHODS",
    "CONTACT_PREFERENCES",
    "CUSTOMERS",
    "EXPORT",
    "LEADS",
    "LOCATIONS",
    "LOOKUPS",
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
