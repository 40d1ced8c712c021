"""Rows of the contacts of customers, locations and bookings: who can be reached how."""

from typing import NamedTuple

import numpy as np

from stcrm_nb.sandbox.generate.accounts import GO_LIVE_SECOND, Accounts
from stcrm_nb.sandbox.generate.draws import CHILD_SLOTS, Dice, Rows, child_id
from stcrm_nb.sandbox.generate.setting.people import People, dialled
from stcrm_nb.sandbox.generate.setting.replies import NEVER, Row, not_later, plain_stamps, stamps
from stcrm_nb.sandbox.generate.setting.seasons import AS_OF_SECOND, DAY

PHONE, MOBILE, MAIL, FAX = "Phone", "MobilePhone", "Email", "Fax"
BAD_PHONES = (
    "555-01",
    "unknown",
    "same as above",
    "0000000000",
    "(608) 555",
    "6085550123 ext. 4",
    "555.0142",
)
BAD_MAILS = ("none", "declined", "info@example", "jane.doe@@example.com", "no email", "smith at example.com")
_OWN_MEMOS = (None, None, None, None, "Owner", "HomePhone", "Mobile", "Best after 4pm", "cell", "")
_SHOP_MEMOS = ("Office", "Front desk", None, "Manager", "work #")
_PARTNERS = ("Wife", "Husband", "Partner", "Owner's daughter", "Son")
_GONE = (
    "Former tenant - unit 2",
    "Previous owner",
    "Old tenant, moved 2024",
    "Not the owner any more",
    "Ex-husband - do not call",
)
_BAD_SHARE, _GONE_SHARE, _NEVER_SHARE = 0.014, 0.03, 0.6


class Card(NamedTuple):
    """One contact: the place of its parent in the chunk, its slot there, and what it says."""

    place: int
    slot: int
    type: str
    value: str
    memo: str | None


def customer_cards(accounts: Accounts, rows: Rows) -> list[Card]:
    """Return the contacts of these customers."""
    dice, originals = accounts.dice, accounts.originals(rows)
    firm, manages = accounts.is_firm(rows).tolist(), accounts.manages(rows).tolist()
    people, has = accounts.people(), dice.below("contacts.has", originals, 10**6).tolist()
    own, second, mails = people.phones(originals), people.phones(originals, 1), people.mails(originals)
    partners, firsts = people.partners(originals), people.first_names(originals)
    memo = dice.pick("contacts.memo", rows, _OWN_MEMOS)
    shop_memo = dice.pick("contacts.shop", rows, _SHOP_MEMOS)
    relation = dice.pick("contacts.relation", originals, _PARTNERS)
    form = dice.below("contacts.form", rows, 10).tolist()
    cards: list[Card] = []
    for place, bits in enumerate(has):
        shop = firm[place]
        kind = PHONE if shop or bits % 4 == 0 else MOBILE
        cards.append(
            Card(place, 0, kind, dialled(own[place], form[place]), shop_memo[place] if shop else memo[place])
        )
        if manages[place] or bits // 10 % 10 < 7:  # noqa: PLR2004 seven of ten
            label = "Accounts payable" if shop else (None if bits % 3 else firsts[place])
            cards.append(Card(place, 1, MAIL, mails[place], label))
        if manages[place] or bits // 100 % 10 < 2:  # noqa: PLR2004 two of ten
            label = f"On call - {partners[place]}" if shop else f"{relation[place]} - {partners[place]}"
            cards.append(Card(place, 2, MOBILE, dialled(second[place], 9 - form[place]), label))
        if shop and bits // 1000 % 10 < 2:  # noqa: PLR2004 two of ten
            cards.append(Card(place, 3, FAX, second[place], "Fax"))
    return spoilt(dice, "customer", rows, cards=cards)


def location_cards(accounts: Accounts, rows: Rows) -> list[Card]:
    """Return the contacts of these locations: copies of the customer's, tenants, and people long gone."""
    dice, owners = accounts.dice, accounts.owner[rows].astype(np.int64)
    copied = dice.below("contacts.copied", rows, 10).tolist()
    tenants = People(dice, "tenants")
    names, phones = tenants.names(rows), tenants.phones(rows + accounts.count)
    gone, left = (
        dice.chance("contacts.gone", rows, _GONE_SHARE).tolist(),
        dice.pick("contacts.left", rows, _GONE),
    )
    old = tenants.phones(rows + accounts.count, 1)
    cards = [
        card
        for card in customer_cards(accounts, owners)
        if card.slot == 0 or (card.type == MAIL and copied[card.place] < 6) or copied[card.place] < 2  # noqa: PLR2004
    ]
    cards += [
        Card(place, 4, MOBILE, phones[place], f"Tenant - {names[place]}")
        for place in np.flatnonzero(accounts.manages(owners)).tolist()
    ]
    cards += [
        Card(place, 5, MOBILE, old[place], left[place]) for place, is_gone in enumerate(gone) if is_gone
    ]
    return sorted(spoilt(dice, "location", rows, cards=cards))


def contacts(accounts: Accounts, kind: str, rows: Rows, *, cards: list[Card]) -> list[Row]:
    """Return the records of contacts of customers or locations, whichever `kind` says."""
    dice, parent = accounts.dice, f"{kind[:-1]}Id"
    table = f"{kind[:-1]}_contacts"
    places = np.array([card.place for card in cards], dtype=np.int64)
    keys = rows[places] * CHILD_SLOTS + np.array([card.slot for card in cards], dtype=np.int64)
    made = (accounts.created if kind == "customers" else accounts.settled)[rows[places]]
    later = dice.chance(f"{table}.later", keys, 0.15) * dice.waits(f"{table}.wait", keys, 120 * DAY)
    added = not_later(dice, f"{table}.added", keys, since=made, wanted=made + 2 + later)
    lost = (added < GO_LIVE_SECOND) & dice.chance(f"{table}.lost", keys, _NEVER_SHARE)
    since = np.maximum(added, GO_LIVE_SECOND)
    changed = since + dice.chance(f"{table}.changed", keys, 0.25) * dice.waits(
        f"{table}.edit", keys, 150 * DAY
    )
    edited = stamps(
        dice, f"{table}.modified", keys,
        at=not_later(dice, f"{table}.modified", keys, since=since, wanted=np.maximum(changed, since)),
    )  # fmt: skip
    created = stamps(dice, f"{table}.modified", keys, at=added)
    parents = dice.ids(kind, rows[places]).tolist()
    order = _time_first if kind == "customers" else _phone_first
    opted, asked = dice.chance(f"{table}.no_text", keys, 0.05).tolist(), _preferences(dice, table, keys)
    return [
        {
            "id": child_id(table, int(rows[card.place]), card.slot),
            "type": card.type,
            "value": card.value,
            "memo": card.memo,
            **order(edited[i], phone_settings(card, do_not_text=opted[i])),
            "createdOn": NEVER if lost[i] else created[i],
            "preferences": asked[i],
            parent: parents[i],
        }
        for i, card in enumerate(cards)
    ]


def _time_first(edited: str, phone: Row | None) -> Row:
    return {"modifiedOn": edited, "phoneSettings": phone}


def _phone_first(edited: str, phone: Row | None) -> Row:
    return {"phoneSettings": phone, "modifiedOn": edited}


def phone_settings(card: Card, *, do_not_text: bool) -> Row | None:
    """Return the settings of a number; an e-mail address has none."""
    if card.type == MAIL:
        return None
    digits = "".join(letter for letter in card.value if letter.isdigit())
    return {"phoneNumber": digits or card.value, "doNotText": do_not_text}


def booking_contacts(dice: Dice, rows: Rows, *, cards: list[Card], at: Rows) -> list[Row]:
    """Return the records of contacts of bookings that came in at these seconds."""
    places = np.array([card.place for card in cards], dtype=np.int64)
    keys = rows[places] * CHILD_SLOTS + np.array([card.slot for card in cards], dtype=np.int64)
    added = plain_stamps(np.minimum(at[places] + 1, AS_OF_SECOND - 1))
    parents = dice.ids("bookings", rows[places]).tolist()
    return [
        {
            "id": child_id("booking_contacts", key // CHILD_SLOTS, card.slot),
            "type": card.type,
            "value": card.value,
            "memo": card.memo or "",
            "modifiedOn": text,
            "bookingId": parent,
        }
        for card, key, text, parent in zip(cards, keys.tolist(), added, parents, strict=True)
    ]


def _preferences(dice: Dice, table: str, keys: Rows) -> list[Row | None]:
    """Return what each contact wants to receive; older contacts were never asked."""
    bits = dice.below(f"{table}.wants", keys, 2**10).tolist()
    wants: list[Row | None] = []
    for bit in bits:
        invoice, statement = bit % 4 > 0, bit // 4 % 8 > 0
        answer: Row = {
            "jobRemindersEnabled": bit // 32 % 8 > 0,
            "marketingUpdatesEnabled": bit // 64 % 4 > 1,
            "invoiceStatementNotification": invoice and statement,
            "invoiceNotification": invoice,
            "statementNotification": statement,
        }
        wants.append(None if bit % 5 == 0 else answer)
    return wants


def spoilt(dice: Dice, kind: str, rows: Rows, *, cards: list[Card]) -> list[Card]:
    """Return the cards with some values as people mistype them."""
    places = np.array([card.place * CHILD_SLOTS + card.slot for card in cards], dtype=np.int64)
    keys = rows[places // CHILD_SLOTS] * CHILD_SLOTS + places % CHILD_SLOTS
    bad = np.flatnonzero(dice.chance(f"{kind}.bad", keys, _BAD_SHARE)).tolist()
    phones, mails = dice.pick(f"{kind}.phone", keys, BAD_PHONES), dice.pick(f"{kind}.mail", keys, BAD_MAILS)
    for index in bad:
        value = mails[index] if cards[index].type == MAIL else phones[index]
        cards[index] = cards[index]._replace(value=value)
    return cards
