"""A small frame that holds what is awkward: missing values, equal values, text that looks like markup."""

import pandas as pd
import pytest

HOSTILE = "<img src=x onerror=window.__stcrm_xss=1>"


@pytest.fixture
def frame() -> pd.DataFrame:
    """Six leads; the index does not start at 0."""
    frame = pd.DataFrame(
        {
            "id": pd.array([11, 12, 13, 14, 15, 16], dtype="Int64"),
            "status": pd.Categorical(
                ["Open", "Open", "Dismissed", None, "Converted", "Open"], ["Open", "Dismissed", "Converted"]
            ),
            "name": pd.array(["bob", "Ann", None, "bob", HOSTILE, "a.b*c"], dtype="str"),
            "active": pd.array([True, None, False, True, True, True], dtype="boolean"),
            "balance": pd.array([2.5, None, 1.0, 2.5, 0.0, 9.0], dtype="Float64"),
            "created_on": pd.to_datetime(
                [
                    "2026-03-08T05:59:59Z",  # still the 7th in Chicago
                    "2026-03-08T06:00:00Z",  # the 8th begins there; it has 23 hours
                    None,
                    "2026-03-09T04:59:59Z",  # the 8th's last second
                    "2026-03-09T05:00:00Z",
                    "2026-04-01T12:00:00Z",
                ],
                utc=True,
            ).astype("datetime64[us, UTC]"),
        },
        index=[5, 6, 7, 8, 9, 10],
    )
    frame.attrs["stcrm"] = {"active": "True"}
    return frame
