"""Bulk tags: many tags put on many customers, or taken off, in one call."""

from stcrm_nb.catalogue.model import NO_RECORD, BodyField, Operation, Resource

WHICH = (
    BodyField("customerIds", "id", "The customers.", required=True, many=True),
    BodyField("tagTypeIds", "id", "The tag types.", required=True, many=True),
)
ADD = Operation(
    "BulkTags_AddTags",
    "PUT",
    "tags",
    name="add",
    summary="Put tags on many customers.",
    scope="tn.crm.tags:w",
    body=WHICH,
    errors=(400, 409),
    undo="remove",
    forgets=("customers",),
)

REMOVE = Operation(
    "BulkTags_RemoveTags",
    "DELETE",
    "tags",
    name="remove",
    summary="Take tags off many customers.",
    scope="tn.crm.tags:w",
    body=WHICH,
    errors=(400, 409),
    undo="add",
    forgets=("customers",),
)

BULK_TAGS = Resource("tags", "tag", NO_RECORD, (ADD, REMOVE))
