"""What was planted for charts and panels to find: one wrong contact, hostile texts, duplicates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from stcrm_nb.sandbox.generate.accounts import Accounts
from stcrm_nb.sandbox.generate.draws import Rows, child_id
from stcrm_nb.sandbox.generate.records.contacts import MOBILE, Card, customer_cards, location_cards
from stcrm_nb.sandbox.generate.records.customers import BULK_EDIT
from stcrm_nb.sandbox.generate.setting.marketing import (
    BAD_CAMPAIGN,
    CAMPAIGNS,
    DISMISSING_PROVIDER,
    PROVIDERS,
)
from stcrm_nb.sandbox.generate.setting.replies import Row
from stcrm_nb.sandbox.generate.setting.seasons import COLD_SNAPS, HEAT_WAVES, SLOW_MONTH

BUILDING, STREET = "Pelican Point Flats", "77 Pelican Point Rd"
WRONG_MEMO, WRONG_NUMBER, WRONG_SLOT = "Former tenant - moved out, do not call", "4145550199", 6
TENANT = Card(0, 4, MOBILE, "414-555-0162", "Tenant - Inés Okafor")
SHOWN = 20

_IMAGE = '<img src=x onerror="window.__stcrm_xss=1">'
_SCRIPT = "<script>window.__stcrm_xss=1</script>"
_LINK = '=HYPERLINK("http://evil.example","x")'
_FIELD = [{"typeId": 8816, "name": "Access Notes", "value": f"{_SCRIPT} ring twice"}]
HOSTILE_MEMO = f"Owner {_IMAGE}"
# By kind: where in the tenant (share of its rows), which field, and what it says.
HOSTILE: dict[str, tuple[tuple[float, str, object], ...]] = {
    "customers": (
        (0.31, "name", f"{_SCRIPT} Petrov"),
        (0.52, "name", _LINK),
        (0.73, "name", "+1+1 Heating Supply"),
        (0.88, "address.street", "javascript:window.__stcrm_xss=1"),
    ),
    "locations": (
        (0.02, "name", f"{_IMAGE} Duplex"),
        (0.35, "address.street", f"12 {_IMAGE} Ave"),
        (0.36, "name", f"{_SCRIPT}"),
        (0.47, "customFields", _FIELD),
        (0.55, "name", _LINK),
        (0.62, "address.city", "@SUM(1)"),
        (0.71, "address.street", "+1+1"),
        (0.80, "address.unit", '"><svg onload="window.__stcrm_xss=1">'),
    ),
    "leads": (
        (0.44, "summary", f"Furnace out {_IMAGE}"),
        (0.66, "summary", _LINK),
        (0.97, "leadCustomerName", f"{_SCRIPT} Smith"),
    ),
    "bookings": (
        (0.28, "summary", f"First Name*: {_IMAGE}\nHow can we help?*: {_SCRIPT}"),
        (0.58, "name", f"{_SCRIPT}"),
        (0.93, "source", "=cmd|' /C calc'!A0"),
    ),
}


@dataclass(frozen=True, slots=True)
class Stories:
    """The planted records of one tenant.

    Parameters
    ----------
    accounts : Accounts
        Its customers and locations.
    counts : mapping of str to int
        Number of rows by kind.
    """

    accounts: Accounts
    counts: Mapping[str, int]

    @property
    def building(self) -> int:
        """Row of the location that has the wrong contact."""
        accounts, boss = self.accounts, self.accounts.planted_manager
        houses = accounts.by_owner[accounts.first[boss] : accounts.first[boss + 1]]
        return int(houses[min(2, len(houses) - 1)])

    def hostile(self, kind: str) -> dict[int, tuple[str, object]]:
        """Return field and text by row."""
        return {int(self.counts[kind] * share): (field, text) for share, field, text in HOSTILE[kind]}

    def plant(self, kind: str, rows: Rows, records: list[Row]) -> None:
        """Change the planted ones among these records."""
        first = int(rows[0])
        for row, (field, text) in self.hostile(kind).items():
            if first <= row < first + len(records):
                _put(records[row - first], field, text)
        place = self.building - first
        if kind == "locations" and 0 <= place < len(records):
            own = records[place]
            own |= {"name": BUILDING, "active": True, "mergedToId": None}
            _put(own, "address.street", STREET)
            _put(own, "address.unit", None)
        boss = self.accounts.planted_manager - first
        if kind == "customers" and 0 <= boss < len(records):
            records[boss]["active"] = True

    def customer_cards(self, rows: Rows) -> list[Card]:
        """Return the contacts of these customers; the property manager has a copy of the wrong one."""
        cards, place = customer_cards(self.accounts, rows), self.accounts.planted_manager - int(rows[0])
        return sorted([*cards, _wrong(place)], key=_order) if 0 <= place < len(rows) else cards

    def location_cards(self, rows: Rows) -> list[Card]:
        """Return the contacts of these locations, the wrong one among them."""
        first, cards = int(rows[0]), location_cards(self.accounts, rows)
        hostile = {row - first for row in self.hostile("locations")}
        place = self.building - first
        cards = [
            card._replace(memo=HOSTILE_MEMO) if card.place in hostile and card.slot == 0 else card
            for card in cards
            if card.place != place
        ]
        if not 0 <= place < len(rows):
            return cards
        boss = np.array([self.accounts.planted_manager], dtype=np.int64)
        copied = [card for card in customer_cards(self.accounts, boss) if card.slot in (0, 1)]
        own = [card._replace(place=place) for card in (*copied, TENANT)]
        return sorted([*cards, *own, _wrong(place)], key=_order)

    def told(self) -> Iterator[Row]:
        """Yield every story: its name, what it is, and the facts by which it is found."""
        bad, provider = CAMPAIGNS[BAD_CAMPAIGN], PROVIDERS[DISMISSING_PROVIDER]
        yield _story("bad_campaign", "Its leads seldom convert.", campaign_id=bad.id, name=bad.name)
        yield _story("slow_month", "Half the usual work came in.", month="{}-{:02d}".format(*SLOW_MONTH))
        yield _story(
            "dismissing_provider",
            "Most of its bookings are dismissed.",
            booking_provider_id=provider.id,
            name=provider.name,
            source=provider.source,
        )
        yield _story(
            "answer_time",
            "The later the first answer, the fewer leads convert. The first note on a lead is that answer.",
        )
        yield _story(
            "weather",
            "Cold snaps bring calls for heating, heat waves for cooling; first and last day of each.",
            cold_snaps=[[f"{first}", f"{last}"] for first, last in COLD_SNAPS],
            heat_waves=[[f"{first}", f"{last}"] for first, last in HEAT_WAVES],
        )
        yield self._wrong_contact()
        yield from self._doubles()
        yield _story("bulk_edit", "Many customers changed in the same instant.", modified_on=BULK_EDIT)
        yield _story("hostile_text", "Texts that try to run.", **self._hostile_ids())

    def _wrong_contact(self) -> Row:
        dice, boss = self.accounts.dice, self.accounts.planted_manager
        return _story(
            "wrong_contact",
            f"{BUILDING} still lists somebody who moved out; the customer has a copy of the contact.",
            location_id=int(dice.ids("locations", np.array([self.building]))[0]),
            contact_id=child_id("location_contacts", self.building, WRONG_SLOT),
            customer_id=int(dice.ids("customers", np.array([boss]))[0]),
            twin_id=child_id("customer_contacts", boss, WRONG_SLOT),
            name=BUILDING,
            street=STREET,
            memo=WRONG_MEMO,
        )

    def _doubles(self) -> Iterator[Row]:
        """Yield the first pairs of customers (the later, the earlier) that are one person."""
        dice, accounts = self.accounts.dice, self.accounts
        rows = np.arange(accounts.count, dtype=np.int64)
        double, merged = accounts.originals(rows) != rows, accounts.is_merged(rows)
        for name, text, flags in (
            ("duplicate_customers", "The same person twice, not merged yet.", double & ~merged),
            ("merged_customers", "The same person twice, merged since.", double & merged),
        ):
            found = np.flatnonzero(flags)
            pairs = (found[:SHOWN], accounts.originals(found[:SHOWN]))
            listed = zip(*(dice.ids("customers", side).tolist() for side in pairs), strict=True)
            yield _story(name, text, count=len(found), pairs=[list(pair) for pair in listed])

    def _hostile_ids(self) -> dict[str, object]:
        return {
            kind: self.accounts.dice.ids(kind, np.array(sorted(self.hostile(kind)), dtype=np.int64)).tolist()
            for kind in HOSTILE
        }


def _wrong(place: int) -> Card:
    return Card(place, WRONG_SLOT, MOBILE, WRONG_NUMBER, WRONG_MEMO)


def _order(card: Card) -> tuple[int, int]:
    return card[:2]


def _story(name: str, text: str, /, **facts: object) -> Row:
    return {"name": name, "text": text, "facts": facts}


def _put(record: Row, field: str, value: object) -> None:
    outer, _, inner = field.partition(".")
    if not inner:
        record[field] = value
        return
    nested = record[outer]
    if isinstance(nested, dict):
        record[outer] = {**nested, inner: value}
