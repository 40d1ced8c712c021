from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.catalogue import CUSTOMERS, LEADS, LOCATIONS, Operation
from stcrm_nb.errors import ArgumentError, UnknownParameterError
from stcrm_nb.transport.request import Request, build

CHICAGO = ZoneInfo("America/Chicago")
LIST = LOCATIONS.operation("list")
REMOVE = LOCATIONS.operation("remove_contact")


def request(operation: Operation, arguments: Mapping[str, object]) -> Request:
    return build(operation, arguments, tenant=42, zone=CHICAGO)


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({}, ()),
        ({"city": None}, ()),
        ({"active": True}, (("active", "True"),)),
        ({"active": "any"}, (("active", "Any"),)),
        ({"page_size": 500}, (("pageSize", "500"),)),
        ({"ids": [3, np.int64(4)]}, (("ids", "3,4"),)),
        ({"ids": pd.Series([3, 4], dtype="Int64")}, (("ids", "3,4"),)),
        ({"customer_id": 7}, (("customerId", "7"),)),
        ({"latitude": 41.5}, (("latitude", "41.5"),)),
        ({"sort": "-ModifiedOn"}, (("sort", "-ModifiedOn"),)),
        ({"created_before": "2026-01-31"}, (("createdBefore", "2026-01-31T06:00:00Z"),)),
        ({"created_before": np.datetime64("2026-07-01")}, (("createdBefore", "2026-07-01T05:00:00Z"),)),
        ({"created_before": date(999, 7, 1)}, (("createdBefore", "0999-07-01T05:50:36Z"),)),
        ({"created_before": date(2026, 7, 1)}, (("createdBefore", "2026-07-01T05:00:00Z"),)),
        (
            {"created_before": datetime(2026, 7, 1, 8, tzinfo=UTC)},
            (("createdBefore", "2026-07-01T08:00:00Z"),),
        ),
        (
            {"created_before": pd.Timestamp("2026-07-01T08:00:00.5Z")},
            (("createdBefore", "2026-07-01T08:00:00.500000Z"),),
        ),
    ],
    ids=str,
)
def test_arguments_travel_in_the_words_of_the_api(
    arguments: Mapping[str, object], query: tuple[tuple[str, str], ...]
) -> None:
    assert request(LIST, arguments).query == query


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"cty": "Madison"}, "did you mean city"),
        ({"active": "maybe"}, "'True', 'Any', 'False'"),
        ({"page_size": "many"}, "whole number"),
        ({"page_size": True}, "whole number"),
        ({"ids": []}, "the list is empty"),
        ({"ids": range(1, 52)}, "51 values given, the service takes 50"),
        ({"ids": [0]}, "whole number above 0"),
        ({"customer_id": 2**63}, "whole number above 0"),
        ({"customer_id": pd.NA}, "whole number"),
        ({"page_size": 0}, "from 1 to 5000"),
        ({"page_size": 5001}, "from 1 to 5000"),
        ({"latitude": float("nan")}, "expected a number"),
        ({"latitude": pd.NA}, "expected a number"),
        ({"city": " "}, "leave it out"),
        ({"created_before": pd.NaT}, "expected a date or time, got NaTType"),
        ({"created_before": datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))}, "out of the calendar"),
        ({"city": 5}, "expected text, got int"),
        ({"latitude": "north"}, "expected a number"),
        ({"created_before": "yesterday"}, "write it like"),
        ({"created_before": 20260131}, "expected a date or time, got int"),
        ({"sort": "-Name"}, "Id, ModifiedOn, CreatedOn"),
        ({"external_data_application_guid": "me"}, "GUID"),
    ],
    ids=str,
)
def test_a_wrong_argument_is_refused_in_words(arguments: Mapping[str, object], says: str) -> None:
    with pytest.raises(ArgumentError, match=says) as refused:
        request(LIST, arguments)
    assert str(refused.value).endswith("Nothing was sent.")


def test_a_wrong_choice_offers_the_nearest_one() -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'Open'"):
        request(LEADS.operation("list"), {"status": "opne"})


def test_all_faults_of_a_call_are_told_at_once() -> None:
    with pytest.raises(UnknownParameterError) as refused:
        request(LIST, {"cty": "x", "active": "maybe", "latitude": "north"})
    assert len(refused.value.faults) == 3
    assert isinstance(refused.value, TypeError)


def test_what_a_walk_sets_itself_is_no_argument() -> None:
    with pytest.raises(UnknownParameterError, match="page"):
        request(LIST, {"page": 2})


def test_ids_go_into_the_path_and_nothing_else_does() -> None:
    assert request(REMOVE, {"id": 5, "contact_id": 7}).path == "/crm/v2/tenant/42/locations/5/contacts/7"


@given(st.one_of(st.text(), st.integers(max_value=0), st.floats(), st.booleans(), st.binary()))
def test_no_value_leads_out_of_the_path(value: object) -> None:
    """Requirement S4: the path stays under its template, or the call is refused."""
    try:
        path = request(REMOVE, {"id": value, "contact_id": 7}).path
    except ArgumentError:
        return
    assert path.removeprefix("/crm/v2/tenant/42/locations/").split("/")[0].isdecimal()
    assert path.count("/") == 8


def test_a_missing_id_is_named_with_its_meaning() -> None:
    with pytest.raises(ArgumentError, match=r"contact_id is missing: The contact to act on\."):
        request(REMOVE, {"id": 5})


def test_a_plus_sign_travels_escaped() -> None:
    assert request(LIST, {"sort": "+Id"}).target == "/crm/v2/tenant/42/locations?sort=%2BId"


def test_customers_take_any_number_of_ids() -> None:
    assert request(CUSTOMERS.operation("list"), {"ids": range(1, 100)}).query[0][1].count(",") == 98
