"""`stcrm login` and `stcrm profiles`: credentials into the keyring, and out of it."""

import argparse
import sys

import pandas as pd

from stcrm_nb import credentials
from stcrm_nb.cli import say
from stcrm_nb.config import ORIGINS, Credentials
from stcrm_nb.credentials import keys
from stcrm_nb.credentials.profiles import SECRETS
from stcrm_nb.credentials.prompt import asked
from stcrm_nb.door import connect
from stcrm_nb.errors import ConfigError


def add(commands: "say.Commands") -> None:
    """Add the commands."""
    login = commands.add_parser(
        "login",
        help="keep a tenant's credentials under a name",
        description="Keep tenant, client and environment in a profile, and the two secrets in this machine's "
        "keyring. What is not given is asked for; secrets are never options, which others could read. "
        "Without a terminal, the client secret and the app key are read from standard input, a line each.",
    )
    login.add_argument(
        "name", nargs="?", default="default", help='of the profile; "default" is taken unnamed'
    )
    login.add_argument("--tenant", type=int, help="the tenant's number")
    login.add_argument("--client-id", help="of the app's connection to the tenant")
    login.add_argument("--environment", choices=list(ORIGINS), default="integration")
    login.add_argument(
        "--time-zone", default="UTC", help="such as America/Chicago; the service does not tell it"
    )
    login.add_argument("--api-url", default="", help="a server of your own, instead of the service")
    login.add_argument("--auth-url", default="", help="its token endpoint's host; default: the same")
    login.add_argument(
        "--no-check", action="store_true", help="keep them without asking the service for a token"
    )
    login.set_defaults(run=_login)
    profiles = commands.add_parser("profiles", help="list the profiles, or forget one")
    profiles.add_argument("--remove", metavar="NAME", help="forget a profile and its secrets")
    profiles.set_defaults(run=_profiles)


def _login(given: argparse.Namespace) -> None:
    terminal = sys.stdin is not None and sys.stdin.isatty()
    if not terminal and (given.tenant is None or given.client_id is None):
        raise ConfigError("Without a terminal, --tenant and --client-id must be given. Nothing was kept.")
    number = given.tenant if given.tenant is not None else asked("tenant")
    if not str(number).isdigit():
        raise ConfigError("The tenant must be its number, digits only. Nothing was kept.")
    profile = credentials.Profile(
        name=given.name,
        tenant=int(number),
        client_id=(given.client_id or asked("client_id")).strip(),
        environment=given.environment,
        time_zone=given.time_zone,
        api_url=given.api_url,
        auth_url=given.auth_url or given.api_url,
    )
    secrets = {each: asked(each) if terminal else _read_line(each) for each in SECRETS}
    if not given.no_check:
        _try(profile, secrets)
    keys.keep(profile.name, secrets)
    file = credentials.save(profile)
    say.line(f"Kept as {profile.name!r}: {file}; the secrets are in {keys.backend()}.")
    say.line(f"In Python: stcrm.connect({profile.name!r}). All of it: stcrm doctor --profile {profile.name}")


def _read_line(name: str) -> str:
    text = sys.stdin.readline().strip()
    if not text:
        raise ConfigError(f"The standard input has no line for {name}. Nothing was kept.")
    return text


def _try(profile: credentials.Profile, secrets: dict[str, str]) -> None:
    """Ask for a token with them, before anything is kept."""
    given: Credentials = {
        "tenant": profile.tenant,
        "client_id": profile.client_id,
        "client_secret": secrets["client_secret"],
        "app_key": secrets["app_key"],
        "environment": profile.environment,
    }
    if profile.api_url:
        given |= {"api_url": profile.api_url, "auth_url": profile.auth_url, "allow_custom_host": True}
    crm = connect(None, **given)
    with crm:
        crm.authenticate()


def _profiles(given: argparse.Namespace) -> None:
    if given.remove:
        credentials.remove(given.remove)
        keys.forget(given.remove)
        say.line(f"Profile {given.remove!r} and its secrets are gone.")
        return
    rows = []
    for name in credentials.names():
        each = credentials.load(name)
        kept = all(keys.secret_of(name, secret) for secret in SECRETS)
        rows.append((name, each.environment, each.tenant, each.time_zone, "yes" if kept else "no"))
    say.table(pd.DataFrame(rows, columns=["profile", "environment", "tenant", "time_zone", "secrets_kept"]))
