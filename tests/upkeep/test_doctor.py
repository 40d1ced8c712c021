"""`stcrm doctor` names each fault that is switched on, and what helps."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from credentials.machine import furnish, login_words, secrets_of

import stcrm_nb as stcrm
from stcrm_nb.cli import main
from stcrm_nb.credentials import keys
from stcrm_nb.sandbox.serve import Sandbox, start


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return furnish(tmp_path, monkeypatch)


@pytest.fixture
def conditions(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(getattr(request, "param", {}))


@pytest.fixture
def sandbox(home: Path, conditions: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox under conditions, with a profile `acme`; its clock is this machine's."""
    clock = conditions.pop("clock", lambda: datetime.now(UTC))
    with start(clock=clock, **conditions) as running:
        monkeypatch.setattr("sys.stdin", io.StringIO(secrets_of(running)))
        assert main(login_words(running)) == 0
        yield running


def faults(found: pd.DataFrame) -> dict[str, str]:
    bad = found[found["outcome"].isin(["warn", "fail"])]
    return dict(zip(bad["check"], bad["outcome"].astype("str"), strict=True))


def test_all_is_well_where_all_is_well(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    found = stcrm.diagnose("acme")
    assert faults(found) == {}
    told = found.set_index("check")["told"]
    assert "client_secret from keyring" in told["credentials"]
    assert "tenant from profile" in told["credentials"]
    assert main(["doctor", "--profile", "acme"]) == 0
    out = capsys.readouterr().out
    assert "ok    token" in out
    assert sandbox.credentials.client_secret not in out
    assert sandbox.credentials.app_key not in out


@pytest.mark.parametrize(
    ("conditions", "expected", "fix"),
    [
        ({"lacking": ["tn.crm.leads:r"]}, {"scope tn.crm.leads:r": "fail"}, "Give the app the scope"),
        ({"lacking": ["tn.mrk.campaigns:r"]}, {"scope tn.mrk.campaigns:r": "warn"}, "developer portal"),
        ({"contact_management": False}, {"scope tn.crm.contacts:r": "fail"}, "does not have this feature"),
        ({"rate_limit": 6}, {"rate limit": "warn"}, "uses this app's calls"),
        (
            {"clock": lambda: datetime.now(UTC) + timedelta(minutes=7)},
            {"clock": "fail"},
            "Set the machine's clock",
        ),
    ],
    indirect=["conditions"],
)
def test_a_fault_of_the_service_is_named(sandbox: Sandbox, expected: dict[str, str], fix: str) -> None:
    found = stcrm.diagnose("acme")
    assert faults(found) == expected
    assert fix in found.set_index("check").loc[next(iter(expected)), "fix"]


@pytest.mark.parametrize("conditions", [{"latency": 2.1}], indirect=True)
def test_a_slow_service_is_called_slow(sandbox: Sandbox) -> None:
    named = faults(stcrm.diagnose("acme"))
    assert named == {"token endpoint reachable": "warn", "API host reachable": "warn"}


def test_a_wrong_client_secret_is_told_from_a_wrong_app_key(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    known = sandbox.credentials
    keys.keep("acme", {"client_secret": "cs1.wrong", "app_key": known.app_key})
    found = stcrm.diagnose("acme")
    assert faults(found) == {"token": "fail"}
    assert not [each for each in found["check"] if each.startswith("scope")]
    keys.keep("acme", {"client_secret": known.client_secret, "app_key": "ak1.wrong"})
    found = stcrm.diagnose("acme")
    assert faults(found)["scope tn.crm.customers:r"] == "fail"
    assert "token" not in faults(found)
    assert "app key" in found.set_index("check").loc["scope tn.crm.customers:r", "fix"]
    assert main(["doctor", "--profile", "acme"]) == 1
    assert "FAIL  scope tn.crm.customers:r" in capsys.readouterr().out


def test_a_dead_service_is_named(sandbox: Sandbox) -> None:
    sandbox.stop()
    found = stcrm.diagnose("acme")
    named = faults(found)
    assert named["token endpoint reachable"] == named["API host reachable"] == named["token"] == "fail"
    assert "proxy" in found.set_index("check").loc["API host reachable", "fix"]


def test_a_failing_gateway_is_named(sandbox: Sandbox) -> None:
    sandbox.fail_next(6)  # the first answer of each host's root, and one list with its retries
    named = faults(stcrm.diagnose("acme"))
    assert named == {"scope tn.crm.customers:r": "fail"}


def test_a_damaged_cache_and_a_changed_journal_are_named(sandbox: Sandbox, home: Path) -> None:
    with stcrm.connect("acme", writable=True) as crm:
        crm.locations.add_tag(250200006, 7702).apply()
        cache, journal = crm.settings.cache_folder / "replies.sqlite", crm.settings.journal_file
    cache.write_bytes(b"no database" * 1000)
    lines = journal.read_bytes()
    journal.write_bytes(lines.replace(b"7702", b"7703", 1))
    named = faults(stcrm.diagnose("acme"))
    assert named["cache"] == "warn"
    assert named["journal"] == "fail"


def test_a_folder_that_is_not_ours_is_named(sandbox: Sandbox, home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    home.rename(elsewhere)
    home.symlink_to(elsewhere)
    (elsewhere / ".doctor").symlink_to("/dev/null")
    assert faults(stcrm.diagnose("acme"))["data folder"] == "fail"


def test_missing_credentials_are_the_first_thing_said(home: Path) -> None:
    found = stcrm.diagnose("nobody")
    assert found["check"].tolist() == ["versions", "credentials"]
    assert found["outcome"].tolist() == ["pass", "fail"]
    assert main(["doctor", "--profile", "nobody"]) == 1
