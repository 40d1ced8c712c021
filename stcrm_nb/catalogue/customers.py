"""Customers: who pays."""

from dataclasses import replace

from stcrm_nb.catalogue.locations import LOCATION_PARTS, NEW_LOCATION
from stcrm_nb.catalogue.model import BodyField, Child, Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    ACTIVE_ONLY,
    ADDRESS_FILTERS,
    CONTACT_AGAIN,
    CONTACT_CHANGES,
    CONTACT_COLUMNS,
    CONTACT_ID,
    CONTACTS_CHILD,
    CUSTOM_FIELD_TYPE,
    CUSTOM_FIELDS,
    CUSTOM_FIELDS_CHANGE,
    CUSTOMER_TYPE,
    EMPTIED,
    EXTERNAL_DATA,
    EXTERNAL_DATA_CHANGE,
    EXTERNAL_DATA_CHILD,
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

ID = record_id("customer")
READ, WRITE = "tn.crm.customers:r", "tn.crm.customers:w"

CUSTOMER = Record(
    "customer",
    columns=(
        Column("id", "id", "The customer's id."),
        Column("active", "bool", "False once deactivated, typically by a merge."),
        Column("name", "text", "Name."),
        Column("type", CUSTOMER_TYPE, "Residential or Commercial."),
        *address("Billing", coordinates=True),
        Column("balance", "decimal", "Account balance, in the tenant's currency."),
        Column("taxExempt", "bool", "Pays no tax."),
        Column("doNotMail", "bool", "Wants no mail."),
        Column("doNotService", "bool", "Is not to be served."),
        Column("nationalAccount", "bool", "Is a national account."),
        Column("createdOn", "time", "When the record was made."),
        Column("createdById", "id", "User who made it."),
        Column("modifiedOn", "time", "Last change; balance changes and notes count."),
        Column("mergedToId", "id", "The customer that this one was merged into.", nullable=True),
        Column("paymentTermId", "id", "Payment term.", nullable=True),
        Column("creditLimit", "decimal", "Credit limit, in the tenant's currency.", nullable=True),
        Column("creditLimitBalance", "decimal", "What is left of it.", nullable=True),
    ),
    children=(TAGS, CUSTOM_FIELDS, EXTERNAL_DATA_CHILD),
)

NEW_CUSTOMER = Record(
    "new customer",
    columns=CUSTOMER.columns,
    children=(
        *CUSTOMER.children,
        Child(
            "locations",
            "Locations made with the customer.",
            columns=NEW_LOCATION.columns,
            children=NEW_LOCATION.children,
        ),
        CONTACTS_CHILD,
    ),
)

CUSTOMER_CONTACT = Record("customer contact", columns=CONTACT_COLUMNS)

CONTACT_OF_CUSTOMER = Record(
    "contact of a customer",
    columns=(*CONTACT_COLUMNS, Column("customerId", "id", "The customer it belongs to.")),
)

TAGGED_CUSTOMER = Record(
    "tagged customer",
    columns=(Column("customerId", "id", "The customer's id."),),
    children=(TAGS,),
    key="customerId",
)

FLAGS = (
    BodyField("doNotMail", "bool", "Wants no mail."),
    BodyField("doNotService", "bool", "Is not to be served."),
    BodyField("nationalAccount", "bool", "Is a national account."),
    BodyField("taxExempt", "bool", "Pays no tax."),
)

CREDIT = (
    BodyField("paymentTermId", "id", "Payment term."),
    BodyField("creditLimit", "decimal", "Credit limit, in the tenant's currency."),
    BodyField("creditLimitBalance", "decimal", "What is left of it."),
)

CUSTOMER_PARTS = (
    BodyField("name", "text", "Name.", required=True),
    BodyField("type", CUSTOMER_TYPE, "Residential or Commercial.", nullable=True),
    BodyField(
        "locations",
        "object",
        "Where the work is done, at least one.",
        required=True,
        many=True,
        parts=LOCATION_PARTS,
    ),
    BodyField(
        "address",
        "object",
        "Where bills go.",
        required=True,
        parts=address_parts(unit=False, coordinates=False),
    ),
    NEW_CONTACTS,
    NEW_CUSTOM_FIELDS,
    NEW_TAGS,
    NEW_EXTERNAL_DATA,
    *(replace(each, nullable=True) for each in FLAGS + CREDIT),
)

CUSTOMER_CHANGES = (
    BodyField("name", "text", "Name."),
    BodyField("type", CUSTOMER_TYPE, "Residential or Commercial."),
    BodyField(
        "address",
        "object",
        "Where bills go; all parts go together.",
        parts=address_parts(unit=True, coordinates=True),
    ),
    BodyField("active", "bool", "False deactivates it."),
    CUSTOM_FIELDS_CHANGE,
    TAGS_CHANGE,
    EXTERNAL_DATA_CHANGE,
    *FLAGS,
    *CREDIT,
)

LIST = Operation(
    "Customers_GetList",
    "GET",
    "customers",
    name="list",
    summary="List customers, active ones unless told otherwise.",
    scope=READ,
    parameters=(
        *PAGES,
        SORT,
        Parameter("ids", "ids", "Only these customers."),
        *RANGES,
        Parameter(
            "excludeAccountingChangesFromModifiedDateRange",
            "bool",
            "Let balance changes not count as changes in the modified range.",
        ),
        Parameter("name", "text", "Text in the name."),
        *ADDRESS_FILTERS,
        Parameter("phone", "text", "Number of one of its contacts."),
        ACTIVE_ONLY,
        *EXTERNAL_DATA,
    ),
    returns=CUSTOMER,
    paging="pages",
    sorts=SORTS,
)

GET = Operation(
    "Customers_Get",
    "GET",
    "customers/{id}",
    name="get",
    summary="Get one customer.",
    scope=READ,
    parameters=(ID,),
    returns=CUSTOMER,
    errors=(400, 404),
)

CONTACTS = Operation(
    "Customers_GetContactList",
    "GET",
    "customers/{id}/contacts",
    name="contacts",
    summary="List the contacts of one customer.",
    scope=READ,
    parameters=(ID, *PAGES),
    returns=CUSTOMER_CONTACT,
    paging="pages",
    errors=(400, 404, 409),
)

REMOVE_CONTACT = Operation(
    "Customers_DeleteContact",
    "DELETE",
    "customers/{id}/contacts/{contactId}",
    name="remove_contact",
    summary="Remove one contact from a customer.",
    scope=WRITE,
    parameters=(ID, CONTACT_ID),
    errors=(400, 404, 409),
    undo="add_contact",
    loses=CONTACT_AGAIN,
)

NOTES = Operation(
    "Customers_GetNotes",
    "GET",
    "customers/{id}/notes",
    name="notes",
    summary="List the notes on one customer.",
    scope=READ,
    parameters=(ID, *PAGES, *RANGES),
    returns=NOTE,
    paging="pages",
    errors=(400, 404),
)

CREATE = Operation(
    "Customers_Create",
    "POST",
    "customers",
    name="create",
    summary="Create a customer with its first locations.",
    scope=WRITE,
    body=CUSTOMER_PARTS,
    returns=NEW_CUSTOMER,
    undo="The API cannot delete a customer; update it to active=False instead.",
    forgets=("locations",),
)

UPDATE = Operation(
    "Customers_Update",
    "PATCH",
    "customers/{id}",
    name="update",
    summary="Change a customer.",
    scope=WRITE,
    parameters=(ID,),
    body=CUSTOMER_CHANGES,
    returns=CUSTOMER,
    errors=(400, 404),
    undo="update",
    loses=EMPTIED,
)

ALL_CONTACTS = Operation(
    "Customers_GetModifiedContactsList",
    "GET",
    "customers/contacts",
    name="all_contacts",
    summary="List the contacts of many customers, by customer or by date of change.",
    scope=READ,
    parameters=(
        *PAGES,
        *RANGES,
        Parameter("customerIds", "ids", "Only contacts of these customers."),
    ),
    needs_one_of=("customerIds", "modifiedBefore", "modifiedOnOrAfter"),
    returns=CONTACT_OF_CUSTOMER,
    paging="pages",
    errors=(400, 404),
)

CUSTOM_FIELD_TYPES = Operation(
    "Customers_GetCustomFieldTypes",
    "GET",
    "customers/custom-fields",
    name="custom_fields",
    summary="List the custom fields that customers may have.",
    scope=READ,
    parameters=(*PAGES, *RANGES, SORT_UNKNOWN),
    returns=CUSTOM_FIELD_TYPE,
    paging="pages",
    errors=(400, 404),
)

ADD_CONTACT = Operation(
    "Customers_CreateContact",
    "POST",
    "customers/{id}/contacts",
    name="add_contact",
    summary="Add a contact to a customer.",
    scope=WRITE,
    parameters=(ID,),
    body=NEW_CONTACT,
    returns=CUSTOMER_CONTACT,
    errors=(400, 404, 409),
    undo="remove_contact",
)

UPDATE_CONTACT = Operation(
    "Customers_UpdateContact",
    "PATCH",
    "customers/{id}/contacts/{contactId}",
    name="update_contact",
    summary="Change a contact of a customer.",
    scope=WRITE,
    parameters=(ID, CONTACT_ID),
    body=(*CONTACT_CHANGES, PREFERENCES),
    returns=CUSTOMER_CONTACT,
    errors=(400, 404, 409),
    undo="update_contact",
    loses=EMPTIED,
)

ADD_NOTE = Operation(
    "Customers_CreateNote",
    "POST",
    "customers/{id}/notes",
    name="add_note",
    summary="Add a note to a customer.",
    scope=WRITE,
    parameters=(ID,),
    body=(
        NOTE_TEXT,
        PIN,
        BodyField(
            "addToLocations", "bool", "Write the same note on its active locations too.", nullable=True
        ),
    ),
    returns=NOTE,
    errors=(400, 404),
    undo="remove_note",
    loses="Copies on its locations stay.",
    forgets=("locations",),
)

REMOVE_NOTE = Operation(
    "Customers_DeleteNote",
    "DELETE",
    "customers/{id}/notes/{noteId}",
    name="remove_note",
    summary="Remove one note from a customer.",
    scope=WRITE,
    parameters=(ID, NOTE_ID),
    errors=(400, 404),
    undo="add_note",
    loses=NOTE_AGAIN,
)

ADD_TAG = Operation(
    "Customers_CreateTag",
    "POST",
    "customers/{id}/tags/{tagTypeId}",
    name="add_tag",
    summary="Put a tag on a customer.",
    scope=WRITE,
    parameters=(ID, TAG_TYPE_ID),
    returns=TAGGED_CUSTOMER,
    errors=(400, 404, 409),
    undo="remove_tag",
)

REMOVE_TAG = Operation(
    "Customers_DeleteTag",
    "DELETE",
    "customers/{id}/tags/{tagTypeId}",
    name="remove_tag",
    summary="Take a tag off a customer.",
    scope=WRITE,
    parameters=(ID, TAG_TYPE_ID),
    errors=(400, 404),
    undo="add_tag",
)

CUSTOMERS = Resource(
    "customers",
    "customer",
    CUSTOMER,
    (
        LIST,
        GET,
        CONTACTS,
        NOTES,
        ALL_CONTACTS,
        CUSTOM_FIELD_TYPES,
        CREATE,
        UPDATE,
        ADD_CONTACT,
        UPDATE_CONTACT,
        REMOVE_CONTACT,
        ADD_NOTE,
        REMOVE_NOTE,
        ADD_TAG,
        REMOVE_TAG,
    ),
)
