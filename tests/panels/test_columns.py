import pandas as pd
import pytest

from stcrm_nb.catalogue import RESOURCES, Resource
from stcrm_nb.panels import columns


@pytest.mark.parametrize("resource", RESOURCES[:4], ids=lambda each: each.name)
def test_every_listed_column_is_one_of_the_record(resource: Resource) -> None:
    names = [
        *resource.record.column_names,
        "campaign",
        "business_unit",
        "tags",
    ]  # names stand beside their ids
    assert list(columns.LISTED[resource.name]) == columns.listed(resource.name, names)
    assert columns.listed(resource.name, names)[0] == "id"


@pytest.mark.parametrize("resource", RESOURCES[:4], ids=lambda each: each.name)
def test_no_two_listed_columns_share_a_heading(resource: Resource) -> None:
    headings = [columns.heading(name) for name in columns.LISTED[resource.name]]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, "text", None),
        (pd.NA, "id", None),
        (pd.NaT, "time", None),
        (float("nan"), "text", None),
        ("", "text", None),
        (True, "bool", "Yes"),
        (False, "bool", "No"),
        (1234.5, "decimal", "1,234.50"),
        (240200001, "id", "240200001"),
        ("MobilePhone", "choice", "Mobile phone"),
        (pd.Timestamp("2026-03-08T05:59:59Z"), "time", "2026-03-07 23:59"),
        (pd.Timestamp("2026-07-01T05:00:00Z"), "time", "2026-07-01 00:00"),
        ("=HYPERLINK(1)", "text", "=HYPERLINK(1)"),
    ],
    ids=str,
)
def test_values_are_written_for_people_in_the_tenants_zone(
    value: object, kind: str, expected: str | None
) -> None:
    assert columns.written(value, kind, "America/Chicago") == expected


def test_a_column_the_catalogue_does_not_know_is_shown_by_its_dtype(frame: pd.DataFrame) -> None:
    kinds = {name: column.kind for name, column in columns.describe(frame, {}).items()}
    assert kinds == {
        "id": "id", "status": "choice", "name": "text", "active": "bool", "balance": "float",
        "created_on": "time",
    }  # fmt: skip
