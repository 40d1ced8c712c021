"""Customers and locations over time, over customers and over the land, against SQL and brute force."""

import numpy as np
import pandas as pd
import pytest
from analysis.sql import sql
from hypothesis import given
from hypothesis import strategies as st

from stcrm_nb.analysis import (
    customer_growth,
    location_growth,
    location_map,
    locations_per_customer,
    new_and_repeat,
)
from stcrm_nb.analysis.spread import DEGREE
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, ColumnMissingError, PartialResultWarning


def made(rows: list[tuple[str | None, int | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["created_on", "customer_id"])
    frame["created_on"] = pd.to_datetime(frame["created_on"], utc=True, format="ISO8601")
    frame["customer_id"] = frame["customer_id"].astype("Int64")
    frame["id"] = range(len(frame))
    frame.attrs["stcrm"] = {"time_zone": "America/Chicago"}
    return frame


def test_customers_over_time_equal_those_of_sql(demo: Client) -> None:
    customers = demo.customers.list(active="Any")
    tidy = customer_growth(customers)
    expected = sql(
        """select date_trunc('month', created_on at time zone 'America/Chicago') as period, type,
             count(*) as made from customers group by all order by all""",
        customers=customers,
    )
    some = tidy[tidy["customers"] > 0].assign(type=lambda rows: rows["type"].astype("str"))
    some = some.sort_values(["period", "type"])
    assert some["period"].dt.tz_localize(None).tolist() == expected["period"].tolist()
    assert some["customers"].tolist() == expected["made"].tolist()
    ends = tidy[tidy["period"] == tidy["period"].max()].set_index("type")["total"].to_dict()
    assert ends == customers["type"].value_counts().to_dict()
    assert tidy.groupby("type", observed=True)["total"].is_monotonic_increasing.all()


def test_active_customers_alone_are_warned_of(demo: Client) -> None:
    with pytest.warns(PartialResultWarning, match=r'crm.customers.list\(active="Any"\)'):
        customer_growth(demo.customers.list())


def test_locations_without_a_date_are_said(demo: Client) -> None:
    locations = demo.locations.list(active="Any")
    undated = int(locations["created_on"].isna().sum())
    with pytest.warns(PartialResultWarning, match=f"{undated} locations have no created_on"):
        tidy = location_growth(locations)
    assert tidy["total"].iloc[-1] == len(locations) - undated


def test_the_first_lead_of_a_customer_is_new(demo: Client) -> None:
    leads = demo.leads.list()
    tidy = new_and_repeat(leads)
    expected = sql(
        """with told as (select date_trunc('month', created_on at time zone 'America/Chicago') as period,
              case when customer_id is null then 'no customer yet'
                   when row_number() over (partition by customer_id order by created_on, id) = 1 then 'new'
                   else 'repeat' end as client from leads)
            select period, client, count(*) as rows from told group by all order by all""",
        leads=leads,
    )
    some = tidy[tidy["leads"] > 0].assign(client=lambda rows: rows["client"].astype("str"))
    some = some.sort_values(["period", "client"])
    assert some["client"].tolist() == expected["client"].tolist()
    assert some["leads"].tolist() == expected["rows"].tolist()


@given(
    st.lists(
        st.tuples(
            st.datetimes(pd.Timestamp("2024-01-01"), pd.Timestamp("2026-12-31")).map(str),
            st.integers(1, 4) | st.none(),
        ),
        max_size=25,
    )
)
def test_new_and_repeat_of_any_leads(rows: list[tuple[str, int | None]]) -> None:
    tidy = new_and_repeat(made(rows), freq="QS")
    told = tidy.groupby("client", observed=False)["leads"].sum().to_dict() if len(tidy) else {}
    known = [key for _, key in rows if key is not None]
    assert told.get("new", 0) == len(set(known))
    assert told.get("repeat", 0) == len(known) - len(set(known))
    assert told.get("no customer yet", 0) == len(rows) - len(known)


def test_bookings_are_told_apart_by_what_the_caller_said(demo: Client) -> None:
    bookings = demo.bookings.list()
    tidy = new_and_repeat(bookings)
    first = bookings["is_first_time_client"]
    assert tidy.loc[tidy["client"] == "new", "bookings"].sum() == first.sum()
    assert tidy.loc[tidy["client"] == "repeat", "bookings"].sum() == (~first.dropna()).sum()


def test_customers_by_their_locations_equal_those_of_sql(demo: Client) -> None:
    locations = demo.locations.list(active="Any")
    tidy = locations_per_customer(locations)
    expected = sql(
        """with each as (select customer_id, least(count(*), 5) as many from locations group by 1)
           select many, count(*) as customers from each group by 1""",
        locations=locations,
    )
    by = expected.set_index("many")["customers"]
    assert tidy["customers"].tolist() == [int(by.get(many, 0)) for many in range(1, 6)]
    assert tidy["share"].sum() == pytest.approx(1)


@given(
    st.lists(st.tuples(st.floats(41, 43), st.floats(-89, -87)), min_size=1, max_size=40),
    st.sampled_from([0.5, 2.0, 10.0]),
)
def test_a_location_counts_for_the_hexagon_whose_middle_is_nearest(
    spots: list[tuple[float, float]], size: float
) -> None:
    frame = pd.DataFrame(spots, columns=["address_latitude", "address_longitude"])
    tidy = location_map(frame, size=size)
    assert tidy["locations"].sum() == len(frame)
    narrow = np.cos(np.radians(frame["address_latitude"].median()))
    scale = np.array([DEGREE, DEGREE * narrow])
    middles = tidy[["latitude", "longitude"]].to_numpy(dtype=float) * scale
    places = frame.to_numpy() * scale
    away = np.hypot(*(places[:, None, :] - middles[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    assert (away <= size / np.sqrt(3) + 1e-6).all()  # no point of a hexagon is farther from its middle
    gaps = np.hypot(*(middles[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
    assert (gaps[~np.eye(len(gaps), dtype=bool)] > size * 0.999).all()


def test_locations_without_coordinates_are_left_out_and_said(demo: Client) -> None:
    locations = demo.locations.list(active="Any")
    tidy = location_map(locations)
    placed = int(locations["address_latitude"].notna().sum())
    assert tidy["locations"].sum() == tidy.attrs["trend"]["counted"] == placed
    assert tidy.attrs["trend"]["uncounted"] == len(locations) - placed > 0
    assert location_map(locations.head(0)).empty


def test_what_is_missing_is_named(demo: Client) -> None:
    with pytest.raises(ColumnMissingError, match=r"customer_id.*crm.locations.list\(\)"):
        locations_per_customer(pd.DataFrame({"id": [1]}))
    with pytest.raises(ArgumentError, match="kilometres above 0"):
        location_map(demo.locations.list(), size=0)
