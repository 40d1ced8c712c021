import pandas as pd
import pytest

from stcrm_nb.client import Client
from stcrm_nb.panels.bar import filters, head
from stcrm_nb.panels.bar.words import read, words
from stcrm_nb.panels.source import Source
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import Filter, View


def bar_of(frame: pd.DataFrame, view: View, **asked: object) -> object:
    table = Table(Source.of(frame, {}), frame)
    table.look(view)
    return filters.bar(filters.Shelf("rows", table.columns, table.facets, **asked), view)


def test_a_menu_of_choices_is_read_from_its_boxes() -> None:
    fields = {"status=Open": True, "status=Dismissed": False, "status=Converted": True, "active": ""}
    assert read({"gesture": "among:status", "fields": fields}) == Filter(
        "status", "among", ("Open", "Converted")
    )


def test_any_is_no_filter() -> None:
    assert not read({"gesture": "flag:active", "fields": {"active": ""}}).restricts


def test_half_a_date_is_no_date() -> None:
    fields = {"created_on-from": "2026-03-08", "created_on-to": "2026-13"}
    assert read({"gesture": "between:created_on", "fields": fields}).wanted == ("2026-03-08", "")


def test_each_active_filter_has_a_chip_that_names_it(frame: pd.DataFrame) -> None:
    view = View(
        filters=(Filter("status", "among", ("Open",)), Filter("created_on", "between", ("", "2026-03-08")))
    )
    drawn = str(bar_of(frame, view))
    assert "Remove filter Status: Open" in drawn
    assert "Remove filter Created: until 2026-03-08" in drawn
    assert "Clear filters" in drawn


def test_what_the_service_left_out_is_said_with_a_way_to_widen(crm: Client) -> None:
    said = str(head.restriction(Source.of(crm.locations, {"city": "Madison"}), {"active": "True"}))
    assert "Active locations only" in said
    assert "widen:Any" in said
    assert "Fetched with city = Madison" in said
    assert head.restriction(Source.of(crm.leads, {}), {"active": None}) == ()


def test_an_incomplete_fetch_is_said() -> None:
    assert "Not everything came" in str(head.doubts({"complete": False}))
    assert head.doubts({"complete": True}) is None


@pytest.mark.parametrize(
    ("gesture", "fields", "wanted"),
    [
        ("preset:created_on", {"created_on": "last month"}, ("last month",)),
        ("preset:created_on", {"created_on": "custom"}, ()),
        ("preset:created_on", {"created_on": ""}, ()),
        ("number:balance", {"balance-from": "1.50", "balance-to": "x"}, ("1.5", "")),
        ("empty:memo", {"memo": "yes"}, ("yes",)),
        ("among:status", {"status=": True}, ("",)),
    ],
)
def test_each_kind_of_filter_is_read(
    gesture: str, fields: dict[str, object], wanted: tuple[str, ...]
) -> None:
    assert read({"gesture": gesture, "fields": fields}).wanted == wanted


def test_a_missing_value_alone_is_a_filter() -> None:
    assert Filter("status", "among", ("",)).restricts
    assert words(Filter("status", "among", ("",)), "Status") == "Status: (empty)"
    assert words(Filter("created_on", "preset", ("last month",)), "Created") == "Created: last month"
    assert words(Filter("memo", "empty", ("no",)), "Memo") == "Memo: not empty"


def test_a_filter_that_is_asked_for_stands_in_the_bar(frame: pd.DataFrame) -> None:
    assert "'number:balance'" not in str(bar_of(frame, View()))
    assert "'add:balance'" in str(bar_of(frame, View())), "it is offered"
    assert "'number:balance'" in str(bar_of(frame, View(), added=("balance",)))
    assert "between:created_on" not in str(bar_of(frame, View()))
    assert "between:created_on" in str(bar_of(frame, View(), custom=frozenset({"created_on"})))


def test_values_are_counted_and_the_empty_ones_too(frame: pd.DataFrame) -> None:
    assert "(empty)" in str(bar_of(frame, View()))
