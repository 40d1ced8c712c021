"""Leads: inquiries that did not become a job yet."""

from stcrm_nb.catalogue.model import Child, Choices, Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import IDS, NOTE, PAGES, PRIORITY, RANGES, SORT, SORTS, record_id

LEAD_STATUS = Choices("lead status", ("Open", "Dismissed", "Converted"))

LEAD = Record(
    "lead",
    columns=(
        Column("id", "id", "The lead's id."),
        Column("status", LEAD_STATUS, "Open, Dismissed or Converted, as of today."),
        Column("priority", PRIORITY, "Low, Normal, High or Urgent."),
        Column("customerId", "id", "Customer, if known."),
        Column("locationId", "id", "Location, if known."),
        Column("businessUnitId", "id", "Business unit."),
        Column("jobTypeId", "id", "Job type asked for."),
        Column("campaignId", "id", "Campaign that brought it."),
        Column("followUpDate", "time", "When somebody is to call next."),
        Column("createdById", "id", "User who made it."),
        Column("createdOn", "time", "When it came in."),
        Column("modifiedOn", "time", "Last change; not the moment of conversion."),
        Column("dismissingReasonId", "id", "Call reason it was dismissed with."),
        Column("summary", "text", "What the caller wanted."),
        Column("callReasonId", "id", "Call reason that classified it."),
        Column("callId", "id", "Call it came from."),
        Column("bookingId", "id", "Booking it came from."),
        Column("manualCallId", "id", "Manually entered call it came from."),
        Column("leadUrl", "text", "Permanent address of the lead's page."),
        Column("leadCustomerName", "text", "Name given by the caller."),
        Column("leadPhone", "text", "Phone given by the caller."),
        Column("leadEmail", "text", "E-mail given by the caller."),
        Column("leadStreet", "text", "Street given by the caller."),
        Column("leadUnit", "text", "Unit given by the caller."),
        Column("leadCity", "text", "City given by the caller."),
        Column("leadState", "text", "State given by the caller."),
        Column("leadZip", "text", "Postal code given by the caller."),
        Column("leadCountry", "text", "Country given by the caller."),
        Column("captureSource", "text", "Form or channel that captured it."),
    ),
    children=(Child("tagTypeIds", "Tags of the lead."),),
)

LIST = Operation(
    "Leads_GetList",
    "GET",
    "leads",
    name="list",
    summary="List leads of every status.",
    scope="tn.crm.leads:r",
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
    scope="tn.crm.leads:r",
    parameters=(record_id("lead"),),
    returns=LEAD,
    errors=(400, 404),
)

NOTES = Operation(
    "Leads_GetNotes",
    "GET",
    "leads/{id}/notes",
    name="notes",
    summary="List the notes on one lead.",
    scope="tn.crm.leads:r",
    parameters=(record_id("lead"), *PAGES, *RANGES),
    returns=NOTE,
    paging="pages",
    errors=(400, 404),
)

LEADS = Resource("leads", "lead", LEAD, (LIST, GET, NOTES))
