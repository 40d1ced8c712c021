"""Leads: inquiries that did not become a job yet."""

from dataclasses import replace

from stcrm_nb.catalogue.model import BodyField, Choices, Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    EMPTIED,
    IDS,
    NEW_TAGS,
    NOTE,
    NOTE_TEXT,
    PAGES,
    PIN,
    PRIORITY,
    RANGES,
    SORT,
    SORTS,
    TAGS,
    address_parts,
    record_id,
)

LEAD_STATUS = Choices("lead status", ("Open", "Dismissed", "Converted"))
ID = record_id("lead")
READ, WRITE = "tn.crm.leads:r", "tn.crm.leads:w"

LEAD = Record(
    "lead",
    columns=(
        Column("id", "id", "The lead's id."),
        Column("status", LEAD_STATUS, "Open, Dismissed or Converted, as of today."),
        Column("priority", PRIORITY, "Low, Normal, High or Urgent."),
        Column("customerId", "id", "Customer, if known.", nullable=True),
        Column("locationId", "id", "Location, if known.", nullable=True),
        Column("businessUnitId", "id", "Business unit.", nullable=True),
        Column("jobTypeId", "id", "Job type asked for.", nullable=True),
        Column("campaignId", "id", "Campaign that brought it."),
        Column("followUpDate", "time", "When somebody is to call next.", nullable=True),
        Column("createdById", "id", "User who made it."),
        Column("createdOn", "time", "When it came in."),
        Column("modifiedOn", "time", "Last change; not the moment of conversion."),
        Column("dismissingReasonId", "id", "Call reason it was dismissed with.", nullable=True),
        Column("summary", "text", "What the caller wanted.", nullable=True),
        Column("callReasonId", "id", "Call reason that classified it.", nullable=True),
        Column("callId", "id", "Call it came from.", nullable=True),
        Column("bookingId", "id", "Booking it came from.", nullable=True),
        Column("manualCallId", "id", "Manually entered call it came from.", nullable=True),
        Column("leadUrl", "text", "Permanent address of the lead's page.", nullable=True),
        Column("leadCustomerName", "text", "Name given by the caller.", nullable=True),
        Column("leadPhone", "text", "Phone given by the caller.", nullable=True),
        Column("leadEmail", "text", "E-mail given by the caller.", nullable=True),
        Column("leadStreet", "text", "Street given by the caller.", nullable=True),
        Column("leadUnit", "text", "Unit given by the caller.", nullable=True),
        Column("leadCity", "text", "City given by the caller.", nullable=True),
        Column("leadState", "text", "State given by the caller.", nullable=True),
        Column("leadZip", "text", "Postal code given by the caller.", nullable=True),
        Column("leadCountry", "text", "Country given by the caller.", nullable=True),
        Column("captureSource", "text", "Form or channel that captured it.", nullable=True),
    ),
    children=(TAGS,),
)

FOLLOW_UP_RECORD = Record(
    "follow-up",
    columns=(
        Column("leadId", "id", "The lead's id."),
        Column("followUpDate", "time", "When somebody is to call next."),
        Column("text", "text", "Text of its note.", nullable=True),
        Column("pinToTop", "bool", "The note stands above the others."),
    ),
    key="leadId",
)

SUBMITTED_FORM = Record(
    "submitted form", columns=(Column("leadId", "id", "The lead it became."),), key="leadId"
)

DETAILS = (
    BodyField("businessUnitId", "id", "Business unit."),
    BodyField("jobTypeId", "id", "Job type asked for."),
    BodyField("priority", PRIORITY, "Low, Normal, High or Urgent."),
    BodyField("leadCustomerName", "text", "Name given by the caller."),
    BodyField("leadPhone", "text", "Phone given by the caller."),
    BodyField("leadEmail", "text", "E-mail given by the caller."),
    BodyField("leadStreet", "text", "Street given by the caller."),
    BodyField("leadUnit", "text", "Unit given by the caller."),
    BodyField("leadCity", "text", "City given by the caller."),
    BodyField("leadState", "text", "State given by the caller."),
    BodyField("leadZip", "text", "Postal code given by the caller."),
    BodyField("leadCountry", "text", "Country given by the caller."),
)

NEW_LEAD = (
    BodyField("campaignId", "id", "Campaign that brought it.", required=True),
    BodyField("summary", "text", "What the caller wants.", required=True),
    BodyField("callReasonId", "id", "Call reason; needed without a follow_up_date.", nullable=True),
    BodyField("followUpDate", "time", "When to call next; needed without a call_reason_id.", nullable=True),
    BodyField("customerId", "id", "Customer, if known.", nullable=True),
    BodyField("locationId", "id", "Location; with a customer it was needed in practice.", nullable=True),
    NEW_TAGS,
    BodyField("bookingId", "id", "Booking it comes from; the booking is dismissed by this.", nullable=True),
    *(replace(each, nullable=True) for each in DETAILS),
)

FORM = (
    BodyField("name", "text", "Name of the person.", required=True),
    BodyField("email", "text", "The person's e-mail.", nullable=True),
    BodyField("phoneNumber", "text", "The person's phone.", nullable=True),
    BodyField(
        "address",
        "object",
        "The person's address.",
        nullable=True,
        parts=address_parts(unit=False, coordinates=False),
    ),
    BodyField("summary", "text", "What the person wants.", nullable=True),
)

LIST = Operation(
    "Leads_GetList",
    "GET",
    "leads",
    name="list",
    summary="List leads of every status.",
    scope=READ,
    parameters=(
        *PAGES,
        IDS,
        *RANGES,
        Parameter("customerId", "id", "Only leads of this customer."),
        Parameter("isProspect", "bool", "True: the customer has no job yet, or there is none."),
        Parameter("withoutCustomer", "bool", "True: neither customer nor location is known."),
        Parameter("status", LEAD_STATUS, "Only leads of this status."),
        Parameter("customerCity", "text", "Customer's city."),
        Parameter("customerState", "text", "Customer's state."),
        Parameter("customerZip", "text", "Customer's postal code."),
        Parameter("customerCreatedOnOrAfter", "time", "Customer created at or after (UTC)."),
        Parameter("customerCreatedBefore", "time", "Customer created before (UTC)."),
        Parameter("customerModifiedOnOrAfter", "time", "Customer changed at or after (UTC)."),
        SORT,
        Parameter("genPermUrl", "bool", "Make the service fill lead_url; this writes on its side."),
        Parameter("leadCustomerName", "text", "Text in the name given by the caller."),
        Parameter("leadPhone", "text", "Text in the phone given by the caller."),
        Parameter("isCaptureSourceForm", "bool", "True: captured by a form."),
    ),
    returns=LEAD,
    paging="pages",
    sorts=SORTS,
)

GET = Operation(
    "Leads_Get",
    "GET",
    "leads/{id}",
    name="get",
    summary="Get one lead.",
    scope=READ,
    parameters=(ID,),
    returns=LEAD,
    errors=(400, 404),
)

NOTES = Operation(
    "Leads_GetNotes",
    "GET",
    "leads/{id}/notes",
    name="notes",
    summary="List the notes on one lead.",
    scope=READ,
    parameters=(ID, *PAGES, *RANGES),
    returns=NOTE,
    paging="pages",
    errors=(400, 404),
)

CREATE = Operation(
    "Leads_Create",
    "POST",
    "leads",
    name="create",
    summary="Create a lead.",
    scope=WRITE,
    body=NEW_LEAD,
    needs_one_of=("callReasonId", "followUpDate"),
    returns=LEAD,
    undo="The API cannot delete a lead; dismiss it instead.",
    forgets=("bookings",),  # one named by bookingId is dismissed
)

UPDATE = Operation(
    "Leads_Update",
    "PATCH",
    "leads/{id}",
    name="update",
    summary="Change a lead; its status, tags and customer cannot be changed here.",
    scope=WRITE,
    parameters=(ID,),
    body=(
        BodyField("campaignId", "id", "Campaign that brought it."),
        BodyField("summary", "text", "What the caller wants."),
        *DETAILS,
    ),
    returns=LEAD,
    undo="update",
    loses=EMPTIED,
)

DISMISS = Operation(
    "Leads_Dismiss",
    "POST",
    "leads/{id}/dismiss",
    name="dismiss",
    summary="Dismiss a lead.",
    scope=WRITE,
    parameters=(ID,),
    body=(BodyField("dismissingReasonId", "id", "Call reason it is dismissed with.", required=True),),
    errors=(400, 404),
    undo="The API cannot take a dismissal back.",
)

FOLLOW_UP = Operation(
    "Leads_CreateFollowUp",
    "POST",
    "leads/{id}/follow-up",
    name="follow_up",
    summary="Set when somebody is to call next, with a note.",
    scope=WRITE,
    parameters=(ID,),
    body=(
        BodyField("followUpDate", "time", "When to call next.", required=True),
        BodyField("text", "text", "Text of its note.", nullable=True),
        PIN,
    ),
    returns=FOLLOW_UP_RECORD,
    undo="The API cannot take a follow-up back; a later one only sets another date.",
)

ADD_NOTE = Operation(
    "Leads_CreateNote",
    "POST",
    "leads/{id}/notes",
    name="add_note",
    summary="Add a note to a lead.",
    scope=WRITE,
    parameters=(ID,),
    body=(NOTE_TEXT, PIN),
    returns=NOTE,
    errors=(400, 404),
    undo="The API can neither change nor remove a note of a lead.",
)

SUBMIT_FORM = Operation(
    "Leads_SubmitLeadForm",
    "POST",
    "leads/form",
    name="submit_form",
    summary="Submit a form, as a web site does; it becomes a lead.",
    scope=WRITE,
    parameters=(Parameter("id", "id", "Undocumented; probably the form's id."),),
    body=FORM,
    returns=SUBMITTED_FORM,
    undo="The API cannot delete a lead; dismiss it instead.",
)

LEADS = Resource(
    "leads",
    "lead",
    LEAD,
    (LIST, GET, NOTES, CREATE, UPDATE, DISMISS, FOLLOW_UP, ADD_NOTE, SUBMIT_FORM),
)
