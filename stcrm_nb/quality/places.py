"""Locations without a city, and locations that lie far from the others of their postal code. Pure."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb.quality.finding import Finding

Numbers = np.ndarray[Any, np.dtype[np.float64]]
FAR = 40.0  # km from the middle of its postal code
FEWEST = 4  # locations that a postal code needs for a middle
EARTH = 6371.0088  # km, mean radius


def place_findings(locations: pd.DataFrame) -> Iterator[Finding]:
    """Yield what is wrong with addresses."""
    there = locations[locations["merged_to_id"].isna()]
    city = there["address_city"]
    lacking = there[city.isna() | city.eq("").fillna(value=False)]
    for key, street in zip(
        lacking["id"].tolist(), lacking["address_street"].fillna("no street"), strict=True
    ):
        yield Finding("locations", key, "no city", f"{street}, no city", "medium")
    placed = there.dropna(subset=["address_latitude", "address_longitude", "address_zip"])
    if placed.empty:
        return
    code = placed["address_zip"].astype("str").str[:5]
    spots = placed[["address_latitude", "address_longitude"]].astype("float64")
    middle = spots.groupby(code).transform("median")
    away = kilometres(spots.to_numpy(), middle.to_numpy())
    enough = spots.groupby(code)["address_latitude"].transform("size").to_numpy() >= FEWEST
    keys, codes = placed["id"].tolist(), code.tolist()
    for at in np.flatnonzero(enough & (away > FAR)):
        evidence = f"{away[at]:,.0f} km from the middle of {codes[at]}"
        yield Finding("locations", keys[at], "far from its postal code", evidence, "medium")


def kilometres(one: Numbers, other: Numbers) -> Numbers:
    """Return the distances between places, given as latitude and longitude in degrees.

    Examples
    --------
    >>> import numpy as np
    >>> kilometres(np.array([[43.07, -89.40]]), np.array([[41.88, -87.63]])).round().tolist()
    [196.0]

    Source
    ------
    Haversine formula; R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68 (1984).
    """
    (lat, lon), (lat2, lon2) = np.radians(one).T, np.radians(other).T
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1))), dtype=np.float64)
