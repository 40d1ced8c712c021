"""A tenant on disk: one compressed file a kind of record, written in chunks, the same bytes every time."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import msgspec

from stcrm_nb.sandbox.generate.accounts import Accounts
from stcrm_nb.sandbox.generate.draws import Dice, Rows
from stcrm_nb.sandbox.generate.inquiries import BOOKINGS_A_CUSTOMER, LEADS_A_CUSTOMER, Inquiries
from stcrm_nb.sandbox.generate.records.bookings import bookings
from stcrm_nb.sandbox.generate.records.contacts import contacts
from stcrm_nb.sandbox.generate.records.customers import customers
from stcrm_nb.sandbox.generate.records.leads import leads
from stcrm_nb.sandbox.generate.records.locations import locations
from stcrm_nb.sandbox.generate.records.notes import lead_notes, notes
from stcrm_nb.sandbox.generate.setting.lookups import COMPANY, lookups
from stcrm_nb.sandbox.generate.setting.replies import Row, chunks
from stcrm_nb.sandbox.generate.setting.seasons import AS_OF, CALL_HOURS, TIME_ZONE, WEB_HOURS, Clock
from stcrm_nb.sandbox.generate.stories import Stories

TENANT = 814_000_021
CUSTOMERS_AT_SCALE_1 = 4_000
Chunk = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that is known before the first row is written."""

    accounts: Accounts
    leads: Inquiries
    bookings: Inquiries
    stories: Stories


def plan(seed: int, customers_wanted: int) -> Whole:
    """Decide when everybody came and who asked for what."""
    dice = Dice(seed)
    calls, web = Clock.of(dice, CALL_HOURS), Clock.of(dice, WEB_HOURS)
    accounts = Accounts.of(dice, calls, customers_wanted)
    all_leads, all_bookings = Inquiries.both(accounts, calls, web)
    counts = {
        "customers": accounts.count,
        "locations": len(accounts.owner),
        "leads": int(accounts.count * LEADS_A_CUSTOMER),
        "bookings": int(accounts.count * BOOKINGS_A_CUSTOMER),
    }
    return Whole(accounts, all_leads, all_bookings, Stories(accounts, counts))


def write(folder: Path, *, seed: int, scale: float) -> dict[str, int]:
    """Write a tenant.

    Parameters
    ----------
    folder : Path
        Made if it is not there; files of the same names are replaced.
    seed : int
        The same seed and scale give the same bytes.
    scale : float
        1 stands for 4 000 customers.

    Returns
    -------
    dict of str to int
        Number of rows by file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    whole = plan(seed, max(40, round(CUSTOMERS_AT_SCALE_1 * scale)))
    rows: dict[str, int] = {}
    for kind in ("customers", "locations", "leads", "bookings"):
        rows |= _write_kind(folder, _pieces(whole, kind))
    _json(folder / "lookups.json", lookups())
    meta: Row = {
        "tenant": TENANT,
        "name": COMPANY,
        "time_zone": TIME_ZONE,
        "as_of": f"{AS_OF:%Y-%m-%dT%H:%M:%SZ}",
    }
    meta |= {
        "seed": seed,
        "scale": int(scale) if scale == int(scale) else scale,
        "rows": dict(rows),
        "stories": list(whole.stories.told()),
    }
    _json(folder / "meta.json", meta)
    return rows


def _pieces(whole: Whole, kind: str) -> Iterator[Chunk]:
    """Yield the rows of a kind, and of what belongs to it, chunk by chunk."""
    for rows in chunks(whole.stories.counts[kind]):
        piece = PIECES[kind](whole, rows)
        whole.stories.plant(kind, rows, piece[kind])
        yield piece


def _customers(whole: Whole, rows: Rows) -> Chunk:
    accounts = whole.accounts
    return {
        "customers": customers(accounts, rows),
        "customer_contacts": contacts(accounts, "customers", rows, cards=whole.stories.customer_cards(rows)),
        "customer_notes": notes(accounts.dice, "customers", rows, since=accounts.created[rows]),
    }


def _locations(whole: Whole, rows: Rows) -> Chunk:
    accounts = whole.accounts
    return {
        "locations": locations(accounts, rows),
        "location_contacts": contacts(accounts, "locations", rows, cards=whole.stories.location_cards(rows)),
        "location_notes": notes(accounts.dice, "locations", rows, since=accounts.settled[rows]),
    }


def _leads(whole: Whole, rows: Rows) -> Chunk:
    answered = whole.leads.at[rows] + whole.leads.waits(rows)
    return {
        "leads": leads(whole.leads, rows),
        "lead_notes": lead_notes(whole.leads.dice, rows, answered=answered),
    }


def _bookings(whole: Whole, rows: Rows) -> Chunk:
    records, reached = bookings(whole.bookings, rows)
    return {"bookings": records, "booking_contacts": reached}


PIECES: dict[str, Callable[[Whole, Rows], Chunk]] = {
    "customers": _customers,
    "locations": _locations,
    "leads": _leads,
    "bookings": _bookings,
}


def _write_kind(folder: Path, pieces: Iterator[Chunk]) -> dict[str, int]:
    """Write the files of one kind side by side; no name and no time goes into the bytes."""
    counts: dict[str, int] = {}
    encode = msgspec.json.Encoder().encode_lines
    with ExitStack() as closing:
        files: dict[str, gzip.GzipFile] = {}
        for name, rows in (item for piece in pieces for item in piece.items()):
            if name not in files:
                raw = closing.enter_context((folder / f"{name}.jsonl.gz").open("wb"))
                files[name] = closing.enter_context(gzip.GzipFile("", "wb", 6, raw, mtime=0))
            files[name].write(encode(rows))
            counts[name] = counts.get(name, 0) + len(rows)
    return counts


def _json(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
