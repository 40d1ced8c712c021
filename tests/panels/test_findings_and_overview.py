"""Findings and the overview in panels: gestures as the browser would send them, over HTTP."""

import json

import pandas as pd
import pytest

import stcrm_nb as stcrm
from stcrm_nb.client import Client
from stcrm_nb.errors import ColumnMissingError
from stcrm_nb.panels import Browser


def press(panel: Browser, gesture: str, **facts: object) -> str:
    panel._list.acts._handle_custom_msg({"gesture": gesture, **facts}, [])
    return json.dumps(panel._list.acts.tree)


@pytest.fixture
def panel(writable_crm: Client) -> Browser:
    found = stcrm.quality.findings(writable_crm)
    wrong = found[found["problem"] == "invalid e-mail address"].head(4)
    late = found[found["problem"] == "likely duplicate"].head(2)
    made = pd.concat([late, wrong])
    made.attrs = found.attrs
    return writable_crm.browse(made)


def test_what_findings_suggest_is_planned_confirmed_and_gone(panel: Browser, writable_crm: Client) -> None:
    assert panel.frame["problem"].tolist() == ["likely duplicate"] * 2 + ["invalid e-mail address"] * 4
    calls = panel.frame["call"].dropna()
    panel.view = panel.view.selecting(range(5))
    assert "5 selected" in press(panel, "anything")
    told = press(panel, "mend")
    assert "planned, nothing sent" in told
    assert "3 findings" in told
    before = len(panel.frame)
    told = press(panel, "confirm", fields={})
    assert panel.last_error is None
    assert len(panel.frame) == before - 3
    assert panel.selected == []
    assert panel.frame["call"].dropna().tolist() == calls.tolist()[3:]
    journal = writable_crm.journal.frame()
    assert journal["outcome"].eq("done").sum() == 3


def test_findings_without_a_suggestion_are_said_to_have_none(panel: Browser) -> None:
    panel.view = panel.view.selecting([0])
    told = json.dumps(panel._list.bar.tree) + press(panel, "mend")
    assert panel.last_error is not None
    assert "None of these findings suggests a change" in str(panel.last_error)
    assert "planned" not in told


def test_a_finding_opens_its_record(panel: Browser) -> None:
    panel._list.grid._handle_custom_msg({"gesture": "open", "key": "2"}, [])
    assert panel.last_error is None
    tree = json.dumps(panel._record.pane.tree)
    assert str(panel.frame["id"].iloc[2]) in tree
    assert "Contacts" in tree


def test_a_read_only_connection_offers_nothing(crm: Client) -> None:
    found = stcrm.quality.findings(crm).head(20)
    panel = crm.browse(found)
    panel.view = panel.view.selecting([0])
    assert "Read-only connection" in json.dumps(panel._list.acts.tree)
    assert press(panel, "mend")
    assert panel.last_error is not None


def test_other_frames_are_refused_with_the_way(crm: Client) -> None:
    with pytest.raises(ColumnMissingError, match=r"stcrm.quality.findings\(crm\)"):
        crm.browse(crm.leads.list())


def on_page(overview: "stcrm.panels.Overview", gesture: str, **facts: object) -> str:
    overview._pane._handle_custom_msg({"gesture": gesture, **facts}, [])
    return json.dumps(overview._pane.tree)


def test_the_overview_shows_numbers_and_leads_to_their_lists(demo: Client) -> None:
    overview = demo.overview()
    assert repr(overview).endswith("not read yet")
    overview._repr_mimebundle_()
    tree = json.dumps(overview._pane.tree)
    figures = overview.figures.set_index("figure")["value"]
    for name, value in figures.items():
        assert str(name) in tree
        assert f"{value:.0%}" in tree if name == "Leads converted" else f'"{value:,.0f}"' in tree
    assert "data:image/png;base64," in json.dumps(overview._charts.tree)
    for name in ("Open leads", "Follow-ups overdue", "Bookings not accepted"):
        told = on_page(overview, "list", value=name)
        assert overview.last_error is None
        assert overview.list is not None
        assert len(overview.list.frame) == figures[name]
        assert f"Close {name.lower()}" in told
    on_page(overview, "close")
    assert overview.list is None
    assert len(overview.chart().axes) == 10


def test_an_overview_of_a_dead_service_says_so(crm: Client) -> None:
    overview = crm.overview()
    assert crm.sandbox is not None
    crm.sandbox.stop()
    overview._repr_mimebundle_()
    assert overview.last_error is not None
    assert '"alert"' in json.dumps(overview._pane.tree)
