"""Tags of customers and locations, one by one and in bulk."""

from http import HTTPStatus

import msgspec

from stcrm_nb.sandbox.errand import Errand, unknown
from stcrm_nb.sandbox.rules import Refusal
from stcrm_nb.sandbox.writes.records import find_owner
from stcrm_nb.sandbox.writes.rows import conflict, put, references


def add_tag(errand: Errand) -> bytes | Refusal:
    """Put a tag on a record that does not have it."""
    tag, position = errand.ask.values["tagTypeId"], find_owner(errand)
    if position is None or errand.tenant.shelves["tag_types"].find(tag) is None:
        return unknown(errand, "Record or tag type")
    shelf = errand.tenant.shelves[errand.resource.name]
    row = shelf.full(position)
    tags = row["tagTypeIds"] or []
    if tag in tags:
        return conflict(f"{errand.resource.singular.capitalize()} {row['id']} has the tag {tag} already.")
    put(shelf, position, row | {"tagTypeIds": [*tags, tag], "modifiedOn": errand.moment})
    told = {f"{errand.resource.singular}Id": row["id"], "tagTypeIds": [*tags, tag]}
    return msgspec.json.encode(told)


def remove_tag(errand: Errand) -> bytes | Refusal:
    """Take a tag off a record that has it."""
    tag, position = errand.ask.values["tagTypeId"], find_owner(errand)
    if position is None:
        return unknown(errand)
    shelf = errand.tenant.shelves[errand.resource.name]
    row = shelf.full(position)
    tags = row["tagTypeIds"] or []
    if tag not in tags:
        title = f"{errand.resource.singular.capitalize()} {row['id']} does not have the tag {tag}."
        return Refusal(HTTPStatus.NOT_FOUND, title)
    kept = [each for each in tags if each != tag]
    put(shelf, position, row | {"tagTypeIds": kept, "modifiedOn": errand.moment})
    return b""


def tag_all(errand: Errand) -> bytes | Refusal:
    """Put tags on many customers, or take them off; nothing is done if one id is wrong."""
    wrong = references(errand)
    if wrong:
        return wrong
    shelf, tags = errand.tenant.shelves["customers"], errand.body["tagTypeIds"]
    for customer in dict.fromkeys(errand.body["customerIds"]):
        position = shelf.places("id")[customer][0]
        row = shelf.full(position)
        kept = [each for each in row["tagTypeIds"] or [] if each not in tags]
        now = kept if errand.operation.method == "DELETE" else [*(row["tagTypeIds"] or [])]
        if errand.operation.method != "DELETE":
            now += [each for each in dict.fromkeys(tags) if each not in now]
        put(shelf, position, row | {"tagTypeIds": now, "modifiedOn": errand.moment})
    return b""
