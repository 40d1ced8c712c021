"""Rows of bookings: inquiries by web form, online scheduler, answering service and bought lists."""

from dataclasses import dataclass

import numpy as np

from stcrm_nb.sandbox.generate.draws import Flags, Rows
from stcrm_nb.sandbox.generate.inquiries import NOBODY, Inquiries, log_minutes
from stcrm_nb.sandbox.generate.records.contacts import MAIL, MOBILE, Card, booking_contacts, spoilt
from stcrm_nb.sandbox.generate.setting.marketing import (
    BOOKED_AS_LEAD,
    BOUGHT_WEIGHTS,
    CAMPAIGNS,
    DISMISSAL_WEIGHTS,
    DISMISSING_PROVIDER,
    FIRST_DISMISSAL,
    PROVIDERS,
    REASONS,
)
from stcrm_nb.sandbox.generate.setting.people import People, dialled
from stcrm_nb.sandbox.generate.setting.places import Address, Places
from stcrm_nb.sandbox.generate.setting.replies import (
    Row,
    ids_at,
    not_later,
    plain_stamps,
    rows_of,
    stamps,
    where,
)
from stcrm_nb.sandbox.generate.setting.seasons import AS_OF_SECOND, DAY, HOUR
from stcrm_nb.sandbox.generate.setting.work import COMMERCIAL_UNIT, JOB_TYPES, UNITS, summaries

NEW, ACCEPTED, CONVERTED, DISMISSED = range(4)
STATUSES = ("New", "Accepted", "Converted", "Dismissed")
_SLOTS = (8, 10, 13, 15)
_WEB_FORMS = np.array([provider.web_form for provider in PROVIDERS])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a chunk of bookings is about, in columns: seconds, rows and indices of facts."""

    rows: Rows
    at: Rows
    waits: Rows
    customers: Rows
    kinds: Rows
    providers: Rows
    status: Rows
    is_form: Flags


def bookings(stream: Inquiries, rows: Rows) -> tuple[list[Row], list[Row]]:
    """Return the records of these bookings, and those of their contacts."""
    of = _asked(stream, rows)
    reached = booking_contacts(stream.dice, rows, cards=_cards(stream, of), at=of.at)
    return _records(stream, of), reached


def _asked(stream: Inquiries, rows: Rows) -> Asked:
    """Return what these bookings are about and what became of them."""
    at, waits = stream.at[rows], stream.waits(rows)
    providers = _providers(stream, rows, at=at)
    status = _statuses(stream, rows, at=at, waits=waits, providers=providers)
    status[stream.linked[rows] != NOBODY] = DISMISSED
    customers, kinds = stream.askers(rows), stream.kinds(rows)
    return Asked(rows, at, waits, customers, kinds, providers, status, _WEB_FORMS[providers])


def _providers(stream: Inquiries, rows: Rows, *, at: Rows) -> Rows:
    found = stream.dice.weighted("bookings.provider", rows, [provider.weight for provider in PROVIDERS])
    ended = ~np.array([provider.active for provider in PROVIDERS])[found] & (at > AS_OF_SECOND - 800 * DAY)
    return np.where(ended, 0, found)


def _statuses(stream: Inquiries, rows: Rows, *, at: Rows, waits: Rows, providers: Rows) -> Rows:
    """Return the status of each booking; a late answer loses it, the last days are still open."""
    dice = stream.dice
    lost = np.array([provider.dismissed for provider in PROVIDERS])[providers] + 0.035 * log_minutes(waits)
    dismissed = dice.uniform("bookings.lost", rows) < np.clip(lost, 0.04, 0.9)
    age = AS_OF_SECOND - at
    accepted = dice.chance("bookings.accepted", rows, np.where(age < 4 * DAY, 0.35, 0.04))
    status = np.where(dismissed, DISMISSED, np.where(accepted, ACCEPTED, CONVERTED))
    lying = dice.chance("bookings.lying", rows, np.where(age < 2 * DAY, 0.4, 0.006))
    return np.where((waits + 600 > age) | lying, NEW, status)


def _records(stream: Inquiries, of: Asked) -> list[Row]:
    dice, rows, form = stream.dice, of.rows, of.is_form
    names = _asker_names(stream, of)
    dismissed = of.status == DISMISSED
    told = ~form | dice.chance("bookings.told_kind", rows, 0.35)
    return rows_of(
        {
            "id": dice.ids("bookings", rows).tolist(),
            "source": [PROVIDERS[index].source for index in of.providers.tolist()],
            "createdOn": stamps(dice, "bookings.created", rows, at=of.at),
            "name": names,
            "address": _addresses(stream, of),
            "customerType": _customer_types(stream, of),
            "start": plain_stamps(_starts(stream, of)),
            "campaignId": _campaigns(stream, of),
            "businessUnitId": where(told, _unit_ids(stream, of.customers, of.kinds)),
            "isFirstTimeClient": where(
                dice.chance("bookings.told", rows, 0.7),
                ((of.customers == NOBODY) | stream.is_new(rows)).tolist(),
            ),
            "uploadedImages": _images(stream, rows),
            "isSendConfirmationEmail": where(~form, dice.chance("bookings.confirm", rows, 0.7).tolist()),
            "status": [STATUSES[index] for index in of.status.tolist()],
            "dismissingReasonId": _reasons(stream, of),
            "jobId": where(of.status == CONVERTED, dice.ids("jobs", rows).tolist()),
            "externalId": _external_ids(stream, of),
            "priority": where(
                dice.chance("bookings.ranked", rows, 0.45),
                [JOB_TYPES[kind].priority for kind in of.kinds.tolist()],
            ),
            "jobTypeId": where(told, ids_at(of.kinds, [kind.id for kind in JOB_TYPES])),
            "bookingProviderId": ids_at(of.providers, [provider.id for provider in PROVIDERS]),
            "modifiedOn": stamps(dice, "bookings.modified", rows, at=_modified(stream, of, dismissed)),
            "summary": _summaries(stream, of, names),
        }
    )


def _asker_names(stream: Inquiries, of: Asked) -> list[str]:
    """Return the names of those who ask: customers as they are known, strangers as they say."""
    known = stream.accounts.names(np.maximum(of.customers, 0))
    strangers = People(stream.dice, "askers").names(of.rows)
    return [
        name.strip() if row >= 0 else other
        for name, other, row in zip(known, strangers, of.customers.tolist(), strict=True)
    ]


def _asker_reach(stream: Inquiries, of: Asked) -> tuple[list[str], list[str]]:
    """Return the phone (ten digits) and the e-mail address of those who ask."""
    accounts, strangers = stream.accounts, People(stream.dice, "askers")
    known, is_known = accounts.originals(np.maximum(of.customers, 0)), (of.customers != NOBODY).tolist()
    people = accounts.people()
    phones = zip(people.phones(known), strangers.phones(of.rows + 3 * accounts.count), is_known, strict=True)
    mails = zip(people.mails(known), strangers.mails(of.rows), is_known, strict=True)
    return [a if flag else b for a, b, flag in phones], [a if flag else b for a, b, flag in mails]


def _asker_addresses(stream: Inquiries, of: Asked) -> list[Address]:
    """Return where those who ask need help."""
    accounts = stream.accounts
    known = accounts.addresses(accounts.first_location(np.maximum(of.customers, 0)))
    strangers = Places(stream.dice, "askers").addresses(of.rows)
    return [a if row >= 0 else b for a, b, row in zip(known, strangers, of.customers.tolist(), strict=True)]


def _cards(stream: Inquiries, of: Asked) -> list[Card]:
    """Return the contacts of bookings; a web form's are in its summary only."""
    phones, mails = _asker_reach(stream, of)
    bits = stream.dice.below("bookings.reach", of.rows, 10**4).tolist()
    memos = ("", "", "Mobile", "HomePhone")
    found: list[Card] = []
    for place, (form, bit) in enumerate(zip(of.is_form.tolist(), bits, strict=True)):
        if form:
            continue
        if bit % 20:
            found.append(Card(place, 0, MOBILE, dialled(phones[place], bit % 10), memos[bit // 100 % 4]))
        if bit % 20 == 0 or bit // 10 % 10 < 6:  # noqa: PLR2004 six of ten
            found.append(Card(place, 1, MAIL, mails[place], ""))
    return spoilt(stream.dice, "booking", of.rows, cards=found)


def _unit_ids(stream: Inquiries, customers: Rows, kinds: Rows) -> list[int]:
    """Return the business unit for each job type; firms have one of their own."""
    units = np.array([kind.unit for kind in JOB_TYPES])[kinds]
    firm = stream.accounts.is_firm(np.maximum(customers, 0)) & (customers != NOBODY)
    return ids_at(np.where(firm, COMMERCIAL_UNIT, units), [unit.id for unit in UNITS])


def _addresses(stream: Inquiries, of: Asked) -> list[Row | None]:
    form = stream.dice.weighted("bookings.written", of.rows, (0.9, 0.04, 0.03, 0.03)).tolist()
    addresses = [address.plain() for address in _asker_addresses(stream, of)]
    for index in np.flatnonzero(of.is_form).tolist():
        addresses[index] = dict.fromkeys(addresses[index])
    lost: tuple[tuple[str, ...], ...] = ((), ("street", "unit"), ("country", "state"), ())
    return [
        None if number == 3 else {**address, **dict.fromkeys(lost[number])}  # noqa: PLR2004 one form has none
        for address, number in zip(addresses, form, strict=True)
    ]


def _customer_types(stream: Inquiries, of: Asked) -> list[str | None]:
    said = ~of.is_form & stream.dice.chance("bookings.typed", of.rows, 0.8)
    firm = stream.accounts.is_firm(np.maximum(of.customers, 0)) & (of.customers != NOBODY)
    return where(said, ["Commercial" if business else "Residential" for business in firm.tolist()])


def _starts(stream: Inquiries, of: Asked) -> Rows:
    urgent = of.kinds % 4 == 0
    days = np.where(urgent, 1, 1 + stream.dice.below("bookings.days", of.rows, 7))
    slot = np.array(_SLOTS)[stream.dice.below("bookings.slot", of.rows, len(_SLOTS))]
    return stream.calendar.utc(stream.calendar.next_workday(of.at, days) + slot * HOUR)


def _campaigns(stream: Inquiries, of: Asked) -> list[int | None]:
    own = np.array([provider.campaign for provider in PROVIDERS])[of.providers]
    other = stream.campaigns(of.rows, trades=of.kinds // 4)
    chosen = np.where(stream.dice.chance("bookings.own", of.rows, 0.7), own, other)
    told = ~stream.dice.chance("bookings.untold", of.rows, 0.22)
    return where(told, ids_at(chosen, [campaign.id for campaign in CAMPAIGNS]))


def _images(stream: Inquiries, rows: Rows) -> list[object]:
    form = stream.dice.weighted("bookings.images", rows, (0.91, 0.05, 0.04)).tolist()
    return [
        (None, [], [f"IMG_{1000 + row % 9000}.jpg"])[number]
        for number, row in zip(form, rows.tolist(), strict=True)
    ]


def _reasons(stream: Inquiries, of: Asked) -> list[int | None]:
    dice, rows = stream.dice, of.rows
    usual = dice.weighted("bookings.reason", rows, DISMISSAL_WEIGHTS)
    bought = dice.weighted("bookings.reason", rows, BOUGHT_WEIGHTS)
    reason = FIRST_DISMISSAL + np.where(of.providers == DISMISSING_PROVIDER, bought, usual)
    taken = stream.linked[rows] != NOBODY
    said = (of.status == DISMISSED) & (taken | ~dice.chance("bookings.unsaid", rows, 0.12))
    return where(said, ids_at(np.where(taken, BOOKED_AS_LEAD, reason), [each.id for each in REASONS]))


def _external_ids(stream: Inquiries, of: Asked) -> list[str]:
    codes = (stream.dice.bits("bookings.external", of.rows) % np.uint64(10**6)).tolist()
    numbers = zip(of.providers.tolist(), of.rows.tolist(), codes, strict=True)
    return [f"{PROVIDERS[index].prefix}{10_000 + row}{code % 100:02d}" for index, row, code in numbers]


def _modified(stream: Inquiries, of: Asked, dismissed: Flags) -> Rows:
    handled = of.waits + 240 + stream.dice.waits("bookings.handled", of.rows, 1_500)
    later = stream.dice.waits("bookings.later", of.rows, 2 * DAY) * ~dismissed
    wanted = of.at + np.where(of.status == NEW, 0, handled + later)
    return not_later(stream.dice, "bookings.modified", of.rows, since=of.at, wanted=wanted)


def _summaries(stream: Inquiries, of: Asked, names: list[str]) -> list[str | None]:
    """Return what was asked for; a web form puts everything into this one text."""
    dice, rows = stream.dice, of.rows
    wishes = summaries(dice, "bookings.summary", rows, kinds=of.kinds)
    phones, mails = _asker_reach(stream, of)
    places = _asker_addresses(stream, of)
    silent = dice.chance("bookings.silent", rows, 0.05).tolist()
    texts: list[str | None] = []
    for index, form in enumerate(of.is_form.tolist()):
        first, _, last = names[index].rpartition(" ")
        lines = (
            f"First Name*: {first}",
            f"Last Name*: {last}",
            f"Email*: {mails[index]}",
            f"Phone Number*: {dialled(phones[index], 9)}",
            f"Street Address: {places[index].street}",
            f"Zip Code*: {places[index].town.zip}",
            f"How can we help?*: {wishes[index]}",
        )
        texts.append("\n".join(lines) if form else (None if silent[index] else wishes[index]))
    return texts
