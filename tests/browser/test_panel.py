"""What a person sees and clicks, in JupyterLab, over a real kernel and real HTTP."""

import json

import pytest
import requests
from browser.lab import Notebook
from browser.panel import BROWSE, CONNECT, Open, Picture, opened, shown
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BROWSE = BROWSE.format("locations")
ACCESS = """\
import json
box, keys = crm.sandbox, crm.sandbox.credentials
print(json.dumps([box.api_url, box.auth_url, keys.tenant, keys.client_id, keys.client_secret, keys.app_key]))
"""
DELETES = 'print(sum(call.method == "DELETE" for call in crm.sandbox.calls))'


def contacts_over_http(notebook: Notebook, location: int) -> list[int]:
    """Ask the service itself, past everything of the package."""
    api, auth, tenant, client, secret, key = json.loads(notebook.ask(ACCESS))
    form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
    token = requests.post(f"{auth}/connect/token", data=form, timeout=30).json()["access_token"]
    reply = requests.get(
        f"{api}/crm/v2/tenant/{tenant}/locations/{location}/contacts",
        headers={"Authorization": f"Bearer {token}", "ST-App-Key": key},
        timeout=30,
    )
    return [each["id"] for each in reply.json()["data"]]


def test_a_contact_is_removed_after_a_plan_and_one_yes(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE)
    panel = shown(notebook)
    picture("panel-list-light")
    location, contact, value = opened(notebook, panel)
    picture("panel-record-light")
    assert contact in contacts_over_http(notebook, location)
    panel.get_by_role("button", name=f"Remove contact {value}", exact=True).click()
    yes = panel.get_by_role("button", name="Remove contact", exact=True)
    expect(yes).to_be_visible()
    expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
    picture("panel-plan-light")
    assert notebook.ask(DELETES) == "0"
    yes.dblclick()
    expect(panel.get_by_text("done", exact=True).first).to_be_visible()
    expect(panel.get_by_role("button", name=f"Remove contact {value}", exact=True)).to_have_count(0)
    picture("panel-receipt-light")
    assert notebook.ask(DELETES) == "1"
    assert contact not in contacts_over_http(notebook, location)
    panel.get_by_role("button", name="Back to list").click()
    expect(panel.get_by_role("button", name=f"Open {location}", exact=True)).to_be_focused()
    assert notebook.ask("print(panel.last_error)") == "None"


def test_cancel_sends_nothing(open_cells: Open) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE)
    panel = shown(notebook)
    location, contact, value = opened(notebook, panel)
    panel.get_by_role("button", name=f"Remove contact {value}", exact=True).click()
    panel.get_by_role("button", name="Cancel").click()
    expect(panel.get_by_role("button", name="Remove contact", exact=True)).to_have_count(0)
    assert notebook.ask(DELETES) == "0"
    assert contact in contacts_over_http(notebook, location)


def test_a_read_only_panel_says_why_it_cannot(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE)
    panel = shown(notebook)
    _, _, value = opened(notebook, panel)
    expect(panel.get_by_role("button", name=f"Remove contact {value}", exact=True)).to_be_disabled()
    expect(
        panel.get_by_text("Read-only connection: open with stcrm.connect(..., writable=True)")
    ).to_be_visible()
    picture("panel-read-only-light")


def test_the_keyboard_alone_is_enough_and_stays_in_the_panel(open_cells: Open, screen: Page) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE)
    panel = shown(notebook)
    cells = notebook.length
    keys = screen.keyboard
    panel.get_by_label("Search locations").focus()
    keys.type("a")
    expect(panel.get_by_role("grid")).to_be_visible()
    screen.wait_for_timeout(600)  # longer than the debounce
    keys.press("ArrowDown")  # into the table
    first = panel.locator("tbody tr").first
    expect(first.locator(":focus")).to_have_count(1)
    keys.press("Space")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(panel.get_by_text("1 selected", exact=True)).to_be_visible()
    for key in ("a", "b", "d", "d", "x", "ArrowUp", "Enter"):  # in command mode these edit the notebook
        keys.press(key)
    assert notebook.length == cells
    expect(panel.locator("th[aria-sort=ascending], th[aria-sort=descending]")).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("PageDown")
    expect(panel.get_by_role("spinbutton", name="Page")).to_have_value("2")
    keys.press("Control+Home")
    keys.press("Enter")
    back = panel.get_by_role("button", name="Back to list")
    expect(back).to_be_visible()
    expect(panel.locator("h3:focus")).to_have_count(1)
    keys.press("Shift+Tab")
    expect(back).to_be_focused()
    keys.press("Enter")
    expect(panel.locator("tbody :focus")).to_have_count(1)
    assert notebook.ask("print(len(panel.selected), panel.last_error)") == "1 None"


def test_filters_narrow_the_rows_and_the_frame(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("False"), 'panel = crm.browse("leads")\npanel')
    panel = shown(notebook)
    panel.locator("summary", has_text="Status").click()
    panel.get_by_label("Open").and_(panel.get_by_role("checkbox")).check()
    expect(panel.get_by_role("button", name="Remove filter Status: Open")).to_be_visible()
    panel.get_by_role("combobox", name="Created", exact=True).select_option("custom")
    panel.get_by_label("from", exact=True).press_sequentially("01012025")
    panel.get_by_label("from", exact=True).press("Enter")
    expect(panel.get_by_role("button", name="Remove filter Created: from 2025-01-01")).to_be_visible()
    picture("panel-filters-light")
    assert notebook.ask(
        'print(set(panel.frame["status"]), panel.frame["created_on"].min().year >= 2025)'
    ) == ("{'Open'} True")
    count = int(notebook.ask("print(len(panel.frame))"))
    expect(panel.get_by_text(f"of {count:,} (of")).to_be_visible()
    panel.get_by_role("button", name="Clear filters").click()
    expect(panel.get_by_role("button", name="Remove filter")).to_have_count(0)


def test_the_dark_theme_is_readable(open_cells: Open, picture: Picture) -> None:
    notebook = open_cells(CONNECT.format("True"), BROWSE)
    try:
        notebook.theme("JupyterLab Dark")
        panel = shown(notebook)
        panel.locator("tbody input[type=checkbox]").nth(1).check()
        expect(panel.get_by_text("1 selected", exact=True)).to_be_visible()
        picture("panel-list-dark")
        faint = panel.locator(".stcrm").evaluate_all(FAINT)
        assert faint == []
        _, _, value = opened(notebook, panel)
        panel.get_by_role("button", name=f"Remove contact {value}", exact=True).click()
        expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
        picture("panel-plan-dark")
        assert panel.locator(".stcrm").evaluate_all(FAINT) == []
    finally:
        notebook.theme("JupyterLab Light")


# Every text that is shown, with its contrast to the background it stands on, where below WCAG's 4.5.
FAINT = """(roots) => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((each) => each / 255)
    .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
  const faint = [];
  for (const root of roots) for (const element of root.querySelectorAll('*')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.disabled || element.closest('option')) continue;
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.unshift(getComputedStyle(each).backgroundColor);
    }
    const back = paint(['white', ...layers]);
    const ink = paint(['white', ...layers, getComputedStyle(element).color]);
    const [low, high] = [light(back), light(ink)].sort((one, other) => one - other);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) faint.push(`${element.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""
