"""The first notebook, run as a newcomer does: open it, run all cells, look."""

from collections.abc import Callable

import pytest
from browser.lab import Notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_quickstart_runs_without_an_error_or_a_warning(
    notebook: Notebook, picture: Callable[[str], None]
) -> None:
    notebook.run_all()
    outputs = [output for index in range(notebook.length) for output in notebook.outputs(index)]
    assert [each for each in outputs if each["output_type"] == "error"] == []
    assert ["".join(each["text"]) for each in outputs if each.get("name") == "stderr"] == []
    panel = notebook.output(notebook.find('crm.browse("locations")'))
    expect(panel.get_by_role("grid").locator("tbody tr").first).to_be_visible()
    panel.scroll_into_view_if_needed()
    picture("quickstart-panel")


def test_the_quickstarts_record_is_fixed_in_its_last_panel(
    notebook: Notebook, picture: Callable[[str], None]
) -> None:
    notebook.run_all()
    panel = notebook.output(notebook.find('editor.browse("locations")'))
    panel.get_by_label("Search locations").fill("Pelican Point")
    expect(panel.get_by_role("grid").locator("tbody tr")).to_have_count(1)
    panel.locator("tbody button.opener").last.click()
    wrong = panel.get_by_role("row").filter(has_text="Former tenant")
    wrong.get_by_role("button", name="Remove contact").click()
    yes = panel.get_by_role("button", name="Remove contact", exact=True)
    expect(yes).to_be_visible()
    yes.scroll_into_view_if_needed()
    picture("quickstart-plan")
    yes.click()
    expect(panel.get_by_text("done", exact=True).first).to_be_visible()
    expect(wrong.filter(has=panel.page.get_by_role("button"))).to_have_count(0)
    assert notebook.ask('print(len(editor.locations.contacts(place["id"])), len(contacts))') == "3 4"
