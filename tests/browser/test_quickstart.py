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
    grid = notebook.page.get_by_role("grid", name="locations").first
    expect(grid.locator("tbody tr").first).to_be_visible()
    grid.scroll_into_view_if_needed()
    picture("quickstart")
