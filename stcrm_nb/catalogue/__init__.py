"""What the API is: every operation and record once, as data. No I/O, no pandas."""

from stcrm_nb.catalogue.bookings import BOOKINGS
from stcrm_nb.catalogue.customers import CUSTOMERS
from stcrm_nb.catalogue.leads import LEADS
from stcrm_nb.catalogue.locations import LOCATIONS
from stcrm_nb.catalogue.model import Child, Choices, Column, Operation, Parameter, Record, Resource

RESOURCES: tuple[Resource, ...] = (CUSTOMERS, LOCATIONS, LEADS, BOOKINGS)

OPERATIONS: tuple[Operation, ...] = tuple(
    operation for resource in RESOURCES for operation in resource.operations
)

__all__ = [
    "BOOKINGS",
    "CUSTOMERS",
    "LEADS",
    "LOCATIONS",
    "OPERATIONS",
    "RESOURCES",
    "Child",
    "Choices",
    "Column",
    "Operation",
    "Parameter",
    "Record",
    "Resource",
]
