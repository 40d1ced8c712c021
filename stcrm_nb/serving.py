"""Panels as a page for colleagues without notebooks: Voila runs them, on this machine alone."""

import contextlib
import importlib.util
import json
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path

from stcrm_nb.errors import ArgumentError, ConfigError, StoreError

KINDS = ("customers", "locations", "leads", "bookings")
PATIENCE = 60.0  # seconds until the server answers
HOST = "127.0.0.1"
# Scripts, styles and sockets of this server alone: icons that a template wants of the open web do not come.
POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws: data: blob:; "
    "frame-ancestors 'none'"
)


@contextlib.contextmanager
def serving(
    kinds: Sequence[str] = KINDS, *, profile: str | None = None, writable: bool = False, port: int = 0
) -> Iterator[str]:
    """Serve panels as a page until the block ends.

    Parameters
    ----------
    kinds : sequence of {"customers", "locations", "leads", "bookings"}
        One tab each.
    profile : str, optional
        As for `stcrm.connect`: "demo" for the demo tenant.
    writable : bool
        Whether records may be changed from the page. Reading is the default.
    port : int
        0 lets the system choose one.

    Yields
    ------
    str
        The page's address, with the token that lets one in. It is served on this machine only.

    Raises
    ------
    ArgumentError
        There is no such kind.
    ConfigError
        Voila is not installed.
    StoreError
        The server did not start.

    Examples
    --------
    >>> with serving(["leads"], profile="demo") as address:  # doctest: +SKIP
    ...     print(address)
    """
    unknown = [each for each in kinds if each not in KINDS]
    if unknown or not kinds:
        raise ArgumentError(
            f"There is no {', '.join(unknown) or 'page of nothing'}; choose from {', '.join(KINDS)}."
        )
    if importlib.util.find_spec("voila") is None:
        raise ConfigError('Serving needs Voila, which is not installed: pip install "stcrm_nb[serve]"')
    token, chosen = secrets.token_urlsafe(24), port or _free_port()
    with tempfile.TemporaryDirectory(prefix="stcrm_nb-serve-") as name:
        folder = Path(name)
        folder.joinpath("panels.ipynb").write_text(
            _notebook(kinds, profile, writable=writable), encoding="utf-8"
        )
        headers = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
        settings = {"Voila": {"tornado_settings": {"headers": headers}, "token": token}}
        config = folder / "voila.json"
        config.touch(mode=0o600)
        config.write_text(json.dumps(settings), encoding="utf-8")
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(_command(chosen), cwd=folder, stdout=log, stderr=log)  # noqa: S603 - ours
            try:
                _wait_for(server, chosen, folder / "log")
                yield f"http://{HOST}:{chosen}/?token={token}"
            finally:
                server.terminate()
                server.wait(PATIENCE)


def serve(
    kinds: Sequence[str] = KINDS,
    *,
    profile: str | None = None,
    writable: bool = False,
    port: int = 0,
    show: bool = True,
) -> None:
    """Serve panels as a page until interrupted; `show` opens it in the browser.

    Parameters and errors are those of `serving`.
    """
    with (
        contextlib.suppress(KeyboardInterrupt),
        serving(kinds, profile=profile, writable=writable, port=port) as address,
    ):
        may = "records can be changed from it" if writable else "read-only"
        sys.stdout.write(f"Panels ({may}): {address}\nCtrl+C ends it.\n")
        sys.stdout.flush()
        if show:
            webbrowser.open(address)
        while True:
            time.sleep(3600)


def _notebook(kinds: Sequence[str], profile: str | None, *, writable: bool) -> str:
    """Return the notebook behind the page: one cell, a tab for each kind."""
    code = (
        "import ipywidgets\n"
        "import stcrm_nb as stcrm\n"
        f"crm = stcrm.connect({profile!r}, writable={writable!r})\n"
        f"kinds = {list(kinds)!r}\n"
        "panels = [crm.browse(each).widget for each in kinds]\n"
        "titles = [each.capitalize() for each in kinds]\n"
        "ipywidgets.Tab(panels, titles=titles) if len(panels) > 1 else panels[0]"
    )
    cell: dict[str, object] = {"cell_type": "code", "id": "panels", "metadata": {}, "source": code}
    cell |= {"outputs": [], "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def _command(port: int) -> list[str]:
    return [
        sys.executable, "-m", "voila", "panels.ipynb", "--no-browser", f"--port={port}", f"--Voila.ip={HOST}",
        "--Voila.port_retries=0", "--template=lab",
    ]  # fmt: skip


def _wait_for(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until the port is open; a request for the page would start a kernel each time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)
    raise StoreError(f"The page could not be served:\n{log.read_text(errors='replace')[-800:]}")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])
