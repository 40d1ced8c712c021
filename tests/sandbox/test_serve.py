"""Starting, stopping, telling the time, and living beside others."""

import asyncio
import gc
import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import requests

from stcrm_nb.sandbox.serve import Call, Sandbox, start

Ask = Callable[..., requests.Response]
ROOT = Path(__file__).parents[2]
AS_OF = datetime(2026, 9, 30, 21, tzinfo=UTC)


def login(sandbox: Sandbox) -> str:
    known = sandbox.credentials
    form = {
        "grant_type": "client_credentials",
        "client_id": known.client_id,
        "client_secret": known.client_secret,
    }
    reply = requests.post(f"{sandbox.auth_url}/connect/token", data=form, timeout=5)
    return str(reply.json()["access_token"])


def port_of(sandbox: Sandbox) -> int:
    return int(sandbox.api_url.rpartition(":")[2])


def test_a_sandbox_tells_whose_data_it_serves(shared_sandbox: Sandbox) -> None:
    assert shared_sandbox.name == "Small Town Plumbing"
    assert shared_sandbox.time_zone == "America/Chicago"
    assert shared_sandbox.as_of == AS_OF
    assert shared_sandbox.credentials.tenant == 814000099
    assert shared_sandbox.api_url == shared_sandbox.auth_url
    assert repr(shared_sandbox) == f"Sandbox('Small Town Plumbing', '{shared_sandbox.api_url}')"


def test_time_starts_where_the_data_ends_and_moves_on(town: Path, caller: Callable[[Sandbox], Ask]) -> None:
    with start(town) as sandbox:
        ask = caller(sandbox)
        first = parsedate_to_datetime(ask("leads").headers["Date"])
        time.sleep(1.1)
        later = parsedate_to_datetime(ask("leads").headers["Date"])
    assert timedelta(0) <= first - AS_OF < timedelta(seconds=10)
    assert timedelta(seconds=1) <= later - first < timedelta(seconds=10)


def test_time_can_be_handed_in(town: Path) -> None:
    here = timezone(timedelta(hours=-5))
    with start(town, clock=lambda: datetime(2030, 1, 2, 3, 4, 5, tzinfo=here)) as sandbox:
        reply = requests.get(sandbox.api_url, timeout=5)
    assert reply.headers["Date"] == "Wed, 02 Jan 2030 08:04:05 GMT"


def test_a_reply_has_one_date_and_no_name_of_the_server(shared_sandbox: Sandbox) -> None:
    reply = requests.get(shared_sandbox.api_url, timeout=5)
    assert "," not in reply.headers["Date"].replace(", ", " ", 1)
    assert "Server" not in reply.headers


def test_every_call_is_noted_in_order(own_sandbox: Sandbox, ask_own: Ask) -> None:
    root = f"/crm/v2/tenant/{own_sandbox.credentials.tenant}"
    ask_own("leads?sort=%2BId", page=0)
    ask_own("leads", page="x")
    ask_own("locations/201/contacts/501", method="DELETE")
    assert own_sandbox.calls == [
        Call("POST", "/connect/token", "", 200),
        Call("GET", f"{root}/leads", "sort=%2BId&page=0", 200),
        Call("GET", f"{root}/leads", "page=x", 400),
        Call("DELETE", f"{root}/locations/201/contacts/501", "", 200),
    ]


def test_two_sandboxes_live_side_by_side(town: Path, caller: Callable[[Sandbox], Ask]) -> None:
    with start(town) as one, start(town) as other:
        assert one.credentials != other.credentials
        ask_one, ask_other = caller(one), caller(other)
        ask_one("locations/201/contacts/501", method="DELETE")
        assert len(ask_one("locations/201/contacts").json()["data"]) == 1
        assert len(ask_other("locations/201/contacts").json()["data"]) == 2
        key, token = other.credentials.app_key, "Bearer x"
        url = f"{one.api_url}/crm/v2/tenant/{one.credentials.tenant}/leads"
        assert (
            requests.get(url, headers={"ST-App-Key": key, "Authorization": token}, timeout=5).status_code
            == 401
        )


def test_changes_are_never_written_to_the_data(town: Path, caller: Callable[[Sandbox], Ask]) -> None:
    before = {file.name: file.read_bytes() for file in town.iterdir()}
    with start(town) as sandbox:
        ask = caller(sandbox)
        ask("locations/201/contacts/501", method="DELETE")
        ask("leads", genPermUrl="true")
    assert {file.name: file.read_bytes() for file in town.iterdir()} == before
    with start(town) as sandbox:
        assert len(caller(sandbox)("locations/201/contacts").json()["data"]) == 2


def test_stopping_frees_the_port_and_ends_the_thread(town: Path) -> None:
    before = set(threading.enumerate())
    sandbox = start(town)
    port = port_of(sandbox)
    (own,) = set(threading.enumerate()) - before
    sandbox.stop()
    sandbox.stop()
    assert not own.is_alive()
    with pytest.raises(requests.ConnectionError):
        requests.get(sandbox.api_url, timeout=2)
    with start(town, port=port) as again:
        assert port_of(again) == port


def test_a_taken_port_is_refused_and_nothing_stays_behind(town: Path) -> None:
    threads = threading.active_count()
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        start(town, port=taken.getsockname()[1])
    assert threading.active_count() == threads


def test_stopping_does_not_wait_for_a_client_that_does_not_read(town: Path) -> None:
    sandbox = start(town)
    with socket.create_connection(("127.0.0.1", port_of(sandbox))) as idle:
        idle.sendall(b"GET /nothing HTTP/1.1\r\nHost: x\r\n")
        begun = time.monotonic()
        sandbox.stop()
    assert time.monotonic() - begun < 3


def test_stopping_leaves_nothing_of_a_reply_that_is_never_read(tmp_path: Path, town: Path) -> None:
    for file in town.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    rows = b"".join(b'{"id":%d,"summary":"%s"}\n' % (number, b"x" * 3000) for number in range(5000))
    (tmp_path / "leads.jsonl.gz").write_bytes(gzip.compress(rows, 1))
    sandbox = start(tmp_path)
    known = sandbox.credentials
    head = (
        f"GET /crm/v2/tenant/{known.tenant}/leads?pageSize=5000 HTTP/1.1\r\nHost: x\r\n"
        f"ST-App-Key: {known.app_key}\r\nAuthorization: {login(sandbox)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port_of(sandbox))) as idle:
        idle.sendall(head.encode())
        assert idle.recv(15) == b"HTTP/1.1 200 OK"
        sandbox.stop()
        gc.collect()  # an open transport would warn here


def test_it_starts_inside_a_running_event_loop(town: Path) -> None:
    async def cell() -> int:
        with start(town) as sandbox:
            return requests.get(sandbox.api_url, timeout=5).status_code  # noqa: ASYNC210 - as in a notebook

    assert asyncio.run(cell()) == 404


def test_calls_from_many_threads_are_all_answered_and_noted(own_sandbox: Sandbox, ask_own: Ask) -> None:
    before = len(own_sandbox.calls)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda page: ask_own("leads", page=page, pageSize=1), [1, 2, 3, 4, 5] * 8))
    assert [reply.json()["data"][0]["id"] for reply in replies] == [301, 302, 303, 304, 305] * 8
    assert len(own_sandbox.calls) - before == 40


def test_one_contact_is_removed_once_however_many_ask(ask_own: Ask) -> None:
    with ThreadPoolExecutor(8) as pool:
        path = "customers/101/contacts/501"
        statuses = list(pool.map(lambda _: ask_own(path, method="DELETE").status_code, range(8)))
    assert sorted(statuses) == [200] + [404] * 7


def run_alone(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "stcrm_nb.sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )


def test_standing_alone_it_prints_its_address_and_ends_on_ctrl_c(town: Path) -> None:
    with run_alone("--port", "0", "--data", str(town)) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(7)]
        facts = dict(re.findall(r"^(\w+) +(\S+)$", "".join(lines), re.MULTILINE))
        reply = requests.post(
            f"{facts['auth_url']}/connect/token",
            data={
                "grant_type": "client_credentials",
                "client_id": facts["client_id"],
                "client_secret": facts["client_secret"],
            },
            timeout=5,
        )
        headers = {"ST-App-Key": facts["app_key"], "Authorization": reply.json()["access_token"]}
        url = f"{facts['api_url']}/crm/v2/tenant/{facts['tenant']}/leads/301"
        status = requests.get(url, headers=headers, timeout=5).status_code
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert status == 200
    assert "Small Town Plumbing" in lines[0]
    assert (process.returncode, out, err) == (0, "", "")


def test_standing_alone_it_says_what_is_wrong_and_ends(tmp_path: Path) -> None:
    with run_alone("--data", str(tmp_path)) as process:
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (1, "")
    assert "python -m stcrm_nb.sandbox.generate" in err
    assert "Traceback" not in err


def test_a_failure_of_the_sandbox_is_answered_and_not_printed(
    tmp_path: Path, town: Path, caller: Callable[[Sandbox], Ask], capfd: pytest.CaptureFixture[str]
) -> None:
    for file in town.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "leads.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1}\n{"id": \n'))
    with start(tmp_path) as sandbox:
        ask = caller(sandbox)
        reply = ask("leads")
        assert ask("customers").status_code == 200
    assert reply.status_code == 500
    assert set(reply.json()) == {"type", "title", "status", "traceId", "errors", "data"}
    assert sandbox.calls[1].status == 500
    assert capfd.readouterr() == ("", "")
