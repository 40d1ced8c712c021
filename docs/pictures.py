"""`make pictures`: the pictures of panels in docs/img, taken in JupyterLab on the demo tenant."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, expect, sync_playwright

import stcrm_nb

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.lab import FLAGS, TOKEN, Lab, Notebook, chromium, serving  # noqa: E402 - where the tests keep it
from browser.panel import BROWSE, CONNECT, menu, opened, search, shown  # noqa: E402

FOLDER = ROOT / "docs" / "img"


def keep(panel: Locator, name: str) -> None:
    """Keep a picture of what stands in one cell."""
    panel.page.wait_for_timeout(400)
    panel.locator(".jp-OutputArea-output").first.screenshot(path=FOLDER / f"{name}.png")


def leads(notebook: Notebook) -> None:
    """Take the list of leads: filters, profile, chart, many at once."""
    panel = shown(notebook)
    search(panel, "water")
    menu(panel, "Status").get_by_label("Open").check()
    menu(panel, "Status")
    keep(panel, "panel")
    panel.page.keyboard.press("Escape")
    panel.get_by_role("button", name="Clear filters").click()
    panel.get_by_role("button", name="Profile").click()
    panel.get_by_role("button", name="Chart", exact=True).click()
    expect(panel.locator("img.chart")).to_be_visible()
    keep(panel, "panel-chart")
    panel.get_by_role("button", name="Close chart").click()
    panel.get_by_role("button", name="Profile").click()
    notebook.ask(
        'ids = panel.frame.loc[panel.frame["status"] == "Open", "id"].head(40)\n'
        "panel.view = panel.view.sorted_by('status').selecting(ids)"
    )
    panel.locator(".many").get_by_role("button", name="Dismiss").click()
    panel.locator(".card select").select_option(index=1)
    panel.get_by_role("button", name="Show the plan").click()
    expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
    keep(panel, "panel-many")


def locations(notebook: Notebook) -> None:
    """Take a record and the plan of a change, the latter in the dark."""
    panel = shown(notebook)
    _, _, value = opened(notebook, panel)
    keep(panel, "panel-record")
    notebook.theme("JupyterLab Dark")
    panel.get_by_role("button", name=f"Remove contact {value}", exact=True).click()
    expect(panel.get_by_text("planned, nothing sent")).to_be_visible()
    keep(panel, "panel-plan-dark")
    notebook.theme("JupyterLab Light")


def main() -> None:
    """Take them all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        page = playwright.chromium.launch(executable_path=chromium(), args=FLAGS).new_page(
            viewport={"width": 1280, "height": 1500}
        )
        page.goto(f"{lab.url}/lab?token={TOKEN}&reset")
        page.wait_for_function("() => window.jupyterapp?.restored")
        page.evaluate("() => { window.jupyterapp.shell.collapseLeft(); }")
        for kind, take in (("leads", leads), ("locations", locations)):
            notebook = _open(lab, page, kind)
            take(notebook)
            notebook.close()
    (FOLDER / "VERSION").write_text(f"{stcrm_nb.__version__}\n")


def _open(lab: Lab, page: object, kind: str) -> Notebook:
    cells = [CONNECT.format("True"), BROWSE.format(kind)]
    return Notebook(page, lab.write(f"{kind}.ipynb", cells))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
