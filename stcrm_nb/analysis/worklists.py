"""What waits for somebody: open leads, follow-ups, new bookings; and why others were dismissed. Pure."""

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb.analysis.conversion import lead_conversion
from stcrm_nb.analysis.counting import periods, rows
from stcrm_nb.analysis.trends import booking_trend, lead_trend


def open_leads(leads: pd.DataFrame, *, now: datetime | str | None = None) -> pd.DataFrame:
    """List the open leads, the longest waiting first, with what their campaign is worth.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `created_on` and `status`. With `campaign` (names=True) each gets its campaign's chance.
    now : datetime or str, optional
        The moment to count from. Default: when the frame was fetched, else the latest `created_on`.

    Returns
    -------
    DataFrame, one row an open lead
        The columns of the frame, then age_days (Float64, since it came in) and chance (Float64, 0 to 1: the
        share of its campaign's decided leads that were converted; missing without `campaign`, or where none
        is decided).

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.

    Examples
    --------
    >>> waiting = stcrm.analysis.open_leads(crm.leads.list(names=True))
    >>> waiting["age_days"].is_monotonic_decreasing
    True

    Source
    ------
    Operation Leads_GetList.
    """
    rows.need(leads, "leads", ("created_on", "status"))
    waiting = leads[leads["status"] == "Open"]
    aged = waiting.assign(age_days=_days_since(waiting["created_on"], periods.present(leads, now)))
    aged["chance"] = _chance(leads, waiting)
    return _told(aged.sort_values("age_days", ascending=False, kind="stable"), leads)


def follow_ups_due(leads: pd.DataFrame, *, now: datetime | str | None = None) -> pd.DataFrame:
    """List the open leads that somebody promised to call by now, the most overdue first.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `status` and `follow_up_date`.
    now : datetime or str, optional
        As in `open_leads`.

    Returns
    -------
    DataFrame, one row a lead
        The columns of the frame, then overdue_days (Float64, >= 0).

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.

    Examples
    --------
    >>> due = stcrm.analysis.follow_ups_due(crm.leads.list())
    >>> bool((due["status"] == "Open").all() and (due["overdue_days"] >= 0).all())
    True

    Source
    ------
    Operation Leads_GetList: `followUpDate`; whether the call was made is not told.
    """
    rows.need(leads, "leads", ("status", "follow_up_date"))
    late = _days_since(leads["follow_up_date"], periods.present(leads, now))
    due = (leads["status"] == "Open").fillna(value=False) & (late >= 0).fillna(value=False)
    found = leads[due].assign(overdue_days=late[due])
    return _told(found.sort_values("overdue_days", ascending=False, kind="stable"), leads)


def new_bookings(bookings: pd.DataFrame, *, now: datetime | str | None = None) -> pd.DataFrame:
    """List the bookings that nobody has accepted yet, the longest waiting first.

    Parameters
    ----------
    bookings : DataFrame, one row a booking
        Needs `created_on`, `status` and `start`.
    now : datetime or str, optional
        As in `open_leads`.

    Returns
    -------
    DataFrame, one row a booking
        The columns of the frame, then age_days (Float64, since it came in) and missed (boolean: the moment
        asked for is over).

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.

    Examples
    --------
    >>> waiting = stcrm.analysis.new_bookings(crm.bookings.list())
    >>> set(waiting["status"])
    {'New'}

    Source
    ------
    Operation Bookings_GetList: status `New`.
    """
    rows.need(bookings, "bookings", ("created_on", "status", "start"))
    waiting = bookings[bookings["status"] == "New"]
    at = periods.present(bookings, now)
    aged = waiting.assign(age_days=_days_since(waiting["created_on"], at))
    aged["missed"] = (_days_since(waiting["start"], at) > 0).astype("boolean")
    return _told(aged.sort_values("age_days", ascending=False, kind="stable"), bookings)


def dismissals(frame: pd.DataFrame) -> pd.DataFrame:
    """Count why leads or bookings were dismissed, the most frequent reason first.

    Parameters
    ----------
    frame : DataFrame, one row a lead or a booking
        Needs `status`, and `dismissing_reason` (names=True) or `dismissing_reason_id`.

    Returns
    -------
    DataFrame, one row a reason
        dismissing_reason (str; "none" where none was given), rows (Int64), share and cumulative (Float64,
        0 to 1).

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.

    Examples
    --------
    >>> stcrm.analysis.dismissals(crm.leads.list(names=True))["cumulative"].iloc[-1].round(6)
    np.float64(1.0)

    Source
    ------
    Operations Leads_GetList, Bookings_GetList: `dismissingReasonId` is a call reason's id.
    """
    reason = "dismissing_reason" if "dismissing_reason" in frame else "dismissing_reason_id"
    rows.need(frame, "leads", ("status", reason))
    gone = frame.loc[(frame["status"] == "Dismissed").fillna(value=False), reason]
    counts = gone.astype("str").fillna(rows.NONE).value_counts(sort=True).sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    tidy = pd.DataFrame(
        {"dismissing_reason": counts.index.astype("str"), "rows": counts.astype("Int64").array}
    )
    shares = counts.to_numpy(dtype=np.float64) / max(counts.sum(), 1)
    tidy["share"] = pd.array(shares, dtype="Float64")
    tidy["cumulative"] = pd.array(np.cumsum(shares), dtype="Float64")
    return rows.told(tidy, frame, counted=int(counts.sum()))


def key_figures(
    leads: pd.DataFrame, bookings: pd.DataFrame, *, now: datetime | str | None = None
) -> pd.DataFrame:
    """Return the six numbers of a Monday morning, with what each is to be read against.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `created_on`, `status` and `follow_up_date`.
    bookings : DataFrame, one row a booking
        Needs `created_on`, `status` and `start`.
    now : datetime or str, optional
        As in `open_leads`.

    Returns
    -------
    DataFrame, six rows
        figure (str), value (Float64), before (Float64, what it is compared with; missing where there is
        nothing), told (str: what `before` is, or what else there is to say). Leads and bookings are of the
        last complete week, against the same week of last year. Conversion is of leads that came in 30 to 120
        days ago, most of which are decided, against the 90 days before. Open leads, overdue follow-ups and
        bookings that nobody has accepted are counts of now.

    Raises
    ------
    ColumnMissingError
        A column is not in a frame.

    Warns
    -----
    PartialResultWarning
        The frames are of two tenants or environments, or do not hold all rows.

    Examples
    --------
    >>> found = stcrm.analysis.key_figures(crm.leads.list(), crm.bookings.list())
    >>> found["figure"].tolist()[:2]
    ['Leads last week', 'Bookings last week']

    Source
    ------
    Operations Leads_GetList, Bookings_GetList.
    """
    rows.same_place((leads, bookings))
    at = periods.present(leads, now)
    waiting, due, new = (
        open_leads(leads, now=at),
        follow_ups_due(leads, now=at),
        new_bookings(bookings, now=at),
    )
    oldest = (
        f"the oldest has waited {waiting['age_days'].max():,.0f} days" if len(waiting) else "nobody waits"
    )
    late = (
        f"half of them by more than {due['overdue_days'].median():,.0f} days" if len(due) else "none is late"
    )
    missed = f"{int(new['missed'].sum()):,} of them for a time that is over" if len(new) else "none waits"
    figures = [
        ("Leads last week", *_last_week(lead_trend(leads, now=at), "leads")),
        ("Bookings last week", *_last_week(booking_trend(bookings, now=at), "bookings")),
        ("Leads converted", *_recent(leads, at)),
        ("Open leads", float(len(waiting)), None, oldest),
        ("Follow-ups overdue", float(len(due)), None, late),
        ("Bookings not accepted", float(len(new)), None, missed),
    ]
    tidy = pd.DataFrame(figures, columns=["figure", "value", "before", "told"])
    return _told(
        tidy.astype({"figure": "str", "value": "Float64", "before": "Float64", "told": "str"}), leads
    )


def _last_week(trend: pd.DataFrame, what: str) -> tuple[float | None, float | None, str]:
    """Return the count of the last complete week, and of the same one last year."""
    whole = trend[trend["complete"]].tail(1)
    if whole.empty:
        return None, None, "no complete week yet"
    (week,) = whole.to_dict("records")
    before = None if pd.isna(week["last_year"]) else float(week["last_year"])
    return float(week[what]), before, f"week of {week['period']:%b %d}; same week of last year"


def _recent(leads: pd.DataFrame, now: pd.Timestamp) -> tuple[float | None, float | None, str]:
    """Return the conversion of leads that have had a month to be decided, and of those before them."""
    age = _days_since(leads["created_on"], now).fillna(-1.0)
    parts = [leads[((age > youngest) & (age <= youngest + 90)).to_numpy()] for youngest in (30, 120)]
    rates = [float((each["status"] == "Converted").mean()) if len(each) else None for each in parts]
    return rates[0], rates[1], "of those that came in 30 to 120 days ago; the 90 days before"


def _days_since(moments: "pd.Series[Any]", now: pd.Timestamp) -> "pd.Series[float]":
    return ((now - periods.instants(moments)) / periods.DAY).astype("Float64")


def _chance(leads: pd.DataFrame, waiting: pd.DataFrame) -> "pd.Series[float]":
    """Return for each waiting lead the share of its campaign's decided leads that were converted."""
    if "campaign" not in leads:
        return pd.Series(pd.NA, index=waiting.index, dtype="Float64")
    decided = leads[leads["status"].isin(["Converted", "Dismissed"])]
    by = lead_conversion(decided.assign(campaign=decided["campaign"]), freq=None, by="campaign")
    rates = dict(zip(by["campaign"].astype("str"), by["rate"], strict=True))
    return waiting["campaign"].astype("str").map(rates).astype("Float64")


def _told(found: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a list that says of itself what the frame says."""
    found.attrs = dict(frame.attrs)
    return found
