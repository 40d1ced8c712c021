"""Customers and locations: who pays, and where the work is done."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from stcrm_nb.sandbox.generate.draws import Dice, Flags, Rows
from stcrm_nb.sandbox.generate.setting.people import People, spell_anew
from stcrm_nb.sandbox.generate.setting.places import STREET_NAMES, TOWNS, Address, Places
from stcrm_nb.sandbox.generate.setting.seasons import AS_OF_SECOND, DAY, START_SECOND, Clock

MIGRATED_SHARE = 0.28
GO_LIVE_SECOND = START_SECOND - 6 * DAY
_HISTORY = 4 * 365 * DAY
_MANAGERS, _FIRMS, _SECOND_HOMES, _DOUBLES = 0.012, 0.075, 0.14, 0.024
_MANAGER_PLACE = 0.41
PLANTED_NAME = "Harborview Property Management"
_BUILDINGS = ("Apartments", "Flats", "Terrace", "Commons", "Lofts", "Condos")
_SECOND_NAMES = ("Rental", "Lake house", "Mother's house", "Garage", "Duplex", "Shop")


@dataclass(frozen=True, slots=True)
class Accounts:
    """All customers and locations, as far as others must know them: a few numbers each.

    Parameters
    ----------
    dice : Dice
        The tenant's draws.
    clock : Clock
        When new customers come.
    created : Rows
        Seconds at which each customer was made; rises.
    owner : Rows
        For each location, the row of its customer.
    settled : Rows
        Seconds at which each location was made; rises.
    by_owner, first : Rows
        Locations ordered by customer, and where each customer's begin in that order.
    managers : Rows
        Rows of the property managers.
    """

    dice: Dice
    clock: Clock
    created: Rows
    owner: NDArray[np.int32]
    settled: Rows
    by_owner: NDArray[np.int32]
    first: Rows
    managers: Rows

    @classmethod
    def of(cls, dice: Dice, clock: Clock, count: int) -> Self:
        """Settle `count` customers and their locations."""
        rows = np.arange(count, dtype=np.int64)
        old = int(count * MIGRATED_SHARE)
        ago = (rows[:old] + dice.uniform("customers.ago", rows[:old])) / max(old, 1)
        created = np.concatenate(
            (
                GO_LIVE_SECOND - _HISTORY + np.floor(ago * _HISTORY).astype(np.int64),
                clock.times(dice, "customers.at", rows[: count - old], of=count - old),
            )
        )
        manages = _manages(dice, rows, count)
        owner, settled = _locations(dice, created, manages)
        by_owner = np.argsort(owner, kind="stable").astype(np.int32)
        first = np.searchsorted(owner[by_owner], np.arange(count + 1)).astype(np.int64)
        return cls(dice, clock, created, owner, settled, by_owner, first, np.flatnonzero(manages))

    @property
    def count(self) -> int:
        """Number of customers."""
        return len(self.created)

    @property
    def migrated(self) -> int:
        """Number of customers that came from the old system."""
        return int(self.count * MIGRATED_SHARE)

    @property
    def planted_manager(self) -> int:
        """Row of the property manager whom the quickstart visits."""
        return int(self.count * _MANAGER_PLACE)

    def known(self, seconds: Rows) -> Rows:
        """Return how many customers surely existed at these seconds."""
        return self.migrated + self.clock.so_far(seconds, of=self.count - self.migrated)

    def manages(self, rows: Rows) -> Flags:
        """Whether a customer is a property manager."""
        return _manages(self.dice, rows, self.count)

    def is_firm(self, rows: Rows) -> Flags:
        """Whether a customer is a business, property managers included."""
        originals = self.originals(rows)
        return self.dice.chance("customers.firm", originals, _FIRMS) | self.manages(rows)

    def originals(self, rows: Rows) -> Rows:
        """Return the row itself, or for a double the row of the customer it repeats."""
        maybe = self._maybe_double(rows)
        back = 1 + self.dice.below("customers.back", rows, 250)
        earlier = np.maximum(rows - back, 0)
        double = maybe & (back < rows) & ~self._maybe_double(earlier) & ~self.manages(earlier)
        return np.where(double, earlier, rows)

    def is_merged(self, rows: Rows) -> Flags:
        """Whether a customer is a double that somebody has merged since."""
        double = np.asarray(self.originals(rows) != rows)
        return double & self.dice.chance("customers.merged", rows, 0.42)

    def _maybe_double(self, rows: Rows) -> Flags:
        return self.dice.chance("customers.double", rows, _DOUBLES) & ~self.manages(rows)

    def people(self) -> People:
        """Return the people behind the customers; ask by the original's row."""
        return People(self.dice, "customers")

    def names(self, rows: Rows) -> list[str]:
        """Return the customers' names as the records spell them."""
        originals = self.originals(rows)
        people = self.people()
        firm, manages = self.is_firm(rows).tolist(), self.manages(rows).tolist()
        kinds = zip(
            people.names(originals),
            people.firms(originals),
            people.managers(rows),
            firm,
            manages,
            strict=True,
        )
        names = [boss if runs else (shop if firm else home) for home, shop, boss, firm, runs in kinds]
        for place in np.flatnonzero(rows == self.planted_manager).tolist():
            names[place] = PLANTED_NAME
        form = self.dice.below("customers.spelling", rows, 10).tolist()
        double = (originals != rows).tolist()
        blank = self.dice.chance("customers.blank", rows, 0.006).tolist()
        return [
            spell_anew(name, number) if twice else (f"  {name}" if spaced else name)
            for name, number, twice, spaced in zip(names, form, double, blank, strict=True)
        ]

    def first_location(self, customers: Rows) -> Rows:
        """Return the row of each customer's first location."""
        return self.by_owner[self.first[customers]].astype(np.int64)

    def location_for(self, customers: Rows, *, drawn: Rows, at: Rows) -> Rows:
        """Return one of each customer's locations that stood at these seconds; `drawn` chooses."""
        many = self.first[customers + 1] - self.first[customers]
        chosen = self.by_owner[self.first[customers] + drawn % many].astype(np.int64)
        return np.where(self.settled[chosen] < at, chosen, self.first_location(customers))

    def is_first(self, locations: Rows) -> Flags:
        """Whether a location is its customer's first."""
        return np.asarray(self.first_location(self.owner[locations].astype(np.int64)) == locations)

    def is_repeated(self, locations: Rows) -> Flags:
        """Whether a location was entered twice, and merged into the customer's first one since."""
        owners = self.owner[locations].astype(np.int64)
        slip = self.dice.chance("locations.repeated", locations, 0.14)
        return slip & ~self.is_first(locations) & ~self.manages(owners)

    def addresses(self, locations: Rows) -> list[Address]:
        """Return the locations' addresses; doubles live where their originals do."""
        owners = self.owner[locations].astype(np.int64)
        home = self.first_location(self.originals(owners))
        shared = self.is_first(locations) | self.is_repeated(locations)
        return Places(self.dice, "locations").addresses(np.where(shared, home, locations))

    def zones(self, locations: Rows) -> tuple[Rows, Rows]:
        """Return the index of the dispatch zone and of the tax zone of each location."""
        towns = Places(self.dice, "locations").town_indices(locations)
        return np.array([t.zone for t in TOWNS])[towns], np.array([t.tax_zone for t in TOWNS])[towns]

    def location_names(self, locations: Rows) -> list[str]:
        """Return the locations' names: the customer's, or the building's."""
        owners = self.owner[locations].astype(np.int64)
        plain = self.is_first(locations) | self.is_repeated(locations)
        street = self.dice.pick("locations.building", locations, STREET_NAMES)
        building = self.dice.pick("locations.sort", locations, _BUILDINGS)
        second = self.dice.pick("locations.second", locations, _SECOND_NAMES)
        parts = zip(
            self.names(owners),
            street,
            building,
            second,
            plain.tolist(),
            self.manages(owners).tolist(),
            strict=True,
        )
        return [
            name if same else (f"{road} {house}" if runs else f"{name} - {other}")
            for name, road, house, other, same, runs in parts
        ]


def _manages(dice: Dice, rows: Rows, count: int) -> Flags:
    planted = np.asarray(rows == int(count * _MANAGER_PLACE))
    return planted | dice.chance("customers.manager", rows, _MANAGERS)


def _locations(dice: Dice, created: Rows, manages: Flags) -> tuple[NDArray[np.int32], Rows]:
    """Return owner and second of every location, in the order in which they were made."""
    rows = np.arange(len(created), dtype=np.int64)
    more = np.where(manages, 6 + dice.below("customers.houses", rows, 16), 0)
    more = np.where(dice.chance("customers.second", rows, _SECOND_HOMES) & ~manages, 1, more)
    extra = np.repeat(rows, more)
    slots = np.arange(len(extra), dtype=np.int64)
    later = dice.below("locations.later", slots, np.where(manages[extra], 300 * DAY, 800 * DAY))
    own = created + 40 + dice.below("locations.own", rows, 500)
    owner = np.concatenate((rows, extra))
    settled = np.concatenate((own, created[extra] + DAY + later))
    there = (settled < AS_OF_SECOND) | (np.arange(len(owner)) < len(rows))
    owner, settled = owner[there], np.minimum(settled[there], AS_OF_SECOND - 1)
    order = np.argsort(settled, kind="stable")
    return owner[order].astype(np.int32), settled[order]
