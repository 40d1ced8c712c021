import pandas as pd

from stcrm_nb.panels import filters, rows
from stcrm_nb.panels.columns import describe
from stcrm_nb.panels.view import Filter, View


def test_a_menu_of_choices_is_read_from_its_boxes() -> None:
    fields = {"status=Open": True, "status=Dismissed": False, "status=Converted": True, "active": ""}
    assert filters.read({"gesture": "among:status", "fields": fields}) == Filter(
        "status", "among", ("Open", "Converted")
    )


def test_any_is_no_filter() -> None:
    assert not filters.read({"gesture": "flag:active", "fields": {"active": ""}}).restricts


def test_half_a_date_is_no_date() -> None:
    fields = {"created_on-from": "2026-03-08", "created_on-to": "2026-13"}
    assert filters.read({"gesture": "between:created_on", "fields": fields}).wanted == ("2026-03-08", "")


def test_each_active_filter_has_a_chip_that_names_it(frame: pd.DataFrame) -> None:
    view = View(
        filters=(Filter("status", "among", ("Open",)), Filter("created_on", "between", ("", "2026-03-08")))
    )
    drawn = str(filters.bar(rows.facets(frame, rows.masks(frame, view)), view, describe(frame, {})))
    assert "Remove filter Status: Open" in drawn
    assert "Remove filter Created: until 2026-03-08" in drawn
    assert "Clear filters" in drawn


def test_what_the_service_left_out_is_said_with_a_way_to_widen() -> None:
    said = str(filters.restriction("locations", {"active": "True"}, {"city": "Madison"}))
    assert "Active locations only" in said
    assert "widen:Any" in said
    assert "Fetched with city = Madison" in said
    assert filters.restriction("leads", {"active": None}, {}) == ()


def test_an_incomplete_fetch_is_said() -> None:
    assert "Not everything came" in str(filters.doubts({"complete": False}))
    assert filters.doubts({"complete": True}) is None
