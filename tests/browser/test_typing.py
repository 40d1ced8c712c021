"""What somebody types into a panel is theirs until it is sent."""

import pytest
from browser.panel import BROWSE, CONNECT, Open, menu, shown
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_what_is_typed_outlasts_a_redraw_until_it_is_sent(open_cells: Open, screen: Page) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    panel = shown(notebook)
    notebook.ask("import asyncio\nasyncio.get_running_loop().call_later(3, panel._list.draw_bar)")
    views = menu(panel, "Views")
    name = views.get_by_label("Name of this view")
    name.press_sequentially("half")
    drawn = name.element_handle()
    assert drawn is not None
    screen.wait_for_function("(field) => !field.isConnected", arg=drawn)  # another stands there now
    expect(name).to_have_value("half")
    expect(name).to_be_focused()
    screen.keyboard.type(" typed")
    expect(name).to_have_value("half typed")
    views.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("button", name="half typed", exact=True)).to_be_visible()
    expect(name).to_have_value("")


def test_a_press_outlasts_a_redraw_until_it_is_let_go(open_cells: Open, screen: Page) -> None:
    notebook = open_cells(CONNECT.format("False"), BROWSE.format("leads"))
    panel = shown(notebook)
    notebook.ask("import asyncio\nasyncio.get_running_loop().call_later(3, panel._list.draw_bar)")
    views = menu(panel, "Views")
    views.get_by_label("Name of this view").fill("pressed")
    save = views.get_by_role("button", name="Save")
    drawn = save.element_handle()
    assert drawn is not None
    save.hover()
    screen.mouse.down()
    screen.wait_for_timeout(3500)  # the kernel draws meanwhile
    assert drawn.evaluate("(button) => button.isConnected")
    screen.mouse.up()
    expect(panel.get_by_role("button", name="pressed", exact=True)).to_be_visible()
    assert not drawn.evaluate("(button) => button.isConnected")
