"""Everybody can use a panel: axe-core finds nothing, light or dark, and the keyboard reaches all of it."""

import pytest
from browser.axe import violations
from browser.panel import BROWSE, CONNECT, Open, Picture, menu, opened, shown
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_in_any_view(open_cells: Open, theme: str, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE.format("locations"))
    try:
        notebook.theme(f"JupyterLab {theme}")
        panel = shown(notebook)
        found = {"list": violations(panel)}
        for name in ("City", "Columns", "Views", "Export", "Python", "Add filter"):
            menu(panel, name)
            found[name] = violations(panel)
        panel.get_by_role("button", name="Profile").click()
        expect(panel.locator(".figures").first).to_be_visible()
        for box in panel.locator("tbody input[type=checkbox]").all()[:2]:
            box.check()
        panel.locator(".many").get_by_role("button", name="Add tag").click()
        expect(panel.locator(".card .form")).to_be_visible()
        found["profile and form of many"] = violations(panel)
        panel.locator(".card select").select_option(index=1)
        panel.get_by_role("button", name="Show the plan").click()
        expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
        found["plan of many"] = violations(panel)
        picture(f"panel-many-{theme.lower()}")
        panel.get_by_role("button", name="Cancel").click()
        _, _, value = opened(notebook, panel)
        found["record"] = violations(panel)
        picture(f"panel-record-{theme.lower()}")
        panel.get_by_role("button", name="Edit", exact=True).click()
        expect(panel.locator(".card .form")).to_be_visible()
        found["form"] = violations(panel)
        panel.get_by_role("button", name="Cancel").click()
        panel.get_by_role("button", name=f"Remove contact {value}", exact=True).click()
        expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
        found["plan"] = violations(panel)
        panel.locator("[data-key=yes]").click()
        expect(panel.get_by_text("done", exact=True).first).to_be_visible()
        found["receipt"] = violations(panel)
    finally:
        notebook.theme("JupyterLab Light")
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_keyboard_alone_fixes_a_record_and_takes_it_back(open_cells: Open, screen: Page) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE.format("locations"))
    panel = shown(notebook)
    cells = notebook.length
    found = notebook.ask(
        'ids = crm.locations.list()["id"]\n'
        "print(next(int(each) for each in ids if len(crm.locations.contacts(each)) > 1))"
    )
    keys = screen.keyboard
    panel.get_by_role("searchbox").focus()
    keys.type(found)
    expect(panel.locator(".stcrm-grid")).to_have_attribute("data-text", found)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(panel.locator("h3:focus")).to_have_count(1)
    remove = panel.get_by_role("button", name="Remove contact").first

    def tab_to(target: Locator) -> None:
        for _ in range(80):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            keys.press("Tab")
        raise AssertionError("the keyboard does not reach it")

    tab_to(remove)
    keys.press("Enter")
    expect(panel.locator("[data-key=plan]:focus")).to_have_count(1)
    yes = panel.locator("[data-key=yes]")
    tab_to(yes)
    keys.press("Enter")
    expect(panel.get_by_text("Read back from the service")).to_be_visible()
    undo = panel.get_by_role("button", name="Undo").first
    expect(undo).to_be_visible()
    tab_to(undo)
    keys.press("Enter")
    expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
    tab_to(panel.locator("[data-key=yes]"))
    keys.press("Enter")
    expect(panel.get_by_text("Read back from the service")).to_be_visible()
    assert notebook.length == cells + 1, "one cell was asked, no key edited the notebook"
    outcomes = "print(panel.last_error, set(crm.journal.frame()['outcome']), len(crm.journal.frame()))"
    assert notebook.ask(outcomes) == "None {'done'} 3", "removed, added again, and its preferences"
