"""The overview and the findings in a browser: numbers lead to lists, suggestions to a plan."""

import pytest
from browser.axe import violations
from browser.panel import CONNECT, Open, Picture, rows
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_number_leads_to_its_list_and_back(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("False"), "overview = crm.overview()\noverview")
    notebook.run(0)
    notebook.run(1)
    page = notebook.output(1)
    expect(page.get_by_role("img")).to_be_visible()
    expect(page.get_by_text("Leads last week")).to_be_visible()
    picture("overview")
    number = page.get_by_role("button", name="Bookings not accepted: 61, show them")
    number.click()
    expect(rows(page)).to_have_count(50)
    expect(number).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("1\N{EN DASH}50 of 61")).to_be_visible()
    picture("overview-list")
    assert violations(page) == []
    page.get_by_role("button", name="Close bookings not accepted").click()
    expect(rows(page)).to_have_count(0)
    assert notebook.ask("print(overview.last_error)") == "None"


def test_findings_are_ticked_planned_and_mended(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(
        CONNECT.format("True"),
        'found = stcrm.quality.findings(crm)\nfound = found[found["problem"] == "invalid phone number"]\n'
        "panel = crm.browse(found)\npanel",
    )
    notebook.run(0)
    notebook.run(1)
    panel = notebook.output(1)
    expect(rows(panel).first).to_be_visible()
    before = int(notebook.ask("print(len(panel.frame))"))
    for at in range(3):
        rows(panel).nth(at).get_by_role("checkbox").check()
    panel.get_by_role("button", name="Plan what is suggested").click()
    expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
    assert violations(panel) == []
    picture("findings-plan")
    panel.locator("[data-key=yes]").click()
    expect(panel.locator(".card[aria-label*=' done']")).to_be_visible()
    assert int(notebook.ask("print(len(panel.frame))")) == before - 3
    picture("findings-done")
    panel.locator("tbody button.opener").first.click()
    expect(panel.get_by_role("heading", name="Contacts")).to_be_visible()
    assert notebook.ask("print(panel.last_error)") == "None"
