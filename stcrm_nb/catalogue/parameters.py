"""Parameters, choices and column groups that many operations and records share."""

from stcrm_nb.catalogue.model import Child, Choices, Column, Parameter, Record

ACTIVE = Choices("active", ("True", "Any", "False"))
CONTACT_TYPE = Choices("contact type", ("Phone", "MobilePhone", "Email", "Fax"))
CUSTOMER_TYPE = Choices("customer type", ("Residential", "Commercial"))
PRIORITY = Choices("priority", ("Low", "Normal", "High", "Urgent"))

PAGES = (
    Parameter("page", "int", "Number of the page, from 1.", paging=True),
    Parameter("pageSize", "int", "Rows a page, 1 to 5000.", maximum=5000),
    Parameter("includeTotal", "bool", "Ask the service to count all rows.", paging=True),
)

CREATED_RANGE = (
    Parameter("createdBefore", "time", "Only records created before this moment (UTC)."),
    Parameter("createdOnOrAfter", "time", "Only records created at or after this moment (UTC)."),
)

MODIFIED_RANGE = (
    Parameter("modifiedBefore", "time", "Only records changed before this moment (UTC)."),
    Parameter("modifiedOnOrAfter", "time", "Only records changed at or after this moment (UTC)."),
)

RANGES = CREATED_RANGE + MODIFIED_RANGE

SORTS = ("Id", "ModifiedOn", "CreatedOn")
SORT = Parameter("sort", "text", "+Field or -Field; Id, ModifiedOn or CreatedOn. Default +Id.")

IDS = Parameter("ids", "ids", "Only these records, at most 50 a call.", maximum=50)

ACTIVE_ONLY = Parameter("active", ACTIVE, "True (the default of the service), False, or Any for both.")

EXTERNAL_DATA = (
    Parameter("externalDataApplicationGuid", "guid", "Only records with external data of this application."),
    Parameter("externalDataKey", "text", "Key of external data; needs external_data_values."),
    Parameter(
        "externalDataValues",
        "texts",
        "Values of external data, at most 50; needs external_data_key.",
        maximum=50,
    ),
)

ADDRESS_FILTERS = (
    Parameter("street", "text", "Text in the street."),
    Parameter("unit", "text", "Text in the unit."),
    Parameter("city", "text", "Text in the city."),
    Parameter("state", "text", "Text in the state."),
    Parameter("zip", "text", "Text in the postal code."),
    Parameter("country", "text", "Text in the country."),
    Parameter("latitude", "float", "Exact latitude in degrees."),
    Parameter("longitude", "float", "Exact longitude in degrees."),
)

CONTACT_ID = Parameter("contactId", "id", "The contact to act on.", where="path", required=True)


def record_id(of: str) -> Parameter:
    """Return the path parameter that names one record."""
    return Parameter("id", "id", f"The {of}'s id.", where="path", required=True)


def address(of: str, *, coordinates: bool) -> tuple[Column, ...]:
    """Return the columns of an address; its parts are null in practice."""
    parts = ("street", "unit", "city", "state", "zip", "country")
    columns = [Column(f"address.{part}", "text", f"{of} address, {part}.") for part in parts]
    if coordinates:
        columns.append(Column("address.latitude", "float", "Degrees north."))
        columns.append(Column("address.longitude", "float", "Degrees east."))
    return tuple(columns)


CONTACT_COLUMNS = (
    Column("id", "id", "The contact's id."),
    Column("type", CONTACT_TYPE, "Landline (Phone), MobilePhone, Email or Fax."),
    Column("value", "text", "Number or address."),
    Column("memo", "text", "Whose contact it is, in words."),
    Column("createdOn", "time", "When it was added; missing for migrated contacts."),
    Column("modifiedOn", "time", "Last change."),
    Column("phoneSettings.phoneNumber", "text", "Number as dialled; missing for e-mail."),
    Column("phoneSettings.doNotText", "bool", "The number opted out of texts."),
    Column("preferences.jobRemindersEnabled", "bool", "Receives job reminders."),
    Column("preferences.marketingUpdatesEnabled", "bool", "Receives marketing."),
    Column(
        "preferences.invoiceStatementNotification",
        "bool",
        "Old combined field: true only if both below are.",
    ),
    Column("preferences.invoiceNotification", "bool", "Receives invoices."),
    Column("preferences.statementNotification", "bool", "Receives statements."),
)

NOTE = Record(
    "note",
    columns=(
        Column("id", "id", "The note's id."),
        Column("text", "text", "What it says."),
        Column("isPinned", "bool", "Stands above the others."),
        Column("createdById", "id", "User who wrote it."),
        Column("createdOn", "time", "When it was written."),
        Column("modifiedOn", "time", "Last change."),
    ),
)

TAGS = Child("tagTypeIds", "Tags of the record.")
CUSTOM_FIELDS = Child(
    "customFields",
    "Fields the company added.",
    columns=(
        Column("typeId", "id", "Id of the custom field."),
        Column("name", "text", "Its label; may start with spaces."),
        Column("value", "text", "Its value, always text."),
    ),
)
EXTERNAL_DATA_CHILD = Child(
    "externalData",
    "Data that this application attached.",
    columns=(Column("key", "text", "Key."), Column("value", "text", "Value.")),
)
