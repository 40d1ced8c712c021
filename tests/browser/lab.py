"""JupyterLab for tests: a server of its own, and a notebook in a real browser."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page

PATIENCE = 90.0  # seconds; other work may share the machine
TOKEN = "for-this-test-run-alone"
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
FOLDERS = (
    "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "STCRM_HOME",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Lab:
    """A running server: where it is, and the folder it serves."""

    url: str
    root: Path

    def write(self, name: str, cells: list[str]) -> str:
        """Put a notebook into the folder; a notebook without kernelspec would ask for a kernel."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        nbformat.write(notebook, self.root / name)
        return name


def chromium() -> str | None:
    """Return the browser to drive; None lets Playwright take its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("STCRM_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def serving(folder: Path, *, application: str = "jupyterlab") -> Iterator[Lab]:
    """Start JupyterLab, or another, on folders of its own, so that no setting leaks; stop it at the end."""
    root = folder / "notebooks"
    root.mkdir()
    environment = os.environ | {name: str(folder / name.lower()) for name in FOLDERS}
    for name, values in SETTINGS.items():
        file = folder / "jupyterlab_settings_dir" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    port = free_port()
    command = [
        sys.executable, "-m", application, "--allow-root", "--no-browser", "--ip=127.0.0.1",
        f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={root}",
    ]  # fmt: skip
    kind = {"jupyterlab": "LabApp", "notebook": "JupyterNotebookApp"}[application]
    command += [f"--{kind}.expose_app_in_browser=True"]
    if application == "jupyterlab":
        command += ["--LabApp.extension_manager=readonly"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=root, stdout=log, stderr=log)  # noqa: S603 - ours
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(server, f"{url}/api/status?token={TOKEN}", folder / "server.log")
            yield Lab(url, root)
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait_for(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self._lab(
            """const widget = await app.commands.execute('docmanager:open', {path: name});
            await widget.context.ready; await widget.sessionContext.ready;
            app.shell.activateById(widget.id);""",
            name,
        )

    def _lab(self, body: str, *arguments: object) -> Any:  # noqa: ANN401 - what the script returns
        """Run a script in JupyterLab; `app` is the application, `widget` the open notebook."""
        script = f"""async ([name, value]) => {{
            const app = window.jupyterapp;
            {"const widget = app.shell.currentWidget;" if "const widget" not in body else ""}
            {body}
        }}"""
        return self.page.evaluate(script, [*arguments, None, None][:2])

    def run(self, index: int) -> None:
        """Run one cell, counted from 0, and wait until it ended."""
        self._lab(
            """widget.content.activeCellIndex = name; widget.content.mode = 'command';
            await app.commands.execute('notebook:run-cell');""",
            index,
        )

    def run_all(self) -> None:
        """Run all cells, one after the other."""
        for index in range(self.length):
            self.run(index)

    @property
    def length(self) -> int:
        """Number of cells."""
        return int(self._lab("return widget.content.widgets.length;"))

    def find(self, source: str) -> int:
        """Return the index of the first cell that holds this text."""
        return int(
            self._lab(
                "return widget.content.widgets.findIndex(c => c.model.sharedModel.source.includes(name));",
                source,
            )
        )

    def outputs(self, index: int) -> list[dict[str, Any]]:
        """Return the outputs of a cell as they would be saved."""
        return list(self._lab("return widget.content.widgets[name].model.outputs?.toJSON() ?? [];", index))

    def ask(self, source: str) -> str:
        """Run a new last cell and return what it printed."""
        self._lab(
            """widget.content.activeCellIndex = widget.content.widgets.length - 1;
            await app.commands.execute('notebook:insert-cell-below');
            widget.content.activeCell.model.sharedModel.setSource(name);""",
            source,
        )
        index = self.length - 1
        self.run(index)
        outputs = self.outputs(index)
        assert [each for each in outputs if each["output_type"] == "error"] == []
        return "".join("".join(each["text"]) for each in outputs if each["output_type"] == "stream").strip()

    def output(self, index: int) -> Locator:
        """Return where a cell shows its output."""
        return (
            self.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(index).locator(".jp-Cell-outputArea")
        )

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme."""
        self._lab("await app.commands.execute('apputils:change-theme', {theme: name});", name)
        self.page.wait_for_timeout(500)

    def close(self) -> None:
        """Save, end the kernel, close."""
        self._lab("await widget.context.save(); await widget.sessionContext.shutdown(); widget.dispose();")
