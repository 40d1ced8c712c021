"""Rows in the shape of the published description, made up: customers, leads and contacts of customers."""

import random
from datetime import UTC, datetime, timedelta

import msgspec

START = datetime(2015, 1, 1, tzinfo=UTC)
WORDS = [
    "Water",
    "heater",
    "leaks",
    "since",
    "Tuesday;",
    "caller",
    "asks",
    "for",
    "a",
    "visit",
    "before",
    "noon",
    "and",
    "a",
    "quote",
    "for",
    "a",
    "new",
    "one",
]


def moment(draw: random.Random) -> str:
    """A time with 0, 3 or 7 digits of a second, as the service sends them."""
    at = START + timedelta(seconds=draw.randrange(300_000_000), microseconds=draw.randrange(1_000_000))
    text = at.replace(tzinfo=None).isoformat(timespec="microseconds")
    return draw.choice((text[:19], text[:23], f"{text}4")) + "Z"


def address(draw: random.Random) -> dict[str, object]:
    return {
        "street": f"{draw.randrange(9999)} {draw.choice(WORDS)} Street",
        "unit": None if draw.random() < 0.8 else str(draw.randrange(99)),
        "city": draw.choice(("Madison", "Middleton", "Verona", "Sun Prairie")),
        "state": "WI",
        "zip": str(53500 + draw.randrange(300)),
        "country": "USA",
        "latitude": 43 + draw.random(),
        "longitude": -89 - draw.random(),
    }


def customer(number: int, draw: random.Random) -> dict[str, object]:
    return {
        "id": 240_000_000 + number,
        "active": draw.random() < 0.9,
        "name": f"{draw.choice(WORDS).title()} {draw.choice(WORDS).title()} {number}",
        "type": draw.choice(("Residential", "Commercial")),
        "address": address(draw),
        "customFields": [{"typeId": 7, "name": "Gate code", "value": str(draw.randrange(9999))}]
        * (number % 2),
        "balance": round(draw.random() * 900, 2),
        "creditLimit": None,
        "creditLimitBalance": None,
        "paymentTermId": draw.choice((None, 11, 12)),
        "taxExempt": False,
        "tagTypeIds": [draw.randrange(90) for _ in range(number % 3)],
        "doNotMail": False,
        "doNotService": False,
        "nationalAccount": False,
        "createdOn": moment(draw),
        "createdById": draw.randrange(1, 60),
        "modifiedOn": moment(draw),
        "mergedToId": None,
        "externalData": None,
    }


def lead(number: int, draw: random.Random) -> dict[str, object]:
    return {
        "id": 310_000_000 + number,
        "status": draw.choice(("Open", "Dismissed", "Converted")),
        "customerId": draw.choice((None, 240_000_000 + draw.randrange(100_000))),
        "locationId": draw.choice((None, 250_000_000 + draw.randrange(100_000))),
        "businessUnitId": draw.randrange(1, 9),
        "jobTypeId": draw.randrange(1, 40),
        "priority": draw.choice(("Low", "Normal", "High", "Urgent")),
        "campaignId": draw.randrange(1, 30),
        "summary": " ".join(draw.choices(WORDS, k=18)),
        "callReasonId": draw.choice((None, 3, 4)),
        "callId": None,
        "bookingId": None,
        "manualCallId": None,
        "captureSource": None,
        "followUpDate": draw.choice((None, moment(draw))),
        "createdOn": moment(draw),
        "createdById": draw.randrange(1, 60),
        "modifiedOn": moment(draw),
        "tagTypeIds": [draw.randrange(90) for _ in range(number % 3)],
        "dismissingReasonId": draw.choice((None, 27, 28)),
        "leadUrl": None,
        "leadCustomerName": f"{draw.choice(WORDS).title()} {number}",
        "leadPhone": f"608555{draw.randrange(10_000):04}",
        "leadEmail": None,
        "leadStreet": f"{draw.randrange(9999)} {draw.choice(WORDS)} Street",
        "leadUnit": None,
        "leadCity": "Madison",
        "leadState": "WI",
        "leadZip": str(53500 + draw.randrange(300)),
        "leadCountry": "USA",
    }


def contact(number: int, draw: random.Random) -> dict[str, object]:
    return {
        "id": 350_000_000 + number,
        "type": draw.choice(("Phone", "Email", "MobilePhone")),
        "value": f"608555{draw.randrange(10_000):04}",
        "memo": draw.choice((None, "Ask for the caretaker")),
        "modifiedOn": moment(draw),
        "phoneSettings": {"phoneNumber": f"608555{draw.randrange(10_000):04}", "doNotText": False},
        "createdOn": moment(draw),
        "preferences": {
            "jobRemindersEnabled": True,
            "marketingUpdatesEnabled": draw.random() < 0.5,
            "invoiceStatementNotification": False,
            "invoiceNotification": True,
            "statementNotification": False,
        },
        "customerId": 240_000_000 + draw.randrange(100_000),
    }


MAKERS = {"customers": customer, "leads": lead, "customers/contacts": contact}


def encoded(name: str, count: int) -> list[bytes]:
    """Rows of one list as JSON texts, always the same ones."""
    draw = random.Random(7)
    return [msgspec.json.encode(MAKERS[name](number, draw)) for number in range(1, count + 1)]


def page_of(rows: list[bytes], page: int, size: int) -> bytes:
    """One page in its envelope."""
    start = (page - 1) * size
    more = b"true" if start + size < len(rows) else b"false"
    head = b'{"page":%d,"pageSize":%d,"hasMore":%b,"totalCount":%d,"data":[' % (page, size, more, len(rows))
    return head + b",".join(rows[start : start + size]) + b"]}"
