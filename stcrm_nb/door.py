"""The door: `connect()` finds credentials or the demo tenant, and opens a connection."""

import functools
import tempfile
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from stcrm_nb import sandbox
from stcrm_nb.client import Client
from stcrm_nb.config import Credentials, Secret, Settings, checked_zone, read
from stcrm_nb.credentials import gather
from stcrm_nb.errors import ConfigError


def connect(
    profile: str | None = None,
    *,
    writable: bool = False,
    tz: str | None = None,
    offline: bool = False,
    **credentials: Unpack[Credentials],
) -> Client:
    """Connect to a tenant; nothing is sent until the first read.

    Parameters
    ----------
    profile : str, optional
        "demo" starts the embedded sandbox tenant in this process and stops it with the interpreter. Another
        name is a profile made by `stcrm login NAME`. Credentials come from the arguments, then from the
        environment variables STCRM_CLIENT_ID, STCRM_CLIENT_SECRET, STCRM_APP_KEY, STCRM_TENANT and
        STCRM_ENVIRONMENT ("production" or "integration", the default), then from the nearest `.env` file,
        then from the profile and the system's keyring; what is still missing is asked for where somebody can
        answer. Without a name, the profile is STCRM_PROFILE, else "default" if there is one.
    writable : bool
        Whether changes may be applied. Reading is the default.
    tz : str, optional
        The tenant's time zone, an IANA name such as "America/Chicago": the service does not tell it.
        Default: STCRM_TIMEZONE, else UTC; the demo tenant knows its own.
    offline : bool
        Serve only what is in the cache, however old, and say so; nothing is sent.
    **credentials
        tenant, client_id, client_secret, app_key, environment; api_url and auth_url for a server of your own,
        with allow_custom_host=True; proxy, the address of one, and ca_bundle, a file of certificates, which
        are never taken from the machine's settings.

    Returns
    -------
    Client

    Raises
    ------
    ConfigError
        Something is missing or unusable, there is no such profile, or profile and environment speak of
        different tenants; nothing was sent.

    Examples
    --------
    >>> connect("demo").settings.tenant_name
    'Lakeshore Home Comfort'

    Source
    ------
    Authentication and hosts as in the published description's `oauth` scheme and servers.
    """
    if profile != "demo":
        return Client(replace(settings_of(profile, credentials, tz=tz, writable=writable), offline=offline))
    if credentials:
        raise ConfigError(f"The demo tenant takes no {', '.join(credentials)}; leave them out.")
    running, home = _demo()
    return open_sandbox(running, home, writable=writable, tz=tz, offline=offline)


def settings_of(
    profile: str | None, given: Credentials, *, tz: str | None = None, writable: bool = False
) -> Settings:
    """Return the settings of a connection: what is given, and what the sources of credentials have."""
    found = gather(profile, given)
    own = found.profile
    if own is not None and own.api_url and not given.get("api_url"):
        given = {**given, "api_url": own.api_url, "auth_url": own.auth_url, "allow_custom_host": True}
    settings = read(given, time_zone=tz, writable=writable, variables=found.variables)
    return replace(settings, profile=own.name if own else "")


def open_sandbox(
    running: "sandbox.Sandbox",
    home: Path,
    *,
    writable: bool = False,
    tz: str | None = None,
    offline: bool = False,
) -> Client:
    """Connect to a running sandbox; cache and journal go to `home`."""
    keys = running.credentials
    settings = Settings(
        environment="demo",
        tenant=keys.tenant,
        client_id=keys.client_id,
        client_secret=Secret(keys.client_secret),
        app_key=Secret(keys.app_key),
        api_url=running.api_url,
        auth_url=running.auth_url,
        time_zone=checked_zone(tz or running.time_zone),
        tenant_name=running.name,
        writable=writable,
        home=home,
        offline=offline,
    )
    return Client(settings, sandbox=running)


@functools.cache
def _demo() -> "tuple[sandbox.Sandbox, Path]":
    """Start the one demo tenant of this process; its cache and journal vanish with it."""
    folder = tempfile.TemporaryDirectory(prefix="stcrm_nb-demo-")
    running = sandbox.start()
    weakref.finalize(running, folder.cleanup)
    return running, Path(folder.name)
