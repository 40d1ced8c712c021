"""Customers: who pays."""

from stcrm_nb.catalogue.model import Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    ACTIVE_ONLY,
    ADDRESS_FILTERS,
    CONTACT_COLUMNS,
    CONTACT_ID,
    CUSTOM_FIELDS,
    CUSTOMER_TYPE,
    EXTERNAL_DATA,
    EXTERNAL_DATA_CHILD,
    NOTE,
    PAGES,
    RANGES,
    SORT,
    SORTS,
    TAGS,
    address,
    record_id,
)

ID = record_id("customer")

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
        Column("mergedToId", "id", "The customer that this one was merged into."),
        Column("paymentTermId", "id", "Payment term."),
        Column("creditLimit", "decimal", "Credit limit, in the tenant's currency."),
        Column("creditLimitBalance", "decimal", "What is left of it."),
    ),
    children=(TAGS, CUSTOM_FIELDS, EXTERNAL_DATA_CHILD),
)

CUSTOMER_CONTACT = Record("customer contact", columns=CONTACT_COLUMNS)

LIST = Operation(
    "Customers_GetList",
    "GET",
    "customers",
    name="list",
    summary="List customers, active ones unless told otherwise.",
    scope="tn.crm.customers:r",
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
    scope="tn.crm.customers:r",
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
    scope="tn.crm.customers:r",
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
    scope="tn.crm.customers:w",
    parameters=(ID, CONTACT_ID),
    errors=(400, 404, 409),
)

NOTES = Operation(
    "Customers_GetNotes",
    "GET",
    "customers/{id}/notes",
    name="notes",
    summary="List the notes on one customer.",
    scope="tn.crm.customers:r",
    parameters=(ID, *PAGES, *RANGES),
    returns=NOTE,
    paging="pages",
    errors=(400, 404),
)

CUSTOMERS = Resource("customers", "customer", CUSTOMER, (LIST, GET, CONTACTS, NOTES, REMOVE_CONTACT))
