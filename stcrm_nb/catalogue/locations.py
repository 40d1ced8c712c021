"""Locations: where the work is done. Each belongs to exactly one customer."""

from stcrm_nb.catalogue.model import Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    ACTIVE_ONLY,
    ADDRESS_FILTERS,
    CONTACT_COLUMNS,
    CONTACT_ID,
    CUSTOM_FIELDS,
    EXTERNAL_DATA,
    EXTERNAL_DATA_CHILD,
    IDS,
    NOTE,
    PAGES,
    RANGES,
    SORT,
    SORTS,
    TAGS,
    address,
    record_id,
)

ID = record_id("location")

LOCATION = Record(
    "location",
    columns=(
        Column("id", "id", "The location's id."),
        Column("customerId", "id", "The customer it belongs to."),
        Column("active", "bool", "False once deactivated."),
        Column("name", "text", "Name."),
        *address("Service", coordinates=True),
        Column("createdOn", "time", "When the record was made; missing for migrated records."),
        Column("createdById", "id", "User who made it."),
        Column("modifiedOn", "time", "Last change; changes of contacts do not count."),
        Column("mergedToId", "id", "The location that this one was merged into."),
        Column("zoneId", "id", "Dispatch zone."),
        Column("taxExempt", "bool", "Pays no tax."),
        Column("taxZoneId", "id", "Tax zone."),
    ),
    children=(TAGS, CUSTOM_FIELDS, EXTERNAL_DATA_CHILD),
)

LOCATION_CONTACT = Record("location contact", columns=CONTACT_COLUMNS)

LIST = Operation(
    "Locations_GetList",
    "GET",
    "locations",
    name="list",
    summary="List locations, active ones unless told otherwise.",
    scope="tn.crm.locations:r",
    parameters=(
        IDS,
        Parameter("name", "text", "Text in the customer's name."),
        Parameter("customerId", "id", "Only locations of this customer."),
        *ADDRESS_FILTERS,
        ACTIVE_ONLY,
        *PAGES,
        SORT,
        *RANGES,
        *EXTERNAL_DATA,
    ),
    returns=LOCATION,
    paging="pages",
    sorts=SORTS,
)

GET = Operation(
    "Locations_Get",
    "GET",
    "locations/{id}",
    name="get",
    summary="Get one location.",
    scope="tn.crm.locations:r",
    parameters=(ID,),
    returns=LOCATION,
    errors=(400, 404),
)

CONTACTS = Operation(
    "Locations_GetContactList",
    "GET",
    "locations/{id}/contacts",
    name="contacts",
    summary="List the contacts of one location.",
    scope="tn.crm.locations:r",
    parameters=(ID, *PAGES),
    returns=LOCATION_CONTACT,
    paging="pages",
    errors=(400, 404, 409),
)

REMOVE_CONTACT = Operation(
    "Locations_DeleteContact",
    "DELETE",
    "locations/{id}/contacts/{contactId}",
    name="remove_contact",
    summary="Remove one contact from a location.",
    scope="tn.crm.locations:w",
    parameters=(ID, CONTACT_ID),
    errors=(400, 404, 409),
)

NOTES = Operation(
    "Locations_GetNotes",
    "GET",
    "locations/{id}/notes",
    name="notes",
    summary="List the notes on one location.",
    scope="tn.crm.locations:r",
    parameters=(ID, *PAGES, *RANGES),
    returns=NOTE,
    paging="pages",
    errors=(400, 404),
)

LOCATIONS = Resource("locations", "location", LOCATION, (LIST, GET, CONTACTS, NOTES, REMOVE_CONTACT))
