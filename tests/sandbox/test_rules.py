"""What the service refuses to read, and how it says so."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from stcrm_nb.catalogue import RESOURCES, Choices, Resource

Ask = Callable[..., requests.Response]

MANY = ",".join(map(str, range(51)))
REFUSED = [
    ("customers", "page", "-1"),
    ("customers", "page", "two"),
    ("customers", "page", "1.5"),
    ("customers", "page", str(2**31)),
    ("customers", "pageSize", "0"),
    ("customers", "pageSize", "5001"),
    ("customers", "pageSize", "many"),
    ("customers", "includeTotal", "1"),
    ("customers", "sort", "+Name"),
    ("customers", "ids", "101,x"),
    ("customers", "active", "yes"),
    ("customers", "createdBefore", "yesterday"),
    ("customers", "createdOnOrAfter", "2026-13-01"),
    ("customers", "modifiedBefore", "0001-01-01T00:00:00+14:00"),
    ("customers", "modifiedOnOrAfter", "2026-02-30T00:00:00Z"),
    ("customers", "excludeAccountingChangesFromModifiedDateRange", "maybe"),
    ("customers", "latitude", "north"),
    ("customers", "longitude", "nan"),
    ("customers", "externalDataApplicationGuid", "guid"),
    ("customers", "externalDataKey", "crm"),
    ("customers", "externalDataValues", "A-1"),
    ("customers/101/contacts", "pageSize", "0"),
    ("locations", "ids", MANY),
    ("locations", "externalDataValues", MANY),
    ("locations", "customerId", "x"),
    ("locations", "customerId", str(2**63)),
    ("leads", "ids", MANY),
    ("leads", "customerId", "abc"),
    ("leads", "isProspect", "0"),
    ("leads", "withoutCustomer", "no"),
    ("leads", "status", "Won"),
    ("leads", "customerCreatedOnOrAfter", "x"),
    ("leads", "customerCreatedBefore", "x"),
    ("leads", "customerModifiedOnOrAfter", "x"),
    ("leads", "genPermUrl", "x"),
    ("leads", "isCaptureSourceForm", "x"),
    ("bookings", "ids", MANY),
    ("bookings", "sort", "Source"),
    ("bookings/401/contacts", "page", "-2"),
    ("locations/201/contacts", "includeTotal", "x"),
]


@pytest.mark.parametrize(("path", "field", "value"), REFUSED)
def test_a_wrong_value_is_refused_and_its_field_named(ask: Ask, path: str, field: str, value: str) -> None:
    reply = ask(path, **{field: value})
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == [field]
    assert all(isinstance(message, str) for message in reply.json()["errors"][field])


def bad_values(resource: Resource) -> dict[str, str]:
    """One value for each parameter of a list that can be wrong."""
    return {
        parameter.field: "%"
        for parameter in resource.operation("list").parameters
        if isinstance(parameter.type, Choices) or parameter.type not in {"text", "texts"}
    }


@pytest.mark.parametrize("resource", RESOURCES[:4], ids=lambda resource: resource.name)
def test_all_faults_of_a_call_are_named_at_once(ask: Ask, resource: Resource) -> None:
    query = bad_values(resource)
    reply = ask(resource.name, **query)
    assert reply.status_code == 400
    assert set(reply.json()["errors"]) == set(query)


@pytest.mark.parametrize(
    ("method", "path", "field"),
    [
        ("GET", "customers/abc", "id"),
        ("GET", "locations/1.5", "id"),
        ("GET", f"leads/{2**63}", "id"),
        ("GET", "bookings/x/contacts", "id"),
        ("DELETE", "locations/201/contacts/x", "contactId"),
        ("DELETE", "customers/y/contacts/501", "id"),
    ],
)
def test_an_id_that_is_no_number_is_refused(ask: Ask, method: str, path: str, field: str) -> None:
    reply = ask(path, method=method)
    assert (reply.status_code, list(reply.json()["errors"])) == (400, [field])


@pytest.mark.parametrize("path", ["leads", "locations", "bookings"])
def test_fifty_ids_are_allowed(ask: Ask, path: str) -> None:
    assert ask(path, ids=",".join(map(str, range(50)))).status_code == 200


def test_customers_take_any_number_of_ids(ask: Ask) -> None:
    assert ask("customers", ids=MANY).status_code == 200


def test_an_empty_text_list_or_choice_counts_as_none(ask: Ask) -> None:
    empty: dict[str, Any] = dict.fromkeys(("sort", "ids", "name", "active"), "")
    assert ask("customers", **empty).json() == ask("customers").json()


def test_an_empty_number_or_date_is_refused(ask: Ask) -> None:
    reply = ask("customers", page="", createdBefore="")
    assert (reply.status_code, set(reply.json()["errors"])) == (400, {"page", "createdBefore"})
