"""A machine of a test's own: a home, a keyring, no variables, and a sandbox behind a custom host."""

from pathlib import Path

import keyring
import pytest
from credentials.file_keyring import FileKeyring

from stcrm_nb.sandbox.serve import Sandbox

VARIABLES = (
    "STCRM_TENANT", "STCRM_CLIENT_ID", "STCRM_CLIENT_SECRET", "STCRM_APP_KEY", "STCRM_ENVIRONMENT",
    "STCRM_TIMEZONE", "STCRM_PROFILE",
)  # fmt: skip


def furnish(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set everything up, and return the home."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STCRM_HOME", str(folder / "home"))
    monkeypatch.setenv("KEYRING_FILE", str(folder / "keyring.json"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "credentials.file_keyring.FileKeyring")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    monkeypatch.chdir(folder)
    keyring.set_keyring(FileKeyring())
    return folder / "home"


def login_words(sandbox: Sandbox, name: str = "acme") -> list[str]:
    """Return a login at a sandbox; the secrets come by standard input."""
    keys = sandbox.credentials
    return [
        "login", name, "--tenant", str(keys.tenant), "--client-id", keys.client_id,
        "--time-zone", "America/Chicago", "--api-url", sandbox.api_url,
    ]  # fmt: skip


def secrets_of(sandbox: Sandbox) -> str:
    """Return the two lines that login reads."""
    return f"{sandbox.credentials.client_secret}\n{sandbox.credentials.app_key}\n"
