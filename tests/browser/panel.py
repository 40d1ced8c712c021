"""A panel in a notebook, as the tests drive it."""

import json
from collections.abc import Callable

from browser.lab import Notebook
from playwright.sync_api import Locator, expect

Open = Callable[..., Notebook]
Picture = Callable[[str], None]

CONNECT = 'import stcrm_nb as stcrm\ncrm = stcrm.connect("demo", writable={})'
BROWSE = 'panel = crm.browse("{}")\npanel'
TARGET = """\
ids = crm.locations.list()["id"]
target = next(int(each) for each in ids if len(crm.locations.contacts(each)) > 1)
contact = crm.locations.contacts(target).iloc[0]
"""


def shown(notebook: Notebook, index: int = 1) -> Locator:
    """Run the cells up to a panel, and return where it stands, with its rows."""
    for each in range(index + 1):
        notebook.run(each)
    panel = notebook.output(index)
    expect(rows(panel).first).to_be_visible()
    return panel


def rows(panel: Locator) -> Locator:
    """Return the rows of the list."""
    return panel.get_by_role("grid").locator("tbody tr")


def search(panel: Locator, text: str) -> None:
    """Type into the search box and wait for the answer."""
    panel.get_by_role("searchbox").fill(text)
    expect(panel.locator(".stcrm-grid")).to_have_attribute("data-text", text)


def menu(panel: Locator, name: str) -> Locator:
    """Open one of the menus, and return it."""
    details = panel.locator("details.menu").filter(has=panel.page.locator("summary", has_text=name))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def opened(notebook: Notebook, panel: Locator) -> tuple[int, int, str]:
    """Find a location with contacts and open it; return its id, and a contact's id and value."""
    found = notebook.ask(TARGET + "import json\nprint(json.dumps([target, int(contact.id), contact.value]))")
    location, contact, value = json.loads(found)
    search(panel, str(location))
    expect(rows(panel)).to_have_count(1)
    panel.get_by_role("button", name=f"Open {location}", exact=True).click()
    expect(panel.get_by_role("heading", name="Contacts")).to_be_visible()
    return location, contact, value
