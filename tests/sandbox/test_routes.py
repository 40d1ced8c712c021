"""Paging, single records, contacts, removal, and the shape of a no."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import requests

from stcrm_nb.catalogue import OPERATIONS
from stcrm_nb.sandbox.reads import BY_REPLY
from stcrm_nb.sandbox.routes import each_operation
from stcrm_nb.sandbox.serve import Sandbox, start
from stcrm_nb.sandbox.writes import WRITES

Ask = Callable[..., requests.Response]
Row = dict[str, Any]

ERROR_KEYS = {"type", "title", "status", "traceId", "errors", "data"}
TRACE_ID = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00")


def assert_error(reply: requests.Response, status: int) -> dict[str, Any]:
    body: dict[str, Any] = reply.json()
    assert reply.status_code == status
    assert reply.headers["Content-Type"] == "application/json"
    assert set(body) == ERROR_KEYS
    assert body["status"] == status
    assert body["title"]
    assert body["type"]
    assert TRACE_ID.fullmatch(body["traceId"])
    assert isinstance(body["errors"], dict)
    assert body["data"] == {}
    return body


def ids(reply: requests.Response) -> list[int]:
    return [row["id"] for row in reply.json()["data"]]


def test_every_operation_of_the_catalogue_has_an_answer() -> None:
    assert set(WRITES) == {operation.operation_id for operation in OPERATIONS if operation.writes}
    assert {operation.reply for _, operation in each_operation() if not operation.writes} == set(BY_REPLY)


@pytest.mark.parametrize(
    "operation",
    [operation for _, operation in each_operation()],
    ids=lambda operation: operation.operation_id,
)
def test_every_operation_wants_a_token(shared_sandbox: Sandbox, operation: Any) -> None:  # noqa: ANN401
    path = re.sub(r"{\w+}", "1", operation.path)
    tenant = shared_sandbox.credentials.tenant
    url = f"{shared_sandbox.api_url}/{operation.module}/tenant/{tenant}/{path}"
    assert_error(requests.request(operation.method, url, timeout=5), 401)


def test_a_list_comes_in_the_documented_envelope(ask: Ask, rows: dict[str, list[Row]]) -> None:
    body = ask("leads").json()
    assert body == {"page": 1, "pageSize": 50, "hasMore": False, "totalCount": None, "data": rows["leads"]}


def test_the_total_is_counted_on_request_only(ask: Ask) -> None:
    assert ask("leads", pageSize=2, includeTotal="true").json()["totalCount"] == 5
    assert ask("leads", pageSize=2, includeTotal="False").json()["totalCount"] is None
    assert ask("customers", includeTotal="true").json()["totalCount"] == 3


@pytest.mark.parametrize("size", [1, 2, 3, 5, 5000])
def test_a_walk_over_pages_yields_every_row_once(ask: Ask, size: int) -> None:
    seen: list[int] = []
    for page in range(1, 10):
        reply = ask("leads", page=page, pageSize=size).json()
        assert (reply["page"], reply["pageSize"]) == (page, size)
        assert len(reply["data"]) <= size
        seen += [row["id"] for row in reply["data"]]
        if not reply["hasMore"]:
            break
    assert seen == [301, 302, 303, 304, 305]


def test_page_zero_is_taken_for_the_first(ask: Ask) -> None:
    assert ask("leads", page=0, pageSize=2).json() == ask("leads", page=1, pageSize=2).json()


def test_a_page_behind_the_last_is_empty(ask: Ask) -> None:
    reply = ask("leads", page=2**31 - 1, pageSize=5000).json()
    assert (reply["data"], reply["hasMore"]) == ([], False)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("+Id", [101, 102, 103, 104]),
        ("Id", [101, 102, 103, 104]),
        ("-id", [104, 103, 102, 101]),
        ("+ModifiedOn", [101, 102, 103, 104]),
        ("-modifiedon", [104, 103, 102, 101]),
        ("CreatedOn", [101, 103, 102, 104]),
        ("-CreatedOn", [104, 102, 103, 101]),
    ],
)
def test_rows_come_in_the_order_asked_for(ask: Ask, sort: str, expected: list[int]) -> None:
    assert ids(ask("customers", active="Any", sort=sort)) == expected


def test_a_raw_plus_in_sort_arrives_as_a_space_and_is_read(ask: Ask) -> None:
    assert ids(ask("customers?sort=+CreatedOn", active="Any")) == [101, 103, 102, 104]


def test_equal_times_are_sorted_by_id(ask: Ask) -> None:
    assert ids(ask("leads", sort="CreatedOn")) == [301, 302, 304, 305, 303]


@pytest.mark.parametrize("kind", ["customers", "locations", "leads", "bookings"])
def test_each_record_is_returned_whole_by_its_id(ask: Ask, rows: dict[str, list[Row]], kind: str) -> None:
    for row in rows[kind]:
        assert ask(f"{kind}/{row['id']}").json() == row


@pytest.mark.parametrize("path", ["customers/999", "locations/999", "leads/999", "bookings/999"])
def test_an_unknown_record_is_not_found(ask: Ask, path: str) -> None:
    assert "999" in assert_error(ask(path), 404)["title"]


@pytest.mark.parametrize(
    ("path", "shelf", "parent", "count"),
    [
        ("customers/101", "customer_contacts", "customerId", 2),
        ("customers/104", "customer_contacts", "customerId", 0),
        ("locations/202", "location_contacts", "locationId", 1),
        ("bookings/401", "booking_contacts", "bookingId", 1),
        ("customers/101", "customer_notes", "customerId", 2),
        ("locations/201", "location_notes", "locationId", 1),
        ("leads/301", "lead_notes", "leadId", 1),
    ],
)
def test_children_are_those_of_the_record_without_its_id(
    ask: Ask, rows: dict[str, list[Row]], path: str, shelf: str, parent: str, count: int
) -> None:
    own = [dict(row) for row in rows[shelf] if row[parent] == int(path.split("/")[1])]
    for row in own:
        del row[parent]
    reply = ask(f"{path}/{shelf.rpartition('_')[2]}", includeTotal="true").json()
    assert reply == {"page": 1, "pageSize": 50, "hasMore": False, "totalCount": count, "data": own}


def test_contacts_come_in_pages(ask: Ask) -> None:
    first, second = (ask("customers/101/contacts", page=page, pageSize=1) for page in (1, 2))
    assert (ids(first), first.json()["hasMore"]) == ([501], True)
    assert (ids(second), second.json()["hasMore"]) == ([502], False)


@pytest.mark.parametrize(
    "path", ["customers/999/contacts", "locations/999/contacts", "bookings/999/contacts", "leads/999/notes"]
)
def test_contacts_of_an_unknown_record_are_not_found(ask: Ask, path: str) -> None:
    assert_error(ask(path), 404)


def test_a_removed_contact_is_gone_when_asked_again_and_its_twin_stays(ask_own: Ask) -> None:
    reply = ask_own("locations/201/contacts/501", method="DELETE")
    assert (reply.status_code, reply.content) == (200, b"")
    assert ids(ask_own("locations/201/contacts")) == [602]
    assert ids(ask_own("locations/202/contacts")) == [501]
    assert ids(ask_own("customers/101/contacts")) == [501, 502]


def test_a_contact_removed_twice_is_not_found(ask_own: Ask) -> None:
    assert ask_own("customers/101/contacts/501", method="DELETE").status_code == 200
    assert_error(ask_own("customers/101/contacts/501", method="DELETE"), 404)


def test_a_removed_number_finds_its_customer_no_longer(ask_own: Ask) -> None:
    assert ids(ask_own("customers", phone="6085550101")) == [101]
    ask_own("customers/101/contacts/501", method="DELETE")
    assert ids(ask_own("customers", phone="6085550101")) == []


@pytest.mark.parametrize(
    "path", ["locations/204/contacts/501", "locations/999/contacts/501", "customers/102/contacts/501"]
)
def test_a_contact_is_not_removed_through_another_record(ask_own: Ask, path: str) -> None:
    assert_error(ask_own(path, method="DELETE"), 404)
    assert ids(ask_own("locations/201/contacts")) == [501, 602]
    assert ids(ask_own("customers/101/contacts")) == [501, 502]


def test_a_permanent_address_is_made_on_request_and_stays(ask_own: Ask) -> None:
    made = ask_own("leads", genPermUrl="true", ids="301,302").json()["data"]
    assert made[0]["leadUrl"].endswith("/301")
    assert made[1]["leadUrl"] == "https://example.com/302"
    assert ask_own("leads/301").json()["leadUrl"] == made[0]["leadUrl"]
    assert ask_own("leads/303").json()["leadUrl"] is None
    assert ids(ask_own("leads", sort="-Id")) == [305, 304, 303, 302, 301]


def test_another_tenant_is_not_let_in(ask: Ask, shared_sandbox: Sandbox) -> None:
    assert shared_sandbox.credentials.tenant != 1
    body = assert_error(ask("../1/leads"), 403)
    assert "tenant 1" in body["title"]


@pytest.mark.parametrize("path", ["campaigns", "customers/", "leads/301/nothing", "../../../nothing"])
def test_an_unknown_path_is_refused_by_the_gateway(ask: Ask, path: str) -> None:
    reply = ask(path)
    assert (reply.status_code, reply.json()) == (404, {"statusCode": 404, "message": "Resource not found"})


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "leads", "GET"),
        ("DELETE", "customers/101", "GET"),
        ("GET", "locations/201/contacts/501", "PATCH"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_refused(
    ask: Ask, method: str, path: str, allowed: str
) -> None:
    reply = ask(path, method=method)
    assert (reply.status_code, reply.json()["statusCode"]) == (405, 405)
    assert allowed in reply.headers["Allow"]


def test_the_demo_tenant_is_walked_whole_in_any_order(caller: Callable[[Sandbox], Ask]) -> None:
    with start() as demo:
        ask = caller(demo)
        whole = ask("leads", pageSize=5000, includeTotal="true").json()
        seen: list[int] = []
        page, more = 1, True
        while more:
            reply = ask("leads", page=page, pageSize=500, sort="-ModifiedOn").json()
            seen += [row["id"] for row in reply["data"]]
            page, more = page + 1, reply["hasMore"]
    assert len(seen) == len(set(seen)) == whole["totalCount"] > 1000
    if whole["totalCount"] <= 5000:
        assert set(seen) == {row["id"] for row in whole["data"]}


def test_sorted_times_never_go_back(ask: Ask) -> None:
    times = [row["modifiedOn"].rstrip("Z") for row in ask("leads", sort="ModifiedOn").json()["data"]]
    assert all(one <= other for one, other in pairwise(times))
