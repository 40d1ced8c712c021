"""Findings against what was planted, against second computations, and on frames of any kind."""

import json
import math
from itertools import combinations

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stcrm_nb as stcrm
from stcrm_nb.client import Client
from stcrm_nb.errors import ArgumentError, ColumnMissingError
from stcrm_nb.quality import doubles
from stcrm_nb.quality.contacts import contact_findings, normal
from stcrm_nb.quality.doubles import double_findings
from stcrm_nb.quality.places import kilometres, place_findings
from stcrm_nb.sandbox.tenant import find_data

EVER = "2000-01-01"


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> pd.DataFrame:
    frame: pd.DataFrame = stcrm.quality.findings(request.getfixturevalue("demo"))
    return frame


@pytest.fixture(scope="module")
def contacts(request: pytest.FixtureRequest) -> pd.DataFrame:
    crm = request.getfixturevalue("demo")
    frame: pd.DataFrame = crm.customers.all_contacts(modified_on_or_after=EVER)
    return frame


def ids(found: pd.DataFrame, problem: str) -> list[int]:
    return sorted(found.loc[found["problem"] == problem, "id"].tolist())


def test_only_reads_are_sent(demo: Client, found: pd.DataFrame) -> None:
    assert len(found) > 0
    assert demo.sandbox is not None
    sent = {call.method for call in demo.sandbox.calls if call.path != "/connect/token"}
    assert sent == {"GET"}


def test_the_planted_duplicates_are_found_and_merged_ones_are_not(found: pd.DataFrame) -> None:
    stories = json.loads((find_data() / "meta.json").read_text())["stories"]
    facts = {each["name"]: each["facts"] for each in stories}
    told = found[found["problem"] == "likely duplicate"]
    pairs = set(zip(told["id"], told["other_id"], strict=True))
    planted = {tuple(each) for each in facts["duplicate_customers"]["pairs"]}
    assert len(planted & pairs) >= 19, "one of them has but a common phone and an initial"
    assert len(pairs) <= facts["duplicate_customers"]["count"] + 2, "few are told that are none"
    merged = {each[0] for each in facts["merged_customers"]["pairs"]}
    assert merged.isdisjoint(told["id"])
    assert told["evidence"].str.contains("of 100 like").all()


def test_wrong_numbers_and_addresses_come_with_the_change_that_removes_them(
    found: pd.DataFrame, contacts: pd.DataFrame
) -> None:
    wrong = found[found["problem"].isin(["invalid phone number", "invalid e-mail address"])]
    for text in ("0000000000", "unknown", "555-01", "jane.doe@@example.com", "no email"):
        assert wrong["evidence"].str.contains(text, regex=False).any(), text
    arguments = [json.loads(each) for each in wrong["arguments"]]
    told = {(each["id"], each["contact_id"]) for each in arguments}
    assert told <= set(zip(contacts["customer_id"], contacts["id"], strict=True))
    assert wrong["call"].str.startswith("crm.customers.remove_contact(id=").all()


def test_contacts_that_stand_twice_are_those_of_sql(found: pd.DataFrame, contacts: pd.DataFrame) -> None:
    rows = contacts.assign(normal=normal(contacts["value"], contacts["type"], "US"))[
        ["id", "customer_id", "normal"]
    ]
    with duckdb.connect() as base:
        base.register("rows", rows)
        expected = base.execute(
            "select a.id from rows a where normal is not null and exists (select 1 from rows b where "
            "b.customer_id = a.customer_id and b.normal = a.normal and b.id < a.id) order by a.id"
        ).fetchall()
    told = found[found["problem"] == "contact stands twice"]
    assert sorted(json.loads(each)["contact_id"] for each in told["arguments"]) == [
        each for (each,) in expected
    ]


def test_marketing_in_spite_of_do_not_mail_is_those_of_sql(
    demo: Client, found: pd.DataFrame, contacts: pd.DataFrame
) -> None:
    customers = demo.customers.list(active="Any")[["id", "do_not_mail"]]
    rows = contacts[["customer_id", "type", "preferences_marketing_updates_enabled"]].astype({"type": "str"})
    with duckdb.connect() as base:
        base.register("customers", customers)
        base.register("rows", rows)
        expected = base.execute(
            "select customer_id from rows join customers on customers.id = customer_id where do_not_mail and "
            "preferences_marketing_updates_enabled and type = 'Email' order by 1"
        ).fetchall()
    assert ids(found, "marketing in spite of do-not-mail") == [each for (each,) in expected]


def test_suggestions_become_a_set_that_mends(writable_crm: Client) -> None:
    crm = writable_crm
    found = stcrm.quality.findings(crm)
    some = found[found["problem"].isin(["invalid e-mail address", "marketing in spite of do-not-mail"])]
    some = pd.concat([some.groupby("problem", observed=True).head(2)])
    plans = stcrm.quality.changes(crm, some)
    assert len(plans) == 4
    assert crm.sandbox is not None
    assert {call.method for call in crm.sandbox.calls if "/crm/" in call.path} == {"GET"}
    done = stcrm.ChangeSet(plans).apply(dry_run=False)
    assert set(done["outcome"]) == {"done"}
    again = stcrm.quality.findings(crm)
    still = set(zip(again["id"], again["problem"], strict=True))
    assert still.isdisjoint(set(zip(some["id"], some["problem"], strict=True)))


def test_the_gravest_come_first_and_every_record_has_its_name(found: pd.DataFrame) -> None:
    assert found["severity"].cat.codes.is_monotonic_decreasing
    assert found.loc[found["resource"] == "customers", "name"].notna().mean() > 0.99
    assert found.attrs["stcrm"]["environment"] == "demo"


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("(414) 555-0199", "MobilePhone", "+14145550199"),
        ("+44 20 7946 0018", "Phone", "+442079460018"),
        ("414-555-0199 ext. 12", "Phone", "+14145550199"),
        ("12", "Phone", None),
        ("=HYPERLINK(1)", "Phone", None),
        ("Ann.Lee@Example.COM ", "Email", "ann.lee@example.com"),
        ("ann@@example.com", "Email", None),
        ("<img src=x>", "Email", None),
        (None, "Email", None),
    ],
)
def test_a_contact_has_one_normal_form(value: str | None, kind: str, expected: str | None) -> None:
    found = normal(pd.Series([value], dtype="str"), pd.Series([kind]), "US")
    assert [each if isinstance(each, str) else None for each in found] == [expected]


def customers_of(rows: list[tuple[str | None, str | None, str | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["name", "address_street", "address_zip"]).astype("str")
    frame["id"] = pd.array(range(1, len(frame) + 1), dtype="Int64")
    frame["merged_to_id"] = pd.array([None] * len(frame), dtype="Int64")
    frame["active"] = pd.array([True] * len(frame), dtype="boolean")
    frame["do_not_mail"] = pd.array([None] * len(frame), dtype="boolean")
    return frame


texts = (
    st.none()
    | st.sampled_from(["Ann Lee", "A. Lee", "", "<script>", "1 Elm St", "53703", "=1+1"])
    | st.text(max_size=8)
)


@given(
    st.lists(st.tuples(texts, texts, texts), max_size=8),
    st.lists(st.tuples(st.integers(0, 9), texts), max_size=8),
)
def test_any_customers_and_contacts_are_looked_at_without_trouble(
    people: list[tuple[str | None, str | None, str | None]], reached: list[tuple[int, str | None]]
) -> None:
    customers = customers_of(people)
    contacts = pd.DataFrame(reached, columns=["customer_id", "value"]).astype(
        {"value": "str", "customer_id": "Int64"}
    )
    contacts["id"] = pd.array(range(100, 100 + len(contacts)), dtype="Int64")
    contacts["type"] = pd.Categorical(["Email", "Phone"] * 5)[: len(contacts)]
    known = contacts.assign(normal=normal(contacts["value"], contacts["type"], "US"))
    list(contact_findings(known, customers))
    for each in double_findings(customers, known):
        assert each.other is not None
        assert each.other < each.record


def test_comparing_each_with_each_finds_no_more(
    demo: Client, found: pd.DataFrame, contacts: pd.DataFrame
) -> None:
    told = found[found["problem"] == "likely duplicate"]
    customers = demo.customers.list(active="Any")
    some = {*told["id"], *told["other_id"], *customers["id"].head(400)}
    some_customers = customers[customers["id"].isin(some) & customers["merged_to_id"].isna()]
    known = contacts.assign(normal=normal(contacts["value"], contacts["type"], "US"))
    reach = known.dropna(subset=["normal"]).groupby("customer_id")["normal"].agg(set).to_dict()
    plain = {
        row["id"]: (
            doubles._plain(str(row["name"])),
            doubles._plain(str(row["address_street"])),
            str(row["address_zip"])[:5],
        )
        for row in some_customers.to_dict("records")
    }
    alike = {
        (other, one)
        for one, other in combinations(sorted(plain), 2)
        if doubles._compared(plain[one], plain[other], reach.get(one, set()) & reach.get(other, set()))
    }
    assert alike == {
        pair for pair in zip(told["id"], told["other_id"], strict=True) if set(pair) <= set(plain)
    }


def test_a_place_without_a_city_and_one_far_away_are_told() -> None:
    frame = pd.DataFrame(
        {
            "id": pd.array(range(1, 8), dtype="Int64"),
            "merged_to_id": pd.array([None] * 7, dtype="Int64"),
            "address_street": pd.array(["1 Elm St"] * 7, dtype="str"),
            "address_city": pd.array(["Madison"] * 5 + [None, ""], dtype="str"),
            "address_zip": pd.array(["53703"] * 6 + [None], dtype="str"),
            "address_latitude": pd.array([43.07] * 4 + [41.88, None, None], dtype="Float64"),
            "address_longitude": pd.array([-89.4] * 4 + [-87.63, None, None], dtype="Float64"),
        }
    )
    told = [(each.record, each.problem) for each in place_findings(frame)]
    assert told == [(6, "no city"), (7, "no city"), (5, "far from its postal code")]
    assert list(place_findings(frame.head(0))) == []


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(-89, 89), st.floats(-179, 179))
def test_distances_agree_with_the_law_of_cosines(lat: float, lon: float, lat2: float, lon2: float) -> None:
    (found,) = kilometres(np.array([[lat, lon]]), np.array([[lat2, lon2]]))
    a, b, c = math.radians(lat), math.radians(lat2), math.radians(lon2 - lon)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(c)
    assert found == pytest.approx(6371.0088 * math.acos(max(-1.0, min(1.0, cosine))), abs=1.0)


def test_a_frame_that_is_none_and_a_country_that_is_none_are_refused(demo: Client) -> None:
    with pytest.raises(ColumnMissingError, match=r"stcrm\.quality\.findings"):
        stcrm.quality.changes(demo, demo.leads.list())
    with pytest.raises(ArgumentError, match="two letters"):
        stcrm.quality.findings(demo, region="USA")
