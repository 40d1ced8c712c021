"""Tags of many customers: one call for up to a hundred of them, instead of one each."""

from collections.abc import Iterator, Sequence
from functools import partial

from stcrm_nb.catalogue import BULK_TAGS, CUSTOMERS
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.call import Call
from stcrm_nb.changes.plan import plan_change
from stcrm_nb.changes.readback.state import tags_of
from stcrm_nb.changes.sets.item import Item

IN_BULK = {"Customers_CreateTag": "add", "Customers_DeleteTag": "remove"}
AT_ONCE = 100  # customers in one call


def bundled(applier: Applier, items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, those about tags of customers put together where several share one tag.

    Customers who have the tag already, or not, need nothing; they are left out of the call, so that taking
    it back touches only those whom it changed.
    """
    groups: dict[tuple[str, int], list[Item]] = {}
    for item in items:
        name = IN_BULK.get(item.call.operation.operation_id)
        if name is None:
            yield item
        else:
            groups.setdefault((name, int(str(item.call.arguments["tag_type_id"]))), []).append(item)
    for (name, tag), members in groups.items():
        if len(members) == 1:
            yield members[0]
        else:
            yield from _bundle(applier, name, tag, members=members)


def _bundle(applier: Applier, name: str, tag: int, *, members: list[Item]) -> Iterator[Item]:
    owners: dict[int, list[Item]] = {}
    for each in members:
        owners.setdefault(int(str(each.call.arguments["id"])), []).append(each)
    tags = tags_of(applier.session, CUSTOMERS.operation("list"), list(owners)) or {}
    moved = [owner for owner in owners if str(owner) in tags and (tag in tags[str(owner)]) is (name != "add")]
    operation = BULK_TAGS.operation(name)
    for start in range(0, len(moved), AT_ONCE):
        together = moved[start : start + AT_ONCE]
        rows = tuple(row for owner in together for item in owners[owner] for row in item.rows)
        call = Call(BULK_TAGS, operation, {"customer_ids": together, "tag_type_ids": [tag]})
        yield Item(rows, call, partial(plan_change, call, applier))
    for owner in owners.keys() - set(moved):
        for item in owners[owner]:
            item.outcome = "nothing to do" if str(owner) in tags else "cannot be planned"
            item.error = "" if str(owner) in tags else f"There is no customer {owner}."
            yield item
