"""A panel in a kernel: rows on their way, failing services, several panels, and what is left behind."""

import os
from statistics import median

import pytest
from browser.lab import Notebook
from browser.panel import BROWSE, CONNECT, Open, Picture, rows, search, shown
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CYCLES = int(os.environ.get("PANEL_CYCLES", "12"))
SLOW = """\
from pathlib import Path
import stcrm_nb as stcrm
from stcrm_nb.door import open_sandbox
from stcrm_nb.sandbox.serve import start
box = start(latency={latency})
crm = open_sandbox(box, Path("home-{name}"))"""


def test_a_slow_fetch_shows_how_far_it_is_and_is_stopped(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(
        SLOW.format(latency=0.6, name="slow"), 'panel = crm.browse("leads", page_size=200)\npanel'
    )
    notebook.run(0)
    notebook.run(1)
    panel = notebook.output(1)
    expect(panel.get_by_text("Reading leads: page", exact=False)).to_be_visible()
    picture("panel-loading-light")
    panel.get_by_role("button", name="Stop").click()
    expect(rows(panel).first).to_be_visible()
    expect(panel.get_by_text("Not everything came:", exact=False)).to_be_visible()
    picture("panel-stopped-light")
    told = notebook.ask(
        "f = panel.frame\n"
        "print(0 < len(f) < 12000, len(f) % 200, f.attrs['stcrm']['complete'], panel.last_error)"
    )
    assert told == "True 0 False None"


def test_a_cell_goes_on_while_rows_are_on_their_way(open_cells: Open) -> None:
    notebook = open_cells(SLOW.format(latency=1.5, name="beside"), BROWSE.format("locations"), "print(6 * 7)")
    for each in range(3):
        notebook.run(each)
    assert "42" in str(notebook.outputs(2))
    panel = notebook.output(1)
    expect(panel.get_by_text("Reading locations", exact=False).first).to_be_visible()
    assert notebook.ask("print(len(panel.frame))") == "4669", "who needs the rows waits for them"
    expect(rows(panel).first).to_be_visible()


def test_a_service_that_fails_is_said_in_the_panel(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(SLOW.format(latency=0, name="dead"), "box.stop()\n" + BROWSE.format("locations"))
    notebook.run(0)
    notebook.run(1)
    panel = notebook.output(1)
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text("could not be reached")
    expect(alert.get_by_text("Traceback")).not_to_be_visible()
    expect(panel.get_by_text("No locations were loaded. Try Refresh.")).to_be_visible()
    picture("panel-error-light")
    assert notebook.ask("print(type(panel.last_error).__name__)") == "TransportError"


def test_two_panels_of_one_connection_do_not_disturb_each_other(open_cells: Open) -> None:
    notebook = open_cells(
        CONNECT.format("False"), "one = crm.browse('locations')\none", "two = crm.browse('locations')\ntwo"
    )
    one, two = shown(notebook, 1), shown(notebook, 2)
    search(one, "madison")
    two.locator("button.heading", has_text="City").click()
    expect(two.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(one.locator("th[aria-sort=ascending]")).to_have_count(0)
    assert notebook.ask("print(len(one.frame) < len(two.frame) == len(crm.locations.list()))") == "True"


def test_a_masked_panel_sends_no_name_to_the_browser(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("False"), 'panel = crm.browse("customers", mask_pii=True)\npanel')
    panel = shown(notebook)
    picture("panel-masked-light")
    names = notebook.ask("print(*panel.frame['name'].head(50).str.strip(), sep='\\n')").splitlines()
    drawn = panel.locator(".stcrm-grid").inner_text()
    assert not [each for each in names if len(each) > 3 and each in drawn]


def test_no_request_leaves_this_machine(open_cells: Open, screen: Page) -> None:
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    screen.on("websocket", lambda socket: asked.append(socket.url))
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    panel = shown(notebook)
    panel.get_by_role("button", name="Chart", exact=True).click()
    expect(panel.get_by_role("img", name="Leads a week", exact=False)).to_be_visible()
    panel.locator("tbody button.opener").first.click()
    expect(panel.get_by_role("button", name="Back to list")).to_be_visible()
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert asked
    assert [each for each in asked if not each.startswith(own)] == []


def clear(notebook: Notebook, index: int) -> None:
    """Take a cell's output away, as a user does."""
    notebook._lab(
        "widget.content.activeCellIndex = name; await app.commands.execute('notebook:clear-cell-output');",
        index,
    )


def test_closing_a_cell_frees_its_rows(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    shown(notebook)
    assert notebook.ask("print(panel._list.fetched is not None)") == "True"
    clear(notebook, 1)
    notebook.page.wait_for_timeout(300)
    assert notebook.ask("print(panel._list.fetched)") == "None"
    notebook.run(1)
    expect(rows(notebook.output(1)).first).to_be_visible()


KEPT = 16  # MB of what was freed that allocators keep for the next time, however often that is


def test_opening_and_closing_again_and_again_does_not_grow_memory(open_cells: Open) -> None:
    notebook = open_cells(
        "import gc, os, numpy as np, pandas as pd, psutil, stcrm_nb as stcrm\n"
        "ids = np.arange(200_000)\n"
        "frame = pd.DataFrame({'id': ids, 'name': pd.array(ids.astype(str), dtype='str')})\n"
        "def held():\n    gc.collect(); return psutil.Process().memory_info().rss / 1e6",
        "panel = stcrm.browse(frame)\npanel.view = panel.view.searching('7')\npanel",
    )
    notebook.run(0)
    sizes = []
    for _ in range(CYCLES):
        notebook.run(1)
        expect(rows(notebook.output(1)).first).to_be_visible()
        clear(notebook, 1)
        notebook.page.wait_for_timeout(150)
        sizes.append(float(notebook.ask("print(held())")))
    third = len(sizes) // 3
    grown = min(sizes[-third:]) - median(sizes[:third])  # neither a dip nor a peak tells anything
    assert grown < KEPT + third, f"MB in the kernel after each: {sizes}"
