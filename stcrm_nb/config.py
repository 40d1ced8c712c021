"""Which tenant, which environment, which credentials, which folders."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn, TypedDict, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path

from stcrm_nb.errors import ConfigError, StoreError

Environment = Literal["production", "integration", "demo"]

# The only hosts that credentials go to (requirement T2); published in the API description.
ORIGINS: dict[str, tuple[str, str]] = {
    "production": ("https://api.servicetitan.io", "https://auth.servicetitan.io"),
    "integration": (
        "https://api-integration.servicetitan.io",
        "https://auth-integration.servicetitan.io",
    ),
}
ODD = set("@\\?#%\t\r\n ")  # in an address, they lead elsewhere than one reads
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
VARIABLES = {
    "tenant": "STCRM_TENANT",
    "client_id": "STCRM_CLIENT_ID",
    "client_secret": "STCRM_CLIENT_SECRET",
    "app_key": "STCRM_APP_KEY",
}


class Credentials(TypedDict, total=False):
    """What `connect` takes by keyword; what is missing comes from the environment variables."""

    tenant: int | str
    client_id: str
    client_secret: str
    app_key: str
    environment: str
    api_url: str
    auth_url: str
    allow_custom_host: bool
    proxy: str
    ca_bundle: str


class Secret:
    """A text that shows itself nowhere: not in repr, str, format or pickle (requirement S3).

    Parameters
    ----------
    value : str
        The secret; spaces around it, which the token endpoint would refuse, are dropped.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value.strip()

    def reveal(self) -> str:
        """Return the secret itself; only `transport` has a use for it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        """Refuse to be written anywhere."""
        raise TypeError("A secret is not pickled. Pass it as an argument or environment variable instead.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a connection knows about itself. Safe to show: secrets hide themselves."""

    environment: Environment
    tenant: int
    client_id: str
    client_secret: Secret
    app_key: Secret
    api_url: str
    auth_url: str
    time_zone: str = "UTC"
    tenant_name: str = ""
    writable: bool = False
    home: Path = Path()
    offline: bool = False
    proxy: str = ""
    ca_bundle: Path | None = None
    profile: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The tenant's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def place(self) -> str:
        """Tenant and environment in words."""
        name = self.tenant_name or f"tenant {self.tenant}"
        return f"{name} ({self.environment})"

    @property
    def cache_folder(self) -> Path:
        """Where replies are kept: one folder an environment, tenant and client (requirement C4)."""
        client = hashlib.sha256(self.client_id.encode()).hexdigest()[:12]
        return self.home / "cache" / f"{self.environment}-{self.tenant}-{client}"

    @property
    def journal_file(self) -> Path:
        """Where writes are noted: one file an environment and tenant."""
        return self.home / "journal" / f"{self.environment}-{self.tenant}.jsonl"


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner can open, and return it (requirements C2, S5).

    Raises
    ------
    StoreError
        It is a link, or somebody else's.
    """
    for missing in [each for each in (folder, *folder.parents) if not each.exists()][::-1]:
        missing.mkdir(exist_ok=True)
        missing.chmod(0o700)  # whatever the user's umask says
    _own(folder)
    folder.chmod(0o700)
    return folder


def private_file(file: Path) -> Path:
    """Make a file that only its owner can read, in a folder alike, and return it.

    Raises
    ------
    StoreError
        It is a link, or somebody else's.
    """
    private_folder(file.parent)
    if not file.is_symlink():
        file.touch(mode=0o600)
    _own(file)
    file.chmod(0o600)
    return file


def _own(path: Path) -> None:
    foreign = hasattr(os, "getuid") and path.lstat().st_uid != os.getuid()
    if path.is_symlink() or foreign:
        raise StoreError(
            f"{path.name} in the data folder is a link or belongs to another user, so nothing is kept there. "
            "Remove it, or set STCRM_HOME to a folder of your own."
        )


def read(
    given: Credentials, *, time_zone: str | None, writable: bool, variables: Mapping[str, str] = os.environ
) -> Settings:
    """Put settings together from arguments, then environment variables.

    Parameters
    ----------
    given : Credentials
        What the caller passed; wins over the variables.
    time_zone : str or None
        IANA name; None reads STCRM_TIMEZONE, else UTC.
    writable : bool
        Whether changes may be applied.
    variables : mapping
        STCRM_TENANT, STCRM_CLIENT_ID, STCRM_CLIENT_SECRET, STCRM_APP_KEY, STCRM_ENVIRONMENT, STCRM_HOME.

    Returns
    -------
    Settings

    Raises
    ------
    ConfigError
        If something is missing or unusable; every missing name is listed, nothing was sent.
    """
    values = {
        name: str(given.get(name) or variables.get(variable, "")) for name, variable in VARIABLES.items()
    }
    missing = [f"{VARIABLES[name]} (or {name}=)" for name, value in values.items() if not value.strip()]
    if missing:
        raise ConfigError(
            f"No credentials for the service: {', '.join(missing)} not set. Nothing was sent. Set them, keep "
            "them with stcrm login NAME in a terminal, or try the demo tenant, which needs none: "
            'stcrm.connect("demo").'
        )
    if not values["tenant"].strip().isdigit():
        raise ConfigError("The tenant must be its number, digits only; see STCRM_TENANT. Nothing was sent.")
    environment = given.get("environment") or variables.get("STCRM_ENVIRONMENT") or "integration"
    api_url, auth_url = origins(environment, given)
    return Settings(
        environment=cast("Environment", environment),
        tenant=int(values["tenant"]),
        client_id=values["client_id"].strip(),
        client_secret=Secret(values["client_secret"]),
        app_key=Secret(values["app_key"]),
        api_url=api_url,
        auth_url=auth_url,
        time_zone=checked_zone(time_zone or variables.get("STCRM_TIMEZONE") or "UTC"),
        writable=writable,
        proxy=given.get("proxy", ""),
        ca_bundle=Path(given["ca_bundle"]) if given.get("ca_bundle") else None,
        home=Path(variables["STCRM_HOME"]) if variables.get("STCRM_HOME") else user_data_path("stcrm_nb"),
    )


def checked_zone(name: str) -> str:
    """Return an IANA time zone's name, or say that there is none."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(f"{name!r} is no time zone. Use an IANA name such as 'America/Chicago'.") from None
    return name


def origins(environment: str, given: Credentials) -> tuple[str, str]:
    """Return the API's and the token endpoint's origin, checked (requirement T2)."""
    if environment not in ORIGINS:
        raise ConfigError(f"There is no environment {environment!r}. Choose from: {', '.join(ORIGINS)}.")
    known = ORIGINS[environment]
    chosen = (given.get("api_url") or known[0], given.get("auth_url") or known[1])
    if chosen == known:
        return known
    if not given.get("allow_custom_host"):
        raise ConfigError(
            "api_url or auth_url is not the service's own host, and credentials go nowhere else. "
            "If that host is yours, add allow_custom_host=True. Nothing was sent."
        )
    return checked_origin(chosen[0]), checked_origin(chosen[1])


def checked_origin(url: str) -> str:
    """Return scheme, host and port of a URL; refuse anything that could lead elsewhere."""
    parts = urlsplit(url)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    extra = parts.username or parts.password or parts.path not in ("", "/") or set(url) & ODD
    if not parts.hostname or not secure or extra:
        raise ConfigError(
            "A custom host must look like https://host or https://host:port, without path, user or query; "
            "plain http is for loopback only. Nothing was sent."
        )
    return f"{parts.scheme}://{parts.netloc}"
