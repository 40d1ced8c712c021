"""What the list does beyond looking: many rows at once, tags, views, downloads, charts, profiles."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stcrm_nb as stcrm
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, ReadOnlyError, StoreError
from stcrm_nb.panels import Browser
from stcrm_nb.panels.view import Filter, View


def say(panel: Browser, gesture: str, value: str = "", **fields: object) -> str:
    """Send a gesture of the part under the bar, and return what stands there then."""
    acts = panel._list.acts
    acts._handle_custom_msg({"gesture": gesture, "value": value, "fields": fields}, [])
    return json.dumps(acts.tree)


def on_bar(panel: Browser, gesture: str, **fields: object) -> str:
    panel._list.bar._handle_custom_msg({"gesture": gesture, "fields": fields}, [])
    return json.dumps(panel._list.bar.tree)


def select(panel: Browser, ids: list[int]) -> None:
    panel.view = panel.view.selecting_none().selecting(ids)


def writes(crm: Client) -> list[str]:
    assert crm.sandbox is not None
    return [call.method for call in crm.sandbox.calls if call.method != "GET" and "/crm/" in call.path]


@pytest.fixture
def open_leads(writable_crm: Client) -> list[int]:
    return [int(each) for each in writable_crm.leads.list(status="Open")["id"].head(4)]


@pytest.fixture
def leads(writable_crm: Client) -> Browser:
    panel = writable_crm.browse("leads")
    panel._repr_mimebundle_()
    return panel


def reason(crm: Client) -> str:
    return str(crm.lookups.call_reasons()["id"].iloc[0])


def test_nothing_is_offered_until_rows_are_selected(leads: Browser, open_leads: list[int]) -> None:
    assert leads._list.acts.tree["children"] == []
    select(leads, open_leads)
    drawn = json.dumps(leads._list.acts.tree)
    assert "4 selected:" in drawn
    assert '"act:dismiss"' in drawn
    assert '"act:add_note"' not in drawn


def test_selected_leads_are_dismissed_with_one_yes(
    leads: Browser, writable_crm: Client, open_leads: list[int]
) -> None:
    select(leads, open_leads)
    assert "Dismiss a lead: 4 leads" in say(leads, "act:dismiss")
    drawn = say(leads, "plan", **{"form:dismissing_reason_id": reason(writable_crm)})
    assert '"Dismiss lead: 4 leads"' in drawn
    assert writes(writable_crm) == []
    drawn = say(leads, "confirm")
    assert leads.last_error is None
    assert "4 of 4 leads done" in drawn
    assert writes(writable_crm) == ["POST"] * 4
    say(leads, "confirm")
    assert writes(writable_crm) == ["POST"] * 4, "a second yes finds it done"
    rows = leads.frame.set_index("id").loc[open_leads]
    assert set(rows["status"]) == {"Dismissed"}, "the rows are shown as they are now"
    assert leads.selected == []


def test_what_failed_is_told_and_stays_selected(
    leads: Browser, writable_crm: Client, open_leads: list[int]
) -> None:
    converted = int(writable_crm.leads.list(status="Converted")["id"].iloc[0])
    select(leads, [*open_leads[:1], converted])
    say(leads, "act:dismiss")
    say(leads, "plan", **{"form:dismissing_reason_id": reason(writable_crm)})
    drawn = say(leads, "confirm")
    assert "not all carried out" in drawn
    assert "is converted already" in drawn
    assert converted in leads.selected
    assert leads.last_error is None


def test_the_rest_is_sent_on_request_and_asked_about_again(
    leads: Browser, writable_crm: Client, open_leads: list[int]
) -> None:
    converted = int(writable_crm.leads.list(status="Converted")["id"].iloc[0])
    assert converted < min(open_leads), "it comes first and stops the set"
    select(leads, [*open_leads, converted])
    say(leads, "act:dismiss")
    say(leads, "plan", **{"form:dismissing_reason_id": reason(writable_crm)})
    assert "Go on with the other 4 leads" in say(leads, "confirm")
    assert writes(writable_crm) == ["POST"]
    assert '"Dismiss lead: 4 leads"' in say(leads, "goon")
    assert writes(writable_crm) == ["POST"]
    assert "4 of 5 leads done" in say(leads, "confirm")
    assert leads.selected == [converted]


def test_tags_are_added_in_bulk_and_taken_back(writable_crm: Client) -> None:
    panel = writable_crm.browse("customers")
    ids = [int(each) for each in panel.frame["id"].head(3)]
    tag = writable_crm.lookups.tag_types().iloc[-1]
    before = {each: writable_crm.customers.get(each)["tag_type_ids"] for each in ids}
    ids = [each for each in ids if tag["id"] not in before[each]]
    select(panel, ids)
    assert str(tag["name"]) in say(panel, "act:add_tag")
    say(panel, "plan", **{"form:tag_type_id": str(tag["id"])})
    drawn = say(panel, "confirm")
    assert f"{len(ids)} of {len(ids)} customers done" in drawn
    assert writes(writable_crm) == ["PUT"], "one call for all of them"
    assert all(tag["id"] in writable_crm.customers.get(each, refresh=True)["tag_type_ids"] for each in ids)
    assert '"undo"' in drawn
    assert "planned, nothing sent" in say(panel, "undo")
    say(panel, "confirm")
    now = {each: writable_crm.customers.get(each, refresh=True)["tag_type_ids"] for each in ids}
    assert now == {each: before[each] for each in ids}


def test_a_read_only_list_refuses_a_click_by_code(crm: Client) -> None:
    panel = crm.browse("leads")
    select(panel, [int(panel.frame["id"].iloc[0])])
    drawn = json.dumps(panel._list.acts.tree)
    assert "Read-only connection" in drawn
    assert '"disabled": true' in drawn
    say(panel, "act:dismiss")
    assert isinstance(panel.last_error, ReadOnlyError)
    assert writes(crm) == []


def test_several_contacts_are_removed_at_once(writable_crm: Client) -> None:
    location = next(
        int(each)
        for each in writable_crm.locations.list()["id"]
        if len(writable_crm.locations.contacts(each)) > 2
    )
    contacts = [int(each) for each in writable_crm.locations.contacts(location)["id"]]
    panel = writable_crm.browse("locations")
    panel.show(location)

    def on_page(gesture: str, **fields: object) -> str:
        pane = panel._record.pane
        pane._handle_custom_msg({"gesture": gesture, "value": "", "fields": fields}, [])
        return json.dumps(pane.tree)

    ticked = {f"contact={each}": True for each in contacts[:2]}
    assert '"Remove 2 contacts"' in on_page("pick", **ticked)
    drawn = on_page("several:remove_contact")
    assert '"Remove contact: 2 contacts"' in drawn
    assert writes(writable_crm) == []
    drawn = on_page("confirm")
    assert panel.last_error is None
    assert "2 of 2 contacts done" in drawn
    left = writable_crm.locations.contacts(location, refresh=True)["id"].tolist()
    assert left == contacts[2:]
    assert '"Remove 2 contacts"' not in on_page("cancel")


def test_tags_come_by_name_and_filter(crm: Client) -> None:
    panel = crm.browse("customers")
    panel._repr_mimebundle_()
    assert '"tagged"' in json.dumps(panel._list.bar.tree)
    drawn = on_bar(panel, "tagged")
    assert "any:tags" in drawn
    assert '"tagged"' not in drawn
    on_bar(panel, "any:tags", **{"tags=VIP": True, "tags=Landlord": True})
    held = stcrm.add_names(crm.customers.tags(crm.customers.list()), crm)
    expected = set(held.loc[held["tag"].isin(["VIP", "Landlord"]), "customer_id"])
    assert set(panel.frame["id"]) == expected
    facet = next(each for each in panel._list.table().facets if each.column == "tags")
    assert dict(facet.counts)["VIP"] == (held["tag"] == "VIP").sum(), "its own filter is left out"
    names: dict[str, Any] = {"crm": crm, "stcrm": stcrm}
    exec(panel.code(), names)  # noqa: S102 - the panel's own code is the point
    assert names["frame"]["id"].tolist() == panel.frame["id"].tolist()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_view_is_kept_by_name_and_presets_stay_presets(crm: Client, folder: Path) -> None:
    panel = crm.browse("leads", created_on_or_after="2026-01-01")
    preset = Filter("created_on", "preset", ("last 30 days",))
    panel.view = View(text="furnace", filters=(preset,), columns=("id", "summary")).selecting([1])
    drawn = on_bar(panel, "keep", **{"view-name": "furnaces of late"})
    assert panel.last_error is None
    assert "recall:furnaces of late" in drawn
    text = (folder / "stcrm_views.json").read_text()
    assert "last 30 days" in text
    assert "selected" not in text
    again = crm.browse("leads", view="furnaces of late")
    assert again.frame["id"].tolist() == panel.frame["id"].tolist()
    assert again.view.filters == (preset,)
    assert again.selected == []
    assert again.source.given == {"created_on_or_after": "2026-01-01"}
    fresh = crm.browse("leads")
    on_bar(fresh, "recall:furnaces of late")
    assert fresh.frame["id"].tolist() == panel.frame["id"].tolist()
    assert "recall" not in on_bar(fresh, "forget:furnaces of late")


def test_a_view_that_is_not_there_and_a_file_that_is_none_are_said(crm: Client, folder: Path) -> None:
    with pytest.raises(ArgumentError, match="'stale'"):
        crm.browse("leads", view="stale")
    (folder / "stcrm_views.json").write_text("[]")
    with pytest.raises(StoreError, match="no file of views"):
        crm.browse("leads").save_view("x")
    assert (folder / "stcrm_views.json").read_text() == "[]"


def test_the_shown_rows_are_downloaded(crm: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = crm.browse("locations")
    panel.view = panel.view.searching("madison")
    sent: list[tuple[object, bytes]] = []
    monkeypatch.setattr(panel._list.grid, "send", lambda content, buffers: sent.append((content, buffers[0])))
    on_bar(panel, "download:csv")
    (content, data), *_ = sent
    assert str(content).endswith(".csv'}")
    assert pd.read_csv(io.BytesIO(data))["id"].tolist() == panel.frame["id"].tolist()


def test_a_panel_writes_a_file(crm: Client, tmp_path: Path) -> None:
    panel = crm.browse("leads")
    panel.view = panel.view.filtered_by(Filter("status", "among", ("Open",)))
    assert stcrm.load(panel.export(tmp_path / "open.csv"))["id"].tolist() == panel.frame["id"].tolist()


def test_a_chart_follows_the_rows_and_says_what_it_shows(crm: Client) -> None:
    panel = crm.browse("leads")
    panel._repr_mimebundle_()
    on_bar(panel, "chart")
    drawn = json.dumps(panel._list.chart.pane.tree)
    assert "Leads a week by status: 12,000 rows" in drawn
    picture = drawn.partition("data:image/png;base64,")[2].partition('"')[0]
    assert base64.b64decode(picture).startswith(b"\x89PNG")
    panel.view = panel.view.filtered_by(Filter("status", "among", ("Open",)))
    assert f"{len(panel.frame):,} rows" in json.dumps(panel._list.chart.pane.tree)
    pane = panel._list.chart.pane
    pane._handle_custom_msg(
        {"gesture": "chartas", "fields": {"chart-period": "MS", "chart-split": "campaign"}}, []
    )
    assert "Leads a month by campaign" in json.dumps(pane.tree)
    on_bar(panel, "chart")
    assert pane.tree["children"] == []


def test_there_is_no_trend_of_locations(crm: Client) -> None:
    panel = crm.browse("locations")
    panel._repr_mimebundle_()
    assert '"gesture": "chart"' not in json.dumps(panel._list.bar.tree)
    with pytest.raises(ArgumentError, match="leads and of bookings"):
        panel.chart()


def test_panel_chart_is_the_chart_of_its_frame(crm: Client) -> None:
    panel = crm.browse("bookings")
    ax = panel.chart(freq="MS")
    assert ax.get_title(loc="left").startswith("Bookings a month")
    ax.figure.clear()


def test_the_profile_counts_the_rows_that_are_shown(crm: Client) -> None:
    panel = crm.browse("leads")
    panel.view = panel.view.filtered_by(Filter("status", "among", ("Open",)))
    drawn = on_bar(panel, "summary")
    assert f"Summary of {len(panel.frame):,} rows" in drawn
    assert f"Open: {len(panel.frame):,}" in drawn
    assert "Summary of" not in on_bar(panel, "summary")


def test_the_frame_a_panel_is_restricted_by_can_be_widened(crm: Client) -> None:
    panel = crm.browse("leads", created_on_or_after="2026-06-01")
    few = len(panel.frame)
    panel._repr_mimebundle_()
    assert "Fetched with created_on_or_after = 2026-06-01" in json.dumps(panel._list.bar.tree)
    on_bar(panel, "undate:created_on_or_after")
    assert len(panel.frame) > few
    assert panel.code().startswith("frame = crm.leads.list(names=True)")


def test_a_masked_panel_shows_no_name_number_or_street(crm: Client) -> None:
    panel = crm.browse("customers", mask_pii=True)
    frame = panel.frame
    panel.view = panel.view.sorted_by("name")
    seen = json.dumps([panel._list.grid.page, panel._list.bar.tree], ensure_ascii=False)
    told = frame["name"].dropna().str.strip()
    assert not [each for each in told[told.str.len() > 3] if each in seen]
    assert not [each for each in frame["address_street"].dropna() if each in seen]
    row = frame.iloc[0]
    panel.show(int(row["id"]))
    page = json.dumps(panel._record.pane.tree, ensure_ascii=False)
    contacts = crm.customers.contacts(int(row["id"]))["value"].dropna().tolist()
    assert not [each for each in [row["name"], row["address_street"], *contacts] if str(each) in page]
    assert "Masked for a demonstration" in page


def test_a_masked_record_names_things_and_no_staff(crm: Client) -> None:
    lead = crm.browse("leads").frame.dropna(subset=["created_by", "campaign"]).iloc[0]
    pages = []
    for mask in (False, True):
        panel = crm.browse("leads", mask_pii=mask)
        panel.show(int(lead["id"]))
        pages.append(json.dumps(panel._record.pane.tree, ensure_ascii=False))
    assert [lead["created_by"] in each for each in pages] == [True, False]
    assert [json.dumps(lead["campaign"], ensure_ascii=False)[1:-1] in each for each in pages] == [True, True]


def test_names_kept_as_categories_are_masked_too_and_offer_no_facet() -> None:
    frame = pd.DataFrame(
        {
            "id": [1, 2, 3],
            "customer": pd.Categorical(["Ann Lee", "Bob Ray", None]),
            "status": pd.Categorical(["Open", "Open", "Closed"]),
        }
    )
    panel = stcrm.browse(frame, mask_pii=True)
    panel.view = panel.view.sorted_by("id")
    seen = json.dumps([panel._list.grid.page, panel._list.bar.tree], ensure_ascii=False)
    assert "Ann" not in seen
    assert "Bob" not in seen
    assert "Closed" in seen, "what is harmless stays"
    assert panel.shown_frame["customer"].isna().tolist() == [False, False, True]


def test_a_masked_panel_changes_nothing_and_exports_masked(writable_crm: Client, tmp_path: Path) -> None:
    panel = writable_crm.browse("customers", mask_pii=True)
    row = panel.frame.iloc[0]
    saved = stcrm.load(panel.export(tmp_path / "masked.csv"))
    assert row["name"] not in saved["name"].tolist()
    select(panel, [int(row["id"])])
    say(panel, "act:add_tag")
    assert isinstance(panel.last_error, ReadOnlyError)


def test_rows_go_when_nobody_looks_and_come_back(crm: Client) -> None:
    panel = crm.browse("locations")
    panel._repr_mimebundle_()
    grid = panel._list.grid
    grid._handle_custom_msg({"gesture": "shown"}, [])
    panel.view = panel.view.searching("madison")
    number = len(panel.frame)
    grid._handle_custom_msg({"gesture": "hidden"}, [])
    assert panel._list.fetched is None
    grid._handle_custom_msg({"gesture": "shown"}, [])
    assert panel._list.fetched is not None
    assert grid.page["matching"] == number == len(panel.frame)
