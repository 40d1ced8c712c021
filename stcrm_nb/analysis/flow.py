"""What becomes of an inquiry: booking, lead, job, as far as ids say it. Pure."""

import numpy as np
import pandas as pd

from stcrm_nb.analysis.counting import rows
from stcrm_nb.analysis.counting.intervals import wilson

STARTS = ("booking", "booking, then lead", "lead")
ENDS = ("job", "converted", "open", "dismissed")


def funnel(leads: pd.DataFrame, bookings: pd.DataFrame) -> pd.DataFrame:
    """Count what inquiries have come to by now: each once, however many records it left.

    Parameters
    ----------
    leads : DataFrame, one row a lead
        Needs `status` and `booking_id`.
    bookings : DataFrame, one row a booking
        Needs `id`, `status` and `job_id`.

    Returns
    -------
    DataFrame, one row per way in and outcome, 12 in all
        start (category: "booking", "booking, then lead", "lead"), outcome (category: "job", where an id says
        so; "converted", where only the status does; "open"; "dismissed"), rows (Int64), share (Float64, 0 to
        1, of its start), low, high (Float64, Wilson's 95 % interval). A booking that a lead names is counted
        with its lead, and ends as the lead does unless it has a job itself. Leads bear no job's id: they end
        as "converted".

    Raises
    ------
    ColumnMissingError
        A column is not in a frame.

    Warns
    -----
    PartialResultWarning
        The frames are of two tenants or environments, do not hold all rows, or leads name bookings that are
        not in the frame (they are counted as "booking, then lead").

    Examples
    --------
    >>> found = stcrm.analysis.funnel(crm.leads.list(), crm.bookings.list())
    >>> int(found["rows"].sum()) == len(crm.leads.list()) + len(crm.bookings.list()) - 686
    True

    Source
    ------
    Operations Leads_GetList (`bookingId`), Bookings_GetList (`jobId`).
    """
    rows.need(leads, "leads", ("status", "booking_id"))
    rows.need(bookings, "bookings", ("id", "status", "job_id"))
    for what, frame in (("leads", leads), ("bookings", bookings)):
        rows.doubt(what, rows.said_of(frame), level=3)
    rows.same_place((leads, bookings))
    with_job = bookings.loc[bookings["job_id"].notna(), "id"]
    named = leads["booking_id"].notna()
    ended = _ends(leads["status"]).mask(leads["booking_id"].isin(with_job) & named, "job")
    alone = bookings[~bookings["id"].isin(leads.loc[named, "booking_id"])]
    ended_alone = _ends(alone["status"]).mask(alone["job_id"].notna(), "job")
    starts = np.concatenate([np.where(named, STARTS[1], STARTS[2]), np.full(len(alone), STARTS[0])])
    ends = np.concatenate([ended.to_numpy(dtype=object), ended_alone.to_numpy(dtype=object)])
    counts = pd.crosstab(pd.Categorical(starts, STARTS), pd.Categorical(ends, ENDS), dropna=False)
    counts = counts.reindex(index=STARTS, columns=ENDS, fill_value=0)
    every = counts.sum(axis=1).to_numpy().repeat(len(ENDS))
    flat = counts.to_numpy().ravel()
    low, high = wilson(flat, every)
    tidy = pd.DataFrame(
        {
            "start": pd.Categorical(np.repeat(STARTS, len(ENDS)), STARTS, ordered=True),
            "outcome": pd.Categorical(np.tile(ENDS, len(STARTS)), ENDS, ordered=True),
            "rows": pd.array(flat, dtype="Int64"),
        }
    )
    for name, values in (("share", flat / np.maximum(every, 1)), ("low", low), ("high", high)):
        tidy[name] = pd.Series(values, dtype="Float64").mask(every == 0)
    return rows.told(tidy, leads, counted=int(flat.sum()))


def _ends(status: "pd.Series[str]") -> "pd.Series[str]":
    """Return what a status says of the end."""
    known = {"Converted": "converted", "Dismissed": "dismissed"}
    return status.astype("object").map(known).fillna("open")
