"""Rows of locations."""

import numpy as np

from stcrm_nb.sandbox.generate.accounts import GO_LIVE_SECOND, Accounts
from stcrm_nb.sandbox.generate.draws import Flags, Rows
from stcrm_nb.sandbox.generate.records.customers import custom_fields, external_data, tags
from stcrm_nb.sandbox.generate.setting.fields import LOCATION_FIELDS, TAX_ZONES, ZONES
from stcrm_nb.sandbox.generate.setting.replies import NEVER, Row, ids_at, not_later, rows_of, stamps, where
from stcrm_nb.sandbox.generate.setting.seasons import DAY
from stcrm_nb.sandbox.generate.setting.staff import desk


def locations(accounts: Accounts, rows: Rows) -> list[Row]:
    """Return the records of these locations."""
    dice, owners = accounts.dice, accounts.owner[rows].astype(np.int64)
    old, repeated = from_old_system(accounts, rows), accounts.is_repeated(rows)
    closed = repeated | accounts.is_merged(owners) | dice.chance("locations.left", rows, 0.025)
    made = accounts.settled[rows]
    since = np.maximum(made, GO_LIVE_SECOND)
    wanted = since + 60 + dice.waits("locations.edit", rows, 220 * DAY)
    edited = not_later(dice, "locations.edit", rows, since=since, wanted=wanted)
    zones, tax_zones = accounts.zones(rows)
    return rows_of(
        {
            "id": dice.ids("locations", rows).tolist(),
            "customerId": dice.ids("customers", owners).tolist(),
            "active": (~closed).tolist(),
            "name": accounts.location_names(rows),
            "address": [address.full() for address in accounts.addresses(rows)],
            "customFields": custom_fields(dice, LOCATION_FIELDS, rows),
            "createdOn": [
                NEVER if lost else text
                for lost, text in zip(
                    old.tolist(), stamps(dice, "locations.created", rows, at=made), strict=True
                )
            ],
            "createdById": np.where(old, 0, desk(dice, "locations.by", rows)).tolist(),
            "modifiedOn": stamps(dice, "locations.modified", rows, at=edited),
            "mergedToId": where(repeated, dice.ids("locations", accounts.first_location(owners)).tolist()),
            "zoneId": where(
                ~dice.chance("locations.no_zone", rows, 0.05), ids_at(zones, [key for key, _ in ZONES])
            ),
            "taxExempt": dice.chance("locations.exempt", rows, 0.01).tolist(),
            "tagTypeIds": tags(dice, "location", rows),
            "externalData": external_data(dice, "locations", rows),
            "taxZoneId": where(
                ~dice.chance("locations.no_tax", rows, 0.08),
                ids_at(tax_zones, [key for key, _, _ in TAX_ZONES]),
            ),
        }
    )


def from_old_system(accounts: Accounts, rows: Rows) -> Flags:
    """Whether the migration lost when a location was made."""
    return (accounts.settled[rows] < GO_LIVE_SECOND) & accounts.dice.chance("locations.lost", rows, 0.85)
