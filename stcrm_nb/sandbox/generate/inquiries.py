"""Inquiries: who asks when for what, and how long the company lets them wait.

Bookings come by web, leads by phone. What decides over a lead is the wait until somebody answers, which the
service does not keep; it shows only in what it drives.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from stcrm_nb.sandbox.generate.accounts import Accounts
from stcrm_nb.sandbox.generate.draws import Dice, Flags, Floats, Rows
from stcrm_nb.sandbox.generate.setting.marketing import CAMPAIGNS
from stcrm_nb.sandbox.generate.setting.replies import not_later
from stcrm_nb.sandbox.generate.setting.seasons import AS_OF_SECOND, DAY, HOUR, START_SECOND, Calendar, Clock
from stcrm_nb.sandbox.generate.setting.work import job_types

NOBODY = -1
OPEN, DISMISSED, CONVERTED = range(3)
LEADS_A_CUSTOMER, BOOKINGS_A_CUSTOMER = 3.0, 2.25
OPENS, CLOSES = 7 * HOUR + HOUR // 2, 20 * HOUR
# Shares of strangers, new customers and regulars.
_CALLERS, _WEB_ASKERS = (0.30, 0.38, 0.32), (0.34, 0.22, 0.44)
_LINKED_SHARE = 0.06
_MEDIAN_WAIT, _SPREAD = 24 * 60.0, 1.15
_MANAGERS_AMONG_REGULARS, _NIGHT_DESK = 0.14, 0.3
_ENDED_CAMPAIGN, _ENDED, _INSTEAD = 12, START_SECOND + 270 * DAY, 3
# Log odds that a lead converts: of all, per logarithm of the wait, for a customer, by urgency of the job.
_WILLING, _IMPATIENCE, _LOYALTY, _BY_URGENCY = -0.62, -0.42, 0.45, (0.55, 0.15, 0.0, -0.35)
_STALE_SHARE = 0.015
_WON_AFTER, _LOST_AFTER = 5.0 * DAY, 24.0 * DAY


@dataclass(frozen=True, slots=True)
class Inquiries:
    """All inquiries of one channel; what a row is about can be asked at any time.

    Parameters
    ----------
    name : {"bookings", "leads"}
        The channel.
    accounts : Accounts
        Who is known to the company.
    clock : Clock
        When inquiries come.
    calendar : Calendar
        The tenant's wall clock.
    at : Rows
        Seconds at which each came in; rises.
    linked : Rows
        For each lead the row of the booking it was made of, for each booking that of its lead; or `NOBODY`.
    source : Inquiries, optional
        Where linked ones came from.
    """

    name: str
    accounts: Accounts
    clock: Clock
    calendar: Calendar
    at: Rows
    linked: Rows
    source: "Inquiries | None" = None

    @classmethod
    def both(cls, accounts: Accounts, calls: Clock, web: Clock) -> tuple[Self, Self]:
        """Return leads and bookings. Some bookings become leads, which dismisses the booking."""
        dice, calendar = accounts.dice, Calendar.of_tenant()
        rows = np.arange(int(accounts.count * LEADS_A_CUSTOMER), dtype=np.int64)
        asking = np.arange(int(accounts.count * BOOKINGS_A_CUSTOMER), dtype=np.int64)
        called = calls.times(dice, "leads.at", rows, of=len(rows))
        asked = web.times(dice, "bookings.at", asking, of=len(asking))
        made = rows[dice.chance("leads.linked", rows, _LINKED_SHARE)]
        booked = np.searchsorted(asked, called[made]) - 1
        booked, first = np.unique(booked, return_index=True)
        made, booked = made[first][booked >= 0], booked[booked >= 0]
        from_booking, to_lead = np.full(len(rows), NOBODY), np.full(len(asking), NOBODY)
        from_booking[made], to_lead[booked] = booked, made
        bookings = cls("bookings", accounts, web, calendar, asked, to_lead)
        return cls("leads", accounts, calls, calendar, called, from_booking, bookings), bookings

    @property
    def dice(self) -> Dice:
        """The tenant's draws."""
        return self.accounts.dice

    @property
    def mix(self) -> tuple[float, float, float]:
        """Shares of strangers, new customers and regulars."""
        return _CALLERS if self.source else _WEB_ASKERS

    def kinds(self, rows: Rows) -> Rows:
        """Return the index of the job type asked for."""
        trades = self.clock.trade(self.dice, f"{self.name}.trade", rows, at=self.at[rows])
        return job_types(self.dice, f"{self.name}.kind", rows, trades=trades)

    def askers(self, rows: Rows) -> Rows:
        """Return the customer who asks, or `NOBODY` for a stranger."""
        dice, name = self.dice, self.name
        known = np.maximum(self.accounts.known(self.at[rows]), 1)
        newest = np.maximum(known - 1 - dice.below(f"{name}.newest", rows, 3), 0)
        regular = dice.below(f"{name}.regular", rows, known)
        managers = np.searchsorted(self.accounts.managers, known)
        manager = self.accounts.managers[dice.below(f"{name}.manager", rows, np.maximum(managers, 1))]
        by_manager = dice.chance(f"{name}.managed", rows, _MANAGERS_AMONG_REGULARS) & (managers > 0)
        kind = dice.weighted(f"{name}.who", rows, self.mix)
        found = np.where(kind == 1, newest, np.where(by_manager, manager, regular))
        survivors = np.where(self.accounts.is_merged(found), self.accounts.originals(found), found)
        return np.where(kind == 0, NOBODY, survivors)

    def is_new(self, rows: Rows) -> Flags:
        """Whether the asker became a customer only just now."""
        return np.asarray(self.dice.weighted(f"{self.name}.who", rows, self.mix) == 1)

    def waits(self, rows: Rows) -> Rows:
        """Return the seconds until somebody answers: minutes by day, until the morning at night."""
        dice, name = self.dice, self.name
        clock = self.calendar.local(self.at[rows]) % DAY
        quick = np.exp(dice.bell(f"{name}.wait", rows) * _SPREAD) * _MEDIAN_WAIT
        early, late = clock < OPENS, clock >= CLOSES
        until = np.where(early, OPENS - clock, np.where(late, DAY + OPENS - clock, 0))
        night = (early | late) & ~dice.chance(f"{name}.night", rows, _NIGHT_DESK)
        return np.rint(quick).astype(np.int64) + np.where(night, until, 0)

    def campaigns(self, rows: Rows, *, trades: Rows) -> Rows:
        """Return the index of the campaign that brought each inquiry."""
        found = np.zeros(len(rows), dtype=np.int64)
        for trade in range(4):
            weights = [campaign.weight * campaign.suits[trade] for campaign in CAMPAIGNS]
            drawn = self.dice.weighted(f"{self.name}.campaign", rows, weights)
            found = np.where(trades == trade, drawn, found)
        return np.where((found == _ENDED_CAMPAIGN) & (self.at[rows] > _ENDED), _INSTEAD, found)


def log_minutes(waits: Rows) -> Floats:
    """Return by how much longer than half an hour an inquiry waited, in logarithms."""
    return np.log(np.maximum(waits, 120) / (30 * 60))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a chunk of leads is about, in columns: rows, seconds and indices of facts."""

    rows: Rows
    at: Rows
    customer: Rows
    location: Rows
    kind: Rows
    campaign: Rows
    answer: Rows


def lead_asked(leads: Inquiries, rows: Rows) -> Asked:
    """Return who wants what in these leads, and after how many seconds somebody answers."""
    dice, at, linked = leads.dice, leads.at[rows], leads.linked[rows]
    customer, kind = leads.askers(rows), leads.kinds(rows)
    if leads.source:
        origin = np.maximum(linked, 0)
        customer = np.where(linked >= 0, leads.source.askers(origin), customer)
        kind = np.where(linked >= 0, leads.source.kinds(origin), kind)
    known = np.maximum(customer, 0)
    location = leads.accounts.location_for(known, drawn=dice.below("leads.house", rows, 10**6), at=at)
    campaign = leads.campaigns(rows, trades=kind // 4)
    return Asked(rows, at, customer, location, kind, campaign, leads.waits(rows))


def is_stranger(asked: Asked) -> Flags:
    """Whether the records do not know who calls."""
    return np.asarray(asked.customer == NOBODY)


def lead_outcomes(leads: Inquiries, asked: Asked) -> tuple[Rows, Rows]:
    """Return status and last change of each lead.

    A late answer and a bad campaign cost conversions. Deciding takes hours or days, so the last days'
    leads are mostly open; a few are forgotten and stay open.
    """
    dice, rows, urgency = leads.dice, asked.rows, asked.kind % 4
    odds = _WILLING + _IMPATIENCE * log_minutes(asked.answer) + _LOYALTY * (asked.customer != NOBODY)
    odds += np.array([campaign.pull for campaign in CAMPAIGNS])[asked.campaign]
    odds += np.array(_BY_URGENCY)[urgency]
    won = dice.uniform("leads.won", rows) < 1 / (1 + np.exp(-odds))
    patience = np.where(urgency == 0, 0.25, 1.0) * np.where(won, _WON_AFTER, _LOST_AFTER)
    decided = (
        asked.answer + 300 + np.rint(dice.waits("leads.decided", rows, 1e6) * patience / 1e6).astype(np.int64)
    )
    stale = dice.chance("leads.stale", rows, _STALE_SHARE)
    is_open = (asked.at + decided >= AS_OF_SECOND) | stale
    touched = np.where(is_open, asked.answer + dice.waits("leads.touched", rows, 2.0 * DAY), decided)
    changed = not_later(dice, "leads.changed", rows, since=asked.at, wanted=asked.at + touched)
    return np.where(is_open, OPEN, np.where(won, CONVERTED, DISMISSED)), changed
