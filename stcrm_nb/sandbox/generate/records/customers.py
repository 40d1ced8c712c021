"""Rows of customers."""

import numpy as np

from stcrm_nb.sandbox.generate.accounts import GO_LIVE_SECOND, Accounts
from stcrm_nb.sandbox.generate.draws import Dice, Rows
from stcrm_nb.sandbox.generate.setting.fields import (
    CLIENT_NUMBER,
    CUSTOMER_FIELDS,
    TAGS,
    TERM_FOR_HOMES,
    TERMS_FOR_FIRMS,
    Field,
)
from stcrm_nb.sandbox.generate.setting.places import Places
from stcrm_nb.sandbox.generate.setting.replies import Row, not_later, rows_of, stamps, where
from stcrm_nb.sandbox.generate.setting.seasons import DAY
from stcrm_nb.sandbox.generate.setting.staff import desk

BULK_EDIT = "2026-03-14T06:00:12.4409713Z"
BULK_EDIT_SECOND = 1_773_468_012
_BULK_SHARE = 0.02


def customers(accounts: Accounts, rows: Rows) -> list[Row]:
    """Return the records of these customers."""
    dice, firm, merged = accounts.dice, accounts.is_firm(rows), accounts.is_merged(rows)
    migrated = rows < accounts.migrated
    inactive = merged | dice.chance("customers.left", rows, 0.03)
    is_credit = firm & dice.chance("customers.credit", rows, 0.4)
    limit = 2_500.0 * (1 + dice.below("customers.limit", rows, 10))
    balance = balances(dice, rows)
    terms = dice.pick("customers.terms", rows, TERMS_FOR_FIRMS)
    return rows_of(
        {
            "id": dice.ids("customers", rows).tolist(),
            "active": (~inactive).tolist(),
            "name": accounts.names(rows),
            "type": ["Commercial" if business else "Residential" for business in firm.tolist()],
            "address": _addresses(accounts, rows),
            "customFields": customer_fields(dice, rows, migrated=accounts.migrated),
            "balance": balance.tolist(),
            "taxExempt": (firm & dice.chance("customers.exempt", rows, 0.1)).tolist(),
            "tagTypeIds": tags(dice, "customer", rows),
            "doNotMail": dice.chance("customers.mail", rows, 0.04).tolist(),
            "doNotService": dice.chance("customers.service", rows, 0.008).tolist(),
            "nationalAccount": (firm & dice.chance("customers.national", rows, 0.04)).tolist(),
            "createdOn": stamps(dice, "customers.created", rows, at=accounts.created[rows]),
            "createdById": np.where(migrated, 0, desk(dice, "customers.by", rows)).tolist(),
            "modifiedOn": _modified(accounts, rows),
            "mergedToId": where(merged, dice.ids("customers", accounts.originals(rows)).tolist()),
            "paymentTermId": [
                key if business else (None if old else TERM_FOR_HOMES)
                for key, business, old in zip(terms, firm.tolist(), migrated.tolist(), strict=True)
            ],
            "creditLimit": where(is_credit, limit.tolist()),
            "creditLimitBalance": where(is_credit, np.round(limit - balance, 2).tolist()),
            "externalData": external_data(dice, "customers", rows),
        }
    )


def balances(dice: Dice, rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what customers owe: mostly nothing, sometimes a job, rarely less than nothing."""
    cents = 4_000 + dice.below("customers.owes", rows, 180_000)
    sign = dice.weighted("customers.debt", rows, (0.86, 0.12, 0.02))
    return np.round(np.array([0.0, 1.0, -0.25])[sign] * cents / 100, 2) + 0.0


def tags(dice: Dice, kind: str, rows: Rows) -> list[list[int]]:
    """Return the tags of each row."""
    kinds = [tag for tag in TAGS if tag.on == kind]
    marked = [dice.chance(f"tag.{tag.id}", rows, tag.share).tolist() for tag in kinds]
    return [
        [tag.id for tag, has in zip(kinds, flags, strict=True) if has] for flags in zip(*marked, strict=True)
    ]


def custom_fields(dice: Dice, fields: tuple[Field, ...], rows: Rows) -> list[list[Row]]:
    """Return the custom fields that have a value, each value a text."""
    found: list[list[Row]] = [[] for _ in range(len(rows))]
    for field in fields:
        if not field.values:
            continue
        values = dice.pick(f"field.{field.id}.value", rows, field.values)
        for place in np.flatnonzero(dice.chance(f"field.{field.id}", rows, field.share)).tolist():
            found[place].append({"typeId": field.id, "name": field.name, "value": values[place]})
    return found


def customer_fields(dice: Dice, rows: Rows, *, migrated: int) -> list[list[Row]]:
    """Return custom fields; those from the old system kept their number in it."""
    number = CUSTOMER_FIELDS[CLIENT_NUMBER]
    found = custom_fields(dice, CUSTOMER_FIELDS, rows)
    for own, row in zip(found, rows.tolist(), strict=True):
        if row < migrated:
            own.insert(0, {"typeId": number.id, "name": number.name, "value": f"{10_000 + row}-1"})
    return found


def external_data(dice: Dice, kind: str, rows: Rows) -> list[object]:
    """Return external data: often null, sometimes empty, rarely a key of an old integration."""
    form = dice.weighted(f"{kind}.external", rows, (0.72, 0.19, 0.09)).tolist()
    return [
        (None, [], [{"key": "legacyRef", "value": f"L-{row}"}])[number]
        for number, row in zip(form, rows.tolist(), strict=True)
    ]


def _addresses(accounts: Accounts, rows: Rows) -> list[Row]:
    elsewhere = accounts.manages(rows) | accounts.dice.chance("customers.elsewhere", rows, 0.05)
    home = accounts.addresses(accounts.first_location(accounts.originals(rows)))
    office = Places(accounts.dice, "billing").addresses(rows)
    return [
        (away if other else here).full()
        for here, away, other in zip(home, office, elsewhere.tolist(), strict=True)
    ]


def _modified(accounts: Accounts, rows: Rows) -> list[str]:
    dice, made = accounts.dice, np.maximum(accounts.created[rows], GO_LIVE_SECOND)
    wanted = made + 60 + dice.waits("customers.edit", rows, 180 * DAY)
    at = not_later(dice, "customers.edit", rows, since=made, wanted=wanted)
    bulk = dice.chance("customers.bulk", rows, _BULK_SHARE) & (made < BULK_EDIT_SECOND)
    texts = stamps(dice, "customers.modified", rows, at=at)
    return [
        BULK_EDIT if all_at_once else text for text, all_at_once in zip(texts, bulk.tolist(), strict=True)
    ]
