"""The same panel in other front ends: Notebook 7, and a page that Voila serves."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.lab import FLAGS, PATIENCE, TOKEN, chromium, serving
from browser.panel import rows
from playwright.sync_api import Page, expect, sync_playwright

from stcrm_nb.cli import main
from stcrm_nb.errors import ArgumentError
from stcrm_nb.serving import serving as page_of

pytestmark = pytest.mark.browser


@pytest.fixture
def page() -> Iterator[Page]:
    """A browser without a server of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 1000})
        page.set_default_timeout(PATIENCE * 1000)
        yield page
        browser.close()


def test_a_page_for_colleagues_is_read_only_and_asks_nobody_else(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    with page_of(["locations", "leads"], profile="demo") as address:
        assert address.startswith("http://127.0.0.1:")
        page.goto(address)
        panel = page.locator("body")
        expect(rows(panel).first).to_be_visible(timeout=PATIENCE * 1000)
        panel.get_by_role("searchbox").first.fill("madison")
        expect(panel.locator(".stcrm-grid").first).to_have_attribute("data-text", "madison")
        panel.locator("tbody button.opener").first.click()
        expect(panel.get_by_text("Read-only connection", exact=False).first).to_be_visible()
        folder = Path(__file__).parents[2] / "screenshots"
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / "served-record.png")
        bare = address.partition("?")[0]
        with urllib.request.urlopen(bare, timeout=30) as reply:  # noqa: S310 - loopback
            assert "/login" in reply.url, "without the token one is asked for it"
    assert [each for each in asked if not each.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []


def test_a_page_of_something_else_is_refused() -> None:
    with pytest.raises(ArgumentError, match="invoices"), page_of(["invoices"]):
        pass
    assert main(["serve", "invoices", "--no-browser"]) == 1


def test_the_panel_works_in_notebook_7(page: Page, tmp_path: Path) -> None:
    cells = ['import stcrm_nb as stcrm\ncrm = stcrm.connect("demo")', 'panel = crm.browse("leads")\npanel']
    with serving(tmp_path, application="notebook") as running:
        page.goto(f"{running.url}/notebooks/{running.write('seven.ipynb', cells)}?token={TOKEN}")
        page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.sessionContext")
        page.evaluate("async () => { await window.jupyterapp.shell.currentWidget.sessionContext.ready; }")
        page.evaluate("async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
        expect(rows(page.locator("body")).first).to_be_visible()
        page.locator("tbody input[type=checkbox]").first.check()
        expect(page.get_by_text("1 selected", exact=True)).to_be_visible()
        page.get_by_role("searchbox").first.fill("water")
        expect(page.locator(".stcrm-grid")).to_have_attribute("data-text", "water")


def test_the_command_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stcrm_nb.cli", "serve", "leads", "--profile", "demo", "--no-browser"]
    with subprocess.Popen(  # noqa: S603 - ours
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"IPYTHONDIR": str(tmp_path)}
    ) as ran:
        assert ran.stdout is not None
        assert ran.stdout.readline().startswith("Panels (read-only): http://127.0.0.1:")
        ran.send_signal(2)
        assert ran.wait(PATIENCE) == 0
