"""Secrets of profiles in the system's keyring: Keychain, Credential Manager, Secret Service."""

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from stcrm_nb.credentials.profiles import SECRETS
from stcrm_nb.errors import ConfigError

SERVICE = "stcrm_nb"


def secret_of(profile: str, name: str) -> str | None:
    """Return a secret of a profile; None if the keyring holds none, or there is no keyring."""
    try:
        return keyring.get_password(SERVICE, f"{profile}:{name}")
    except KeyringError:
        return None


def keep(profile: str, secrets: "dict[str, str]") -> None:
    """Put the secrets of a profile into the keyring.

    Raises
    ------
    ConfigError
        There is no keyring, or it refuses; what it took is taken back.
    """
    try:
        for name, value in secrets.items():
            keyring.set_password(SERVICE, f"{profile}:{name}", value)
    except KeyringError as fault:
        forget(profile)
        raise ConfigError(
            f"The keyring of this machine took no secret ({type(fault).__name__}). Unlock it, or set "
            "STCRM_CLIENT_SECRET and STCRM_APP_KEY instead. Nothing was kept."
        ) from None


def forget(profile: str) -> None:
    """Take the secrets of a profile out of the keyring; those that are not there are no fault."""
    for name in SECRETS:
        try:
            keyring.delete_password(SERVICE, f"{profile}:{name}")
        except (PasswordDeleteError, KeyringError):
            continue


def backend() -> str:
    """Return what keeps the secrets, in words."""
    return str(getattr(keyring.get_keyring(), "name", "none"))
