"""What the tenant does with writes: state, side effects, and what it refuses."""

from typing import Any

import pytest

from stcrm_nb.catalogue import BOOKINGS, LEADS
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, BadRequestError, ConflictError, NotFoundError
from stcrm_nb.sandbox.rules import Refusal
from stcrm_nb.sandbox.writes.body import read_body

CUSTOMER, LOCATION = 240000001, 250200001


def open_leads(crm: Client) -> list[int]:
    return crm.leads.list(status="Open", refresh=True)["id"].tolist()


def test_a_dismissed_lead_is_not_dismissed_again(writable_crm: Client) -> None:
    lead = open_leads(writable_crm)[0]
    writable_crm.leads.dismiss(lead, dismissing_reason_id=28).apply()
    found = writable_crm.leads.get(lead, refresh=True)
    assert (found.status, found.dismissing_reason_id) == ("Dismissed", 28)
    with pytest.raises(BadRequestError, match="dismissed already"):
        writable_crm.leads.dismiss(lead, dismissing_reason_id=28).apply()


def test_a_created_customer_is_found_everywhere(writable_crm: Client) -> None:
    crm = writable_crm
    address = {
        "street": "1 Elm St",
        "unit": None,
        "city": "Elsewhere",
        "state": "WI",
        "zip": "53000",
        "country": "USA",
    }
    location = {
        "name": "Home",
        "address": address,
        "contacts": [{"type": "Email", "value": "new@example.com", "memo": None}],
    }
    change = crm.customers.create(name="New Person", locations=[location], address=address)
    receipt = change.apply()
    key = receipt.after["id"]
    assert crm.customers.list(city="Elsewhere")["id"].tolist() == [key]
    assert crm.customers.get(key).locations()["name"].tolist() == ["Home"]
    assert crm.locations.get(int(crm.locations.list(customer_id=key)["id"].iloc[0])).contacts()[
        "value"
    ].tolist() == ["new@example.com"]
    assert crm.customers.contacts(key)["value"].tolist() == ["new@example.com"]  # copied
    assert crm.export.customers(since="2026-09-30").frame["id"].isin([key]).any()


def test_tags_are_replaced_by_update_and_cleared_by_an_empty_list(writable_crm: Client) -> None:
    crm = writable_crm
    for tags in ([7701, 7702], []):
        crm.customers.update(CUSTOMER, tag_type_ids=tags).apply()
        assert crm.customers.get(CUSTOMER, refresh=True).tag_type_ids == tags


def test_custom_fields_that_are_left_out_are_emptied(writable_crm: Client) -> None:
    crm = writable_crm
    change = crm.customers.update(CUSTOMER, custom_fields=[{"type_id": 8802, "value": "5"}])
    assert "replaced as a whole" in " ".join(change.notes)
    change.apply()
    assert [item["type_id"] for item in crm.customers.get(CUSTOMER, refresh=True).custom_fields] == [8802]


def test_external_data_is_merged_or_replaced_and_null_deletes(writable_crm: Client) -> None:
    crm, guid = writable_crm, "5d1f4c1e-7a3b-4c58-9f0e-8140000210aa"

    def put(items: dict[str, str | None], mode: str) -> dict[str, str]:
        sent = [{"key": key, "value": value} for key, value in items.items()]
        data = {"application_guid": guid, "patch_mode": mode, "external_data": sent}
        crm.customers.update(CUSTOMER, external_data=data).apply()
        held = crm.customers.get(CUSTOMER, refresh=True).external_data
        return {item["key"]: item["value"] for item in held}

    assert put({"a": "1", "b": "2"}, "Replace") == {"a": "1", "b": "2"}
    assert put({"b": None, "c": "3"}, "Merge") == {"a": "1", "c": "3"}
    assert put({"d": "4"}, "Replace") == {"d": "4"}


def test_notes_are_copied_to_relatives_and_move_the_customer(writable_crm: Client) -> None:
    crm = writable_crm
    before = crm.customers.get(CUSTOMER).modified_on
    crm.locations.add_note(LOCATION, text="Gate code changed", add_to_customer=True).apply()
    assert "Gate code changed" in crm.customers.notes(CUSTOMER, refresh=True)["text"].tolist()
    assert crm.customers.get(CUSTOMER, refresh=True).modified_on > before


def test_changes_of_contacts_do_not_move_the_record_and_give_new_ids(writable_crm: Client) -> None:
    crm = writable_crm
    before = crm.locations.get(LOCATION).modified_on
    first = crm.locations.add_contact(LOCATION, type="Email", value="x@example.com").apply().after
    crm.locations.remove_contact(LOCATION, first["id"]).apply()
    second = crm.locations.add_contact(LOCATION, type="Email", value="x@example.com").apply().after
    assert second["id"] > first["id"]
    assert crm.locations.get(LOCATION, refresh=True).modified_on == before
    with pytest.raises(ConflictError, match="already"):
        crm.locations.add_contact(LOCATION, type="Email", value="x@example.com").apply()


def test_tags_of_a_record_are_put_once_and_taken_off_once(writable_crm: Client) -> None:
    crm = writable_crm
    crm.locations.add_tag(LOCATION, 7703).apply()
    with pytest.raises(ConflictError):
        crm.locations.add_tag(LOCATION, 7703).apply()
    crm.locations.remove_tag(LOCATION, 7703).apply()
    with pytest.raises(NotFoundError):
        crm.locations.remove_tag(LOCATION, 7703).apply()


def test_bulk_tags_change_all_customers_or_none(writable_crm: Client) -> None:
    crm, both = writable_crm, [240000001, 240000005]
    crm.tags.add(customer_ids=both, tag_type_ids=[7704]).apply()
    assert all(7704 in crm.customers.get(each, refresh=True).tag_type_ids for each in both)
    with pytest.raises(BadRequestError, match="tagTypeIds"):
        crm.tags.add(customer_ids=both, tag_type_ids=[7705, 1]).apply()
    assert all(7705 not in crm.customers.get(each, refresh=True).tag_type_ids for each in both)
    crm.tags.remove(customer_ids=both, tag_type_ids=[7704]).apply()
    assert all(7704 not in crm.customers.get(each, refresh=True).tag_type_ids for each in both)


def test_a_booking_is_changed_by_its_own_provider_only(writable_crm: Client) -> None:
    booking = writable_crm.bookings.list().iloc[0]
    key, own = int(booking["id"]), int(booking["booking_provider_id"])
    other = next(each for each in (5501, 5502, 5503) if each != own)
    with pytest.raises(NotFoundError):
        writable_crm.bookings.update(key, other, summary="x")
    with pytest.raises(NotFoundError):
        writable_crm.bookings.get(key, provider=other)
    assert writable_crm.bookings.get(key, provider=own).id == key


def test_a_lead_made_of_a_booking_dismisses_it(writable_crm: Client) -> None:
    crm = writable_crm
    bookings = crm.bookings.list()
    booking = int(bookings.loc[bookings["status"] == "New", "id"].iloc[0])
    crm.leads.create(campaign_id=4401, summary="From booking", call_reason_id=28, booking_id=booking).apply()
    assert crm.bookings.get(booking, refresh=True).status == "Dismissed"


def test_a_merged_record_is_not_changed(writable_crm: Client) -> None:
    merged = writable_crm.customers.list(active="any").dropna(subset=["merged_to_id"])["id"].iloc[0]
    with pytest.raises(BadRequestError, match="merged into"):
        writable_crm.customers.update(int(merged), name="x").apply()


def test_ids_that_name_nothing_are_refused_by_field(writable_crm: Client) -> None:
    with pytest.raises(BadRequestError) as caught:
        writable_crm.leads.create(campaign_id=1, summary="x", call_reason_id=2).apply()
    assert set(caught.value.field_errors) == {"campaignId", "callReasonId"}
    assert caught.value.title
    assert caught.value.trace_id
    assert caught.value.operation == "Leads_Create"


def test_all_faults_of_a_body_are_named_at_once_before_anything_is_sent(crm: Client, sandbox: Any) -> None:  # noqa: ANN401
    with pytest.raises(ArgumentError) as caught:
        crm.leads.create(campaign_id="x", priority="Hihg", lead_phone=5, tag_type_ids=7)
    text = str(caught.value)
    for part in (
        "campaign_id",
        "summary is missing",
        "Did you mean 'High'",
        "lead_phone",
        "tag_type_ids",
        "one of",
    ):
        assert part in text
    assert sandbox.calls == []


def test_none_is_sent_as_null_only_where_that_is_allowed(crm: Client) -> None:
    shown = crm.leads.create.request(campaign_id=1, summary="s", call_reason_id=28, customer_id=None)
    assert '"customerId":null' in shown
    assert "locationId" not in shown
    with pytest.raises(ArgumentError, match="name: None is not allowed"):
        crm.customers.update(CUSTOMER, name=None)


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        (b"[]", {""}),
        (b"{", {""}),
        (b"{}", {"source", "name", "summary", "isFirstTimeClient", "externalId"}),
        (
            (
                b'{"source":1,"name":null,"summary":"s","isFirstTimeClient":"no","externalId":"e",'
                b'"contacts":[{"type":"Post"}],"address":{"street":"s"},"colour":"red"}'
            ),
            {
                "source",
                "name",
                "isFirstTimeClient",
                "contacts[0].type",
                "contacts[0].value",
                *(f"address.{part}" for part in ("city", "state", "zip", "country")),
            },
        ),
    ],
)
def test_a_body_is_refused_field_by_field(raw: bytes, fields: set[str]) -> None:
    refusal = read_body(BOOKINGS.operation("create"), raw)
    assert isinstance(refusal, Refusal)
    assert set(refusal.errors) == fields


def test_names_that_a_body_does_not_have_are_passed_over() -> None:
    assert read_body(LEADS.operation("update"), b'{"summary":"s","colour":"red"}') == {"summary": "s"}
