"""The list of a panel in JupyterLab: find, sort, choose columns, select, change many, take away."""

import csv
import json
from pathlib import Path

import pytest
from browser.panel import BROWSE, CONNECT, Open, Picture, menu, opened, rows, search, shown
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MILLION = """\
import numpy as np, pandas as pd
import stcrm_nb as stcrm
chance = np.random.default_rng(1)
number = 1_000_000
frame = pd.DataFrame({
    "id": np.arange(1, number + 1),
    "status": pd.Categorical.from_codes(chance.integers(0, 3, number), ["Open", "Dismissed", "Converted"]),
    "summary": pd.array(chance.choice(["No heat", "Leak", "Tune-up", "Quote"], number), dtype="str"),
    "created_on": pd.Timestamp("2026-01-01", tz="UTC")
    + pd.to_timedelta(chance.integers(0, 10**7, number), "s"),
})"""


def test_facets_count_and_narrow_the_frame(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    panel = shown(notebook)
    menu(panel, "Campaign").get_by_role("checkbox").first.check()
    chip = panel.get_by_role("button", name="Remove filter Campaign:")
    expect(chip).to_be_visible()
    name = (chip.text_content() or "").removeprefix("Campaign: ").removesuffix("\N{MULTIPLICATION SIGN}")
    assert notebook.ask('print(*set(panel.frame["campaign"]))') == name
    status = menu(panel, "Status")
    counted = {
        line.locator("span").first.text_content(): line.locator(".number").text_content()
        for line in status.locator("label.option").all()
    }
    told = json.loads(
        notebook.ask('import json\nprint(json.dumps(panel.frame["status"].value_counts().to_dict()))')
    )
    assert {key: f"{count:,}" for key, count in told.items()} == counted
    chip.click()
    expect(panel.get_by_text("of 12,000", exact=False).first).to_be_visible()


def test_a_preset_of_days_stays_one(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    panel = shown(notebook)
    panel.get_by_role("combobox", name="Created", exact=True).select_option("last month")
    expect(panel.get_by_role("button", name="Remove filter Created: last month")).to_be_visible()
    assert notebook.ask("print(panel.view.filters[0].kind, panel.view.filters[0].wanted)") == (
        "preset ('last month',)"
    )
    assert (
        notebook.ask('print(*panel.frame["created_on"].dt.tz_convert("America/Chicago").dt.month.unique())')
        == "8"
    )


def test_headings_sort_and_shift_adds(open_cells: Open, screen: Page) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("locations"))
    panel = shown(notebook)
    panel.locator("button.heading", has_text="City").click()
    expect(panel.locator("th[aria-sort=ascending]")).to_have_count(1)
    screen.keyboard.down("Shift")
    panel.locator("button.heading", has_text="Street").click()
    screen.keyboard.up("Shift")
    expect(panel.locator("th[aria-sort=ascending]")).to_have_count(2)
    ordered = notebook.ask(
        'f = panel.frame; g = f.sort_values(["address_city", "address_street"], key=lambda c: c.str.lower(),'
        ' kind="stable")\nprint(f["id"].tolist() == g["id"].tolist())'
    )
    assert ordered == "True"


def test_the_last_page_of_a_million_rows(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(MILLION, "panel = stcrm.browse(frame)\npanel")
    panel = shown(notebook)
    panel.get_by_role("button", name="Last page").click()
    expect(panel.get_by_text("999,951\N{EN DASH}1,000,000 of 1,000,000")).to_be_visible()
    expect(panel.get_by_role("button", name="Open 1000000", exact=True)).to_be_visible()
    grid = panel.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", "1000001")
    expect(rows(panel).last).to_have_attribute("aria-rowindex", "1000001")
    panel.get_by_label("Page, 1 to 20000").fill("77")
    panel.get_by_label("Page, 1 to 20000").press("Enter")
    expect(panel.get_by_role("button", name="Open 3801", exact=True)).to_be_visible()
    search(panel, "leak")
    expect(panel.get_by_text("(of 1,000,000)", exact=False)).to_be_visible()
    picture("panel-million-light")
    assert (
        notebook.ask("print(len(panel.frame) == (frame['summary'] == 'Leak').sum(), panel.last_error)")
        == "True None"
    )


def test_columns_are_chosen_and_moved(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("locations"))
    panel = shown(notebook)
    columns = menu(panel, "Columns")
    columns.get_by_role("checkbox", name="Tax exempt", exact=True).check()
    expect(panel.get_by_role("columnheader", name="Tax exempt")).to_be_visible()
    columns.get_by_role("button", name="Move Tax exempt left").click()
    columns.get_by_role("checkbox", name="Street", exact=True).uncheck()
    expect(panel.get_by_role("columnheader", name="Street")).to_have_count(0)
    shown_now = [each.strip("▲▼") for each in panel.locator("button.heading").all_text_contents()]
    assert shown_now.index("Tax exempt") == len(shown_now) - 2
    columns.get_by_role("button", name="Usual columns").click()
    expect(panel.get_by_role("columnheader", name="Street")).to_be_visible()


def test_all_that_match_are_selected_and_said(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("locations"))
    panel = shown(notebook)
    search(panel, "madison")
    panel.get_by_label("Select all rows on this page").check()
    expect(panel.get_by_text("50 selected", exact=True)).to_be_visible()
    panel.get_by_role("button", name="Select all").click()
    expect(panel.get_by_text("not on this page")).to_be_visible()
    assert notebook.ask("print(len(panel.selected) == len(panel.frame))") == "True"
    panel.get_by_role("button", name="Clear selection").click()
    expect(panel.get_by_text("selected", exact=False)).to_have_count(0)


def test_open_leads_are_dismissed_together_and_the_failed_one_stays(
    open_cells: Open, picture: Picture
) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE.format("leads"))
    panel = shown(notebook)
    some = json.loads(
        notebook.ask(
            'import json\nf = panel.frame\nopen_ = f.loc[f["status"] == "Open", "id"].head(2).tolist()\n'
            'done = f.loc[f["status"] == "Converted", "id"].head(1).tolist()\n'
            "panel.view = panel.view.selecting(open_ + done)\nprint(json.dumps([*open_, *done]))"
        )
    )
    panel.get_by_role("button", name="Dismiss", exact=True).click()
    panel.get_by_role("combobox", name="Dismissing reason").select_option(index=1)
    panel.get_by_role("button", name="Show the plan").click()
    yes = panel.get_by_role("button", name="Dismiss lead: 3 leads")
    expect(yes).to_be_visible()
    picture("panel-many-plan-light")
    assert (
        notebook.ask('print(sum(c.method == "POST" and "/leads/" in c.path for c in crm.sandbox.calls))')
        == "0"
    )
    yes.dblclick()
    expect(panel.get_by_text("not all carried out")).to_be_visible()
    expect(panel.get_by_text("converted already", exact=False).first).to_be_visible()
    picture("panel-many-outcome-light")
    panel.get_by_role("button", name="Go on with the other 2 leads").click()
    panel.get_by_role("button", name="Dismiss lead: 2 leads").click()
    expect(panel.get_by_role("heading", name="Dismiss lead: 2 of 3 leads done")).to_be_visible()
    assert notebook.ask("print(panel.selected, panel.last_error)") == f"[{some[2]}] None"
    assert notebook.ask('print(*{crm.leads.get(each)["status"] for each in open_})') == "Dismissed"


def test_a_tag_is_added_to_selected_customers_and_taken_back(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE.format("customers"))
    panel = shown(notebook)
    notebook.ask(
        'without = [i for i in panel.frame["id"].head(20) if not crm.customers.get(i)["tag_type_ids"]][:3]\n'
        "panel.view = panel.view.selecting(without)"
    )
    panel.get_by_role("button", name="Add tag").click()
    panel.get_by_role("combobox", name="Tag type").select_option(label="VIP")
    panel.get_by_role("button", name="Show the plan").click()
    panel.locator("[data-key=yes]").click()
    expect(panel.get_by_text("3 of 3 customers done")).to_be_visible()
    held = 'print([len(crm.customers.get(i, refresh=True)["tag_type_ids"]) for i in without])'
    assert notebook.ask(held) == "[1, 1, 1]"
    panel.get_by_role("button", name="Undo: 3 customers").click()
    expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
    panel.locator("[data-key=yes]").click()
    expect(panel.get_by_text("carried out", exact=True)).to_be_visible()
    assert notebook.ask(held) == "[0, 0, 0]"


def test_the_shown_rows_come_as_a_file_without_formulas(
    open_cells: Open, screen: Page, tmp_path: Path
) -> None:
    cells = (
        (
            "import pandas as pd, stcrm_nb as stcrm\nnames = pd.array(['=1+1', 'Ann'], dtype='str')\n"
            "frame = pd.DataFrame({'id': [1, 2], 'name': names})"
        ),
        "panel = stcrm.browse(frame)\npanel",
    )
    panel = shown(open_cells(*cells))
    with screen.expect_download() as arriving:
        menu(panel, "Export").get_by_role("button", name="CSV").click()
    arriving.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [["id", "name"], ["1", "'=1+1"], ["2", "Ann"]]


def test_the_shown_code_gives_the_same_ids(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    panel = shown(notebook)
    search(panel, "water")
    menu(panel, "Status").get_by_label("Open").check()
    panel.get_by_role("combobox", name="Created", exact=True).select_option("last 90 days")
    expect(panel.get_by_role("button", name="Remove filter")).to_have_count(2)
    panel.locator("button.heading", has_text="Caller").click()
    expect(panel.locator("th[aria-sort=ascending]")).to_have_count(1)
    code = menu(panel, "Python").locator("pre").text_content() or ""
    same = f"exec({code!r})\nprint(len(frame), frame['id'].tolist() == panel.frame['id'].tolist())"
    number, equal = notebook.ask(same).split()
    assert int(number) > 0
    assert equal == "True"


def test_a_view_is_saved_and_recalled_by_name(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"), 'crm.browse("leads")')
    panel = shown(notebook)
    search(panel, "water")
    views = menu(panel, "Views")
    views.get_by_label("Name of this view").fill("wet")
    views.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("button", name="wet", exact=True)).to_be_visible()
    notebook.run(2)
    other = notebook.output(2)
    expect(rows(other).first).to_be_visible()
    menu(other, "Views").get_by_role("button", name="wet", exact=True).click()
    expect(other.get_by_role("searchbox")).to_have_value("water")
    expect(other.locator(".count")).to_have_text(panel.locator(".count").text_content() or "")


def test_profile_and_chart_open_above_the_rows(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    panel = shown(notebook)
    panel.get_by_role("button", name="Profile").click()
    expect(panel.get_by_label("Summary of 12,000 rows")).to_be_visible()
    panel.get_by_role("button", name="Chart", exact=True).click()
    chart = panel.get_by_role("img", name="Leads a week by status: 12,000 rows")
    expect(chart).to_be_visible()
    assert chart.evaluate("(image) => image.naturalWidth") > 500
    panel.get_by_label("Period").select_option("MS")
    expect(panel.get_by_role("img", name="Leads a month by status: 12,000 rows")).to_be_visible()
    picture("panel-profile-chart-light")
    panel.get_by_role("button", name="Close chart").click()
    expect(panel.get_by_role("img", name="Leads", exact=False)).to_have_count(0)


COPY = """(grid) => {
  const data = new DataTransfer();
  const event = new ClipboardEvent('copy', {bubbles: true, cancelable: true, clipboardData: data});
  grid.dispatchEvent(event);
  return data.getData('text/plain');
}"""


def test_a_cell_or_the_selected_rows_are_copied_without_formulas(open_cells: Open) -> None:
    frame = "frame = pd.DataFrame({'id': [1, 2], 'name': ['=1+1', 'Ann'], 'city': ['Verona', 'Madison']})"
    cells = (f"import pandas as pd, stcrm_nb as stcrm\n{frame}", "panel = stcrm.browse(frame)\npanel")
    panel = shown(open_cells(*cells))
    grid = panel.get_by_role("grid")
    panel.get_by_role("gridcell", name="Madison").click()
    assert grid.evaluate(COPY) == "Madison"
    for box in panel.locator("tbody input[type=checkbox]").all():
        box.check()
    expect(panel.get_by_text("2 selected", exact=True)).to_be_visible()
    assert grid.evaluate(COPY) == "ID\tName\tCity\n1\t'=1+1\tVerona\n2\tAnn\tMadison"
    expect(panel.get_by_text("2 rows copied")).to_be_visible()


def test_two_ticked_contacts_are_removed_with_one_yes(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE.format("locations"))
    panel = shown(notebook)
    location, _, _ = opened(notebook, panel)
    boxes = panel.get_by_label("Select contact", exact=False)
    left = boxes.count() - 2
    boxes.nth(0).check()
    boxes.nth(1).check()
    panel.get_by_role("button", name="Remove 2 contacts", exact=True).click()
    expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
    picture("panel-several-contacts")
    panel.get_by_role("button", name="Remove contact: 2 contacts").click()
    expect(panel.get_by_role("heading", name="2 of 2 contacts done")).to_be_visible()
    assert notebook.ask(f"print(len(crm.locations.contacts({location}, refresh=True)))") == str(left)
