"""The commands that read: rows into files, the journal, the cache, notebooks."""

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import requests
from credentials.machine import furnish, login_words, secrets_of

import stcrm_nb as stcrm
from stcrm_nb.cli import main
from stcrm_nb.credentials import Profile, keys, save
from stcrm_nb.demo import copy_notebooks
from stcrm_nb.errors import ArgumentError
from stcrm_nb.sandbox.serve import Sandbox


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return furnish(tmp_path, monkeypatch)


@pytest.fixture
def acme(home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(secrets_of(sandbox)))
    assert main(login_words(sandbox)) == 0
    return "acme"


@pytest.mark.parametrize("ending", ["parquet", "csv", "xlsx"])
def test_rows_go_into_a_file(
    acme: str, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"open.{ending}"
    words = ["fetch", "leads", "--profile", acme, "--out", str(file), "--names"]
    assert main([*words, "--filter", "status=Open", "--filter", "created_on_or_after=2026-01-01"]) == 0
    with stcrm.connect(acme) as crm:
        expected = crm.leads.list(status="Open", created_on_or_after="2026-01-01", names=True)
    assert f"{len(expected):,} leads of" in capsys.readouterr().out
    found = pd.read_excel(file) if ending == "xlsx" else stcrm.load(file)
    assert found["id"].tolist() == expected["id"].tolist()
    assert "campaign" in found


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--filter", "statuss=Open"], "statuss"),
        (["--filter", "status"], "NAME=VALUE"),
        (["--filter", "ids=[1,"], "ids"),
    ],
)
def test_a_wrong_filter_is_one_line_and_writes_nothing(
    acme: str, tmp_path: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    file = tmp_path / "leads.csv"
    assert main(["fetch", "leads", "--profile", acme, "--out", str(file), *words]) == 1
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert not file.exists()


def test_what_was_written_is_listed_and_verified(acme: str, capsys: pytest.CaptureFixture[str]) -> None:
    with stcrm.connect(acme, writable=True) as crm:
        crm.locations.add_tag(250200006, 7702).apply()
    assert main(["journal", "--profile", acme]) == 0
    assert "250200006" in capsys.readouterr().out
    assert main(["journal", "--profile", acme, "--verify"]) == 0
    assert "all sound" in capsys.readouterr().out
    assert main(["journal", "--profile", acme, "--pending"]) == 0
    with stcrm.connect(acme) as crm:
        file = crm.settings.journal_file
    file.write_bytes(file.read_bytes().replace(b"7702", b"7703", 1))
    assert main(["journal", "--profile", acme, "--verify"]) == 1
    assert capsys.readouterr().err.startswith("stcrm: ")


def test_what_is_kept_is_counted_and_dropped(acme: str, capsys: pytest.CaptureFixture[str]) -> None:
    with stcrm.connect(acme) as crm:
        crm.customers.list()
    capsys.readouterr()
    assert main(["cache", "info", "--profile", acme]) == 0
    assert "Kept replies: 0" not in capsys.readouterr().out
    assert main(["cache", "clear", "--profile", acme]) == 0
    assert "Kept replies: 0" in capsys.readouterr().out


def notebook(file: Path, source: str, output: str = "", *, widgets: object = None) -> Path:
    cell = nbformat.v4.new_code_cell(source)
    if output:
        cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=output)]
        cell.execution_count = 3
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title"), cell])
    if widgets:
        made.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": widgets}
    nbformat.write(made, file)
    return file


@pytest.mark.parametrize(
    ("source", "output", "where", "kind"),
    [
        ("x = 'cs12.abcdefghij0123456789'", "", "source", "client secret"),
        ("key = 'ak1.abcdefghij0123456789'", "", "source", "app key"),
        ("connect(client_secret='hunter2hunter2')", "", "source", "secret in code"),
        ("os.environ['STCRM_APP_KEY'] = 'hunter2'", "", "source", "secret in code"),
        (
            "print(t)",
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
            "output",
            "access token",
        ),
        ("headers", "Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "output", "bearer token"),
        ("customers", "ellen.mueller@example.com", "output", "e-mail address"),
        ("customers", "(847) 555-5845", "output", "phone number"),
    ],
)
def test_what_must_not_leave_the_house_is_found_and_not_repeated(
    home: Path, tmp_path: Path, source: str, output: str, where: str, kind: str
) -> None:
    file = notebook(tmp_path / "n.ipynb", source, output)
    found = stcrm.scan_notebook(file)
    assert (2, where, kind) in set(zip(found["cell"], found["where"], found["kind"], strict=True))
    shown = found.to_string()
    assert not any(part in shown for part in ("abcdefghij", "hunter2", "ellen.mueller", "555-5845"))


def test_the_secrets_of_own_profiles_are_found_whatever_they_look_like(home: Path, tmp_path: Path) -> None:
    save(Profile("acme", 1, "cid.x"))
    keys.keep("acme", {"client_secret": "plain words of nobody", "app_key": "another"})
    file = notebook(tmp_path / "n.ipynb", "1", "plain words of nobody")
    assert stcrm.scan_notebook(file)["told"].tolist() == ["client_secret of acme"]


def test_stripping_takes_outputs_and_panels_and_leaves_sources(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dirty = notebook(
        tmp_path / "dirty.ipynb", "crm.customers.list()", "a@b.example", widgets={"x": "a@b.example"}
    )
    clean = notebook(tmp_path / "clean.ipynb", "1 + 1")
    before = clean.read_bytes()
    assert main(["notebook", "scan", str(dirty), str(clean)]) == 1
    assert "widgets" in capsys.readouterr().out
    assert main(["notebook", "strip", str(dirty), str(clean)]) == 0
    assert "1 of 2" in capsys.readouterr().out
    assert main(["notebook", "scan", str(dirty), str(clean)]) == 0
    assert clean.read_bytes() == before
    left = nbformat.read(dirty, as_version=4)
    assert left.cells[1].source == "crm.customers.list()"
    assert left.cells[1].outputs == []
    nbformat.validate(left)


@pytest.mark.parametrize("text", ["{}", "no json", json.dumps({"cells": None})])
def test_what_is_no_notebook_is_refused_whole(home: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.ipynb"
    file.write_text(text)
    with pytest.raises(ArgumentError, match="no notebook"):
        stcrm.strip_notebook(file)
    with pytest.raises(ArgumentError, match="cannot be read"):
        stcrm.scan_notebook(tmp_path / "missing.ipynb")
    assert file.read_text() == text


def test_the_notebooks_of_the_demo_hold_nothing_and_a_copy_of_yours_stays(home: Path, tmp_path: Path) -> None:
    place = copy_notebooks(tmp_path / "mine")
    files = sorted(place.glob("*.ipynb"))
    assert files[0].name == "01-quickstart.ipynb"
    assert stcrm.scan_notebook(files).empty
    files[0].write_text("my work")
    copy_notebooks(place)
    assert files[0].read_text() == "my work"


def test_the_demo_checks_every_room(home: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "stcrm_nb.cli", "demo", "--check"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "all rooms work"
    assert list(tmp_path.glob("*.ipynb")) == []


@pytest.mark.skipif(os.name != "posix", reason="ends a group of processes")
def test_the_demo_opens_jupyterlab_on_the_notebooks(home: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {**os.environ, "JUPYTER_PORT": str(port), "JUPYTER_TOKEN": "t", "HOME": str(tmp_path)}
    words = [sys.executable, "-m", "stcrm_nb.cli", "demo", "--no-browser", "--folder", str(tmp_path / "mine")]
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(  # noqa: S603 - ours
            words, env=own, stdout=log, stderr=log, start_new_session=True
        )
    try:
        held = contents(f"http://127.0.0.1:{port}/api/contents?token=t", running, tmp_path / "log")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        running.wait(30)
    assert "01-quickstart.ipynb" in held


def contents(address: str, server: "subprocess.Popen[bytes]", log: Path) -> list[str]:
    """Return what a Jupyter server holds, as soon as it answers."""
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(requests.RequestException):
            held = requests.get(address, timeout=5).json()["content"]
            return [each["name"] for each in held]
        time.sleep(0.2)
    raise AssertionError(log.read_text())


COMMANDS = (
    "demo",
    "serve",
    "login",
    "profiles",
    "doctor",
    "notebook",
    "fetch",
    "journal",
    "cache",
    "sandbox",
)


@pytest.mark.parametrize("words", [["--help"], *([each, "--help"] for each in COMMANDS)])
def test_every_command_has_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(words)
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code == 0
    assert "usage: stcrm" in capsys.readouterr().out
