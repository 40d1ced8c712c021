"""Fixtures: JupyterLab in headless Chromium, one server a run, one page a module."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from browser.lab import FLAGS, PATIENCE, TOKEN, Lab, Notebook, chromium, serving
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
QUICKSTART = ROOT / "notebooks" / "01-quickstart.ipynb"
NUMBERS = count(1)

Open = Callable[..., Notebook]


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab server of this run's own."""
    with serving(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def screen(lab: Lab) -> Iterator[Page]:
    """JupyterLab in a browser; its loop ends with the module, so that others can run theirs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 1000})
        page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        page.goto(f"{lab.url}/lab?token={TOKEN}&reset")
        page.wait_for_function("() => window.jupyterapp?.restored")
        page.evaluate("async () => { await window.jupyterapp.restored; }")
        page.evaluate("() => { window.jupyterapp.shell.collapseLeft(); }")
        yield page
        browser.close()


@pytest.fixture
def open_cells(lab: Lab, screen: Page) -> Iterator[Open]:
    """Open a new notebook of given cells; none that a test opened survives it, and no script ran."""
    opened: list[Notebook] = []

    def open_cells(*cells: str) -> Notebook:
        opened.append(Notebook(screen, lab.write(f"test-{next(NUMBERS)}.ipynb", list(cells))))
        return opened[-1]

    yield open_cells
    for each in opened:
        each.close()
    assert screen.evaluate("() => window.__stcrm_xss") is None


@pytest.fixture
def notebook(lab: Lab, screen: Page) -> Iterator[Notebook]:
    """A copy of the quickstart."""
    name = f"quickstart-{next(NUMBERS)}.ipynb"
    (lab.root / name).write_bytes(QUICKSTART.read_bytes())
    opened = Notebook(screen, name)
    yield opened
    opened.close()
    assert screen.evaluate("() => window.__stcrm_xss") is None


@pytest.fixture
def picture(screen: Page) -> Callable[[str], None]:
    """Keep a screenshot for people, in `screenshots/`, which git ignores."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)

    def picture(name: str) -> None:
        screen.screenshot(path=folder / f"{name}.png")

    return picture
