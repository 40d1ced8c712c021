"""How long things wait: open leads for an end, bookings for their day, leads for a first answer. Pure."""

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb.analysis.counting import periods, rows
from stcrm_nb.analysis.counting.intervals import wilson

AHEAD = (
    (0.0, "already over"), (1.0, "within a day"), (2.0, "2 days"), (3.0, "3 days"), (5.0, "4 or 5 days"),
    (7.0, "6 or 7 days"), (14.0, "8 to 14 days"), (np.inf, "more than 14 days"),
)  # fmt: skip
ANSWERS = (
    (1.0, "within an hour"), (4.0, "1 to 4 hours"), (24.0, "4 to 24 hours"), (72.0, "1 to 3 days"),
    (np.inf, "more than 3 days"),
)  # fmt: skip
SILENT = "no note"
Waits = np.ndarray[Any, np.dtype[Any]]
HOUR = pd.Timedelta(1, unit="h")


def waiting_time(leads: pd.DataFrame, *, now: datetime | str | None = None) -> pd.DataFrame:
    """Bound the share of leads that are still open so many days after they came in.

    The service keeps no date of a conversion or a dismissal. A closed lead was closed at some moment between
    its creation and its last change: `modified_on` is no date of closing, but it is a bound.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `created_on`, `modified_on` and `status`; rows without the first are not counted.
    now : datetime or str, optional
        The moment until which open leads have waited. Default: when the frame was fetched, else the latest
        `created_on`.

    Returns
    -------
    DataFrame, one row a day, from 0 to the age of the oldest lead
        days (Int64), leads (Int64: those that came in so many days ago or more; the shares are of them),
        at_least (Float64, 0 to 1: share that is open to this day), at_most (Float64: with those that were
        closed, and changed after so many days), low (Float64: lower end of the 95 % interval of at_least),
        high (Float64: upper end of that of at_most).

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.

    Examples
    --------
    >>> found = stcrm.analysis.waiting_time(crm.leads.list())
    >>> bool((found["at_least"] <= found["at_most"]).all())
    True

    Source
    ------
    Operation Leads_GetList. The reduced-sample estimate of E. L. Kaplan and P. Meier, JASA 53 (1958): only
    leads old enough are asked. (Their product-limit estimate, run with the earliest and with the latest
    moments of closing, gives curves that cross: its risk sets move with the moments.) Interval: Wilson
    (1927).
    """
    rows.need(leads, "leads", ("created_on", "modified_on", "status"))
    came = periods.instants(leads["created_on"])
    there = came.notna()
    at = periods.present(leads, now)
    age = ((at - came[there]) / periods.DAY).clip(lower=0).to_numpy(dtype=np.float64)
    still = leads.loc[there, "status"].astype("object").eq("Open").fillna(value=False).to_numpy(dtype=bool)
    last = periods.instants(leads.loc[there, "modified_on"]).fillna(at)
    until = ((last - came[there]) / periods.DAY).to_numpy(dtype=np.float64)
    days = np.arange(int(age.max()) + 1) if len(age) else np.arange(0)
    old = _longer(age, days, either=True)
    least = _longer(age[still], days, either=True)
    most = least + _longer(np.minimum(until, age)[~still], days, either=False)
    tidy = pd.DataFrame({"days": pd.array(days, dtype="Int64"), "leads": pd.array(old, dtype="Int64")})
    ends = {"low": wilson(least, old)[0], "high": wilson(most, old)[1]}
    for name, values in {"at_least": least / old, "at_most": most / old, **ends}.items():
        tidy[name] = pd.array(values, dtype="Float64")
    return _told(tidy, leads, counted=int(there.sum()), still=int(still.sum()))


def lead_time(bookings: pd.DataFrame) -> pd.DataFrame:
    """Count bookings by how far ahead of their start they came in.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        Needs `created_on` and `start`; rows without one of them are not counted.

    Returns
    -------
    DataFrame, one row a stretch of days
        ahead (ordered category, from "already over" to "more than 14 days"), bookings (Int64), share
        (Float64, 0 to 1). `attrs["trend"]["median"]` is the median of days (float), None of nothing.

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.

    Examples
    --------
    >>> found = stcrm.analysis.lead_time(crm.bookings.list())
    >>> round(float(found["share"].sum()), 6)
    1.0

    Source
    ------
    Operation Bookings_GetList: `start` is the moment that was asked for, not that of the visit.
    """
    rows.need(bookings, "bookings", ("created_on", "start"))
    came, start = (periods.instants(bookings[name]) for name in ("created_on", "start"))
    ahead = ((start - came) / periods.DAY).dropna()
    counts = periods.sorted_into(ahead, AHEAD).value_counts(sort=False)
    tidy = pd.DataFrame({"ahead": counts.index, "bookings": pd.array(counts.to_numpy(), dtype="Int64")})
    tidy["share"] = (tidy["bookings"] / max(len(ahead), 1)).astype("Float64")
    median = float(ahead.median()) if len(ahead) else None
    return _told(tidy, bookings, counted=len(ahead), median=median, lacking="created_on or start")


def answered(leads: pd.DataFrame, notes: pd.DataFrame) -> pd.DataFrame:
    """Say of each lead how soon its first note was written, as a column to split conversion by.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `id` and `created_on`.
    notes : DataFrame, one row a note
        Needs `lead_id` and `created_on`: notes of each of these leads, with the lead's id added.

    Returns
    -------
    DataFrame, one row a lead
        The columns of the frame, then answer_hours (Float64, >= 0; missing without a note) and answered
        (ordered category, from "within an hour" to "more than 3 days", then "no note").

    Raises
    ------
    ColumnMissingError
        A column is not in a frame.

    Examples
    --------
    >>> leads = crm.leads.list().head(40)
    >>> found = [crm.leads.notes(key).assign(lead_id=key) for key in leads["id"]]
    >>> told = stcrm.analysis.answered(leads, pd.concat(found))
    >>> by = stcrm.analysis.lead_conversion(told, freq=None, by="answered")

    Source
    ------
    Operation Leads_GetNotes, asked lead by lead: there is no list of all. A first note is a sign of an
    answer, not an answer: who calls without writing is not seen.
    """
    rows.need(leads, "leads", ("id", "created_on"))
    rows.need(notes, "leads", ("lead_id", "created_on"))
    first = periods.instants(notes["created_on"]).groupby(notes["lead_id"].to_numpy()).min()
    came = periods.instants(leads["created_on"])
    hours = ((leads["id"].map(first) - came) / HOUR).clip(lower=0)
    told = leads.assign(answer_hours=rows.numbers(hours.to_numpy()).array)
    names = [name for _, name in ANSWERS]
    told["answered"] = (
        periods.sorted_into(hours, ANSWERS).cat.set_categories([*names, SILENT], ordered=True).fillna(SILENT)
    )
    told.attrs = dict(leads.attrs)
    return told


def _longer(waits: Waits, days: Waits, *, either: bool) -> Waits:
    """Return for each number of days how many waits are longer, or as long if `either`."""
    return len(waits) - np.searchsorted(np.sort(waits), days, "left" if either else "right")


def _told(tidy: pd.DataFrame, frame: pd.DataFrame, *, counted: int, **more: object) -> pd.DataFrame:
    undated = len(frame) - counted
    lacking = str(more.get("lacking", "created_on"))
    rows.doubt("rows", rows.said_of(frame), undated=undated, lacking=lacking)
    return rows.told(tidy, frame, counted=counted, uncounted=undated, **more)
