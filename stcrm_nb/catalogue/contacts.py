"""Contacts of the newer kind: people with methods (numbers, addresses) and preferences. Ids are GUIDs."""

from dataclasses import replace

from stcrm_nb.catalogue.model import BodyField, Choices, Column, Operation, Parameter, Record, Resource
from stcrm_nb.catalogue.parameters import (
    CONTACT_TYPE,
    EMPTIED,
    PAGES,
    RANGES,
    SORT,
    SORTS,
)

READ, WRITE = "tn.crm.contacts:r", "tn.crm.contacts:w"
RELATED = Choices("related kind", ("customer", "location", "booking"))

ID = Parameter("id", "guid", "The contact's id.", where="path", required=True)
CONTACT_ID = replace(ID, field="contactId")
METHOD_ID = Parameter("contactMethodId", "guid", "The contact method's id.", where="path", required=True)
PREFERENCE = Parameter("preferenceName", "text", "The preference's name.", where="path", required=True)
RELATED_ID = Parameter(
    "relatedEntityId", "id", "The customer, location or booking.", where="path", required=True
)
RELATED_KIND = Parameter(
    "typeSlug", RELATED, "Which of the three it is.", where="path", required=True, plain=True
)

CONTACT = Record(
    "contact",
    columns=(
        Column("id", "guid", "The contact's id."),
        Column("referenceId", "text", "Id in another system.", nullable=True),
        Column("name", "text", "Name of the person.", nullable=True),
        Column("title", "text", "Title of the person.", nullable=True),
        Column("isArchived", "bool", "Archived, that is, out of use."),
        Column("createdOn", "time", "When the record was made."),
        Column("createdBy", "id", "User who made it."),
        Column("modifiedOn", "time", "Last change."),
        Column("modifiedBy", "id", "User who made the last change."),
    ),
)

METHOD = Record(
    "contact method",
    columns=(
        Column("id", "guid", "The contact method's id."),
        Column("contactId", "guid", "The contact it belongs to."),
        Column("referenceId", "text", "Id in another system.", nullable=True),
        Column("type", CONTACT_TYPE, "Landline (Phone), MobilePhone, Email or Fax."),
        Column("value", "text", "Number or address."),
        Column("memo", "text", "What to know about it.", nullable=True),
        Column("createdOn", "time", "When it was added."),
        Column("createdBy", "id", "User who added it."),
        Column("modifiedOn", "time", "Last change."),
        Column("modifiedBy", "id", "User who made the last change."),
    ),
)

PREFERENCE_RECORD = Record(
    "contact preference",
    columns=(
        Column("name", "text", "The preference's name."),
        Column("dataType", "text", "Bool; there is no other yet."),
        Column("value", "text", "Its value, as text.", nullable=True),
    ),
    key="name",
)

PREFERENCE_TYPE = Record(
    "contact preference type",
    columns=(
        Column("id", "guid", "The preference's id."),
        Column("name", "text", "The preference's name."),
        Column("description", "text", "What it is for.", nullable=True),
        Column("dataType", "text", "Bool; there is no other yet."),
    ),
)

RELATIONSHIP = Record(
    "contact relationship",
    columns=(
        Column("id", "guid", "The relationship's id."),
        Column("relatedEntityId", "id", "The customer, location or booking."),
        Column("typeName", "text", "Customer, Location or Booking."),
        Column("typeSlug", "text", "The same in lower case."),
        Column("createdOn", "time", "When it was made."),
        Column("createdBy", "id", "User who made it."),
    ),
)

CONTACT_FILTERS = (
    Parameter("name", "text", "Name of the person."),
    Parameter("title", "text", "Title of the person."),
    Parameter("referenceId", "text", "Id in another system."),
    Parameter("isArchived", "bool", "True: only archived ones, False: only others.", plain=True),
    *RANGES,
    *PAGES,
    SORT,
)

METHOD_FILTERS = (
    Parameter("referenceId", "text", "Id in another system."),
    Parameter("type", CONTACT_TYPE, "Phone, MobilePhone, Email or Fax.", plain=True),
    Parameter("value", "text", "Number or address."),
    *RANGES,
    *PAGES,
    SORT,
)

PERSON = (
    BodyField("name", "text", "Name of the person.", nullable=True),
    BodyField("title", "text", "Title of the person.", nullable=True),
    BodyField("referenceId", "text", "Id in another system.", nullable=True),
)
ARCHIVED = BodyField("isArchived", "bool", "True archives the contact, False takes it back.", required=True)

NEW_METHOD = (
    BodyField("referenceId", "text", "Id in another system.", nullable=True),
    BodyField("type", CONTACT_TYPE, "Landline (Phone), MobilePhone, Email or Fax.", required=True),
    BodyField("value", "text", "Number or address.", required=True),
    BodyField("memo", "text", "What to know about it.", nullable=True),
)

CONTACTS = Resource(
    "contacts",
    "contact",
    CONTACT,
    (
        Operation(
            "Contacts_GetList",
            "GET",
            "contacts",
            name="list",
            summary="List contacts.",
            scope=READ,
            parameters=CONTACT_FILTERS,
            returns=CONTACT,
            paging="pages",
            sorts=SORTS,
            errors=(400, 403),
        ),
        Operation(
            "Contacts_Get",
            "GET",
            "contacts/{id}",
            name="get",
            summary="Get one contact.",
            scope=READ,
            parameters=(ID,),
            returns=CONTACT,
            errors=(400, 403, 404),
        ),
        Operation(
            "Contacts_GetContactRelationshipList",
            "GET",
            "contacts/{contactId}/relationships",
            name="relationships",
            summary="List what one contact is related to.",
            scope=READ,
            parameters=(
                CONTACT_ID,
                replace(RELATED_ID, where="query", required=False),
                replace(RELATED_KIND, where="query", required=False),
                Parameter("typeName", "text", "Customer, Location or Booking."),
                *RANGES[:2],
                *PAGES,
                SORT,
            ),
            returns=RELATIONSHIP,
            paging="pages",
            sorts=("ID", "ModifiedOn", "CreatedOn"),
            errors=(400, 403, 404, 409),
        ),
        Operation(
            "Contacts_GetByRelationshipId",
            "GET",
            "contacts/relationships/{relationshipId}",
            name="list_by_relationship",
            summary="List the contacts of one relationship.",
            scope=READ,
            parameters=(
                Parameter(
                    "relationshipId",
                    "id",
                    "A whole number by the description, though relationships have GUIDs.",
                    where="path",
                    required=True,
                ),
                *CONTACT_FILTERS,
            ),
            returns=CONTACT,
            paging="pages",
            sorts=SORTS,
            errors=(400, 403, 404),
        ),
        Operation(
            "Contacts_Create",
            "POST",
            "contacts",
            name="create",
            summary="Create a contact.",
            scope=WRITE,
            body=PERSON,
            returns=CONTACT,
            errors=(400, 403, 409),
            undo="remove",
        ),
        Operation(
            "Contacts_Update",
            "PATCH",
            "contacts/{id}",
            name="update",
            summary="Change a contact; is_archived must be given each time.",
            scope=WRITE,
            parameters=(ID,),
            body=(*PERSON, ARCHIVED),
            returns=CONTACT,
            errors=(400, 403, 404),
            undo="update",
        ),
        Operation(
            "Contacts_Replace",
            "PUT",
            "contacts/{id}",
            name="replace",
            summary="Replace a contact; what is not given is emptied.",
            scope=WRITE,
            parameters=(ID,),
            body=(*PERSON, ARCHIVED),
            returns=CONTACT,
            errors=(400, 403),
            undo="replace",
        ),
        Operation(
            "Contacts_DeleteContact",
            "DELETE",
            "contacts/{id}",
            name="remove",
            summary="Delete a contact with its methods, preferences and relationships.",
            scope=WRITE,
            parameters=(ID,),
            errors=(400, 403, 404, 409),
            undo="A deletion is permanent; update to is_archived=True can be taken back.",
        ),
        Operation(
            "Contacts_CreateContactRelationship",
            "POST",
            "contacts/{contactId}/relationships/{relatedEntityId}/{typeSlug}",
            name="add_relationship",
            summary="Relate a contact to a customer, location or booking.",
            scope=WRITE,
            parameters=(CONTACT_ID, RELATED_ID, RELATED_KIND),
            errors=(400, 403, 404, 409),
            undo="remove_relationship",
        ),
        Operation(
            "Contacts_DeleteContactRelationship",
            "DELETE",
            "contacts/{contactId}/relationships/{relatedEntityId}/{typeSlug}",
            name="remove_relationship",
            summary="Take a contact's relation away; the contact stays.",
            scope=WRITE,
            parameters=(CONTACT_ID, RELATED_ID, RELATED_KIND),
            errors=(400, 403, 404, 409),
            undo="add_relationship",
            loses="The relationship comes back with another id, author and created date.",
        ),
    ),
)

CONTACT_METHODS = Resource(
    "contacts.methods",
    "contact method",
    METHOD,
    (
        Operation(
            "ContactMethods_GetContactMethods",
            "GET",
            "contacts/{contactId}/contact-methods",
            name="list",
            summary="List the methods of one contact.",
            scope=READ,
            parameters=(CONTACT_ID, *METHOD_FILTERS),
            returns=METHOD,
            paging="pages",
            sorts=SORTS,
            errors=(400, 403, 404),
        ),
        Operation(
            "Contacts_SearchContactMethods",
            "GET",
            "contacts/contact-methods",
            name="search",
            summary="Search the methods of all contacts.",
            scope=READ,
            parameters=(
                Parameter("contactId", "guid", "Only methods of this contact."),
                *METHOD_FILTERS,
            ),
            returns=METHOD,
            paging="pages",
            sorts=SORTS,
            errors=(400, 403),
        ),
        Operation(
            "ContactMethods_GetContactMethod",
            "GET",
            "contacts/{contactId}/contact-methods/{contactMethodId}",
            name="get",
            summary="Get one method of a contact.",
            scope=READ,
            parameters=(CONTACT_ID, METHOD_ID),
            returns=METHOD,
            errors=(400, 403, 404),
        ),
        Operation(
            "ContactMethods_CreateContactMethod",
            "POST",
            "contacts/{contactId}/contact-methods",
            name="create",
            summary="Add a method to a contact.",
            scope=WRITE,
            parameters=(CONTACT_ID,),
            body=NEW_METHOD,
            returns=METHOD,
            errors=(400, 403, 404),
            undo="remove",
        ),
        Operation(
            "ContactMethods_UpdateContactMethod",
            "PATCH",
            "contacts/{contactId}/contact-methods/{contactMethodId}",
            name="update",
            summary="Change value or memo of a contact's method.",
            scope=WRITE,
            parameters=(CONTACT_ID, METHOD_ID),
            body=(
                BodyField("value", "text", "Number or address."),
                BodyField("memo", "text", "What to know about it."),
            ),
            returns=METHOD,
            errors=(400, 403, 404),
            undo="update",
            loses=EMPTIED,
        ),
        Operation(
            "ContactMethods_UpsertContactMethod",
            "PUT",
            "contacts/{contactId}/contact-methods/{contactMethodId}",
            name="upsert",
            summary="Replace a method of a contact; what is not given is emptied.",
            scope=WRITE,
            parameters=(CONTACT_ID, METHOD_ID),
            body=NEW_METHOD,
            returns=METHOD,
            errors=(400, 403, 404),
            undo="upsert",
            loses="If there was no such method before, remove takes it away again.",
        ),
        Operation(
            "ContactMethods_DeleteContactMethod",
            "DELETE",
            "contacts/{contactId}/contact-methods/{contactMethodId}",
            name="remove",
            summary="Delete a method of a contact.",
            scope=WRITE,
            parameters=(CONTACT_ID, METHOD_ID),
            errors=(400, 403, 404),
            undo="create",
            loses="The method comes back with another id, author and created date, without preferences.",
        ),
    ),
)

CONTACT_PREFERENCES = Resource(
    "contacts.preferences",
    "contact preference",
    PREFERENCE_RECORD,
    (
        Operation(
            "ContactPreferences_GetContactMethodPreferences",
            "GET",
            "contacts/{contactId}/contact-methods/{contactMethodId}/preferences",
            name="list",
            summary="List the preferences of one contact method.",
            scope=READ,
            parameters=(CONTACT_ID, METHOD_ID),
            returns=PREFERENCE_RECORD,
            bare="array",
            errors=(400, 403, 404),
        ),
        Operation(
            "ContactPreferences_GetContactMethodPreference",
            "GET",
            "contacts/{contactId}/contact-methods/{contactMethodId}/preferences/{preferenceName}",
            name="get",
            summary="Get one preference of a contact method.",
            scope=READ,
            parameters=(CONTACT_ID, METHOD_ID, PREFERENCE),
            returns=PREFERENCE_RECORD,
            errors=(400, 403, 404),
        ),
        Operation(
            "Contacts_GetPreferenceMetadataList",
            "GET",
            "contacts/preferences",
            name="types",
            summary="List the preferences that there are.",
            scope=READ,
            returns=PREFERENCE_TYPE,
            bare="array",
            errors=(400, 403),
        ),
        Operation(
            "ContactPreferences_UpdateContactMethodPreference",
            "PATCH",
            "contacts/{contactId}/contact-methods/{contactMethodId}/preferences/{preferenceName}",
            name="update",
            summary="Change one preference of a contact method.",
            scope=WRITE,
            parameters=(CONTACT_ID, METHOD_ID, PREFERENCE),
            body=(BodyField("value", "text", "Its new value, as text."),),
            returns=PREFERENCE_RECORD,
            errors=(400, 403, 404),
            undo="update",
            loses=EMPTIED,
        ),
    ),
)
