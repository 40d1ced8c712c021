"""Lookups: the few reads of other modules that give names for ids."""

from stcrm_nb.catalogue.model import NO_RECORD, Child, Choices, Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    ACTIVE_ONLY,
    CREATED_RANGE,
    IDS,
    MODIFIED_RANGE,
    PAGES,
    SORT,
    SORT_UNKNOWN,
    SORTS,
)

CATEGORY_TYPE = Choices("campaign category type", ("Regular", "GoogleHomeServices"))
IMPORTANCE = Choices("tag importance", ("Medium", "High"))
DUE_DAY = Choices("due day type", ("NumberOfDays", "CertainDayOfCurrentMonth", "CertainDayOfFollowingMonth"))

NAME = Parameter("name", "text", "Text in the name.")
USER_IDS = Parameter("userIds", "ids", "Only these users; more than 50 are asked for in parts.", maximum=50)
RANGED = (*PAGES, *CREATED_RANGE, *MODIFIED_RANGE)
MADE = (
    Column("createdOn", "time", "When the record was made."),
    Column("modifiedOn", "time", "Last change."),
)


def _sort(*fields: str) -> Parameter:
    return Parameter("sort", "text", f"+Field or -Field; one of {', '.join(fields)}.")


def _named(of: str) -> tuple[Column, Column, Column]:
    return (
        Column("id", "id", f"The {of}'s id."),
        Column("name", "text", "Name."),
        Column("active", "bool", "False once deactivated."),
    )


CAMPAIGN = Record(
    "campaign",
    columns=(
        *_named("campaign"),
        Column("isDefaultCampaign", "bool", "Takes what no other campaign claims.", nullable=True),
        Column("category.id", "id", "Campaign category.", nullable=True),
        Column("category.name", "text", "Name of the campaign category.", nullable=True),
        Column("category.active", "bool", "Whether the category is active.", nullable=True),
        Column("source", "text", "Where it reaches people.", nullable=True),
        Column("otherSource", "text", "The same, where source says other.", nullable=True),
        Column("medium", "text", "By what it reaches them.", nullable=True),
        Column("otherMedium", "text", "The same, where medium says other.", nullable=True),
        Column("businessUnit", "text", "Name of the business unit.", nullable=True),
        *MADE,
    ),
    children=(Child("campaignPhoneNumbers", "Numbers that callers dial.", item="text"),),
)

CAMPAIGN_CATEGORY = Record(
    "campaign category",
    columns=(
        *_named("campaign category"),
        Column("type", CATEGORY_TYPE, "Regular or GoogleHomeServices."),
        *MADE,
    ),
)

BUSINESS_UNIT = Record(
    "business unit",
    columns=(
        *_named("business unit"),
        Column("officialName", "text", "Name that customers see.", nullable=True),
        Column("currency", "text", "Code of its currency, such as USD.", nullable=True),
        Column("trade.id", "id", "Trade.", nullable=True),
        Column("trade.name", "text", "Name of the trade.", nullable=True),
        Column("division.id", "id", "Division.", nullable=True),
        Column("division.name", "text", "Name of the division.", nullable=True),
        *MADE,
    ),
    children=(Child("tagTypeIds", "Tags that its jobs get."),),
    complete=False,
)

EMPLOYEE = Record(
    "employee",
    columns=(
        *_named("employee"),
        Column("userId", "id", "The user behind it; created_by_id of other records names it."),
        Column("businessUnitId", "id", "Business unit.", nullable=True),
        *MADE,
    ),
    complete=False,  # pay, address and permissions are nobody's business here
)

TECHNICIAN = Record(
    "technician",
    columns=(
        *_named("technician"),
        Column("userId", "id", "The user behind it; created_by_id of other records names it."),
        Column("businessUnitId", "id", "Business unit.", nullable=True),
        Column("team", "text", "Team.", nullable=True),
        *MADE,
    ),
    complete=False,
)

TAG_TYPE = Record(
    "tag type",
    columns=(
        *_named("tag type"),
        Column("color", "text", "Its colour, as hexadecimal digits."),
        Column("code", "text", "Short code."),
        Column("importance", IMPORTANCE, "Medium or High.", nullable=True),
        Column("isConversionOpportunity", "bool", "Marks an opportunity."),
        Column("allowToUseOnTimesheetActivity", "bool", "May stand on timesheets."),
        Column("isVisibleOnDispatchBoard", "bool", "Shows on the dispatch board."),
        *MADE,
    ),
)

JOB_TYPE = Record(
    "job type",
    columns=(
        *_named("job type"),
        Column("priority", "text", "Urgency of such jobs."),
        Column("class", "text", "Group of job types."),
        Column("duration", "id", "Usual length, in seconds."),
        *MADE,
    ),
    children=(
        Child("businessUnitIds", "Business units that do such jobs."),
        Child("tagTypeIds", "Tags that such jobs get."),
    ),
    complete=False,
)

CALL_REASON = Record(
    "call reason",
    columns=(*_named("call reason"), Column("isLead", "bool", "The call counts as a lead."), *MADE),
)

ZONE = Record(
    "zone",
    columns=(
        Column("id", "id", "The zone's id."),
        Column("name", "text", "Name.", nullable=True),
        Column("active", "bool", "False once deactivated."),
        *MADE,
    ),
    children=(
        Child("zips", "Postal codes in it.", item="text"),
        Child("cities", "Cities in it.", item="text"),
    ),
    complete=False,
)

PAYMENT_TERM = Record(
    "payment term",
    columns=(
        Column("id", "id", "The payment term's id.", nullable=True),
        Column("name", "text", "Name.", nullable=True),
        Column("active", "bool", "False once deactivated."),
        Column("dueDayType", DUE_DAY, "How due_day counts."),
        Column("dueDay", "int", "When payment is due.", nullable=True),
        *MADE,
    ),
    complete=False,
)

TAX_ZONE = Record(
    "tax zone",
    columns=(
        Column("id", "id", "The tax zone's id."),
        Column("name", "text", "Name.", nullable=True),
        Column("active", "bool", "False once deactivated."),
        *MADE,
    ),
    children=(
        Child(
            "rates",
            "Its tax rates.",
            columns=(
                Column("id", "id", "The rate's id.", nullable=True),
                Column("taxName", "text", "Name of the rate.", nullable=True),
                Column("taxRate", "decimal", "The rate, as a fraction of one."),
            ),
        ),
    ),
    complete=False,
)

LOOKUPS = Resource(
    "lookups",
    "lookup",
    NO_RECORD,
    (
        Operation(
            "Campaigns_GetList",
            "GET",
            "campaigns",
            name="campaigns",
            summary="List campaigns: names for campaign_id.",
            scope="tn.mrk.campaigns:r",
            parameters=(
                IDS,
                NAME,
                Parameter("campaignPhoneNumber", "text", "Number that callers dial."),
                ACTIVE_ONLY,
                *RANGED,
                _sort("Id", "Name", "CreatedOn", "ModifiedOn"),
            ),
            returns=CAMPAIGN,
            paging="pages",
            sorts=("Id", "Name", "CreatedOn", "ModifiedOn"),
            module="marketing/v2",
        ),
        Operation(
            "CampaignCategories_GetList",
            "GET",
            "categories",
            name="campaign_categories",
            summary="List campaign categories.",
            scope="tn.mrk.categories:r",
            parameters=(*RANGED, _sort("Id", "CreatedOn", "Name")),
            returns=CAMPAIGN_CATEGORY,
            paging="pages",
            sorts=("Id", "CreatedOn", "Name"),
            module="marketing/v2",
        ),
        Operation(
            "BusinessUnits_GetList",
            "GET",
            "business-units",
            name="business_units",
            summary="List business units: names for business_unit_id.",
            scope="tn.stt.businessunits:r",
            parameters=(
                IDS,
                NAME,
                ACTIVE_ONLY,
                *RANGED,
                Parameter("externalDataApplicationGuid", "guid", "Add this application's external data."),
            ),
            returns=BUSINESS_UNIT,
            paging="pages",
            module="settings/v2",
        ),
        Operation(
            "Employees_GetList",
            "GET",
            "employees",
            name="employees",
            summary="List employees: names for created_by_id, by user_id.",
            scope="tn.stt.employees:r",
            parameters=(
                IDS,
                USER_IDS,
                NAME,
                Parameter("email", "text", "Exact e-mail."),
                ACTIVE_ONLY,
                *RANGED,
            ),
            returns=EMPLOYEE,
            paging="pages",
            module="settings/v2",
        ),
        Operation(
            "Technicians_GetList",
            "GET",
            "technicians",
            name="technicians",
            summary="List technicians: names for preferred technicians, and for users by user_id.",
            scope="tn.stt.technicians:r",
            parameters=(IDS, USER_IDS, NAME, ACTIVE_ONLY, *RANGED),
            returns=TECHNICIAN,
            paging="pages",
            module="settings/v2",
        ),
        Operation(
            "TagTypes_GetList",
            "GET",
            "tag-types",
            name="tag_types",
            summary="List tag types: names for tag_type_ids.",
            scope="tn.stt.tagtypes:r",
            parameters=(ACTIVE_ONLY, *RANGED, SORT_UNKNOWN),
            returns=TAG_TYPE,
            paging="pages",
            module="settings/v2",
        ),
        Operation(
            "JobTypes_GetList",
            "GET",
            "job-types",
            name="job_types",
            summary="List job types: names for job_type_id.",
            scope="tn.jpm.jobtypes:r",
            parameters=(
                IDS,
                NAME,
                Parameter("minDuration", "int", "Usual length at least, in seconds."),
                Parameter("maxDuration", "int", "Usual length at most, in seconds."),
                Parameter("priority", "text", "Urgency of such jobs."),
                ACTIVE_ONLY,
                *RANGED,
                Parameter("orderBy", "text", "One of id, modifiedOn and createdOn."),
                Parameter("orderByDirection", "text", "One of asc and desc."),
                Parameter("externalDataApplicationGuid", "guid", "Add this application's external data."),
            ),
            returns=JOB_TYPE,
            paging="pages",
            module="jpm/v2",
        ),
        Operation(
            "CallReasons_Get",
            "GET",
            "call-reasons",
            name="call_reasons",
            summary="List call reasons: names for call_reason_id and dismissing_reason_id.",
            scope="tn.jbce.callreasons:r",
            parameters=(ACTIVE_ONLY, *RANGED, SORT),
            returns=CALL_REASON,
            paging="pages",
            sorts=SORTS,
            module="jbce/v2",
        ),
        Operation(
            "Zone_GetList",
            "GET",
            "zones",
            name="zones",
            summary="List dispatch zones: names for zone_id.",
            scope="tn.dis.zones:r",
            parameters=(ACTIVE_ONLY, *RANGED, SORT),
            returns=ZONE,
            paging="pages",
            sorts=("Id", "CreatedOn", "ModifiedOn"),
            module="dispatch/v2",
        ),
        Operation(
            "PaymentTerms_GetList",
            "GET",
            "payment-terms",
            name="payment_terms",
            summary="List payment terms: names for payment_term_id.",
            scope="tn.acc.paymentterms:r",
            parameters=(IDS, *RANGED, _sort("Id", "Name", "CreatedOn")),
            returns=PAYMENT_TERM,
            paging="pages",
            sorts=("Id", "Name", "CreatedOn"),
            module="accounting/v2",
        ),
        Operation(
            "TaxZones_GetList",
            "GET",
            "tax-zones",
            name="tax_zones",
            summary="List tax zones: names for tax_zone_id.",
            scope="tn.acc.taxzones:r",
            parameters=(
                Parameter("ids", "ids", "Only these tax zones."),
                ACTIVE_ONLY,
                *RANGED,
                _sort("Id", "Name", "CreatedOn"),
            ),
            returns=TAX_ZONE,
            paging="pages",
            sorts=("Id", "Name", "CreatedOn"),
            module="accounting/v2",
        ),
    ),
)
