"""How locations spread: over customers, and over the land. Pure."""

import numpy as np
import pandas as pd

from stcrm_nb.analysis.counting import rows
from stcrm_nb.errors import ArgumentError

MOST = 5  # locations of a customer; those with more are one group
DEGREE = 111.195  # kilometres of a degree of latitude: a sphere of 6371 km


def locations_per_customer(locations: pd.DataFrame) -> pd.DataFrame:
    """Count customers by how many locations they have.

    Parameters
    ----------
    locations : DataFrame, one row a location
        Needs `customer_id`.

    Returns
    -------
    DataFrame, one row a group: 1, 2, 3, 4, 5 or more
        locations (ordered category), customers (Int64), share (Float64, 0 to 1, of customers with a
        location).

    Raises
    ------
    ColumnMissingError
        `customer_id` is not in the frame.

    Examples
    --------
    >>> found = stcrm.analysis.locations_per_customer(crm.locations.list())
    >>> found["locations"].tolist()
    ['1', '2', '3', '4', '5 or more']

    Source
    ------
    Operation Locations_GetList. A customer without a location is not in such a frame.
    """
    rows.need(locations, "locations", ("customer_id",))
    each = locations["customer_id"].dropna().value_counts().clip(upper=MOST)
    counts = np.bincount(each.to_numpy(dtype=np.int64), minlength=MOST + 1)[1:]
    names = [*(str(number) for number in range(1, MOST)), f"{MOST} or more"]
    tidy = pd.DataFrame({"locations": pd.Categorical(names, categories=names, ordered=True)})
    tidy["customers"] = pd.array(counts, dtype="Int64")
    tidy["share"] = (tidy["customers"] / max(int(counts.sum()), 1)).astype("Float64")
    counted = int(locations["customer_id"].notna().sum())
    return _told(tidy, locations, counted=counted, lacking="a customer")


def location_map(locations: pd.DataFrame, *, size: float | None = None) -> pd.DataFrame:
    """Count locations in the hexagons that cover the land.

    Parameters
    ----------
    locations : DataFrame, one row a location
        Needs `address_latitude` and `address_longitude`, in degrees; rows without them are not counted.
    size : float, optional
        Distance between the middles of neighbouring hexagons, in kilometres; above 0. Default: a fortieth of
        how far the middle 98 % of the locations reach, in whole kilometres, 1 at least.

    Returns
    -------
    DataFrame, one row a hexagon with a location in it, the fullest first
        latitude, longitude (Float64: its middle, in degrees), locations (Int64, >= 1). `attrs["trend"]` tells
        the size, how many rows were counted, and how many were not.

    Raises
    ------
    ColumnMissingError
        A column is not in the frame.
    ArgumentError
        `size` is not above 0.

    Examples
    --------
    >>> found = stcrm.analysis.location_map(crm.locations.list())
    >>> bool((found["locations"] > 0).all())
    True

    Source
    ------
    Operation Locations_GetList. Plane coordinates: equirectangular about the median latitude. Hexagon of a
    point: of the two rectangular lattices whose union the middles are, the nearer middle.
    """
    rows.need(locations, "locations", ("address_latitude", "address_longitude"))
    if size is not None and not size > 0:
        raise ArgumentError(f"size={size!r} is no width of a hexagon; give kilometres above 0.")
    spots = locations[["address_latitude", "address_longitude"]].astype("float64").dropna()
    lat, lon = spots.to_numpy().T
    narrow = np.cos(np.radians(np.median(lat))) if len(lat) else 1.0
    size = size or _fitting(lat * DEGREE, lon * DEGREE * narrow)
    middles = _middles(lon * DEGREE * narrow / size, lat * DEGREE / size)
    found, counts = np.unique(middles.round(6), axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    tidy = pd.DataFrame(
        {
            "latitude": pd.array(found[order, 1] * size / DEGREE, dtype="Float64"),
            "longitude": pd.array(found[order, 0] * size / (DEGREE * narrow), dtype="Float64"),
            "locations": pd.array(counts[order], dtype="Int64"),
        }
    )
    return _told(tidy, locations, counted=len(spots), size=size, lacking="coordinates")


def _fitting(*axes: rows.Counts) -> float:
    """Return a size of which forty cover what most of the places cover, in kilometres."""
    reaches = [np.diff(np.percentile(each, [1, 99]))[0] for each in axes if len(each)]
    return max(1.0, round(max(reaches, default=0.0) / 40))


def _middles(x: rows.Counts, y: rows.Counts) -> rows.Counts:
    """Return for each point the middle of its hexagon; middles of neighbours are 1 apart."""
    high = np.sqrt(3.0)
    even = np.column_stack([np.round(x), np.round(y / high) * high])
    odd = np.column_stack([np.floor(x) + 0.5, (np.floor(y / high) + 0.5) * high])
    near, far = (np.hypot(x - each[:, 0], y - each[:, 1]) for each in (even, odd))
    return np.where((near <= far)[:, None], even, odd)


def _told(tidy: pd.DataFrame, locations: pd.DataFrame, *, counted: int, **more: object) -> pd.DataFrame:
    rows.doubt("locations", rows.said_of(locations))
    return rows.told(tidy, locations, counted=counted, uncounted=len(locations) - counted, **more)
