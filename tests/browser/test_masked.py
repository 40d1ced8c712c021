"""A masked panel hands nothing personal to the browser: not on the screen, not in what is sent."""

import json

import pytest
from browser.lab import Lab
from browser.panel import BROWSE, CONNECT, Open, menu, shown
from playwright.sync_api import Page, WebSocket, expect

pytestmark = pytest.mark.browser

KINDS = ("customers", "locations", "leads", "bookings")
# What tells who somebody is, of the rows on the first page and of the first record, in a file: not printed,
# since what a cell prints goes to the browser too.
TOLD = """\
import json, pathlib
from stcrm_nb.panels.mask import is_personal
seen = panel.frame.head(50)
told = [seen[each] for each in seen.columns if seen[each].dtype == "str" and is_personal(each, seen[each])]
resource = getattr(crm, "{kind}")
for child in ("contacts", "notes"):
    if hasattr(resource, child):
        frame = getattr(resource, child)(int(seen["id"].iloc[0]))
        told += [frame[each] for each in ("value", "memo", "text") if each in frame]
texts = sorted({{str(each).strip() for column in told for each in column.dropna()}})
_ = pathlib.Path("{file}").write_text(json.dumps(texts))
"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_personal_reaches_the_browser(kind: str, open_cells: Open, lab: Lab, screen: Page) -> None:
    received: list[str] = []

    def heard(frame: str | bytes) -> None:
        received.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", heard)

    screen.on("websocket", listen)
    notebook = open_cells(
        CONNECT.format("False"), BROWSE.format(kind).replace(f'"{kind}"', f'"{kind}", mask_pii=True')
    )
    panel = shown(notebook)
    for name in ("Columns", "Python"):
        menu(panel, name)
        screen.keyboard.press("Escape")
    panel.get_by_role("button", name="Profile").click()
    expect(panel.locator(".figures").first).to_be_visible()
    document = panel.inner_html()
    panel.locator("tbody button.opener").first.click()
    expect(panel.get_by_role("heading", name="Related")).to_be_visible()
    document += panel.inner_html()
    file = f"told-{kind}.json"
    assert notebook.ask(TOLD.format(kind=kind, file=file)) == ""
    screen.remove_listener("websocket", listen)
    texts = [each for each in json.loads((lab.root / file).read_text()) if len(each) > 5]
    wire = "".join(received)
    assert len(texts) > 40, "there was something to hide"
    assert "stcrm" in wire, "the sockets were heard"
    assert [each for each in texts if each in document or each in wire] == []
