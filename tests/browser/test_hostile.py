"""Whatever a customer typed is shown as text, in every view; nothing of it runs."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from browser.lab import Notebook
from browser.panel import BROWSE, Open, Picture, menu, rows, search
from playwright.sync_api import Locator, Page, expect

from stcrm_nb.sandbox.tenant import find_data

pytestmark = pytest.mark.browser

SIGN = "window.__stcrm_xss=1"
ELEMENTS = (
    f"<img src=x onerror={SIGN}>",
    f"<script>{SIGN}</script>",
    f"<svg onload={SIGN}>",
    f"<svg><script>{SIGN}</script></svg>",
    f"<iframe srcdoc='<script>parent.{SIGN}</script>'></iframe>",
    f"<iframe src='javascript:parent.{SIGN}'></iframe>",
    f"<details open ontoggle={SIGN}>x</details>",
    f"<video><source onerror={SIGN}></video>",
    f"<audio src=x onerror={SIGN}></audio>",
    f"<body onload={SIGN}>",
    f"<input autofocus onfocus={SIGN}>",
    f"<marquee onstart={SIGN}>x</marquee>",
    f"<object data='javascript:{SIGN}'></object>",
    f"<embed src='javascript:{SIGN}'>",
    f"<a href='javascript:{SIGN}' autofocus>x</a>",
    f"<form action='javascript:{SIGN}'><button>x</button></form>",
    f"<style>*{{animation:x}}@keyframes x{{}}</style><b onanimationstart={SIGN}>x</b>",
    f"<math><mtext><img src=x onerror={SIGN}></mtext></math>",
    f"javascript:{SIGN}",
    f'=HYPERLINK("javascript:{SIGN}")',
    f"{{{{constructor.constructor('{SIGN}')()}}}}",
)
# Plain; out of an attribute; out of an element that holds text.
PAYLOADS = tuple(
    before + each for before in ("", "\"' x=y>", "</textarea></title></option></pre>") for each in ELEMENTS
)
KEPT = frozenset(  # words that the service chooses, moments, and what the demo tenant finds its own way by
    {
        "status",
        "priority",
        "type",
        "customerType",
        "start",
        "state",
        "zip",
        "country",
        "phoneNumber",
        "environment",
    }
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo tenant, with a payload in every text field of every record, names of look-ups included."""
    folder = tmp_path_factory.mktemp("hostile") / "demo"
    shutil.copytree(find_data(), folder)
    for file in folder.glob("*.jsonl.gz"):
        lines = gzip.decompress(file.read_bytes()).splitlines()
        rows = [spoilt(json.loads(line), number) for number, line in enumerate(lines)]
        file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode() + b"\n", compresslevel=1))
    names = folder / "lookups.json"
    names.write_text(json.dumps(named(json.loads(names.read_text()))))
    return folder


def named(value: Any, number: int = 0, name: str = "") -> Any:  # noqa: ANN401 - JSON of any kind
    """Put a payload behind each name of the look-up lists."""
    if isinstance(value, dict):
        return {key: named(each, number, key) for key, each in value.items()}
    if isinstance(value, list):
        return [named(each, place, name) for place, each in enumerate(value)]
    tells = isinstance(value, str) and name in ("name", "tagName")
    return f"{value} {PAYLOADS[number % len(PAYLOADS)]}" if tells else value


def spoilt(value: Any, number: int, name: str = "") -> Any:  # noqa: ANN401 - JSON of any kind
    if isinstance(value, dict):
        return {key: spoilt(each, number + place, key) for place, (key, each) in enumerate(value.items())}
    if isinstance(value, list):
        return [spoilt(each, number, name) for each in value]
    moment = name.endswith(("On", "Date", "on"))
    if isinstance(value, str) and value and name not in KEPT and not moment and not name.endswith("Id"):
        return PAYLOADS[number % len(PAYLOADS)]
    return value


def start(notebook: Notebook, index: int) -> Locator:
    notebook.run(index)
    panel = notebook.output(index)
    expect(rows(panel).first).to_be_visible()
    return panel


def clean(screen: Page) -> None:
    """Nothing ran, and no element was made of anybody's text; charts are the panel's own."""
    screen.wait_for_timeout(300)
    assert screen.evaluate("() => window.__stcrm_xss") is None
    expect(
        screen.locator(
            ".stcrm :is(script, svg, iframe, style, object, embed, form, video, math, img:not(.chart))"
        )
    ).to_have_count(0)
    assert screen.locator(".stcrm a[href]:not([href^='https://www.openstreetmap.org/'])").count() == 0
    named = "(all) => all.flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith('on'))"
    assert screen.locator(".stcrm *").evaluate_all(named) == []


@pytest.mark.parametrize("kind", ["customers", "locations", "leads", "bookings"])
def test_nothing_a_customer_typed_is_run_in_any_view(
    kind: str, open_cells: Open, hostile: Path, screen: Page, picture: Picture
) -> None:
    connect = (
        "from pathlib import Path\nimport stcrm_nb as stcrm\nfrom stcrm_nb.door import open_sandbox\n"
        "from stcrm_nb.sandbox.serve import start\n"
        f"crm = open_sandbox(start(Path({str(hostile)!r})), Path('home-{kind}'), writable=True)"
    )
    notebook = open_cells(connect, BROWSE.format(kind))
    notebook.run(0)
    panel = start(notebook, 1)
    search(panel, "<img")
    expect(panel.locator("tbody").get_by_text(PAYLOADS[0]).first).to_be_visible()
    search(panel, "")
    for each in panel.locator("details.menu > summary").all():  # facets, columns, views, export, Python
        each.click()
        screen.keyboard.press("Escape")
    facet = panel.locator("details.menu").filter(has=screen.locator("fieldset.options input"))
    if facet.count():
        facet.first.locator("summary").click()
        facet.first.get_by_role("checkbox").first.check()
        expect(panel.locator("button.chip")).to_have_count(1)
        screen.keyboard.press("Escape")
        panel.get_by_role("button", name="Clear filters").click()
        expect(panel.locator("button.chip")).to_have_count(0)
    panel.get_by_role("button", name="Profile").click()
    expect(panel.locator(".figures").first).to_be_visible()
    views = menu(panel, "Views")
    views.get_by_label("Name of this view").fill(PAYLOADS[0])
    views.get_by_role("button", name="Save").click()
    expect(views.get_by_role("button", name=PAYLOADS[0], exact=True)).to_be_visible()
    clean(screen)

    panel.locator("tbody input[type=checkbox]").first.check()
    tagged = kind in ("customers", "locations")
    bulk = "Add tag" if tagged else "Edit"
    panel.locator(".many").get_by_role("button", name=bulk).click()
    form = panel.locator(".card .form")
    expect(form).to_be_visible()
    if tagged:
        form.locator("select").first.select_option(index=1)
    else:
        form.locator("textarea").first.fill(PAYLOADS[22])
    panel.get_by_role("button", name="Show the plan").click()
    panel.locator("[data-key=yes]").click()
    expect(panel.locator(".card[aria-label*=' done']")).to_be_visible()
    clean(screen)
    picture(f"panel-hostile-{kind}")

    panel.locator("tbody button.opener").first.click()
    expect(panel.get_by_role("button", name="Back to list")).to_be_visible()
    expect(panel.get_by_role("heading", name="Related")).to_be_visible()
    clean(screen)
    picture(f"panel-hostile-{kind}-record")
    if tagged:
        panel.get_by_role("button", name="Add note").click()
        panel.locator("[data-key='form:text']").fill(PAYLOADS[43])
        panel.get_by_role("button", name="Show the plan").click()
        panel.locator("[data-key=yes]").click()
        expect(panel.get_by_text("Read back from the service")).to_be_visible()
        expect(panel.get_by_role("heading", name="Changes from this machine")).to_be_visible()
        clean(screen)
    relative = panel.locator("[data-key^=go-]").first
    if relative.count():
        relative.click()
        expect(panel.get_by_role("button", name="Back to")).to_be_visible()
        expect(panel.get_by_role("heading", name="Related")).to_be_visible()
        clean(screen)
    assert notebook.ask("print(panel.last_error)") == "None"
