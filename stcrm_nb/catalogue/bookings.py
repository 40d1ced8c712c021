"""Bookings: inquiries from booking providers and web forms."""

from stcrm_nb.catalogue.model import Child, Choices, Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    CONTACT_TYPE,
    CUSTOMER_TYPE,
    IDS,
    PAGES,
    PRIORITY,
    RANGES,
    SORT,
    SORTS,
    address,
    record_id,
)

BOOKING_STATUS = Choices("booking status", ("New", "Accepted", "Converted", "Dismissed"))
ID = record_id("booking")

BOOKING = Record(
    "booking",
    columns=(
        Column("id", "id", "The booking's id."),
        Column("source", "text", "Where it came from, in free text."),
        Column("createdOn", "time", "When it came in."),
        Column("name", "text", "Name of the person who asked."),
        *address("Booking", coordinates=False),
        Column("customerType", CUSTOMER_TYPE, "Residential or Commercial, if said."),
        Column("start", "time", "Moment asked for."),
        Column("campaignId", "id", "Campaign that brought it."),
        Column("businessUnitId", "id", "Business unit."),
        Column("isFirstTimeClient", "bool", "Never a customer before."),
        Column("isSendConfirmationEmail", "bool", "A confirmation was sent."),
        Column("status", BOOKING_STATUS, "New, Accepted, Converted or Dismissed, as of today."),
        Column("dismissingReasonId", "id", "Call reason it was dismissed with."),
        Column("jobId", "id", "Job booked from it."),
        Column("externalId", "text", "The provider's own id."),
        Column("priority", PRIORITY, "Low, Normal, High or Urgent."),
        Column("jobTypeId", "id", "Job type asked for."),
        Column("bookingProviderId", "id", "Booking provider."),
        Column("modifiedOn", "time", "Last change; not the moment of conversion."),
        Column("summary", "text", "What was asked for; web forms put everything here."),
    ),
    children=(Child("uploadedImages", "Names of uploaded images.", item="text"),),
)

BOOKING_CONTACT = Record(
    "booking contact",
    columns=(
        Column("id", "id", "The contact's id."),
        Column("type", CONTACT_TYPE, "Landline (Phone), MobilePhone, Email or Fax."),
        Column("value", "text", "Number or address."),
        Column("memo", "text", "Whose contact it is, in words."),
        Column("modifiedOn", "time", "Last change."),
    ),
)

LIST = Operation(
    "Bookings_GetList",
    "GET",
    "bookings",
    name="list",
    summary="List bookings of every status.",
    scope="tn.crm.bookings:r",
    parameters=(
        IDS,
        *PAGES,
        *RANGES,
        Parameter("externalId", "text", "The provider's own id."),
        SORT,
    ),
    returns=BOOKING,
    paging="pages",
    sorts=SORTS,
)

GET = Operation(
    "Bookings_Get",
    "GET",
    "bookings/{id}",
    name="get",
    summary="Get one booking.",
    scope="tn.crm.bookings:r",
    parameters=(ID,),
    returns=BOOKING,
    errors=(400, 404),
)

CONTACTS = Operation(
    "Bookings_GetContactList",
    "GET",
    "bookings/{id}/contacts",
    name="contacts",
    summary="List the contacts of one booking.",
    scope="tn.crm.bookings:r",
    parameters=(ID, *PAGES),
    returns=BOOKING_CONTACT,
    paging="pages",
    errors=(400, 404),
)

BOOKINGS = Resource("bookings", "booking", BOOKING, (LIST, GET, CONTACTS))
