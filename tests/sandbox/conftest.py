"""A small town with written-down rows, so that a test can name the rows it expects."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from stcrm_nb.sandbox.serve import Sandbox, start
from stcrm_nb.sandbox.tenant import find_data

Row = dict[str, Any]
Ask = Callable[..., requests.Response]

META = {
    "tenant": 814000099,
    "name": "Small Town Plumbing",
    "time_zone": "America/Chicago",
    "as_of": "2026-09-30T21:00:00Z",
}


def address(street: str | None, city: str | None, zip_code: str | None) -> Row:
    parts = {"street": street, "unit": None, "city": city, "state": "WI", "zip": zip_code, "country": "USA"}
    return {**parts, "latitude": None, "longitude": None}


def customer(record_id: int, name: str, **changes: object) -> Row:
    return {
        "id": record_id,
        "active": True,
        "name": name,
        "type": "Residential",
        "address": address("12 Elm Street", "Madison", "53703"),
        "customFields": [],
        "balance": 0,
        "taxExempt": False,
        "tagTypeIds": [],
        "doNotMail": False,
        "doNotService": False,
        "nationalAccount": False,
        "createdOn": "2026-01-01T00:00:00Z",
        "createdById": 4001,
        "modifiedOn": "2026-03-01T10:00:00Z",
        "mergedToId": None,
        "paymentTermId": None,
        "creditLimit": None,
        "creditLimitBalance": None,
        "externalData": None,
        **changes,
    }


def location(record_id: int, name: str, customer_id: int, **changes: object) -> Row:
    return {
        "taxZoneId": None,
        "id": record_id,
        "customerId": customer_id,
        "active": True,
        "name": name,
        "address": address("1 Lake Road", "Verona", "53593"),
        "customFields": [],
        "createdOn": "2026-01-01T00:00:00Z",
        "createdById": 4001,
        "modifiedOn": "2026-03-01T10:00:00Z",
        "mergedToId": None,
        "zoneId": None,
        "taxExempt": False,
        "tagTypeIds": [],
        "externalData": None,
        **changes,
    }


def lead(record_id: int, **changes: object) -> Row:
    nothing = (
        "customerId locationId businessUnitId jobTypeId followUpDate dismissingReasonId summary callReasonId "
        "callId bookingId manualCallId leadUrl leadCustomerName leadPhone leadEmail leadStreet leadUnit "
        "leadCity leadState leadZip leadCountry captureSource"
    )
    return {
        "id": record_id,
        "status": "Open",
        "priority": "Normal",
        "campaignId": 1000,
        "createdById": 4001,
        "createdOn": "2026-02-01T00:00:00Z",
        "modifiedOn": "2026-03-01T10:00:00Z",
        "tagTypeIds": [],
        **dict.fromkeys(nothing.split()),
        **changes,
    }


def booking(record_id: int, **changes: object) -> Row:
    nothing = (
        "customerType campaignId businessUnitId isFirstTimeClient isSendConfirmationEmail "
        "dismissingReasonId jobId externalId jobTypeId summary"
    )
    return {
        "id": record_id,
        "source": "web",
        "createdOn": "2026-02-01T00:00:00Z",
        "name": "Somebody",
        "start": "2026-02-05T14:00:00Z",
        "address": dict.fromkeys(("street", "unit", "city", "state", "zip", "country")),
        "uploadedImages": [],
        "status": "New",
        "priority": "Normal",
        "bookingProviderId": 12001,
        "modifiedOn": "2026-03-01T10:00:00Z",
        **dict.fromkeys(nothing.split()),
        **changes,
    }


def contact(record_id: int, kind: str, value: str, **parent: int) -> Row:
    likes = "jobRemindersEnabled marketingUpdatesEnabled invoiceStatementNotification invoiceNotification"
    return {
        "id": record_id,
        "type": kind,
        "value": value,
        "memo": "Owner",
        "modifiedOn": "2026-03-01T10:00:00.1234567Z",
        "phoneSettings": None if kind == "Email" else {"phoneNumber": value, "doNotText": False},
        "createdOn": "0001-01-01T00:00:00Z",
        "preferences": dict.fromkeys([*likes.split(), "statementNotification"], True),
        **parent,
    }


def booking_contact(record_id: int, value: str, booking_id: int) -> Row:
    row = contact(record_id, "Phone", value, bookingId=booking_id)
    return {key: row[key] for key in ("id", "type", "value", "memo", "modifiedOn", "bookingId")}


def note(record_id: int, text: str, *, createdOn: str = "2026-01-01T00:00:00Z", **parent: int) -> Row:  # noqa: N803
    stamps = {"createdOn": createdOn, "modifiedOn": createdOn}
    return {"id": record_id, "text": text, "isPinned": False, "createdById": 4001, **stamps, **parent}


APPLICATION_DATA = [{"key": "crm", "value": "A-1"}, {"key": "seat", "value": "7"}]
ROWS: dict[str, list[Row]] = {
    "customers": [
        customer(101, "Ada Lovelace", externalData=APPLICATION_DATA, createdOn="0001-01-01T00:00:00Z"),
        customer(
            102,
            "Basil's Bakery",
            type="Commercial",
            address={
                **address("3 Oak Lane", "Verona", "53593"),
                "unit": "Suite 4",
                "latitude": 43,
                "longitude": -89.5,
            },
            createdOn="2026-01-02T03:04:05.1234567Z",
            modifiedOn="2026-03-01T10:00:00.1234567Z",
        ),
        customer(103, "Carol", active=False, mergedToId=101, modifiedOn="2026-03-01T10:00:00.1234568Z"),
        customer(
            104,
            "dora ADAMS",
            address={**address(None, None, None), "state": None, "country": None},
            createdOn="2026-01-03T00:00:00Z",
            modifiedOn="2026-04-01T00:00:00.5Z",
        ),
    ],
    "locations": [
        location(201, "Lake house", 101, externalData=[{"key": "crm", "value": "L-1"}]),
        location(202, "Ada annex", 102, address={**address("9 Hill", "Madison", "53711"), "unit": "B"}),
        location(203, "Old shop", 102, active=False, createdOn="2026-01-05T00:00:00Z"),
        location(
            204,
            "Barn",
            104,
            address={**address("4 Field", "Toronto", "M5V"), "state": "ON", "country": "Canada"}
            | {"latitude": 43.6, "longitude": -79.4},
            modifiedOn="2026-04-01T00:00:00Z",
        ),
    ],
    "leads": [
        lead(301, customerId=101, locationId=201, status="Converted"),
        lead(302, customerId=101, status="Open", leadUrl="https://example.com/302"),
        lead(303, customerId=102, locationId=202, status="Dismissed", createdOn="2026-02-03T00:00:00Z"),
        lead(304, leadCustomerName="Zoe Smith", leadPhone="(608) 555-0144", captureSource="LeadForm"),
        lead(305, customerId=104, captureSource="Call", modifiedOn="2026-05-01T00:00:00Z"),
    ],
    "bookings": [
        booking(401, externalId="web-1"),
        booking(402, externalId="web-11", createdOn="2026-02-02T00:00:00Z"),
        booking(403, externalId="web-9", status="Converted", jobId=9, modifiedOn="2026-04-01T00:00:00Z"),
    ],
    "customer_contacts": [
        contact(501, "Phone", "(608) 555-0101", customerId=101),
        contact(502, "Email", "x6085550199@example.com", customerId=101),
        contact(503, "MobilePhone", "+1 608 555 0199", customerId=102),
    ],
    "location_contacts": [
        contact(501, "Phone", "(608) 555-0101", locationId=201),
        contact(602, "Email", "ada@example.com", locationId=201),
        contact(501, "Phone", "608-555-0102", locationId=202),
    ],
    "booking_contacts": [booking_contact(701, "6085550111", 401)],
    "customer_notes": [
        note(801, "Gate code 0420", customerId=101),
        note(802, "Prefers e-mail", customerId=101, createdOn="2026-02-01T00:00:00Z"),
        note(803, "Paid", customerId=102),
    ],
    "location_notes": [note(811, "Dog", locationId=201)],
    "lead_notes": [note(821, "Left a voicemail", leadId=301)],
}


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a small tenant."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "meta.json").write_text(json.dumps(META))
    for kind, rows in ROWS.items():
        lines = b"".join(json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows)
        (folder / f"{kind}.jsonl.gz").write_bytes(gzip.compress(lines, mtime=0))
    lookups = json.loads((find_data() / "lookups.json").read_text())
    (folder / "lookups.json").write_text(json.dumps({kind: few[:3] for kind, few in lookups.items()}))
    return folder


@pytest.fixture(scope="session")
def rows() -> dict[str, list[Row]]:
    """What the folder holds."""
    return ROWS


@pytest.fixture(scope="session")
def shared_sandbox(town: Path) -> Iterator[Sandbox]:
    """A sandbox of the small tenant, for tests that only read."""
    with start(town) as running:
        yield running


@pytest.fixture
def own_sandbox(town: Path) -> Iterator[Sandbox]:
    """A sandbox of the small tenant, for one test that changes it."""
    with start(town) as running:
        yield running


def login(sandbox: Sandbox) -> str:
    known = sandbox.credentials
    form = {
        "grant_type": "client_credentials",
        "client_id": known.client_id,
        "client_secret": known.client_secret,
    }
    reply = requests.post(f"{sandbox.auth_url}/connect/token", data=form, timeout=5)
    return str(reply.json()["access_token"])


@pytest.fixture(scope="session")
def caller() -> Iterator[Callable[[Sandbox], Ask]]:
    """A function that logs in to a sandbox and returns another, which calls it."""
    sessions: list[requests.Session] = []

    def enter(sandbox: Sandbox) -> Ask:
        session = requests.Session()
        sessions.append(session)
        session.headers["ST-App-Key"] = sandbox.credentials.app_key
        session.headers["Authorization"] = f"Bearer {login(sandbox)}"
        root = f"{sandbox.api_url}/crm/v2/tenant/{sandbox.credentials.tenant}"

        def ask(
            path: str, *, method: str = "GET", data: str | None = None, **params: object
        ) -> requests.Response:
            return session.request(method, f"{root}/{path}", params=params, data=data, timeout=10)

        return ask

    yield enter
    for session in sessions:
        session.close()


@pytest.fixture(scope="session")
def ask(caller: Callable[[Sandbox], Ask], shared_sandbox: Sandbox) -> Ask:
    """Call the shared sandbox: `ask("locations", active="Any")`."""
    return caller(shared_sandbox)


@pytest.fixture
def ask_own(caller: Callable[[Sandbox], Ask], own_sandbox: Sandbox) -> Ask:
    """Call the test's own sandbox."""
    return caller(own_sandbox)
