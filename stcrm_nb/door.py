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
    profile : {"demo"}, optional
        "demo" starts the embedded sandbox tenant in this process and stops it with the interpreter.
        Without it, credentials come from the arguments, then from the environment variables
        STCRM_CLIENT_ID, STCRM_CLIENT_SECRET, STCRM_APP_KEY, STCRM_TENANT and
        STCRM_ENVIRONMENT ("production" or "integration", the default).
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
        Something is missing or unusable; nothing was sent.

    Examples
    --------
    >>> connect("demo").settings.tenant_name
    'Lakeshore Home Comfort'

    Source
    ------
    Authentication and hosts as in the published description's `oauth` scheme and servers.
    """
    if profile is None:
        return Client(replace(read(credentials, time_zone=tz, writable=writable), offline=offline))
    if profile != "demo":
        raise ConfigError(
            f'There is no profile {profile!r}. Use stcrm.connect("demo") for the demo tenant, or '
            "stcrm.connect() with credentials in the environment variables STCRM_CLIENT_ID and so on."
        )
    if credentials:
        raise ConfigError(f"The demo tenant takes no {', '.join(credentials)}; leave them out.")
    running, home = _demo()
    return open_sandbox(running, home, writable=writable, tz=tz, offline=offline)


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
