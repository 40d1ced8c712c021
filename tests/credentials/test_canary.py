"""A secret that goes through every door is found nowhere: disk, output, notebook, process list, traceback."""

import contextlib
import io
import json
import logging
import pickle
import subprocess
import sys
import time
import traceback
from pathlib import Path

import nbformat
import pytest
from credentials.machine import furnish, login_words, secrets_of
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import stcrm_nb as stcrm
from stcrm_nb.cli import main
from stcrm_nb.sandbox.oauth import Credentials
from stcrm_nb.sandbox.serve import Sandbox

CANARY, KEY = "cs1.canary0sings0in0the0mine", "ak1.canary0sings0as0well00"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return furnish(tmp_path, monkeypatch)


@pytest.fixture
def mine(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A sandbox that knows other secrets than ours: wrong ones are told loudest."""
    known = sandbox.credentials
    monkeypatch.setattr(sandbox, "credentials", Credentials(known.tenant, known.client_id, CANARY, KEY))
    return sandbox


def sings(text: str | bytes) -> bool:
    data = text.encode() if isinstance(text, str) else text
    return CANARY.encode() in data or KEY.encode() in data


def on_disk(folder: Path) -> list[str]:
    """Files that hold a secret; the test's own keyring and standard input are not ours."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != "keyring.json")
    return [str(file) for file in files if sings(file.read_bytes())]


def test_the_canary_is_found_nowhere(
    home: Path, mine: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("sys.stdin", io.StringIO(secrets_of(mine)))
    assert main([*login_words(mine), "--no-check"]) == 0
    for words in (["profiles"], ["doctor", "--profile", "acme"], ["cache", "info", "--profile", "acme"],
                  ["fetch", "leads", "--profile", "acme", "--out", str(tmp_path / "leads.csv")]):  # fmt: skip
        main(words)
    crm = stcrm.connect("acme", writable=True)
    shown = [
        repr(crm),
        crm._repr_html_(),
        repr(crm.settings),
        f"{crm.settings}",
        stcrm.diagnose("acme").to_string(),
    ]
    with pytest.raises(TypeError):
        pickle.dumps(crm.settings.client_secret)
    try:
        crm.leads.list()
    except stcrm.errors.StcrmError as error:
        shown += ["".join(traceback.format_exception(error)), repr(error), str(vars(error))]
    crm.close()
    out = capsys.readouterr()
    assert not any(sings(text) for text in [*shown, out.out, out.err, caplog.text])
    assert on_disk(tmp_path) == []


@pytest.mark.parametrize("mode", ["Plain", "Context", "Verbose"])
def test_no_notebook_shows_it_not_even_a_verbose_traceback(
    home: Path, mine: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(secrets_of(mine)))
    assert main([*login_words(mine), "--no-check"]) == 0
    cells = [
        f"%xmode {mode}\nimport stcrm_nb as stcrm\nstcrm.show_tracebacks()\ncrm = stcrm.connect('acme')\ncrm",
        "crm.leads.list()",
        "panel = crm.browse('leads')\npanel",
        "stcrm.diagnose('acme')",
    ]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    made.cells[1].metadata["tags"] = ["raises-exception"]
    NotebookClient(
        made, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    text = nbformat.writes(made)
    assert "AccessError" in text
    assert not sings(text)


def test_an_error_in_a_notebook_is_short_until_more_is_asked(home: Path, tmp_path: Path) -> None:
    cells = [
        "import stcrm_nb as stcrm\ncrm = stcrm.connect('demo')",
        "crm.leads.list(statuss='Open')",
        "stcrm.show_tracebacks()",
        "crm.leads.list(statuss='Open')",
    ]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    for at in (1, 3):
        made.cells[at].metadata["tags"] = ["raises-exception"]
    client = NotebookClient(
        made, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    )
    try:
        client.execute()
    except CellExecutionError:
        pytest.fail("the tag lets a cell fail")
    errors = [each for at in (1, 3) for each in made.cells[at].outputs if each.output_type == "error"]
    short, full = ("\n".join(each["traceback"]) for each in errors)
    assert "UnknownParameterError" in short
    assert "statuss" in short
    assert len(short.splitlines()) <= 6
    assert "show_tracebacks" in short
    assert len(full.splitlines()) > 15


def test_no_process_shows_it_to_its_neighbours(
    home: Path, mine: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("this system has no /proc to look into")
    words = [sys.executable, "-m", "stcrm_nb.cli", *login_words(mine), "--no-check"]
    running = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    told = Path(f"/proc/{running.pid}/cmdline").read_bytes()
    assert not sings(told)
    out, _ = running.communicate(secrets_of(mine), timeout=60)
    assert running.returncode == 0
    assert not sings(out)
    page = subprocess.Popen(
        [sys.executable, "-m", "stcrm_nb.cli", "doctor", "--profile", "acme"], stdout=subprocess.PIPE
    )
    seen = b""
    while page.poll() is None:
        seen += b"".join(outside(each) for each in (page.pid, *children(page.pid)))
        time.sleep(0.05)
    assert page.stdout is not None
    assert not sings(seen + page.stdout.read())
    page.stdout.close()
    assert json.dumps(on_disk(tmp_path)) == "[]"


def outside(pid: int) -> bytes:
    """Return what other processes can see of one, as far as it is still there."""
    seen = b""
    for part in ("cmdline", "environ"):
        with contextlib.suppress(OSError):
            seen += Path(f"/proc/{pid}/{part}").read_bytes()
    return seen


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    file = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return [int(each) for each in file.read_text().split()]
    except OSError:
        return []
