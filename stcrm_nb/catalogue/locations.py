"""Locations: where the work is done. Each belongs to exactly one customer."""

from stcrm_nb.catalogue.model import BodyField, Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    ACTIVE_ONLY,
    ADDRESS_FILTERS,
    CONTACT_AGAIN,
    CONTACT_CHANGES,
    CONTACT_COLUMNS,
    CONTACT_ID,
    CONTACTS_CHILD,
    COORDINATES_SOURCE,
    COORDINATES_STATUS,
    CUSTOM_FIELD_TYPE,
    CUSTOM_FIELDS,
    CUSTOM_FIELDS_CHANGE,
    EMPTIED,
    EXTERNAL_DATA,
    EXTERNAL_DATA_CHANGE,
    EXTERNAL_DATA_CHILD,
    IDS,
    NEW_CONTACT,
    NEW_CONTACTS,
    NEW_CUSTOM_FIELDS,
    NEW_EXTERNAL_DATA,
    NEW_TAGS,
    NOTE,
    NOTE_AGAIN,
    NOTE_ID,
    NOTE_TEXT,
    PAGES,
    PIN,
    PREFERENCES,
    RANGES,
    SORT,
    SORT_UNKNOWN,
    SORTS,
    TAG_TYPE_ID,
    TAGS,
    TAGS_CHANGE,
    address,
    address_parts,
    record_id,
)

ID = record_id("location")
READ, WRITE = "tn.crm.locations:r", "tn.crm.locations:w"

LOCATION = Record(
    "location",
    columns=(
        Column("id", "id", "The location's id."),
        Column("customerId", "id", "The customer it belongs to."),
        Column("active", "bool", "False once deactivated."),
        Column("name", "text", "Name."),
        *address("Service", coordinates=True),
        Column("createdOn", "time", "When the record was made; missing for migrated records.", nullable=True),
        Column("createdById", "id", "User who made it."),
        Column("modifiedOn", "time", "Last change; changes of contacts do not count."),
        Column("mergedToId", "id", "The location that this one was merged into.", nullable=True),
        Column("zoneId", "id", "Dispatch zone.", nullable=True),
        Column("taxExempt", "bool", "Pays no tax.", nullable=True),
        Column("taxZoneId", "id", "Tax zone.", nullable=True),
    ),
    children=(TAGS, CUSTOM_FIELDS, EXTERNAL_DATA_CHILD),
)

NEW_LOCATION = Record("new location", columns=LOCATION.columns, children=(*LOCATION.children, CONTACTS_CHILD))

LOCATION_CONTACT = Record("location contact", columns=CONTACT_COLUMNS)

CONTACT_OF_LOCATION = Record(
    "contact of a location",
    columns=(*CONTACT_COLUMNS, Column("locationId", "id", "The location it belongs to.")),
)

TAGGED_LOCATION = Record(
    "tagged location",
    columns=(Column("locationId", "id", "The location's id."),),
    children=(TAGS,),
    key="locationId",
)

LOCATION_PARTS = (
    BodyField("name", "text", "Name.", required=True),
    BodyField(
        "address",
        "object",
        "Where the work is done.",
        required=True,
        parts=address_parts(unit=False, coordinates=False),
    ),
    NEW_CONTACTS,
    NEW_CUSTOM_FIELDS,
    NEW_TAGS,
    NEW_EXTERNAL_DATA,
    BodyField("coordinatesSource", COORDINATES_SOURCE, "Where the coordinates are from.", nullable=True),
    BodyField(
        "coordinatesVerificationStatus",
        COORDINATES_STATUS,
        "Whether the coordinates were verified.",
        nullable=True,
    ),
)

LOCATION_CHANGES = (
    BodyField("customerId", "id", "The customer it shall belong to."),
    BodyField("name", "text", "Name."),
    BodyField(
        "address",
        "object",
        "Where the work is done; all parts go together.",
        parts=address_parts(unit=True, coordinates=False),
    ),
    BodyField("active", "bool", "False deactivates it."),
    BodyField("taxZoneId", "id", "Tax zone."),
    CUSTOM_FIELDS_CHANGE,
    TAGS_CHANGE,
    EXTERNAL_DATA_CHANGE,
)

LIST = Operation(
    "Locations_GetList",
    "GET",
    "locations",
    name="list",
    summary="List locations, active ones unless told otherwise.",
    scope=READ,
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
    scope=READ,
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
    scope=READ,
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
    scope=WRITE,
    parameters=(ID, CONTACT_ID),
    errors=(400, 404, 409),
    undo="add_contact",
    loses=CONTACT_AGAIN,
)

NOTES = Operation(
    "Locations_GetNotes",
    "GET",
    "locations/{id}/notes",
    name="notes",
    summary="List the notes on one location.",
    scope=READ,
    parameters=(ID, *PAGES, *RANGES),
    returns=NOTE,
    paging="pages",
    errors=(400, 404),
)

CREATE = Operation(
    "Locations_Create",
    "POST",
    "locations",
    name="create",
    summary="Create a location of a customer.",
    scope=WRITE,
    body=(*LOCATION_PARTS, BodyField("customerId", "id", "The customer it belongs to.", required=True)),
    returns=NEW_LOCATION,
    errors=(400, 409),
    undo="The API cannot delete a location; update it to active=False instead.",
    forgets=("customers",),  # its contacts are copied to the customer
)

UPDATE = Operation(
    "Locations_Update",
    "PATCH",
    "locations/{id}",
    name="update",
    summary="Change a location.",
    scope=WRITE,
    parameters=(ID,),
    body=LOCATION_CHANGES,
    returns=LOCATION,
    errors=(400, 404, 409),
    undo="update",
    loses=EMPTIED,
)

ALL_CONTACTS = Operation(
    "Locations_GetLocationsContactsList",
    "GET",
    "locations/contacts",
    name="all_contacts",
    summary="List the contacts of many locations, by location or by date.",
    scope=READ,
    parameters=(
        *PAGES,
        *RANGES,
        Parameter("locationIds", "ids", "Only contacts of these locations."),
    ),
    needs_one_of=(
        "locationIds",
        "modifiedBefore",
        "modifiedOnOrAfter",
        "createdBefore",
        "createdOnOrAfter",
    ),
    returns=CONTACT_OF_LOCATION,
    paging="pages",
)

CUSTOM_FIELD_TYPES = Operation(
    "Locations_GetCustomFieldTypes",
    "GET",
    "locations/custom-fields",
    name="custom_fields",
    summary="List the custom fields that locations may have.",
    scope=READ,
    parameters=(*PAGES, *RANGES, SORT_UNKNOWN),
    returns=CUSTOM_FIELD_TYPE,
    paging="pages",
    errors=(400, 404),
)

ADD_CONTACT = Operation(
    "Locations_CreateContact",
    "POST",
    "locations/{id}/contacts",
    name="add_contact",
    summary="Add a contact to a location.",
    scope=WRITE,
    parameters=(ID,),
    body=NEW_CONTACT,
    returns=LOCATION_CONTACT,
    errors=(400, 404, 409),
    undo="remove_contact",
    forgets=("customers",),  # it may be copied to the customer
)

UPDATE_CONTACT = Operation(
    "Locations_UpdateContact",
    "PATCH",
    "locations/{id}/contacts/{contactId}",
    name="update_contact",
    summary="Change a contact of a location.",
    scope=WRITE,
    parameters=(ID, CONTACT_ID),
    body=(*CONTACT_CHANGES, PREFERENCES),
    returns=LOCATION_CONTACT,
    errors=(400, 404, 409),
    undo="update_contact",
    loses=EMPTIED,
)

ADD_NOTE = Operation(
    "Locations_CreateNote",
    "POST",
    "locations/{id}/notes",
    name="add_note",
    summary="Add a note to a location.",
    scope=WRITE,
    parameters=(ID,),
    body=(
        NOTE_TEXT,
        PIN,
        BodyField("addToCustomer", "bool", "Write the same note on the customer too.", nullable=True),
    ),
    returns=NOTE,
    errors=(400, 404),
    undo="remove_note",
    loses="The copy on the customer stays.",
    forgets=("customers",),
)

REMOVE_NOTE = Operation(
    "Locations_DeleteNote",
    "DELETE",
    "locations/{id}/notes/{noteId}",
    name="remove_note",
    summary="Remove one note from a location.",
    scope=WRITE,
    parameters=(ID, NOTE_ID),
    errors=(400, 404),
    undo="add_note",
    loses=NOTE_AGAIN,
)

ADD_TAG = Operation(
    "Locations_CreateTag",
    "POST",
    "locations/{id}/tags/{tagTypeId}",
    name="add_tag",
    summary="Put a tag on a location.",
    scope=WRITE,
    parameters=(ID, TAG_TYPE_ID),
    returns=TAGGED_LOCATION,
    errors=(400, 404, 409),
    undo="remove_tag",
)

REMOVE_TAG = Operation(
    "Locations_DeleteTag",
    "DELETE",
    "locations/{id}/tags/{tagTypeId}",
    name="remove_tag",
    summary="Take a tag off a location.",
    scope=WRITE,
    parameters=(ID, TAG_TYPE_ID),
    errors=(400, 404),
    undo="add_tag",
)

PREFERRED_TECHNICIAN = Operation(
    "Locations_GetPreferredTechnician",
    "GET",
    "locations/{id}/preferredtechnician",
    name="preferred_technician",
    summary="Get the id of the technician whom a location prefers, if any.",
    scope=READ,
    parameters=(ID,),
    bare="id",
    errors=(400, 404),
)

SET_PREFERRED_TECHNICIAN = Operation(
    "Locations_UpdatePreferredTechnician",
    "POST",
    "locations/{id}/preferredtechnician/{preferredTechnicianId}",
    name="set_preferred_technician",
    summary="Set the technician whom a location prefers.",
    scope=WRITE,
    parameters=(
        ID,
        Parameter("preferredTechnicianId", "id", "The technician's id.", where="path", required=True),
    ),
    errors=(400, 404),
    undo="set_preferred_technician",
    loses="If there was none before, the API cannot set none again.",
)

LOCATIONS = Resource(
    "locations",
    "location",
    LOCATION,
    (
        LIST,
        GET,
        CONTACTS,
        NOTES,
        ALL_CONTACTS,
        CUSTOM_FIELD_TYPES,
        PREFERRED_TECHNICIAN,
        CREATE,
        UPDATE,
        ADD_CONTACT,
        UPDATE_CONTACT,
        REMOVE_CONTACT,
        ADD_NOTE,
        REMOVE_NOTE,
        ADD_TAG,
        REMOVE_TAG,
        SET_PREFERRED_TECHNICIAN,
    ),
)
