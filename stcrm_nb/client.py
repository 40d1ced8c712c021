"""The door: `connect()` puts the rooms together and has no logic of its own."""

import difflib
import functools
import tempfile
import weakref
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

import pandas as pd

from stcrm_nb import catalogue, markup, panels, sandbox
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.change import TONES
from stcrm_nb.changes.journal import Journal
from stcrm_nb.changes.pending import settle
from stcrm_nb.config import Credentials, Secret, Settings, checked_zone, read
from stcrm_nb.errors import ArgumentError, ConfigError
from stcrm_nb.resources import Resource
from stcrm_nb.resources.names import add_names as _add_names
from stcrm_nb.transport.cache.replies import ReplyCache
from stcrm_nb.transport.session import Session

if TYPE_CHECKING:  # a stub alone: the operations with their keywords, for editors and mypy
    from stcrm_nb import resources_typed as typed


class Client:
    """One connection to one tenant. Made by `connect`; shows its state in a cell.

    Parameters
    ----------
    settings : Settings
        Tenant, environment, credentials, folders.
    sandbox : Sandbox, optional
        The demo tenant behind it, if it is one.

    Examples
    --------
    >>> crm.settings.environment
    'demo'
    >>> crm.leads.list()["status"].cat.categories.tolist()
    ['Open', 'Dismissed', 'Converted']
    """

    customers: "typed.Customers"
    locations: "typed.Locations"
    leads: "typed.Leads"
    bookings: "typed.Bookings"
    booking_provider_tags: "typed.BookingProviderTags"
    contacts: "typed.Contacts"
    tags: "typed.Tags"
    export: "typed.Export"
    lookups: "typed.Lookups"

    def __init__(self, settings: Settings, *, sandbox: "sandbox.Sandbox | None" = None) -> None:
        self.settings = settings
        self.sandbox = sandbox
        session = Session(settings)
        self._session = session
        self.journal = Journal(settings.journal_file, settle=partial(settle, session))
        applier = Applier(session, self.journal)
        for facts in catalogue.RESOURCES:
            owner, _, name = facts.name.rpartition(".")
            setattr(getattr(self, owner) if owner else self, name, Resource(facts, applier))
        if settings.writable and not settings.offline and self.journal.unsettled():
            self.journal.pending()  # a crash left something open: look what became of it

    def browse(self, name: str, **filters: Any) -> "panels.Browser":
        """Open a panel on one kind of record.

        Parameters
        ----------
        name : {"customers", "locations", "leads", "bookings"}
            What to browse.
        **filters
            Restrict what is fetched; the parameters of the resource's `list`.

        Returns
        -------
        Browser
            Shows itself as the last value of a cell.

        Raises
        ------
        ArgumentError
            There is no such kind of record.

        Examples
        --------
        >>> crm.browse("locations", city="Madison")  # doctest: +SKIP

        Source
        ------
        Operations Customers_GetList, Locations_GetList, Leads_GetList, Bookings_GetList.
        """
        resources = {each.name: each for each in (self.customers, self.locations, self.leads, self.bookings)}
        if name not in resources:
            near = difflib.get_close_matches(name, resources, n=1, cutoff=0.4)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ArgumentError(f"There is no {name!r} to browse; choose from {', '.join(resources)}.{hint}")
        return panels.Browser(resources[name], **filters)

    @property
    def cache(self) -> ReplyCache:
        """What was read before: `crm.cache.info()` counts it, `crm.cache.clear()` drops it."""
        return self._session.cache

    def refresh(self) -> None:
        """Forget all kept replies, so that the next reads ask the service."""
        self.cache.clear()

    def close(self) -> None:
        """Close sockets and files. The demo tenant itself ends with the interpreter."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        facts = "\n".join(f"  {name}: {text}" for name, text in self._facts())
        return f"{self.settings.place}\n{facts}"

    def _repr_html_(self) -> str:
        settings = self.settings
        badges = [
            markup.badge(settings.environment, TONES[settings.environment]),
            markup.badge(
                "writable" if settings.writable else "read-only", "warn" if settings.writable else "good"
            ),
        ]
        title = settings.tenant_name or f"Tenant {settings.tenant}"
        return markup.card(
            title, markup.table(self._facts()), tone=TONES[settings.environment], badges=badges
        )

    def _facts(self) -> list[tuple[str, str]]:
        settings = self.settings
        writing = (
            "yes, after a plan and a confirmation" if settings.writable else "no (connect with writable=True)"
        )
        kept = self.cache.info()
        offline = "; offline: nothing is asked" if settings.offline else ""
        return [
            ("Tenant", str(settings.tenant)),
            ("Environment", settings.environment),
            ("Service", settings.api_url),
            ("Time zone", settings.time_zone),
            ("May change records", writing),
            ("Cache", f"{kept.rows:,} replies kept, {kept.bytes / 1e6:,.1f} MB{offline}"),
        ]


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


def add_names(frame: pd.DataFrame, crm: Client) -> pd.DataFrame:
    """Put readable names beside the ids of a frame.

    Parameters
    ----------
    frame : DataFrame
        From any list, feed or table of lists.
    crm : Client
        Asks for the look-up lists, each once; kept replies serve again.

    Returns
    -------
    DataFrame, the same rows
        With category columns such as campaign, business_unit, job_type, dismissing_reason, created_by right
        after their ids; an id without a name is missing.

    Warns
    -----
    MissingScopeWarning
        The app may not read a look-up list: those ids stay alone.

    Examples
    --------
    >>> leads = stcrm.add_names(crm.leads.list(), crm)
    >>> str(leads["campaign"].dtype)
    'category'

    Source
    ------
    API facts, "Names for ids": the list operations of `crm.lookups`.
    """
    return _add_names(frame, crm._session)  # noqa: SLF001 - the connection's own


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
