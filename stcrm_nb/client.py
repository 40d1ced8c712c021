"""One connection: puts the rooms together and has no logic of its own."""

import difflib
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from stcrm_nb import catalogue, markup, panels, sandbox
from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.change import TONES, Change
from stcrm_nb.changes.journal.book import Journal
from stcrm_nb.changes.journal.pending import settle
from stcrm_nb.changes.journal.receipts import undo_of
from stcrm_nb.config import Settings
from stcrm_nb.errors import ArgumentError
from stcrm_nb.frames.names import add_names as _add_names
from stcrm_nb.quality.finding import need_findings
from stcrm_nb.resources import Resource
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
        self._applier = applier = Applier(session, self.journal)
        for facts in catalogue.RESOURCES:
            owner, _, name = facts.name.rpartition(".")
            setattr(getattr(self, owner) if owner else self, name, Resource(facts, applier))
        if settings.writable and not settings.offline and self.journal.unsettled():
            self.journal.pending()  # a crash left something open: look what became of it

    def browse(
        self, name: str | pd.DataFrame, *, view: str | None = None, mask_pii: bool = False, **filters: Any
    ) -> "panels.Browser":
        """Open a panel on one kind of record, or on findings.

        Parameters
        ----------
        name : {"customers", "locations", "leads", "bookings"}, or DataFrame
            What to browse; a frame is one of `stcrm.quality.findings(crm)`: its rows open the record, and
            what they suggest can be planned and carried out.
        view : str, optional
            Name of a view that was saved in the panel, or by `panel.save_view`.
        mask_pii : bool
            Blot out names, numbers, streets and free text on the screen, for demonstrations.
        **filters
            Restrict what is fetched; the parameters of the resource's `list`.

        Returns
        -------
        Browser
            Shows itself as the last value of a cell.

        Raises
        ------
        ArgumentError
            There is no such kind of record, no such view, or a filter is wrong; nothing was sent.
        ColumnMissingError
            The frame is not one of findings; `stcrm.browse(frame)` shows any.

        Examples
        --------
        >>> crm.browse("locations", city="Madison")  # doctest: +SKIP

        Source
        ------
        Operations Customers_GetList, Locations_GetList, Leads_GetList, Bookings_GetList.
        """
        if isinstance(name, pd.DataFrame):
            need_findings(name)
            return panels.Browser(name, view=view, mask_pii=mask_pii, connection=self, **filters)
        resources = {each.name: each for each in (self.customers, self.locations, self.leads, self.bookings)}
        if name not in resources:
            near = difflib.get_close_matches(name, resources, n=1, cutoff=0.4)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ArgumentError(f"There is no {name!r} to browse; choose from {', '.join(resources)}.{hint}")
        return panels.Browser(resources[name], view=view, mask_pii=mask_pii, **filters)

    def overview(self) -> "panels.Overview":
        """Show six numbers and four charts of leads and bookings on one page, as a panel.

        Returns
        -------
        Overview
            Shows itself as the last value of a cell: what came in last week, what is converted, what waits;
            the numbers of what waits open its list. `overview.figures` are the numbers, `overview.chart()`
            the page as a matplotlib Figure.

        Examples
        --------
        >>> crm.overview().figures["figure"].tolist()[-1]
        'Bookings not accepted'

        Source
        ------
        Operations Leads_GetList, Bookings_GetList.
        """
        return panels.Overview(self.leads, self.bookings)

    def authenticate(self) -> None:
        """Ask for a token now, so that wrong credentials are told before the first read.

        Raises
        ------
        AccessError
            The service refuses them.
        TransportError
            It could not be reached.

        Examples
        --------
        >>> crm.authenticate()
        """
        self._session.authenticate()

    def undo(self, change: str | None = None) -> Change:
        """Plan the write that takes an earlier one back, also one of another day; nothing is sent.

        Parameters
        ----------
        change : str, optional
            Which one: the column `change` of `crm.journal.frame()`. Default: the latest that was carried out.

        Returns
        -------
        Change
            Made from the record as the journal says it was before; its notes say what does not come back.

        Raises
        ------
        ChangeError
            There is no such change, or nothing takes it back; the message says why.
        StaleChangeError
            The record was changed once more since.

        Examples
        --------
        >>> crm.undo("8c2f0d1e-93f7-4c58-9b0e-3d0f9c5a7b11").apply()  # doctest: +SKIP
        """
        return undo_of(self._applier, change)

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
