"""Export feeds: everything from the first record on, inactive and deleted too, in order of change."""

from dataclasses import replace

from stcrm_nb.catalogue.bookings import BOOKING
from stcrm_nb.catalogue.customers import CONTACT_OF_CUSTOMER, CUSTOMER
from stcrm_nb.catalogue.leads import LEAD
from stcrm_nb.catalogue.locations import CONTACT_OF_LOCATION, LOCATION
from stcrm_nb.catalogue.model import NO_RECORD, Operation, Record, Resource
from stcrm_nb.catalogue.parameters import ACTIVE_COLUMN, FEED


def _exported(record: Record) -> Record:
    """Return a record as feeds have it: with `active`, which its lists leave out."""
    return replace(record, name=f"exported {record.name}", columns=(*record.columns, ACTIVE_COLUMN))


EXPORT = Resource(
    "export",
    "feed",
    NO_RECORD,
    (
        Operation(
            "ExportBookings_Get",
            "GET",
            "export/bookings",
            name="bookings",
            summary="Read the feed of bookings.",
            scope="tn.crm.bookings:r",
            parameters=FEED,
            returns=_exported(BOOKING),
            paging="feed",
        ),
        Operation(
            "ExportCustomers_GetCustomers",
            "GET",
            "export/customers",
            name="customers",
            summary="Read the feed of customers.",
            scope="tn.crm.customers:r",
            parameters=FEED,
            returns=CUSTOMER,
            paging="feed",
        ),
        Operation(
            "ExportContacts_CustomersContacts",
            "GET",
            "export/customers/contacts",
            name="customer_contacts",
            summary="Read the feed of the contacts of customers.",
            scope="tn.crm.customers:r",
            parameters=FEED,
            returns=_exported(CONTACT_OF_CUSTOMER),
            paging="feed",
        ),
        Operation(
            "ExportLeads_Leads",
            "GET",
            "export/leads",
            name="leads",
            summary="Read the feed of leads.",
            scope="tn.crm.leads:r",
            parameters=FEED,
            returns=_exported(LEAD),
            paging="feed",
        ),
        Operation(
            "ExportLocations_Locations",
            "GET",
            "export/locations",
            name="locations",
            summary="Read the feed of locations.",
            scope="tn.crm.locations:r",
            parameters=FEED,
            returns=LOCATION,
            paging="feed",
        ),
        Operation(
            "ExportContacts_LocationsContacts",
            "GET",
            "export/locations/contacts",
            name="location_contacts",
            summary="Read the feed of the contacts of locations.",
            scope="tn.crm.locations:r",
            parameters=FEED,
            returns=_exported(CONTACT_OF_LOCATION),
            paging="feed",
        ),
    ),
)
