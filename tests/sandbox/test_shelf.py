"""Rows as bytes: columns, orders and groups follow every change."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.sandbox.shelf import Shelf, moment

TIMES = ["2026-01-02T00:00:00Z", None, "2026-01-02T00:00:00.1234567Z", "0001-01-01T00:00:00Z"]


def shelf_of(*rows: dict[str, Any], parent: str = "") -> Shelf:
    return Shelf([json.dumps(row).encode() for row in rows], parent=parent)


@pytest.fixture
def shelf() -> Shelf:
    rows = ({"id": 9 - n, "at": at, "in": {"city": f"C{n}"} if n else None} for n, at in enumerate(TIMES))
    return shelf_of(*rows)


def test_a_dot_steps_into_a_nested_object_that_may_be_missing(shelf: Shelf) -> None:
    assert shelf.column("in.city") == [None, "C1", "C2", "C3"]
    assert shelf.column("nothing.at.all") == [None] * 4


def test_a_missing_time_comes_first_and_then_the_year_one(shelf: Shelf) -> None:
    assert shelf.order("at").tolist() == [1, 3, 0, 2]


def test_rows_are_sorted_by_id_as_numbers() -> None:
    shelf = shelf_of({"id": 10}, {"id": 9}, {"id": 100})
    assert shelf.order("id").tolist() == [1, 0, 2]


def test_a_record_is_found_by_its_id(shelf: Shelf) -> None:
    assert (shelf.find(8), shelf.find(1)) == (1, None)


def test_the_key_of_the_parent_is_not_part_of_a_row() -> None:
    shelf = shelf_of({"id": 1, "customerId": 5, "value": "é"}, parent="customerId")
    assert shelf.row(0) == '{"id":1,"value":"é"}'.encode()
    assert shelf.places("customerId") == {5: [0]}


def test_everything_derived_follows_a_removed_row(shelf: Shelf) -> None:
    assert (len(shelf.column("at")), shelf.find(9), len(shelf.order("at"))) == (4, 0, 4)
    shelf.remove(0)
    assert len(shelf) == 3
    assert shelf.find(9) is None
    assert shelf.order("at").tolist() == [0, 2, 1]
    assert shelf.column("in.city") == ["C1", "C2", "C3"]


def test_everything_derived_follows_a_replaced_row(shelf: Shelf) -> None:
    assert (shelf.order("at").tolist()[0], shelf.column("in.city")[1]) == (1, "C1")
    shelf.replace(1, b'{"id": 77, "at": "2030-01-01T00:00:00Z", "in": null}')
    assert shelf.order("at").tolist()[-1] == 1
    assert shelf.column("in.city")[1] is None
    assert shelf.find(77) == 1


def test_what_is_derived_is_made_once_until_a_row_changes(shelf: Shelf) -> None:
    made: list[int] = []
    for _ in range(2):
        shelf.derive("count", lambda: made.append(1))
    assert len(made) == 1
    shelf.remove(0)
    shelf.derive("count", lambda: made.append(1))
    assert len(made) == 2


@given(
    st.lists(st.tuples(st.datetimes(), st.integers(0, 9_999_999), st.integers(0, 7)), min_size=2, max_size=2)
)
def test_comparing_bytes_compares_moments(pairs: list[tuple[Any, int, int]]) -> None:
    def written(pair: tuple[Any, int, int]) -> tuple[str, tuple[Any, int]]:
        when, ticks, digits = pair
        shown = f"{ticks:07d}"[:digits]
        seconds = when.replace(microsecond=0)
        kept = int(shown.ljust(7, "0"))
        return f"{seconds.isoformat()}{'.' if shown else ''}{shown}Z", (seconds, kept)

    (one, key), (other, other_key) = map(written, pairs)
    assert (moment(one) < moment(other)) == (key < other_key)
    assert (moment(one) == moment(other)) == (key == other_key)
