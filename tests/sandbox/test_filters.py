"""Every filter of every list, by the ids that it keeps."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from stcrm_nb.catalogue import RESOURCES
from stcrm_nb.sandbox.filters import APPLICATION

Ask = Callable[..., requests.Response]
Case = tuple[str, dict[str, Any], list[int]]

TICK = "2026-03-01T10:00:00.1234567Z"
CASES: list[Case] = [
    ("customers", {}, [101, 102, 104]),
    ("customers", {"active": "True"}, [101, 102, 104]),
    ("customers", {"active": "aNY"}, [101, 102, 103, 104]),
    ("customers", {"active": "false"}, [103]),
    ("customers", {"active": ""}, [101, 102, 104]),
    ("customers", {"ids": "101, 103,999", "active": "Any"}, [101, 103]),
    ("customers", {"ids": "103"}, []),
    ("customers", {"ids": ",".join(map(str, range(50, 150)))}, [101, 102, 104]),
    ("customers", {"createdBefore": "0001-01-02"}, [101]),
    ("customers", {"createdBefore": "2026-01-02T03:04:05.1234567Z"}, [101]),
    ("customers", {"createdBefore": "2026-01-02T03:04:05.1234568Z"}, [101, 102]),
    ("customers", {"createdOnOrAfter": "2026-01-02T03:04:05.1234567Z"}, [102, 104]),
    ("customers", {"createdOnOrAfter": "2026-01-02T21:04:06-06:00"}, []),
    ("customers", {"createdOnOrAfter": "2026-01-01T21:04:05-06:00"}, [102, 104]),
    ("customers", {"modifiedOnOrAfter": TICK, "active": "Any"}, [102, 103, 104]),
    ("customers", {"modifiedBefore": TICK, "active": "Any"}, [101]),
    ("customers", {"modifiedBefore": "2026-04-01T00:00:00.50000Z"}, [101, 102]),
    ("customers", {"modifiedBefore": "2026-04-01T00:00:00.5000001Z"}, [101, 102, 104]),
    ("customers", {"modifiedBefore": "2026-04-01T00:00:00.500000099Z"}, [101, 102]),
    ("customers", {"excludeAccountingChangesFromModifiedDateRange": "true"}, [101, 102, 104]),
    ("customers", {"name": "ADA"}, [101, 104]),
    ("customers", {"name": "ada", "city": "madison"}, [101]),
    ("customers", {"street": "oak"}, [102]),
    ("customers", {"unit": "suite"}, [102]),
    ("customers", {"city": "VERONA"}, [102]),
    ("customers", {"state": "wi"}, [101, 102]),
    ("customers", {"zip": "537"}, [101]),
    ("customers", {"country": "usa"}, [101, 102]),
    ("customers", {"latitude": "43.0"}, [102]),
    ("customers", {"latitude": "43.1"}, []),
    ("customers", {"longitude": "-89.5"}, [102]),
    ("customers", {"phone": "608-555-0101"}, [101]),
    ("customers", {"phone": "1 (608) 555-0199"}, [102]),
    ("customers", {"phone": "none"}, []),
    ("customers", {"externalDataApplicationGuid": str(APPLICATION)}, [101]),
    ("customers", {"externalDataApplicationGuid": "00000000-0000-0000-0000-000000000001"}, []),
    ("customers", {"externalDataKey": "crm", "externalDataValues": "A-0, A-1"}, [101]),
    ("customers", {"externalDataKey": "crm", "externalDataValues": "7"}, []),
    ("customers", {"phoneNumber": "608", "foo": "bar", "modifiedAfter": "x"}, [101, 102, 104]),
    ("customers/101/notes", {"createdBefore": "2026-02-01T00:00:00Z"}, [801]),
    ("customers/101/notes", {"createdOnOrAfter": "2026-02-01T00:00:00Z"}, [802]),
    ("customers/101/notes", {"modifiedBefore": "2026-02-01T00:00:00Z"}, [801]),
    ("customers/101/notes", {"modifiedOnOrAfter": "2026-02-01T00:00:00Z"}, [802]),
    ("locations", {}, [201, 202, 204]),
    ("locations", {"active": "Any"}, [201, 202, 203, 204]),
    ("locations", {"ids": "202,204"}, [202, 204]),
    ("locations", {"name": "ada"}, [201, 202, 204]),
    ("locations", {"name": "ada l"}, [201]),
    ("locations", {"name": "annex"}, [202]),
    ("locations", {"customerId": "102", "active": "Any"}, [202, 203]),
    ("locations", {"street": "HILL"}, [202]),
    ("locations", {"unit": "b"}, [202]),
    ("locations", {"city": "verona"}, [201]),
    ("locations", {"state": "on"}, [204]),
    ("locations", {"zip": "m5"}, [204]),
    ("locations", {"country": "canada"}, [204]),
    ("locations", {"latitude": "43.6"}, [204]),
    ("locations", {"longitude": "-79.4"}, [204]),
    ("locations", {"createdBefore": "2026-01-05", "active": "Any"}, [201, 202, 204]),
    ("locations", {"createdOnOrAfter": "2026-01-05", "active": "Any"}, [203]),
    ("locations", {"modifiedBefore": "2026-04-01"}, [201, 202]),
    ("locations", {"modifiedOnOrAfter": "2026-04-01"}, [204]),
    ("locations", {"externalDataApplicationGuid": str(APPLICATION)}, [201]),
    ("locations", {"externalDataKey": "crm", "externalDataValues": "L-1"}, [201]),
    ("leads", {}, [301, 302, 303, 304, 305]),
    ("leads", {"active": "False"}, [301, 302, 303, 304, 305]),
    ("leads", {"ids": "301"}, [301]),
    ("leads", {"createdBefore": "2026-02-03"}, [301, 302, 304, 305]),
    ("leads", {"createdOnOrAfter": "2026-02-03"}, [303]),
    ("leads", {"modifiedBefore": "2026-05-01"}, [301, 302, 303, 304]),
    ("leads", {"modifiedOnOrAfter": "2026-05-01"}, [305]),
    ("leads", {"customerId": "101"}, [301, 302]),
    ("leads", {"isProspect": "true"}, [303, 304, 305]),
    ("leads", {"isProspect": "False"}, [301, 302]),
    ("leads", {"withoutCustomer": "true"}, [304]),
    ("leads", {"withoutCustomer": "false"}, [301, 302, 303, 305]),
    ("leads", {"status": "open"}, [302, 304, 305]),
    ("leads", {"status": "Converted"}, [301]),
    ("leads", {"customerCity": "mad"}, [301, 302]),
    ("leads", {"customerState": "WI"}, [301, 302, 303]),
    ("leads", {"customerZip": "53593"}, [303]),
    ("leads", {"customerCreatedOnOrAfter": "2026-01-03"}, [305]),
    ("leads", {"customerCreatedBefore": "2026-01-03"}, [301, 302, 303]),
    ("leads", {"customerModifiedOnOrAfter": "2026-04-01"}, [305]),
    ("leads", {"leadCustomerName": "zoe"}, [304]),
    ("leads", {"leadPhone": "608.555"}, [304]),
    ("leads", {"leadPhone": "no number"}, []),
    ("leads", {"isCaptureSourceForm": "true"}, [304]),
    ("leads", {"isCaptureSourceForm": "false"}, [301, 302, 303, 305]),
    ("leads", {"genPermUrl": "false"}, [301, 302, 303, 304, 305]),
    ("bookings", {}, [401, 402, 403]),
    ("bookings", {"ids": "403,401"}, [401, 403]),
    ("bookings", {"createdBefore": "2026-02-02"}, [401, 403]),
    ("bookings", {"createdOnOrAfter": "2026-02-02"}, [402]),
    ("bookings", {"modifiedBefore": "2026-04-01"}, [401, 402]),
    ("bookings", {"modifiedOnOrAfter": "2026-04-01"}, [403]),
    ("bookings", {"externalId": "web-1"}, [401]),
    ("bookings", {"status": "New"}, [401, 402, 403]),
]
WINDOW = {"page", "pageSize", "includeTotal", "sort"}


@pytest.mark.parametrize(("path", "query", "expected"), CASES, ids=lambda part: str(part)[:60])
def test_a_filter_keeps_the_rows_it_should(
    ask: Ask, path: str, query: dict[str, str], expected: list[int]
) -> None:
    reply = ask(path, **query)
    assert reply.status_code == 200
    assert [row["id"] for row in reply.json()["data"]] == expected


@pytest.mark.parametrize("resource", RESOURCES[:4], ids=lambda resource: resource.name)
def test_every_parameter_of_a_list_has_a_case(resource: Any) -> None:  # noqa: ANN401 - any resource
    tried = {name for path, query, _ in CASES if path == resource.name for name in query}
    declared = {parameter.field for parameter in resource.operation("list").parameters}
    assert declared - WINDOW <= tried
