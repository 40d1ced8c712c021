"""The documentation: built without a warning, links that lead somewhere, code that runs, nothing left out."""

import html.parser
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from credentials.machine import furnish

import stcrm_nb
from stcrm_nb import analysis, charts, errors
from stcrm_nb.credentials import Profile, keys, save
from stcrm_nb.sandbox.serve import Sandbox

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
WITH_CODE = [page for page in PAGES if BLOCK.search(page.read_text())]
MANY = 'import matplotlib; matplotlib.rcParams["figure.max_open_warning"] = 0\n'  # a page shows many charts
NEEDS = {
    "panels": 'import stcrm_nb as stcrm\ncrm = stcrm.connect("demo", writable=True)\n'
}  # begun elsewhere


class Links(html.parser.HTMLParser):
    """Addresses and anchors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.anchors.add(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; a warning fails the build."""
    folder = tmp_path_factory.mktemp("site")
    ran = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


def test_every_link_inside_leads_somewhere_and_nothing_comes_from_outside(site: Path) -> None:
    pages: dict[Path, Links] = {}
    for file in site.rglob("*.html"):
        pages[file] = Links()
        pages[file].feed(file.read_text())
    dead = []
    for file, page in pages.items():
        if file.name == "404.html":
            continue
        for link in page.links:
            address, anchor = urldefrag(link)
            if urlsplit(link).scheme or link.startswith(("//", "data:")):
                continue
            target = (file.parent / address).resolve() if address else file
            target = target / "index.html" if target.is_dir() else target
            known = pages.get(target)
            if not target.exists() or (anchor and known is not None and anchor not in known.anchors):
                dead.append(f"{file.relative_to(site)}: {link}")
    assert dead == []
    fetched = re.compile(r"""<(?:script|img|link)[^>]+(?:src|href)=["'](https?:)?//""")
    outside = [
        str(file)
        for file in pages
        if fetched.search(re.sub(r"<link[^>]+canonical[^>]*>", "", file.read_text()))
    ]
    assert outside == []


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.stem)
def test_every_block_of_code_runs(
    page: Path, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(tmp_path, monkeypatch)
    known = sandbox.credentials
    save(Profile("acme", known.tenant, known.client_id, api_url=sandbox.api_url, auth_url=sandbox.auth_url))
    keys.keep("acme", {"client_secret": known.client_secret, "app_key": known.app_key})
    code = NEEDS.get(page.stem, "") + "\n".join(BLOCK.findall(page.read_text()))
    monkeypatch.setenv("MPLBACKEND", "agg")
    ran = subprocess.run(  # noqa: S603 - the lines of our own pages
        [sys.executable, "-W", "error", "-c", MANY + code],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_everything_public_is_in_the_reference() -> None:
    text = (ROOT / "docs" / "reference.md").read_text()
    rooms = {"analysis", "charts", "errors", "panels", "quality"}
    wanted = {f".{name}" for name in stcrm_nb.__all__ if name not in rooms}
    wanted |= {f"{room.__name__}.*.{name}" for room in (analysis, charts) for name in room.__all__}
    missing = [
        name
        for name in wanted
        if not re.search(name.replace(".*.", r"\..*\.").lstrip(".") + r"$", text, re.MULTILINE)
    ]
    assert missing == []
    assert errors.StcrmError.__doc__


def test_the_command_page_lists_every_command() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "stcrm_nb.cli", "--help"], capture_output=True, text=True, check=True
    )
    listed = re.findall(r"^    (\w+) ", ran.stdout, re.MULTILINE)
    page = (ROOT / "docs" / "commands.md").read_text()
    assert listed
    assert [name for name in listed if f"`stcrm {name}" not in page] == []


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text()
    assert [page.name for page in PAGES if f": {page.name}" not in navigation] == []
