"""Sessions against a server that misbehaves on request."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from faults.settings import settings_of
from faults.teller import Clock, Script, Teller

from stcrm_nb.config import Settings
from stcrm_nb.transport.session import Session

TENANT = 42


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many faults were survived, of those that were made."""
    told = [
        dict(report.user_properties)
        for kind in ("passed", "failed")
        for report in terminalreporter.getreports(kind)
        if hasattr(report, "user_properties")
    ]
    made = [each for each in told if "faults" in each]
    if made:
        survived = sum(int(each.get("survived", 0)) for each in made)
        of = sum(int(each["faults"]) for each in made)
        terminalreporter.write_line(f"Faults survived with the frame unharmed: {survived} of {of}")


@pytest.fixture
def script() -> Iterator[Script]:
    told = Script()
    teller = type("OneTeller", (Teller,), {"script": told, "lock": threading.Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), teller)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(script: Script, tmp_path: Path) -> Settings:
    return settings_of(script.url, tmp_path)


@pytest.fixture
def session(settings: Settings, clock: Clock) -> Iterator[Session]:
    opened = Session(settings, sleep=clock.sleep, monotonic=clock.monotonic)
    yield opened
    opened.close()
