"""Parameters, choices, columns and body fields that many operations and records share."""

from stcrm_nb.catalogue.model import BodyField, Child, Choices, Column, Parameter, Record

ACTIVE = Choices("active", ("True", "Any", "False"))
CONTACT_TYPE = Choices("contact type", ("Phone", "MobilePhone", "Email", "Fax"))
CUSTOMER_TYPE = Choices("customer type", ("Residential", "Commercial"))
PRIORITY = Choices("priority", ("Low", "Normal", "High", "Urgent"))
PATCH_MODE = Choices("patch mode", ("Replace", "Merge"))
COORDINATES_SOURCE = Choices("coordinates source", ("None", "System", "User", "Imported"))
COORDINATES_STATUS = Choices("coordinates status", ("Unverified", "InProgress", "Failed", "Verified"))

# --- parameters

PAGES = (
    Parameter("page", "int", "Number of the page, from 1.", paging=True),
    Parameter("pageSize", "int", "Rows a page, 1 to 5000.", maximum=5000),
    Parameter("includeTotal", "bool", "Ask the service to count all rows.", paging=True),
)

FEED = (
    Parameter(
        "from", "text", "The token of an earlier read: goes on behind what that one brought.", alias="token"
    ),
    Parameter("from", "time", "Only what changed at or after this moment.", alias="since", also=True),
    Parameter(
        "includeRecentChanges", "bool", "True: the newest changes come sooner, and some rows come again."
    ),
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
SORT_UNKNOWN = Parameter("sort", "text", "+Field or -Field; the description does not say which fields.")

IDS = Parameter("ids", "ids", "Only these records; more than 50 are asked for in parts.", maximum=50)

ACTIVE_ONLY = Parameter("active", ACTIVE, "True (the default of the service), False, or Any for both.")

EXTERNAL_DATA = (
    Parameter("externalDataApplicationGuid", "guid", "Only records with external data of this application."),
    Parameter("externalDataKey", "text", "Key of external data; needs external_data_values."),
    Parameter(
        "externalDataValues",
        "texts",
        "Values of external data, more than 50 in parts; needs external_data_key.",
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
NOTE_ID = Parameter("noteId", "id", "The note to remove.", where="path", required=True)
TAG_TYPE_ID = Parameter("tagTypeId", "id", "The tag type to add or remove.", where="path", required=True)


def record_id(of: str) -> Parameter:
    """Return the path parameter that names one record."""
    return Parameter("id", "id", f"The {of}'s id.", where="path", required=True)


# --- columns and lists of records


def address(of: str, *, coordinates: bool) -> tuple[Column, ...]:
    """Return the columns of an address; its parts are null in practice."""
    parts = ("street", "unit", "city", "state", "zip", "country")
    columns = [Column(f"address.{part}", "text", f"{of} address, {part}.", nullable=True) for part in parts]
    if coordinates:
        columns.append(Column("address.latitude", "float", "Degrees north.", nullable=True))
        columns.append(Column("address.longitude", "float", "Degrees east.", nullable=True))
    return tuple(columns)


ACTIVE_COLUMN = Column("active", "bool", "False once deactivated or deleted.")

CONTACT_COLUMNS = (
    Column("id", "id", "The contact's id."),
    Column("type", CONTACT_TYPE, "Landline (Phone), MobilePhone, Email or Fax."),
    Column("value", "text", "Number or address."),
    Column("memo", "text", "Whose contact it is, in words.", nullable=True),
    Column("createdOn", "time", "When it was added; missing for migrated contacts.", nullable=True),
    Column("modifiedOn", "time", "Last change."),
    Column("phoneSettings.phoneNumber", "text", "Number as dialled; missing for e-mail.", nullable=True),
    Column("phoneSettings.doNotText", "bool", "The number opted out of texts.", nullable=True),
    Column("preferences.jobRemindersEnabled", "bool", "Receives job reminders.", nullable=True),
    Column("preferences.marketingUpdatesEnabled", "bool", "Receives marketing.", nullable=True),
    Column(
        "preferences.invoiceStatementNotification",
        "bool",
        "Old combined field: true only if both below are.",
        nullable=True,
    ),
    Column("preferences.invoiceNotification", "bool", "Receives invoices.", nullable=True),
    Column("preferences.statementNotification", "bool", "Receives statements.", nullable=True),
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

CUSTOM_FIELD_TYPE = Record(
    "custom field type",
    columns=(
        Column("id", "id", "The custom field's id."),
        Column("name", "text", "Its label; may start with spaces.", nullable=True),
        Column("dataType", "text", "Text, Dropdown or Numeric.", nullable=True),
        Column("createdOn", "time", "When it was made."),
        Column("modifiedOn", "time", "Last change."),
    ),
    children=(Child("dataTypeOptions", "What a Dropdown offers.", item="text"),),
)

TAGS = Child("tagTypeIds", "Tags of the record.", alias="tags")
CUSTOM_FIELDS = Child(
    "customFields",
    "Fields the company added.",
    columns=(
        Column("typeId", "id", "Id of the custom field."),
        Column("name", "text", "Its label; may start with spaces.", nullable=True),
        Column("value", "text", "Its value, always text.", nullable=True),
    ),
    alias="custom_field_values",  # custom_fields lists the fields that there are
)
EXTERNAL_DATA_CHILD = Child(
    "externalData",
    "Data that this application attached.",
    columns=(Column("key", "text", "Key."), Column("value", "text", "Value.")),
)
CONTACTS_CHILD = Child(
    "contacts",
    "Contacts made with the record.",
    columns=CONTACT_COLUMNS[:4],
)

# --- bodies

EMPTIED = "What was empty before cannot be made empty again: no field takes null."
CONTACT_AGAIN = "The contact comes back with another id and created date, and without its do-not-text mark."
NOTE_AGAIN = "The note comes back with another id, author and created date."


def address_parts(*, unit: bool, coordinates: bool | None) -> tuple[BodyField, ...]:
    """Return the parts of an address that is sent; always all of them together.

    `unit` and `coordinates` tell whether they must be given; an address with `coordinates=None` has none.
    """
    parts = [
        BodyField(
            part,
            "text",
            f"The {part}.",
            required=unit or part != "unit",
            nullable=part == "unit" and not unit,
        )
        for part in ("street", "unit", "city", "state", "zip", "country")
    ]
    if coordinates is not None:
        parts += [
            BodyField(
                part, "float", f"The {part} in degrees.", required=coordinates, nullable=not coordinates
            )
            for part in ("latitude", "longitude")
        ]
    return tuple(parts)


NEW_CONTACT = (
    BodyField("type", CONTACT_TYPE, "Landline (Phone), MobilePhone, Email or Fax.", required=True),
    BodyField("value", "text", "Number or address.", required=True),
    BodyField("memo", "text", "Whose contact it is, in words.", nullable=True),
)
NEW_CONTACTS = BodyField(
    "contacts", "object", "Contacts to make with it.", nullable=True, many=True, parts=NEW_CONTACT
)

CONTACT_CHANGES = (
    BodyField("type", CONTACT_TYPE, "Landline (Phone), MobilePhone, Email or Fax."),
    BodyField("value", "text", "Number or address."),
    BodyField("memo", "text", "Whose contact it is, in words."),
)
PREFERENCES = BodyField(
    "preferences",
    "object",
    "What the contact wants to receive; all five go together.",
    parts=(
        BodyField("jobRemindersEnabled", "bool", "Receives job reminders.", required=True),
        BodyField("marketingUpdatesEnabled", "bool", "Receives marketing.", required=True),
        BodyField(
            "invoiceStatementNotification", "bool", "Old combined field: sets both below.", required=True
        ),
        BodyField("invoiceNotification", "bool", "Receives invoices.", required=True),
        BodyField("statementNotification", "bool", "Receives statements.", required=True),
    ),
)

_CUSTOM_FIELD = (
    BodyField("typeId", "id", "Id of the custom field.", required=True),
    BodyField("value", "text", "Its value, always text.", required=True),
)
NEW_CUSTOM_FIELDS = BodyField(
    "customFields", "object", "Fields the company added.", nullable=True, many=True, parts=_CUSTOM_FIELD
)
CUSTOM_FIELDS_CHANGE = BodyField(
    "customFields",
    "object",
    "All custom fields; one that is left out is emptied.",
    many=True,
    replaces=True,
    parts=_CUSTOM_FIELD,
)

NEW_TAGS = BodyField("tagTypeIds", "id", "Tags to put on it.", nullable=True, many=True)
TAGS_CHANGE = BodyField(
    "tagTypeIds", "id", "All tags; one that is left out is removed.", many=True, replaces=True
)

_APPLICATION = BodyField(
    "applicationGuid", "guid", "Application whose data it is; no other one sees it.", required=True
)
_KEY = BodyField("key", "text", "Key.", required=True)
NEW_EXTERNAL_DATA = BodyField(
    "externalData",
    "object",
    "Data that an application attaches.",
    nullable=True,
    parts=(
        _APPLICATION,
        BodyField(
            "externalData",
            "object",
            "Its keys and values.",
            required=True,
            many=True,
            parts=(_KEY, BodyField("value", "text", "Value.", required=True)),
        ),
    ),
)
EXTERNAL_DATA_CHANGE = BodyField(
    "externalData",
    "object",
    "Data that an application attached.",
    parts=(
        BodyField(
            "patchMode",
            PATCH_MODE,
            "Replace (the default) removes keys that are left out, Merge keeps them.",
            nullable=True,
        ),
        _APPLICATION,
        BodyField(
            "externalData",
            "object",
            "Its keys and values, as patch_mode says.",
            required=True,
            many=True,
            replaces=True,
            parts=(_KEY, BodyField("value", "text", "Value; null deletes the key.", nullable=True)),
        ),
    ),
)

PIN = BodyField("pinToTop", "bool", "Put it above the others.", nullable=True)
NOTE_TEXT = BodyField("text", "text", "What it says.", required=True)
