import json
import math
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.catalogue import BOOKINGS, CUSTOMERS, LEADS, LOCATIONS, RESOURCES, Record, Resource
from stcrm_nb.errors import BrokenReplyError, DriftWarning
from stcrm_nb.frames.frame import to_frame
from stcrm_nb.frames.parse.decode import as_page, decode

LOCATION = LOCATIONS.record
SHARED = Path(__file__).parents[3] / "shared"


def frame(*rows: dict[str, object], record: Record = LOCATION) -> pd.DataFrame:
    return to_frame(decode([as_page(json.dumps(rows).encode())], record), record)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-29T10:24:07Z", datetime(2024, 2, 29, 10, 24, 7, tzinfo=UTC)),
        ("2023-06-29T18:58:34.763Z", datetime(2023, 6, 29, 18, 58, 34, 763000, tzinfo=UTC)),
        ("2019-11-14T10:24:07.4726935Z", datetime(2019, 11, 14, 10, 24, 7, 472693, tzinfo=UTC)),
        ("2019-11-14T10:24:07+05:30", datetime(2019, 11, 14, 4, 54, 7, tzinfo=UTC)),
        ("2025-10-13T00:00:00", datetime(2025, 10, 13, tzinfo=UTC)),
        ("2022-02-14", datetime(2022, 2, 14, tzinfo=UTC)),
    ],
)
def test_times_are_read_in_all_the_forms_seen(text: str, moment: datetime) -> None:
    column = frame({"id": 1, "createdOn": text}, {"id": 2, "createdOn": None})["created_on"]
    assert str(column.dtype) == "datetime64[us, UTC]"
    assert column[0] == moment
    assert column.isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000Z"]
)
def test_the_first_of_january_of_the_year_one_is_no_date(text: str) -> None:
    rows = frame({"id": 1, "createdOn": text, "name": text, "modifiedOn": "2024-01-01T00:00:00Z"})
    assert rows["created_on"].isna().all()
    assert rows["name"].tolist() == [text], "text that looks like it stays text"


def test_no_date_is_found_in_every_group_of_pages() -> None:
    """Pages of 3 MB are parsed one by one; the first that has it changes how the others are read."""
    filler = "x" * (3 << 20)
    texts = ["2024-01-01T00:00:00Z", "0001-01-01T00:00:00Z"] * 4
    bodies = [
        as_page(json.dumps([{"id": number, "createdOn": text, "name": filler}]).encode())
        for number, text in enumerate(texts)
    ]
    rows = to_frame(decode(bodies, LOCATION), LOCATION)
    assert rows["id"].tolist() == list(range(8))
    assert rows["created_on"].isna().tolist() == [False, True] * 4


@pytest.mark.parametrize(
    "row",
    [{"address.city": "x", "address": {"city": "y"}}, {"a.b": [1], "a": {"b": "y"}}],
    ids=["known", "unknown"],
)
def test_a_field_given_flat_and_nested_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(BrokenReplyError, match="twice"):
        frame({"id": 1} | row)


@pytest.mark.parametrize("resource", RESOURCES[:4], ids=lambda resource: resource.name)
def test_columns_and_dtypes_are_the_declared_ones_even_without_rows(resource: Resource) -> None:
    record = resource.record
    for pages in ([], [b"[]"], [b"[]", b"[]"], [b'[{"id":1}]']):
        rows = to_frame(decode(map(as_page, pages), record), record)
        assert tuple(rows.columns) == record.column_names
        assert [str(dtype) for dtype in rows.dtypes] == [column.dtype for column in record.columns]


def test_a_column_that_is_null_everywhere_keeps_its_dtype() -> None:
    rows = frame(
        *({column.field: None for column in LEADS.record.columns} | {"id": n} for n in (1, 2)),
        record=LEADS.record,
    )
    assert [str(dtype) for dtype in rows.dtypes] == [column.dtype for column in LEADS.record.columns]


def test_an_address_is_flat_and_a_missing_one_is_missing() -> None:
    rows = frame(
        {"id": 1, "address": {"city": "Madison", "unit": None}}, {"id": 2, "address": None}, {"id": 3}
    )
    assert rows["address_city"].fillna("-").tolist() == ["Madison", "-", "-"]
    assert rows["address_unit"].isna().all()


def test_large_ids_stay_exact() -> None:
    assert frame({"id": 2**53 + 1, "customerId": None})["id"].tolist() == [2**53 + 1]


def test_a_status_never_seen_before_is_kept() -> None:
    column = frame({"id": 1, "status": "Frozen"}, {"id": 2, "status": "Open"}, record=LEADS.record)["status"]
    assert column.tolist() == ["Frozen", "Open"]
    assert column.cat.categories.tolist() == ["Open", "Dismissed", "Converted", "Frozen"]


def test_an_unknown_field_is_kept_and_reported() -> None:
    with pytest.warns(DriftWarning, match=r"newThing, address\.planet|address\.planet, newThing"):
        rows = frame({"id": 1, "newThing": "x", "address": {"city": "Y", "planet": "Mars"}})
    assert rows["new_thing"].tolist() == ["x"]
    assert rows["address_planet"].tolist() == ["Mars"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("customerId", 12.5),
        ("customerId", "12"),
        ("customerId", [1, "a"]),
        ("active", [True]),
        ("active", "yes"),
        ("name", 5),
        ("createdOn", "soon"),
        ("createdOn", 5),
    ],
)
def test_a_value_of_another_type_keeps_its_row_and_its_raw_text(field: str, value: object) -> None:
    rows_in = ({"id": 1, field: value}, {"id": 2, "customerId": 7, "active": True, "name": "n"})
    with pytest.warns(DriftWarning, match="another type"):
        rows = frame(*rows_in)
    column = next(column for column in LOCATION.columns if column.field == field)
    assert rows["id"].tolist() == [1, 2]
    assert rows[column.name].isna()[0]
    assert rows[f"{column.name}_raw"][0] == (
        value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    )
    assert str(rows[column.name].dtype) == column.dtype


def test_lists_of_a_record_are_no_column_and_no_drift() -> None:
    rows = frame({"id": 1, "tagTypeIds": [1, 2], "customFields": [{"typeId": 1, "name": "a", "value": "b"}]})
    assert tuple(rows.columns) == LOCATION.column_names


def test_pretty_printed_pages_are_read() -> None:
    body = json.dumps({"data": [{"id": 1, "name": "two\nlines"}], "hasMore": False}, indent=2).encode()
    assert to_frame(decode([body], LOCATION), LOCATION)["name"].tolist() == ["two\nlines"]


names = st.none() | st.text(st.characters(exclude_categories=["Cs"]))
rows_of_customers = st.fixed_dictionaries(
    {
        "id": st.integers(1, 2**63 - 1),
        "name": names,
        "active": st.none() | st.booleans(),
        "balance": st.none() | st.floats(-1e9, 1e9),
        "createdOn": st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001
        "type": st.sampled_from([None, "Residential", "Commercial"]),
    }
)


@given(st.lists(st.lists(rows_of_customers, max_size=4), max_size=3))
def test_what_goes_in_as_json_comes_out_as_columns(pages: list[list[dict[str, object]]]) -> None:
    texts = [json.dumps(page, default=lambda moment: moment.isoformat() + "Z").encode() for page in pages]
    rows = to_frame(decode(map(as_page, texts), CUSTOMERS.record), CUSTOMERS.record)
    expected = [row for page in pages for row in page]
    assert rows["id"].tolist() == [row["id"] for row in expected]
    for name, key in (("name", "name"), ("active", "active"), ("type", "type")):
        assert [None if pd.isna(value) else value for value in rows[name]] == [row[key] for row in expected]
    balances = [None if pd.isna(value) else value for value in rows["balance"]]
    assert all(
        got == wanted or (got is not None and math.isclose(got, wanted))
        for got, wanted in zip(balances, [row["balance"] for row in expected], strict=True)
    )


def test_a_broken_page_is_not_half_read() -> None:
    with pytest.raises(BrokenReplyError):
        decode([b'{"data":[{"id":1},{"id":'], LOCATION)


NO_ROWS = (b"[]", b'{"dato":[]}', b'{"data":{}}', b'{"data":5}', b'{"data":null}', b'{"data":[]}{"data":[]}')


@pytest.mark.parametrize("page", NO_ROWS)
def test_what_holds_no_list_of_rows_is_refused(page: bytes) -> None:
    with pytest.raises(BrokenReplyError):
        decode([page], LOCATION)


def test_a_page_seen_in_the_wild_is_read() -> None:
    file = SHARED / "examples" / "wild_locations_page.json"
    if not file.exists():
        pytest.skip("the example payloads are not beside this checkout")
    page = json.loads(file.read_text())
    rows = frame(*page["data"])
    assert rows["address_city"].tolist() == ["Cleveland", "Lenoir City"]
    assert rows["created_on"].isna().all()
    assert rows["modified_on"].dt.year.tolist() == [2023, 2023]
    assert rows["tax_exempt"].isna().all()


def test_a_frame_sorts_deduplicates_and_survives_parquet(tmp_path: Path) -> None:
    rows = frame({"id": 2, "name": "b", "status": "New"}, {"id": 1, "name": None}, record=BOOKINGS.record)
    again = rows.sort_values("name").drop_duplicates()
    again.to_parquet(tmp_path / "rows.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "rows.parquet"), again)
