"""What is wrong with a tenant's records: reads them, looks, and plans what would mend them."""

import json
from typing import Any, Protocol

import pandas as pd

from stcrm_nb.analysis.worklists import follow_ups_due
from stcrm_nb.changes.change import Change
from stcrm_nb.errors import ArgumentError
from stcrm_nb.quality.contacts import contact_findings, normal
from stcrm_nb.quality.doubles import double_findings
from stcrm_nb.quality.finding import Finding, as_frame, need_findings
from stcrm_nb.quality.places import place_findings

EVER = "2000-01-01"
WEEK = 7.0  # days; a call that is later is grave


class Connection(Protocol):
    """What is read: the connection, as far as findings need it."""

    @property
    def customers(self) -> Any:  # noqa: ANN401 - a resource, whose operations the catalogue names
        """Customers."""

    @property
    def locations(self) -> Any:  # noqa: ANN401
        """Locations."""

    @property
    def leads(self) -> Any:  # noqa: ANN401
        """Leads."""


def findings(crm: Connection, *, region: str = "US") -> pd.DataFrame:
    """Look for what is wrong with customers, their contacts, locations and leads; nothing is changed.

    Parameters
    ----------
    crm : Client
        Reads customers (active or not), all their contacts, locations and leads; kept replies serve.
    region : str
        Country in which phone numbers without a country code are, ISO 3166, such as "US" or "CA".

    Returns
    -------
    DataFrame, one row a finding, the gravest first
        resource (category), id (Int64), name (str), problem (category), evidence (str), severity (ordered
        category: low, medium, high), other_id (Int64, another record it is about), call (str, the Python that
        plans the change which would mend it; missing where the API has none), operation and arguments (str,
        the same for `changes`). Problems: invalid phone number or e-mail address, contact stands twice,
        contact shared by customers, contacts on a merged or an inactive customer, marketing in spite of
        do-not-mail, likely duplicate, no city, far from its postal code, follow-up is overdue.

    Raises
    ------
    ArgumentError
        There is no such region.

    Examples
    --------
    >>> found = stcrm.quality.findings(crm)
    >>> "likely duplicate" in set(found["problem"])
    True

    Source
    ------
    Operations Customers_GetList, Customers_GetModifiedContactsList, Locations_GetList, Leads_GetList. Phone
    numbers: libphonenumber's rules. Likeness of names: rapidfuzz.
    """
    if len(region) != 2 or not region.isalpha():  # noqa: PLR2004 - ISO 3166 alpha-2
        raise ArgumentError(
            f"region {region!r} is no country; use two letters such as 'US'. Nothing was read."
        )
    customers: pd.DataFrame = crm.customers.operation("list")(active="Any")
    contacts: pd.DataFrame = crm.customers.operation("all_contacts")(modified_on_or_after=EVER)
    locations: pd.DataFrame = crm.locations.operation("list")(active="Any")
    leads: pd.DataFrame = crm.leads.operation("list")()
    known = contacts.assign(normal=normal(contacts["value"], contacts["type"], region.upper()))
    found = [
        *contact_findings(known, customers),
        *double_findings(customers, known),
        *place_findings(locations),
        *_late(leads),
    ]
    names = {
        "customers": _names(customers, "name"),
        "locations": _names(locations, "name"),
        "leads": _names(leads, "lead_customer_name"),
    }
    frame = as_frame(found, names)
    frame.attrs["stcrm"] = {
        name: customers.attrs["stcrm"][name] for name in ("environment", "tenant", "time_zone", "fetched_at")
    }
    return frame


def changes(crm: Connection, found: pd.DataFrame) -> list[Change]:
    """Plan the changes that some findings suggest; nothing is sent.

    Parameters
    ----------
    crm : Client
        The connection.
    found : DataFrame
        Rows of `findings`, such as those of one problem. Rows without a suggestion are passed over.

    Returns
    -------
    list of Change
        For `stcrm.ChangeSet`, or to be applied one by one.

    Raises
    ------
    ColumnMissingError
        The frame is not one of findings.
    NotFoundError
        A record is no longer what it was; look for findings again.

    Examples
    --------
    >>> found = stcrm.quality.findings(crm)
    >>> wrong = found[found["problem"] == "invalid e-mail address"].head(2)
    >>> len(stcrm.ChangeSet(stcrm.quality.changes(crm, wrong)))
    2
    """
    need_findings(found)
    suggested = found.dropna(subset=["operation"])
    resources = {"customers": crm.customers, "locations": crm.locations, "leads": crm.leads}
    return [
        resources[str(row.resource)].operation(str(row.operation))(**json.loads(str(row.arguments)))
        for row in suggested.itertuples()
    ]


def _late(leads: pd.DataFrame) -> list[Finding]:
    due = follow_ups_due(leads)
    rows = zip(due["id"].tolist(), due["follow_up_date"], due["overdue_days"].tolist(), strict=True)
    return [
        Finding(
            "leads",
            key,
            "follow-up is overdue",
            f"somebody was to call on {when:%Y-%m-%d}, {days:,.0f} days ago",
            "high" if days > WEEK else "medium",
        )
        for key, when, days in rows
    ]


def _names(frame: pd.DataFrame, column: str) -> dict[int, str]:
    there = frame.dropna(subset=["id", column])
    return dict(zip(there["id"].astype("int64").tolist(), there[column].tolist(), strict=True))
