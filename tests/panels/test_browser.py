"""Gestures as the browser would send them, against the sandbox over HTTP."""

import json
from typing import Any

import pandas as pd
import pytest

import stcrm_nb as stcrm
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, NotFoundError
from stcrm_nb.panels import Browser
from stcrm_nb.panels.view import View


def on_grid(panel: Browser, gesture: str, **facts: object) -> dict[str, Any]:
    """Send a gesture as the browser does, and return what the grid shows then."""
    panel._list.grid._handle_custom_msg({"gesture": gesture, **facts}, [])
    return dict(panel._list.grid.page)


def on_bar(panel: Browser, gesture: str, **fields: object) -> str:
    panel._list.bar._handle_custom_msg({"gesture": gesture, "fields": fields}, [])
    return json.dumps(panel._list.bar.tree)


@pytest.fixture
def panel(crm: Client) -> Browser:
    return crm.browse("locations")


def test_nothing_is_sent_before_the_panel_is_shown(crm: Client) -> None:
    panel = crm.browse("locations")
    assert crm.sandbox is not None
    assert crm.sandbox.calls == []
    assert panel._list.grid.page["state"] == "loading"
    assert repr(panel) == "Browser on locations of Lakeshore Home Comfort (demo): not fetched yet"


def test_a_wrong_filter_is_refused_in_the_cell(crm: Client) -> None:
    with pytest.raises(ArgumentError, match="citty"):
        crm.browse("locations", citty="Madison")


def test_showing_it_fetches_and_draws_the_first_page(panel: Browser) -> None:
    bundle = panel._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert panel.last_error is None
    page = panel._list.grid.page
    assert page["state"] == "ready"
    assert len(page["rows"]) == len(page["keys"]) == 50
    assert len(json.dumps(page)) < 20_000


def test_the_frame_is_what_the_panel_shows(crm: Client, panel: Browser) -> None:
    street = str(panel.frame["address_street"].dropna().iloc[-1])
    page = on_grid(panel, "search", text=f"  {street.upper()} ", seq=1)
    assert panel.frame["id"].astype("str").head(50).tolist() == page["keys"]
    assert street in panel.frame["address_street"].tolist()
    assert len(panel.frame) < len(crm.locations.list())
    assert panel.frame.attrs["stcrm"]["operation"] == "Locations_GetList"


def test_an_answer_carries_the_number_of_its_search(panel: Browser) -> None:
    assert on_grid(panel, "search", text="a", seq=7)["seq"] == 7
    assert on_grid(panel, "sort", column="name")["seq"] == 7


def test_the_selection_is_kept_by_id_across_pages(panel: Browser) -> None:
    first = on_grid(panel, "page", page=0)["keys"][:2]
    on_grid(panel, "select", keys=first, chosen=True)
    page = on_grid(panel, "page", page=1)
    on_grid(panel, "select", keys=page["keys"][:1], chosen=True)
    assert panel.selected == sorted(int(key) for key in [*first, page["keys"][0]])
    assert panel._list.grid.page["chosen"] == "3 selected, 2 not on this page"
    assert on_grid(panel, "page", page=0)["selected"] == first
    assert on_grid(panel, "deselect")["chosen"] == ""


def test_filters_and_chips_follow_each_other(crm: Client) -> None:
    panel = crm.browse("leads")
    drawn = on_bar(panel, "among:status", **{"status=Open": True})
    assert set(panel.frame["status"]) == {"Open"}
    assert "Remove filter Status: Open" in drawn
    on_bar(panel, "drop:status")
    assert len(panel.frame) == len(crm.leads.list())


def test_inactive_records_come_when_asked_for(crm: Client) -> None:
    panel = crm.browse("locations")
    assert "Active locations only" in on_bar(panel, "clear")
    active = len(panel.frame)
    assert "Active and inactive locations" in on_bar(panel, "widen:Any")
    assert len(panel.frame) == len(crm.locations.list(active="Any")) >= active
    assert panel.code().startswith("frame = crm.locations.list(active='Any', names=True)")


def test_the_code_gives_the_same_frame(crm: Client, panel: Browser) -> None:
    on_grid(panel, "search", text="st", seq=1)
    on_grid(panel, "sort", column="name")
    on_bar(panel, "between:created_on", **{"created_on-from": "2025-01-01", "created_on-to": "2026-06-30"})
    names: dict[str, Any] = {"crm": crm}
    exec(panel.code(), names)  # noqa: S102 - the code is what is tested
    assert names["frame"]["id"].tolist() == panel.frame["id"].tolist()


def test_setting_the_view_redraws(panel: Browser) -> None:
    panel.view = View(page_size=25).at_page(1)
    assert (panel._list.grid.page["page"], len(panel._list.grid.page["rows"])) == (1, 25)


def test_a_record_that_does_not_exist_is_said_and_the_list_is_one_click_away(panel: Browser) -> None:
    panel.show(1)
    assert isinstance(panel.last_error, NotFoundError)
    drawn = json.dumps(panel._record.pane.tree)
    assert '"role": "alert"' in drawn
    assert '"gesture": "back"' in drawn


def test_an_unknown_gesture_is_an_error_one_can_see(panel: Browser) -> None:
    panel._repr_mimebundle_()
    drawn = on_bar(panel, "explode")
    assert isinstance(panel.last_error, KeyError)
    assert '"role": "alert"' in drawn
    assert "Traceback" in drawn
    assert panel._list.grid.page["state"] == "ready"


def test_a_dead_service_is_said_and_refresh_is_offered(crm: Client) -> None:
    panel = crm.browse("locations")
    assert crm.sandbox is not None
    crm.sandbox.stop()
    panel._repr_mimebundle_()
    assert panel.last_error is not None
    assert panel._list.grid.page["state"] == "failed"
    drawn = json.dumps(panel._list.bar.tree)
    assert '"role": "alert"' in drawn
    assert '"gesture": "refresh"' in drawn


def test_the_frame_handed_out_is_not_changed_later(writable_crm: Client) -> None:
    panel = writable_crm.browse("locations")
    before = panel.frame.copy()
    handed = panel.frame
    writable_crm.locations.update(int(before["id"].iloc[0]), name="Elsewhere").apply()
    panel._list.update([int(before["id"].iloc[0])])
    assert panel.frame["name"].iloc[0] == "Elsewhere"
    assert handed.equals(before)
    assert panel.frame.dtypes.equals(before.dtypes)


def test_names_stand_for_ids_in_the_list_and_its_filters(crm: Client) -> None:
    panel = crm.browse("leads")
    drawn = on_bar(panel, "clear")
    assert "among:campaign" in drawn
    headings = [each["heading"] for each in panel._list.grid.page["columns"]]
    assert "Campaign" in headings
    assert "Campaign ID" not in headings


def test_a_preset_moves_with_the_calendar_of_the_service(crm: Client) -> None:
    panel = crm.browse("leads")
    drawn = on_bar(panel, "preset:created_on", created_on="last 30 days")
    assert "Remove filter Created: last 30 days" in drawn
    newest, oldest = panel.frame["created_on"].max(), panel.frame["created_on"].min()
    assert 0 < len(panel.frame) < len(crm.leads.list())
    assert (newest - oldest).days <= 30
    assert "created_on-from" in on_bar(panel, "preset:created_on", created_on="custom"), (
        "two dates are offered"
    )
    on_bar(panel, "drop:created_on")
    assert len(panel.frame) == len(crm.leads.list())


def test_all_that_match_are_selected_and_handed_out(panel: Browser) -> None:
    on_grid(panel, "search", text="madison", seq=1)
    page = on_grid(panel, "select_all")
    assert len(panel.selected) == len(panel.frame) == page["matching"] > 50
    assert panel.selected_frame["id"].tolist() == sorted(panel.selected_frame["id"].tolist())
    assert len(panel.selected_frame) == len(panel.selected)


def test_columns_are_chosen_and_moved(panel: Browser) -> None:
    on_bar(panel, "columns", **{"column=id": True, "column=name": True, "column=zone_id": True})
    assert [each["name"] for each in panel._list.grid.page["columns"]] == ["id", "name", "zone_id"]
    panel._list.bar._handle_custom_msg({"gesture": "move:zone_id", "value": "-1", "fields": {}}, [])
    assert [each["name"] for each in panel._list.grid.page["columns"]] == ["id", "zone_id", "name"]
    on_bar(panel, "usual")
    assert len(panel._list.grid.page["columns"]) > 5


def test_any_frame_can_be_browsed_and_stays_as_it_is() -> None:
    frame = pd.DataFrame({"city": ["Verona", "Madison", None], "jobs": [3, 1, 2]}, index=["a", "b", "b"])
    before = frame.copy()
    panel = stcrm.browse(frame)
    assert panel._repr_mimebundle_()["text/plain"] == "Browser on rows of a frame at hand: 3 fetched"
    page = on_grid(panel, "sort", column="jobs")
    assert [row[0] for row in page["rows"]] == ["Madison", None, "Verona"]
    on_grid(panel, "select", keys=page["keys"][:1], chosen=True)
    assert panel.selected_frame["city"].tolist() == ["Madison"]
    assert panel.code() == "frame = frame\nframe = frame.sort_values('jobs', ascending=True, kind='stable')"
    pd.testing.assert_frame_equal(frame, before)


def test_two_panels_of_one_connection_do_not_disturb_each_other(crm: Client) -> None:
    one, other = crm.browse("locations"), crm.browse("locations")
    on_grid(one, "search", text="madison", seq=1)
    on_grid(one, "select_all")
    assert len(other.frame) == len(crm.locations.list())
    assert other.selected == []
