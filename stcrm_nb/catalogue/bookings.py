"""Bookings: inquiries from booking providers and web forms; and the tags that name the providers."""

from dataclasses import replace

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
from stcrm_nb.catalogue.parameters import (
    CONTACT_CHANGES,
    CONTACT_ID,
    CONTACT_TYPE,
    CUSTOMER_TYPE,
    EMPTIED,
    IDS,
    NEW_CONTACT,
    NEW_CONTACTS,
    PAGES,
    PRIORITY,
    RANGES,
    SORT,
    SORTS,
    address,
    address_parts,
    record_id,
)

BOOKING_STATUS = Choices("booking status", ("New", "Accepted", "Converted", "Dismissed"))
TAG_KIND = Choices("booking provider tag type", ("V1Api", "V2Api"))
ID = record_id("booking")
PROVIDER = Parameter(
    "booking_provider", "id", "The booking provider's id.", where="path", required=True, alias="provider"
)
READ, WRITE = "tn.crm.bookings:r", "tn.crm.bookings:w"

BOOKING = Record(
    "booking",
    columns=(
        Column("id", "id", "The booking's id."),
        Column("source", "text", "Where it came from, in free text."),
        Column("createdOn", "time", "When it came in."),
        Column("name", "text", "Name of the person who asked."),
        *address("Booking", coordinates=False),
        Column("customerType", CUSTOMER_TYPE, "Residential or Commercial, if said.", nullable=True),
        Column("start", "time", "Moment asked for."),
        Column("campaignId", "id", "Campaign that brought it.", nullable=True),
        Column("businessUnitId", "id", "Business unit.", nullable=True),
        Column("isFirstTimeClient", "bool", "Never a customer before.", nullable=True),
        Column("isSendConfirmationEmail", "bool", "A confirmation was sent.", nullable=True),
        Column("status", BOOKING_STATUS, "New, Accepted, Converted or Dismissed, as of today."),
        Column("dismissingReasonId", "id", "Call reason it was dismissed with.", nullable=True),
        Column("jobId", "id", "Job booked from it.", nullable=True),
        Column("externalId", "text", "The provider's own id."),
        Column("priority", PRIORITY, "Low, Normal, High or Urgent.", nullable=True),
        Column("jobTypeId", "id", "Job type asked for.", nullable=True),
        Column("bookingProviderId", "id", "Booking provider."),
        Column("modifiedOn", "time", "Last change; not the moment of conversion."),
        Column("summary", "text", "What was asked for; web forms put everything here.", nullable=True),
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

WRITTEN_CONTACT = Record(
    "written booking contact",
    columns=tuple(replace(each, nullable=True) for each in BOOKING_CONTACT.columns[1:4]),
    key="",
)

TAG = Record(
    "booking provider tag",
    columns=(
        Column("id", "id", "The booking provider's id."),
        Column("tagName", "text", "Name of the provider."),
        Column("description", "text", "What it is for."),
        Column("type", TAG_KIND, "V1Api or V2Api."),
        Column("createdOn", "time", "When the record was made."),
        Column("modifiedOn", "time", "Last change."),
        Column("active", "bool", "False once deactivated."),
    ),
)

WRITTEN_TAG = replace(TAG, name="written booking provider tag", columns=TAG.columns[:-1])

FILTERS = (
    IDS,
    *PAGES,
    *RANGES,
    Parameter("externalId", "text", "The provider's own id."),
    SORT,
)

DETAILS = (
    BodyField("campaignId", "id", "Campaign that brought it."),
    BodyField("businessUnitId", "id", "Business unit."),
    BodyField("jobTypeId", "id", "Job type asked for."),
    BodyField("priority", PRIORITY, "Low, Normal, High or Urgent."),
)

NEW_BOOKING = (
    BodyField("source", "text", "Where it came from, in free text.", required=True),
    BodyField("name", "text", "Name of the person who asked.", required=True),
    BodyField(
        "address",
        "object",
        "Where the work is wanted.",
        nullable=True,
        parts=address_parts(unit=False, coordinates=None),
    ),
    NEW_CONTACTS,
    BodyField("customerType", CUSTOMER_TYPE, "Residential or Commercial.", nullable=True, plain=True),
    BodyField("start", "time", "Moment asked for.", nullable=True),
    BodyField("summary", "text", "What is asked for.", required=True),
    *(replace(each, nullable=True) for each in DETAILS),
    BodyField("isFirstTimeClient", "bool", "Never a customer before.", required=True),
    BodyField("uploadedImages", "text", "Names of uploaded images.", nullable=True, many=True),
    BodyField("isSendConfirmationEmail", "bool", "Send the person a confirmation.", nullable=True),
    BodyField("externalId", "text", "The provider's own id.", required=True),
)

BOOKING_CHANGES = (
    BodyField("source", "text", "Where it came from, in free text."),
    BodyField("name", "text", "Name of the person who asked."),
    BodyField(
        "address",
        "object",
        "Where the work is wanted; all parts go together.",
        parts=address_parts(unit=True, coordinates=None),
    ),
    BodyField("customerType", CUSTOMER_TYPE, "Residential or Commercial."),
    BodyField("start", "time", "Moment asked for."),
    BodyField("summary", "text", "What is asked for."),
    *DETAILS,
    BodyField("isFirstTimeClient", "bool", "Never a customer before."),
    BodyField("uploadedImages", "text", "Names of all uploaded images.", many=True, replaces=True),
    BodyField("externalId", "text", "The provider's own id."),
)

LIST = Operation(
    "Bookings_GetList",
    "GET",
    "bookings",
    name="list",
    narrows="list_for_provider",
    summary="List bookings of every status.",
    scope=READ,
    parameters=FILTERS,
    returns=BOOKING,
    paging="pages",
    sorts=SORTS,
)

GET = Operation(
    "Bookings_Get",
    "GET",
    "bookings/{id}",
    name="get",
    narrows="get_for_provider",
    summary="Get one booking.",
    scope=READ,
    parameters=(ID,),
    returns=BOOKING,
    errors=(400, 404),
)

CONTACTS = Operation(
    "Bookings_GetContactList",
    "GET",
    "bookings/{id}/contacts",
    name="contacts",
    narrows="contacts_for_provider",
    summary="List the contacts of one booking.",
    scope=READ,
    parameters=(ID, *PAGES),
    returns=BOOKING_CONTACT,
    paging="pages",
    errors=(400, 404),
)

LIST_FOR_PROVIDER = Operation(
    "Bookings_GetList2",
    "GET",
    "booking-provider/{booking_provider}/bookings",
    name="list_for_provider",
    summary="List the bookings of one provider.",
    scope=READ,
    parameters=(PROVIDER, *FILTERS),
    returns=BOOKING,
    paging="pages",
    sorts=SORTS,
)

GET_FOR_PROVIDER = Operation(
    "Bookings_GetForProvider",
    "GET",
    "booking-provider/{booking_provider}/bookings/{id}",
    name="get_for_provider",
    summary="Get one booking of one provider.",
    scope=READ,
    parameters=(ID, PROVIDER),
    returns=BOOKING,
    errors=(400, 404),
)

CONTACTS_FOR_PROVIDER = Operation(
    "Bookings_GetContactList2",
    "GET",
    "booking-provider/{booking_provider}/bookings/{id}/contacts",
    name="contacts_for_provider",
    summary="List the contacts of one booking of one provider.",
    scope=READ,
    parameters=(ID, PROVIDER, *PAGES),
    returns=BOOKING_CONTACT,
    paging="pages",
    errors=(400, 404),
)

CREATE = Operation(
    "Bookings_Create",
    "POST",
    "booking-provider/{booking_provider}/bookings",
    name="create",
    summary="Create a booking for one provider.",
    scope=WRITE,
    parameters=(PROVIDER,),
    body=NEW_BOOKING,
    returns=BOOKING,
    undo="The API cannot delete a booking; dismiss it instead.",
    forgets=("bookings",),
)

UPDATE = Operation(
    "Bookings_Update",
    "PATCH",
    "booking-provider/{booking_provider}/bookings/{id}",
    name="update",
    summary="Change a booking of one provider.",
    scope=WRITE,
    parameters=(ID, PROVIDER),
    body=BOOKING_CHANGES,
    returns=BOOKING,
    errors=(400, 404, 409),
    undo="update",
    loses=EMPTIED,
    forgets=("bookings",),
)

DISMISS = Operation(
    "Bookings_DismissBooking",
    "POST",
    "booking-provider/{booking_provider}/bookings/{id}/dismiss",
    name="dismiss",
    summary="Dismiss a booking of one provider.",
    scope=WRITE,
    parameters=(ID, replace(PROVIDER, plain=True)),
    body=(
        BodyField("callReasonId", "id", "Call reason it is dismissed with.", nullable=True),
        BodyField("dismissingMemo", "text", "Why it is dismissed, in words.", nullable=True),
    ),
    undo="The API cannot take a dismissal back.",
    forgets=("bookings",),
)

ADD_CONTACT = Operation(
    "Bookings_CreateContact",
    "POST",
    "booking-provider/{booking_provider}/bookings/{id}/contacts",
    name="add_contact",
    summary="Add a contact to a booking of one provider.",
    scope=WRITE,
    parameters=(ID, PROVIDER),
    body=(replace(NEW_CONTACT[0], plain=True), *NEW_CONTACT[1:]),
    returns=BOOKING_CONTACT,
    errors=(400, 404),
    undo="remove_contact",
    forgets=("bookings",),
)

UPDATE_CONTACT = Operation(
    "Bookings_UpdateBookingContact",
    "PATCH",
    "booking-provider/{booking_provider}/bookings/{id}/contacts/{contactId}",
    name="update_contact",
    summary="Change a contact of a booking of one provider.",
    scope=WRITE,
    parameters=(ID, CONTACT_ID, PROVIDER),
    body=CONTACT_CHANGES,
    returns=WRITTEN_CONTACT,
    errors=(400, 404, 409),
    undo="update_contact",
    forgets=("bookings",),
)

REMOVE_CONTACT = Operation(
    "Bookings_DeleteContact",
    "DELETE",
    "booking-provider/{booking_provider}/bookings/{id}/contacts/{contactId}",
    name="remove_contact",
    summary="Remove one contact from a booking of one provider.",
    scope=WRITE,
    parameters=(ID, CONTACT_ID, PROVIDER),
    errors=(400, 404),
    undo="add_contact",
    loses="The contact comes back with another id.",
    forgets=("bookings",),
)

BOOKINGS = Resource(
    "bookings",
    "booking",
    BOOKING,
    (
        LIST,
        GET,
        CONTACTS,
        LIST_FOR_PROVIDER,
        GET_FOR_PROVIDER,
        CONTACTS_FOR_PROVIDER,
        CREATE,
        UPDATE,
        DISMISS,
        ADD_CONTACT,
        UPDATE_CONTACT,
        REMOVE_CONTACT,
    ),
)

TAG_ID = record_id("booking provider")

BOOKING_PROVIDER_TAGS = Resource(
    "booking_provider_tags",
    "booking provider tag",
    TAG,
    (
        Operation(
            "BookingProviderTags_GetList",
            "GET",
            "booking-provider-tags",
            name="list",
            summary="List booking provider tags: who sends bookings.",
            scope="tn.crm.bookingprovidertags:r",
            parameters=(
                Parameter("name", "text", "Name of the provider."),
                IDS,
                *PAGES,
                *RANGES,
                SORT,
            ),
            returns=TAG,
            paging="pages",
            sorts=SORTS,
        ),
        Operation(
            "BookingProviderTags_Get",
            "GET",
            "booking-provider-tags/{id}",
            name="get",
            summary="Get one booking provider tag.",
            scope="tn.crm.bookingprovidertags:r",
            parameters=(TAG_ID,),
            returns=TAG,
            errors=(400, 404),
        ),
        Operation(
            "BookingProviderTags_Create",
            "POST",
            "booking-provider-tags",
            name="create",
            summary="Create a booking provider tag.",
            scope="tn.crm.bookingprovidertags:w",
            body=(
                BodyField("tagName", "text", "Name of the provider.", required=True),
                BodyField("description", "text", "What it is for.", required=True),
            ),
            returns=WRITTEN_TAG,
            errors=(400, 409),
            undo="The API can neither delete nor deactivate a booking provider tag.",
        ),
        Operation(
            "BookingProviderTags_Update",
            "PATCH",
            "booking-provider-tags/{id}",
            name="update",
            summary="Change a booking provider tag.",
            scope="tn.crm.bookingprovidertags:w",
            parameters=(TAG_ID,),
            body=(
                BodyField("tagName", "text", "Name of the provider."),
                BodyField("description", "text", "What it is for."),
            ),
            returns=WRITTEN_TAG,
            undo="update",
        ),
    ),
)
