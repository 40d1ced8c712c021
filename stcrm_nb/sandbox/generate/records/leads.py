"""Rows of leads."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stcrm_nb.sandbox.generate.draws import Dice, Flags, Rows
from stcrm_nb.sandbox.generate.inquiries import (
    CONVERTED,
    DISMISSED,
    OPEN,
    Inquiries,
    is_stranger,
    lead_asked,
    lead_outcomes,
)
from stcrm_nb.sandbox.generate.records.customers import tags
from stcrm_nb.sandbox.generate.setting.marketing import (
    CAMPAIGNS,
    DISMISSAL_WEIGHTS,
    FIRST_DISMISSAL,
    LEAD_REASONS,
    REASONS,
)
from stcrm_nb.sandbox.generate.setting.people import People, dialled
from stcrm_nb.sandbox.generate.setting.places import Address, Places
from stcrm_nb.sandbox.generate.setting.replies import Row, ids_at, plain_stamps, rows_of, stamps, where
from stcrm_nb.sandbox.generate.setting.seasons import HOUR
from stcrm_nb.sandbox.generate.setting.staff import INTEGRATION_USER, desk
from stcrm_nb.sandbox.generate.setting.work import COMMERCIAL_UNIT, JOB_TYPES, UNITS, summaries

STATUSES = {OPEN: "Open", DISMISSED: "Dismissed", CONVERTED: "Converted"}
_FORMS = ("Website lead form", "Facebook lead form", "Call", "Chat")
_FIRST_MANUAL_CALL = 50_000_001
_CALLED, _BY_HAND, _NO_JOB_TYPE = 0.66, 0.07, 0.16


def leads(inquiries: Inquiries, rows: Rows) -> list[Row]:
    """Return the records of these leads."""
    dice, accounts, asked = inquiries.dice, inquiries.accounts, lead_asked(inquiries, rows)
    status, changed = lead_outcomes(inquiries, asked)
    known, linked = asked.customer >= 0, inquiries.linked[rows]
    firm = accounts.is_firm(np.maximum(asked.customer, 0)) & known
    unit = np.where(firm, COMMERCIAL_UNIT, np.array([kind.unit for kind in JOB_TYPES])[asked.kind])
    called = dice.chance("leads.called", rows, _CALLED) & (linked < 0)
    reason = FIRST_DISMISSAL + dice.weighted("leads.dismissal", rows, DISMISSAL_WEIGHTS)
    columns: dict[str, Sequence[object]] = {
        "id": dice.ids("leads", rows).tolist(),
        "status": [STATUSES[code] for code in status.tolist()],
        "priority": _priorities(dice, rows, asked.kind),
        "customerId": where(known, dice.ids("customers", np.maximum(asked.customer, 0)).tolist()),
        "locationId": where(known, dice.ids("locations", np.maximum(asked.location, 0)).tolist()),
        "businessUnitId": ids_at(unit, [each.id for each in UNITS]),
        "jobTypeId": where(
            ~dice.chance("leads.no_type", rows, _NO_JOB_TYPE),
            ids_at(asked.kind, [each.id for each in JOB_TYPES]),
        ),
        "campaignId": ids_at(asked.campaign, [each.id for each in CAMPAIGNS]),
        "followUpDate": _follow_ups(inquiries, rows, at=asked.at + asked.answer, is_open=status == OPEN),
        "createdById": np.where(linked >= 0, INTEGRATION_USER, desk(dice, "leads.by", rows)).tolist(),
        "createdOn": stamps(dice, "leads.created", rows, at=asked.at),
        "modifiedOn": stamps(dice, "leads.modified", rows, at=changed),
        "tagTypeIds": where(~dice.chance("leads.untagged", rows, 0.3), tags(dice, "lead", rows)),
        "dismissingReasonId": where(status == DISMISSED, ids_at(reason, [each.id for each in REASONS])),
        "summary": summaries(dice, "leads", rows, kinds=asked.kind),
        "callReasonId": _call_reasons(dice, rows),
        "callId": where(called, dice.ids("calls", rows).tolist()),
        "bookingId": where(linked >= 0, dice.ids("bookings", np.maximum(linked, 0)).tolist()),
        "manualCallId": where(
            ~called & (linked < 0) & dice.chance("leads.by_hand", rows, _BY_HAND),
            (rows + _FIRST_MANUAL_CALL).tolist(),
        ),
        "leadUrl": [None] * len(rows),
    }
    said = _said(inquiries, rows, strangers=is_stranger(asked))
    return [{**row, **words} for row, words in zip(rows_of(columns), said, strict=True)]


def _priorities(dice: Dice, rows: Rows, kinds: Rows) -> list[object]:
    given = [JOB_TYPES[kind].priority for kind in kinds.tolist()]
    lazy = dice.chance("leads.lazy", rows, 0.35).tolist()
    return ["Normal" if careless else priority for priority, careless in zip(given, lazy, strict=True)]


def _follow_ups(inquiries: Inquiries, rows: Rows, *, at: Rows, is_open: Flags) -> list[object]:
    """Return when somebody is to call again: a working hour some days after the first answer."""
    dice, calendar = inquiries.dice, inquiries.calendar
    days = 1 + dice.below("leads.follow", rows, 21)
    hour = (8 + dice.below("leads.hour", rows, 9)) * HOUR
    has = dice.chance("leads.has_follow", rows, np.where(is_open, 0.82, 0.4))
    return list(where(has, plain_stamps(calendar.utc(calendar.next_workday(at, days) + hour))))


def _call_reasons(dice: Dice, rows: Rows) -> list[object]:
    chosen = dice.below("leads.reason", rows, len(LEAD_REASONS))
    return list(
        where(
            dice.chance("leads.has_reason", rows, 0.9), ids_at(chosen, [REASONS[i].id for i in LEAD_REASONS])
        )
    )


def _said(inquiries: Inquiries, rows: Rows, *, strangers: Flags) -> list[Row]:
    """Return what a caller who is not in the records said of themselves."""
    dice, linked = inquiries.dice, inquiries.linked[rows]
    form = dice.below("callers.form", rows, 10).tolist()
    source = dice.pick("callers.source", rows, _FORMS)
    captured = (dice.chance("callers.captured", rows, 0.2) & (linked < 0)).tolist()
    has_mail = dice.chance("callers.mail", rows, 0.6).tolist()
    has_place = dice.chance("callers.place", rows, 0.75).tolist()
    found: list[Row] = []
    for place, caller in enumerate(_callers(inquiries, rows, linked)):
        stranger = bool(strangers[place])
        address = caller.address.plain()
        told = address if stranger and has_place[place] else dict.fromkeys(address)
        found.append(
            {
                "leadCustomerName": caller.name if stranger else None,
                "leadPhone": dialled(caller.phone, form[place]) if stranger else None,
                "leadEmail": caller.mail if stranger and has_mail[place] else None,
                **{f"lead{part.capitalize()}": value for part, value in told.items()},
                "captureSource": source[place] if captured[place] else None,
            }
        )
    return found


class _Caller(NamedTuple):
    name: str
    phone: str
    mail: str
    address: Address


def _callers(inquiries: Inquiries, rows: Rows, linked: Rows) -> list[_Caller]:
    """Return who calls; the lead of a booking has the name that the booking has."""
    dice, offset = inquiries.dice, inquiries.accounts.count
    by_phone = _strangers(dice, "callers", rows, offset=6 * offset)
    by_web = _strangers(dice, "askers", np.maximum(linked, 0), offset=3 * offset)
    return [
        web if row >= 0 else call for call, web, row in zip(by_phone, by_web, linked.tolist(), strict=True)
    ]


def _strangers(dice: Dice, group: str, rows: Rows, *, offset: int) -> list[_Caller]:
    people, places = People(dice, group), Places(dice, group)
    told = (people.names(rows), people.phones(rows + offset), people.mails(rows), places.addresses(rows))
    return [_Caller(*parts) for parts in zip(*told, strict=True)]
