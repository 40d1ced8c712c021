"""A keyring for machines that have none: one file, named by KEYRING_FILE. Tests alone use it."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps passwords in a file of the test's own."""

    priority = 1.0

    def _held(self) -> dict[str, str]:
        file = Path(os.environ["KEYRING_FILE"])
        return json.loads(file.read_text()) if file.exists() else {}

    def _keep(self, held: dict[str, str]) -> None:
        Path(os.environ["KEYRING_FILE"]).write_text(json.dumps(held))

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._keep({**self._held(), f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        held = self._held()
        if held.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError(username)
        self._keep(held)
