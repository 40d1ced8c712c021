"""A sandbox that is slow, over its limit, broken, or without a feature; and from a shell."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from stcrm_nb.catalogue import CONTACTS
from stcrm_nb.cli import main
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import AccessError
from stcrm_nb.sandbox.oauth import MOST_TOKENS, Tokens, new_credentials
from stcrm_nb.sandbox.serve import Sandbox, start
from stcrm_nb.transport.reply import wait_hint

Ask = Callable[..., requests.Response]


def test_calls_over_the_limit_are_refused_in_both_forms(town: Path, caller: Callable[[Sandbox], Ask]) -> None:
    with start(town, rate_limit=3) as sandbox:
        ask = caller(sandbox)
        replies = [ask("leads") for _ in range(8)]
    assert [reply.status_code for reply in replies[:3]] == [200] * 3
    refused = [reply for reply in replies if reply.status_code == 429]
    assert {"title" in reply.json() for reply in refused} == {True, False}
    assert {"Retry-After" in reply.headers for reply in refused} == {True, False}
    for reply in refused:
        headers = {name.lower(): value for name, value in reply.headers.items()}
        assert wait_hint(headers, reply.content) == 1.0


def test_a_client_reads_on_through_429_and_502(town: Path, home: Path) -> None:
    with start(town, rate_limit=4) as sandbox, open_sandbox(sandbox, home) as crm:
        sandbox.fail_next(1)
        for _ in range(6):
            assert len(crm.leads.list(refresh=True)) == 5
        assert {429, 502} <= {call.status for call in sandbox.calls}


def test_replies_can_be_slow(town: Path, caller: Callable[[Sandbox], Ask]) -> None:
    with start(town, latency=0.3) as sandbox:
        ask = caller(sandbox)
        begun = time.monotonic()
        ask("leads")
        assert time.monotonic() - begun >= 0.3


def test_without_contact_management_all_of_contacts_is_refused(town: Path, home: Path) -> None:
    with start(town, contact_management=False) as sandbox, open_sandbox(sandbox, home) as crm:
        with pytest.raises(AccessError, match="403"):
            crm.contacts.list()
        with pytest.raises(AccessError, match=CONTACTS.operation("list").scope):
            crm.contacts.preferences.types()
        assert len(crm.customers.contacts(101)) == 2


def test_whoever_asks_for_ever_new_tokens_is_throttled() -> None:
    known, at = new_credentials(1), [0.0]
    tokens = Tokens(known, now=lambda: at[0])
    form = {
        "grant_type": "client_credentials",
        "client_id": known.client_id,
        "client_secret": known.client_secret,
    }
    statuses = [tokens.issue(form)[0] for _ in range(MOST_TOKENS + 1)]
    assert statuses == [200] * MOST_TOKENS + [429]
    at[0] = 61.0
    assert tokens.issue(form)[0] == 200


def test_a_tenant_of_any_size_is_served_from_a_shell() -> None:
    command = [sys.executable, "-m", "stcrm_nb.cli", "sandbox", "--scale", "0.02", "--seed", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own
        assert running.stdout is not None
        lines = [running.stdout.readline() for _ in range(8)]
        running.terminate()
    said = dict(line.split(maxsplit=1) for line in lines[2:])
    assert "scale 0.02" in lines[0]
    assert said["api_url"].startswith("http://127.0.0.1:")


def test_a_wrong_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbag"]) == 2
    assert "choose from 'sandbox', 'demo', 'serve'" in capsys.readouterr().err
    assert main(["sandbox", "--scale", "0"]) == 1
    assert "Nothing was made" in capsys.readouterr().err
