"""When inquiries come in: hour of the day by day of the week, in the tenant's time zone. Pure."""

import numpy as np
import pandas as pd

from stcrm_nb.analysis.counting import periods, rows

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = 24


def arrivals(frame: pd.DataFrame, *, tz: str | None = None) -> pd.DataFrame:
    """Count leads or bookings by hour of the day and day of the week they came in.

    Parameters
    ----------
    frame : DataFrame, one row a lead or a booking
        Needs `created_on`; rows without one are not counted.
    tz : str, optional
        IANA time zone of the clock. Default: the frame's own (`attrs["stcrm"]`), else UTC.

    Returns
    -------
    DataFrame, one row per weekday and hour, 168 in all, ordered by weekday, then hour
        weekday (category, Monday first), hour (Int64, 0 to 23, local), rows (Int64, >= 0), days (Int64: how
        many such days lie between the first and the last row), rate (Float64: rows a day; missing where
        there is no such day). Two stretches of unlike length compare by rate.

    Raises
    ------
    ColumnMissingError
        `created_on` is not in the frame.
    ArgumentError
        `tz` or a value of `created_on` cannot be read.

    Warns
    -----
    PartialResultWarning
        Rows have no date, or the frame does not hold all rows.

    Examples
    --------
    >>> found = stcrm.analysis.arrivals(crm.leads.list())
    >>> len(found), int(found["rows"].sum())
    (168, 12000)

    Source
    ------
    Operations Leads_GetList, Bookings_GetList; `createdOn` is UTC. It is when the record was made: a booking
    that somebody typed in later bears that hour.
    """
    said = frame.attrs.get("stcrm", {})
    what = rows.what_of(frame)
    rows.need(frame, what, ("created_on",))
    zone = periods.zone(tz or said.get("time_zone") or "UTC")
    moments = periods.moments(frame["created_on"], zone)
    there = moments[moments.notna()]
    cells = there.dt.day_of_week.to_numpy() * HOURS + there.dt.hour.to_numpy()
    tidy = pd.DataFrame(
        {
            "weekday": pd.Categorical.from_codes(
                np.repeat(np.arange(7), HOURS), pd.Index(WEEKDAYS), ordered=True
            ),
            "hour": pd.array(np.tile(np.arange(HOURS), 7), dtype="Int64"),
            "rows": pd.array(np.bincount(cells, minlength=7 * HOURS), dtype="Int64"),
        }
    )
    tidy["days"] = pd.array(np.repeat(_days(there), HOURS), dtype="Int64")
    tidy["rate"] = (tidy["rows"] / tidy["days"].mask(tidy["days"] == 0)).astype("Float64")
    first, last = (there.min(), there.max()) if len(there) else (None, None)
    undated = len(frame) - len(there)
    tidy.attrs["trend"] = {
        "tz": str(zone),
        "since": periods.spelled(first, zone),
        "until": periods.spelled(last, zone),
        "counted": len(there),
        "uncounted": undated,
        "what": what,
    }
    rows.doubt(what, said, undated=undated, level=3)
    return tidy


def _days(moments: "pd.Series[pd.Timestamp]") -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return how many days of each weekday lie between the first and the last moment."""
    if moments.empty:
        return np.zeros(7, dtype=np.int64)
    days = pd.date_range(moments.min().normalize(), moments.max().normalize(), freq="D")
    return np.bincount(days.day_of_week, minlength=7).astype(np.int64)
