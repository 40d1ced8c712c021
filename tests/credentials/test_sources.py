"""Where credentials come from, in which order, and what is refused."""

import contextlib
import io
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import pytest
from credentials.machine import furnish, login_words, secrets_of
from keyring.backends.fail import Keyring as NoKeyring

import stcrm_nb as stcrm
from stcrm_nb.cli import main
from stcrm_nb.config import VARIABLES, Credentials
from stcrm_nb.credentials import Profile, gather, keys, load, names, remove, save
from stcrm_nb.credentials.profiles import profile_file
from stcrm_nb.errors import AccessError, ConfigError
from stcrm_nb.sandbox.serve import Sandbox


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return furnish(tmp_path, monkeypatch)


@pytest.fixture
def logged_in(home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.stdin", io.StringIO(secrets_of(sandbox)))
    assert main(login_words(sandbox)) == 0
    return home


def test_a_profile_connects_by_its_name(logged_in: Path, sandbox: Sandbox) -> None:
    with stcrm.connect("acme") as crm:
        assert crm.settings.profile == "acme"
        assert crm.settings.time_zone == "America/Chicago"
        assert len(crm.customers.list(ids=[240000001, 240000006])) >= 0
        assert crm.settings.home == logged_in
    assert names() == ["acme"]


def test_several_profiles_live_in_one_notebook(
    logged_in: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(Profile("west", 42, "cid.other", "production", "America/Denver"))
    keys.keep("west", {"client_secret": "one", "app_key": "two"})
    with stcrm.connect("acme") as acme, stcrm.connect("west") as west:
        assert acme.settings.environment == "integration"
        assert west.settings.environment == "production"
        assert west.settings.api_url == "https://api.servicetitan.io"
        assert acme.settings.journal_file != west.settings.journal_file


def test_no_secret_is_in_the_profile_file_and_it_is_private(logged_in: Path, sandbox: Sandbox) -> None:
    file = profile_file()
    text = file.read_text()
    assert sandbox.credentials.client_secret not in text
    assert sandbox.credentials.app_key not in text
    assert sandbox.credentials.client_id in text
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sandbox.credentials.client_secret not in repr(load("acme"))


def test_each_source_gives_way_to_those_before_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Profile("default", 1, "cid.profile"))
    keys.keep("default", {"client_secret": "of keyring", "app_key": "of keyring"})
    assert gather(None, {}).places["STCRM_CLIENT_SECRET"] == "keyring"
    Path(".env").write_text("STCRM_CLIENT_SECRET=of file\nOTHER=not ours\n")
    found = gather(None, {})
    assert (found.places["STCRM_CLIENT_SECRET"], found.variables["STCRM_CLIENT_SECRET"]) == (
        ".env",
        "of file",
    )
    assert "OTHER" not in found.variables
    assert "STCRM_CLIENT_SECRET" not in os.environ
    monkeypatch.setenv("STCRM_CLIENT_SECRET", "of environment")
    found = gather(None, {})
    assert found.variables["STCRM_CLIENT_SECRET"] == "of environment"
    assert found.places["STCRM_APP_KEY"] == "keyring"
    assert found.places["STCRM_TENANT"] == "profile"
    assert gather(None, {"client_secret": "given"}).places["STCRM_CLIENT_SECRET"] == "argument"
    assert "of environment" not in repr(found)


def test_an_env_file_is_found_above_and_used_by_connect(
    home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = sandbox.credentials
    Path(".env").write_text(
        f"STCRM_TENANT={known.tenant}\nSTCRM_CLIENT_ID={known.client_id}\n"
        f"export STCRM_CLIENT_SECRET='{known.client_secret}'\nSTCRM_APP_KEY=\"{known.app_key}\"\n"
    )
    below = Path("notebooks") / "mine"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    with stcrm.connect(api_url=sandbox.api_url, auth_url=sandbox.auth_url, allow_custom_host=True) as crm:
        crm.authenticate()


def test_what_is_missing_is_asked_for_and_hidden(home: Path) -> None:
    typed = {"client_secret": "typed", "app_key": "typed too"}
    save(Profile("acme", 1, "cid.profile"))
    found = gather("acme", {}, ask=typed.__getitem__)
    assert found.variables["STCRM_APP_KEY"] == "typed too"
    assert found.places["STCRM_APP_KEY"] == "asked"


def test_arguments_that_say_all_need_no_profile(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Profile("acme", 1, "cid.profile"))
    monkeypatch.setenv("STCRM_PROFILE", "acme")
    given: Credentials = {"tenant": 2, "client_id": "cid.x", "client_secret": "s", "app_key": "k"}
    assert gather(None, given).profile is None
    with pytest.raises(ConfigError, match="not mixed"):
        gather("acme", given)


def test_all_of_it_is_asked_for_where_nothing_is_known(home: Path) -> None:
    found = gather(None, {}, ask=lambda name: f"typed {name}")
    assert {found.places[each] for each in VARIABLES.values()} == {"asked"}
    assert found.variables["STCRM_TENANT"] == "typed tenant"


def test_nobody_is_asked_where_nobody_can_answer(home: Path) -> None:
    save(Profile("acme", 1, "cid.profile"))
    with pytest.raises(ConfigError, match=r"STCRM_CLIENT_SECRET.*STCRM_APP_KEY.*stcrm login"):
        stcrm.connect("acme")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("STCRM_TENANT", "2"), ("STCRM_CLIENT_ID", "cid.else"), ("STCRM_ENVIRONMENT", "production")],
)
def test_credentials_of_two_tenants_are_not_mixed(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    save(Profile("acme", 1, "cid.profile"))
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=f"not mixed: unset {variable}"):
        stcrm.connect("acme")


def test_an_unnamed_profile_steps_back_where_the_rest_speaks_of_another(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(Profile("default", 1, "cid.profile"))
    keys.keep("default", {"client_secret": "of keyring", "app_key": "of keyring"})
    assert gather(None, {}).profile == load("default")
    assert gather(None, {"tenant": 2}).profile is None
    monkeypatch.setenv("STCRM_TENANT", "3")
    assert "STCRM_CLIENT_SECRET" not in gather(None, {}).variables


def test_an_unknown_profile_is_told_with_the_nearest(logged_in: Path) -> None:
    with pytest.raises(ConfigError, match=r"no profile 'acne'. Did you mean 'acme'\?.*stcrm login acne"):
        stcrm.connect("acne")
    with pytest.raises(ConfigError, match="no profile"):
        remove("acne")


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"name": "demo"}, "no name for a profile"),
        ({"name": "../up"}, "no name for a profile"),
        ({"environment": "prod"}, "no environment 'prod'"),
        ({"tenant": 0}, "digits only"),
        ({"client_id": " "}, "client id is missing"),
        ({"time_zone": "Chicago"}, "no time zone"),
        ({"api_url": "http://evil.example", "auth_url": "http://evil.example"}, "custom host must look like"),
    ],
)
def test_an_unusable_profile_is_refused(home: Path, facts: dict[str, Any], says: str) -> None:
    good = Profile("acme", 1, "cid.x")
    with pytest.raises(ConfigError, match=says):
        replace(good, **facts)


def test_a_damaged_profile_file_is_kept_and_said(home: Path) -> None:
    save(Profile("acme", 1, "cid.x"))
    profile_file().write_text("{broken")
    with pytest.raises(ConfigError, match="cannot be read as profiles"):
        save(Profile("west", 2, "cid.y"))
    assert profile_file().read_text() == "{broken"


def test_wrong_credentials_are_not_kept(
    home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("cs1.wrong\nak1.wrong\n"))
    assert main(login_words(sandbox)) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "cs1.wrong" not in told
    assert names() == []
    assert keys.secret_of("acme", "client_secret") is None


def test_a_profile_is_forgotten_with_its_secrets(logged_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profiles"]) == 0
    assert "acme integration" in " ".join(capsys.readouterr().out.split())
    assert main(["profiles", "--remove", "acme"]) == 0
    assert names() == []
    assert keys.secret_of("acme", "client_secret") is None
    assert main(["profiles"]) == 0
    assert "nothing" in capsys.readouterr().out


def test_without_a_keyring_nothing_is_kept_and_the_way_is_said(
    home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keyring.set_keyring(NoKeyring())
    monkeypatch.setattr("sys.stdin", io.StringIO(secrets_of(sandbox)))
    assert main(login_words(sandbox)) == 1
    assert "STCRM_CLIENT_SECRET" in capsys.readouterr().err
    assert names() == []


def test_authenticate_tells_wrong_credentials_at_once(home: Path, sandbox: Sandbox) -> None:
    known = sandbox.credentials
    with (
        stcrm.connect(
            tenant=known.tenant, client_id=known.client_id, client_secret="cs1.no", app_key=known.app_key,
            api_url=sandbox.api_url, auth_url=sandbox.auth_url, allow_custom_host=True,
        ) as crm,
        pytest.raises(AccessError),
    ):  # fmt: skip
        crm.authenticate()


@pytest.mark.skipif(os.name != "posix", reason="there are terminals of another kind here")
def test_a_terminal_asks_and_shows_no_secret(home: Path, sandbox: Sandbox) -> None:
    import pty  # noqa: PLC0415 - not everywhere

    words = [sys.executable, "-m", "stcrm_nb.cli", *login_words(sandbox)]
    leader, follower = pty.openpty()
    running = subprocess.Popen(words, stdin=follower, stdout=follower, stderr=follower)  # noqa: S603 - ours
    os.close(follower)
    seen = b""
    for question, answer in (
        (b"Client secret", sandbox.credentials.client_secret),
        (b"App key", sandbox.credentials.app_key),
    ):
        while question not in seen:
            seen += os.read(leader, 1024)
        os.write(leader, f"{answer}\n".encode())
    with contextlib.suppress(OSError):  # the end of a terminal
        while part := os.read(leader, 1024):
            seen += part
    os.close(leader)
    assert running.wait(60) == 0
    assert b"Kept as 'acme'" in seen
    assert sandbox.credentials.client_secret.encode() not in seen
    assert sandbox.credentials.app_key.encode() not in seen
    assert names() == ["acme"]
