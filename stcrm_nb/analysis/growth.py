"""How many customers and locations there are, and whether it is new or known customers who call. Pure."""

from datetime import datetime

import numpy as np
import pandas as pd

from stcrm_nb.analysis import trends
from stcrm_nb.analysis.counting import rows

NEW, KNOWN, NOBODY = "new", "repeat", "no customer yet"


def customer_growth(
    customers: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = "type",
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Count customers that were made in each period, and all made until its end.

    Parameters
    ----------
    customers : DataFrame, one row a customer
        As from `crm.customers.list(active="Any")`; needs `created_on`, and `by` if given.
    freq, tz, now
        As in `lead_trend`.
    by : str or None
        Column that splits the count; "type" tells residential from commercial.

    Returns
    -------
    DataFrame, one row per period and group, ordered by period, then group
        As from `lead_trend`, with the count in `customers`, and total (Int64: all up to the period's end).
        Customers that were merged or made inactive since are counted when they were made.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `lead_trend`.

    Warns
    -----
    PartialResultWarning
        The frame holds active customers alone, or not all that were asked for.

    Examples
    --------
    >>> customers = crm.customers.list(active="Any")
    >>> found = stcrm.analysis.customer_growth(customers, by=None)
    >>> int(found["total"].iloc[-1]) == len(customers)
    True

    Source
    ------
    Operation Customers_GetList. The service keeps no date of leaving: `modifiedOn` moves with any edit.
    """
    return _growth(customers, "customers", freq=freq, by=by, clock=(tz, now))


def location_growth(
    locations: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Count locations that were made in each period, and all made until its end.

    Parameters
    ----------
    locations : DataFrame, one row a location
        As from `crm.locations.list(active="Any")`; needs `created_on`, and `by` if given, such as "zone".
    freq, by, tz, now
        As in `customer_growth`.

    Returns
    -------
    DataFrame, one row per period and group
        As from `customer_growth`, with the count in `locations`.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `lead_trend`.

    Examples
    --------
    >>> locations = crm.locations.list(active="Any").dropna(subset=["created_on"])
    >>> found = stcrm.analysis.location_growth(locations, freq="QS")
    >>> found["total"].is_monotonic_increasing
    True

    Source
    ------
    Operation Locations_GetList. Old locations have no `createdOn`; they are not counted, which is said.
    """
    return _growth(locations, "locations", freq=freq, by=by, clock=(tz, now))


def new_and_repeat(
    frame: pd.DataFrame,
    *,
    freq: str = "MS",
    tz: str | None = None,
    now: datetime | str | None = None,
) -> pd.DataFrame:
    """Count leads of customers who are heard of for the first time, and of those known before.

    Parameters
    ----------
    frame : DataFrame, one row a lead, or a booking
        Leads need `created_on` and `customer_id`: the first lead of a customer in the frame is new, each
        later one is repeat. Bookings need `created_on` and `is_first_time_client`: what the caller was asked.
    freq, tz, now
        As in `lead_trend`.

    Returns
    -------
    DataFrame, one row per period and group, ordered by period, then group
        As from `lead_trend`, split by client (category: new, repeat, no customer yet). The first periods of a
        frame know no earlier leads, so that they have too many that are new.

    Raises
    ------
    ColumnMissingError, ArgumentError
        As in `lead_trend`.

    Examples
    --------
    >>> found = stcrm.analysis.new_and_repeat(crm.leads.list(), freq="QS")
    >>> found["client"].cat.categories.tolist()
    ['new', 'repeat', 'no customer yet']

    Source
    ------
    Operations Leads_GetList (`customerId`), Bookings_GetList (`isFirstTimeClient`).
    """
    if "is_first_time_client" in frame:
        what, first = "bookings", frame["is_first_time_client"]
        known = first.notna()
    else:
        what = "leads"
        rows.need(frame, what, ("created_on", "customer_id"))
        known = frame["customer_id"].notna()
        oldest = frame.loc[known].sort_values(["created_on", "id"] if "id" in frame else ["created_on"])
        first = pd.Series(False, index=frame.index).mask(
            frame.index.isin(oldest.drop_duplicates("customer_id").index), other=True
        )
    codes = np.where(~known, 2, np.where(first.fillna(value=False).astype("bool"), 0, 1))
    client = pd.Categorical.from_codes(codes, pd.Index([NEW, KNOWN, NOBODY]))
    split = frame[["created_on"]].assign(client=client)
    split.attrs = frame.attrs
    return trends.counted(split, what, freq=freq, by="client", clock=(tz, now))


def _growth(
    frame: pd.DataFrame,
    what: str,
    *,
    freq: str,
    by: str | None,
    clock: tuple[str | None, datetime | str | None],
) -> pd.DataFrame:
    tidy = trends.counted(frame, what, freq=freq, by=by, clock=clock)
    tidy["total"] = tidy.groupby(by, observed=True)[what].cumsum() if by else tidy[what].cumsum()
    rows.active_only(what, rows.said_of(frame))
    return tidy
