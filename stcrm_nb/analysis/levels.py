"""When the level of a trend changed. Pure."""

import itertools

import numpy as np
import numpy.typing as npt
import pandas as pd
import ruptures

from stcrm_nb.analysis.counting import periods, rows
from stcrm_nb.errors import ArgumentError

Numbers = npt.NDArray[np.float64]
SHORTEST = {"D": 7, "W": 3, "MS": 1, "QS": 1}  # periods between two changes, at least


def change_points(trend: pd.DataFrame, *, against: str = "last_year") -> pd.DataFrame:
    """Find the stretches of a trend on which its level held, and how far each is from what was expected.

    Parameters
    ----------
    trend : DataFrame
        As from `lead_trend` or `booking_trend`, not split.
    against : {"last_year", "level"}
        What is expected of a period: last year's count, so that seasons are no news; or the stretch before,
        so that each season is. Against last year, a low is followed by its echo a year later.

    Returns
    -------
    DataFrame, one row a stretch, in order
        since, until (datetime64[us, tz]: first day, and day after the last), periods (Int64), mean (Float64,
        a period), expected (Float64: mean of last year's same periods, or of the stretch before; missing for
        the first stretch against "level"), change (Float64: mean over expected, less 1). The first period of
        the trend, which may have begun before the data, and unfinished ones are left out; against last year,
        so are those without a year before.

    Raises
    ------
    ColumnMissingError, ArgumentError
        The trend is split, or `against` is unknown.

    Examples
    --------
    >>> found = stcrm.analysis.change_points(stcrm.analysis.lead_trend(crm.leads.list()))
    >>> str(found.loc[found["change"].idxmin(), "since"].date())
    '2025-09-01'

    Source
    ------
    PELT with squared error: R. Killick, P. Fearnhead and I. Eckley, JASA 107 (2012), as `ruptures` has it, on
    counts made even in variance: 2 sqrt(x + 3/8), F. J. Anscombe, Biometrika 35 (1948). Penalty: 2 ln(n),
    once for each count that a value is made of. A stretch is 3 weeks or 7 days at least.
    """
    said = trend.attrs.get("trend", {})
    if "period" not in trend or said.get("by") is not None or "what" not in said:
        raise ArgumentError(
            "The frame is no trend of one count; stcrm.analysis.lead_trend(leads) without by= gives one. "
            "Nothing was computed."
        )
    if against not in ("last_year", "level"):
        raise ArgumentError(f"against={against!r} is neither 'last_year' nor 'level'. Nothing was computed.")
    known = trend.iloc[1:].loc[trend["complete"]]
    if against == "last_year":
        lag = periods.YEAR[periods.length(said["freq"])]
        known = known.dropna(subset=["last_year"]).loc[lambda each: each.index > lag]
    counts = known[said["what"]].to_numpy(dtype=np.float64)
    before = known["last_year"].to_numpy(dtype=np.float64, na_value=np.nan)
    even = _even(counts) - (_even(before) if against == "last_year" else 0)
    shortest = SHORTEST[periods.length(said["freq"])]
    borders = _borders(even, shortest, noise=2.0 if against == "last_year" else 1.0)
    ends = periods.ends(pd.DatetimeIndex(known["period"].dt.tz_localize(None)), said["freq"])
    ends = periods.localized(ends, periods.zone(said["tz"]))
    spans = list(itertools.pairwise([0, *borders]))
    means = [float(counts[start:end].mean()) for start, end in spans]
    if against == "last_year":
        expected = [float(before[start:end].mean()) for start, end in spans]
    else:
        expected = [np.nan, *means[:-1]][: len(means)]
    tidy = pd.DataFrame(
        {
            "since": pd.DatetimeIndex(known["period"])[[start for start, _ in spans]],
            "until": ends[[end - 1 for _, end in spans]],
            "periods": pd.array([end - start for start, end in spans], dtype="Int64"),
            "mean": pd.array(means, dtype="Float64"),
        }
    )
    tidy["expected"] = rows.numbers(np.array(expected, dtype=np.float64))
    tidy["change"] = (tidy["mean"] / tidy["expected"].mask(tidy["expected"] == 0) - 1).astype("Float64")
    tidy.attrs = {**trend.attrs, "against": against}
    return tidy


def _even(counts: Numbers) -> Numbers:
    """Return counts of which each has the variance 1, if they are Poisson's."""
    return 2 * np.sqrt(counts + 3 / 8)


def _borders(values: Numbers, shortest: int, *, noise: float) -> list[int]:
    """Return where stretches end; a trend too short to be cut is one."""
    if len(values) < max(2 * shortest, 2):
        return [len(values)] if len(values) else []
    search = ruptures.Pelt(model="l2", min_size=shortest, jump=1).fit(values.reshape(-1, 1))
    return [int(end) for end in search.predict(pen=2 * noise * np.log(len(values)))]
