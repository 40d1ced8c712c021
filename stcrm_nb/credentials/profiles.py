"""Named profiles: which tenant, which environment, which client. A private file; no secret is in it."""

import difflib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from platformdirs import user_config_path

from stcrm_nb.config import ORIGINS, Credentials, checked_zone, origins, private_file
from stcrm_nb.errors import ConfigError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
SECRETS = ("client_secret", "app_key")  # of each profile, in the keyring
OWN = frozenset({"demo"})  # names that mean something else
FILE = "profiles.json"


@dataclass(frozen=True, slots=True)
class Profile:
    """One tenant as one client sees it; its secrets are in the keyring.

    Parameters
    ----------
    name : str
        Letters, digits, `_`, `.` and `-`; not "demo".
    tenant : int
        The tenant's number.
    client_id : str
        Of the app's connection to the tenant.
    environment : {"integration", "production"}
        Which of the two services.
    time_zone : str
        The tenant's, an IANA name; the service does not tell it.
    api_url, auth_url : str
        Empty, or a server of your own.

    Raises
    ------
    ConfigError
        A value is unusable.
    """

    name: str
    tenant: int
    client_id: str
    environment: str = "integration"
    time_zone: str = "UTC"
    api_url: str = ""
    auth_url: str = ""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name) or self.name in OWN:
            raise ConfigError(
                f"{self.name!r} is no name for a profile: use letters, digits, '_', '.' and '-', not 'demo'."
            )
        if self.environment not in ORIGINS:
            raise ConfigError(
                f"There is no environment {self.environment!r}. Choose from: {', '.join(ORIGINS)}."
            )
        if not isinstance(self.tenant, int) or self.tenant <= 0:
            raise ConfigError("The tenant must be its number, digits only.")
        if not self.client_id.strip():
            raise ConfigError(
                "The client id is missing; the developer portal shows it beside the app's tenants."
            )
        checked_zone(self.time_zone)
        custom = Credentials(api_url=self.api_url, auth_url=self.auth_url, allow_custom_host=True)
        origins(self.environment, custom)


def profile_file(variables: Mapping[str, str] = os.environ) -> Path:
    """Return the file of profiles: in STCRM_HOME, else in the user's folder of settings."""
    home = variables.get("STCRM_HOME")
    return (Path(home) if home else user_config_path("stcrm_nb")) / FILE


def names(variables: Mapping[str, str] = os.environ) -> list[str]:
    """Return the names of all profiles, sorted."""
    return sorted(_read(profile_file(variables)))


def load(name: str, variables: Mapping[str, str] = os.environ) -> Profile:
    """Return one profile.

    Raises
    ------
    ConfigError
        There is none of that name; the nearest are told.
    """
    known = _read(profile_file(variables))
    if name not in known:
        near = difflib.get_close_matches(name, [*known, "demo"], n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        have = f" There is {', '.join(sorted(known))}." if known else " There is none yet."
        raise ConfigError(
            f"There is no profile {name!r}.{hint}{have} Make it in a terminal: stcrm login {name}. "
            'The demo tenant needs none: stcrm.connect("demo"). Nothing was sent.'
        )
    return known[name]


def save(profile: Profile, variables: Mapping[str, str] = os.environ) -> Path:
    """Keep a profile; one of the same name is replaced. Return the file."""
    file = profile_file(variables)
    return _write(file, {**_read(file), profile.name: profile})


def remove(name: str, variables: Mapping[str, str] = os.environ) -> None:
    """Forget a profile; what the keyring holds of it is `keys.forget`'s."""
    load(name, variables)
    file = profile_file(variables)
    _write(file, {each: profile for each, profile in _read(file).items() if each != name})


def _read(file: Path) -> dict[str, Profile]:
    """Return what a file holds; a damaged one is refused, not overwritten."""
    if not file.exists():
        return {}
    wanted = {each.name for each in fields(Profile)}
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return {
            name: Profile(
                name=name, **{key: value for key, value in facts.items() if key in wanted - {"name"}}
            )
            for name, facts in held.items()
        }
    except (ValueError, TypeError, AttributeError) as fault:
        raise ConfigError(
            f"{file} cannot be read as profiles ({type(fault).__name__}). Mend it, or move it away and run "
            "stcrm login again. Nothing was sent."
        ) from None


def _write(file: Path, profiles: Mapping[str, Profile]) -> Path:
    held = {name: asdict(profile) for name, profile in sorted(profiles.items())}
    for each in held.values():
        del each["name"]
    private_file(file)
    part = private_file(file.with_suffix(".part"))  # whole or not at all
    part.write_text(json.dumps(held, indent=2), encoding="utf-8")
    part.replace(file)
    return file
