"""Long lists, dates, either provider, names beside ids, tables of lists: what a caller gives and gets."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from resources import jedi_probe

import stcrm_nb
from stcrm_nb.client import Client
from stcrm_nb.door import connect, open_sandbox
from stcrm_nb.errors import ArgumentError, MissingScopeWarning, UnknownParameterError
from stcrm_nb.sandbox.oauth import SCOPES
from stcrm_nb.sandbox.serve import Sandbox, start

ROOT = Path(__file__).parents[2]


def test_lists_of_ids_of_any_length_are_split_and_joined(crm: Client, sandbox: Sandbox) -> None:
    ids = crm.leads.list()["id"].tolist()[:170]
    before = len(sandbox.calls)
    frame = crm.leads.list(ids=[*ids, ids[0]])
    assert frame["id"].tolist() == sorted(ids)
    assert len(sandbox.calls) - before == 4
    assert frame.attrs["stcrm"]["parameters"]["ids"] == ",".join(map(str, ids))


@pytest.mark.parametrize(
    "moment",
    [
        "2026-01-01",
        date(2026, 1, 1),
        datetime(2026, 1, 1),  # noqa: DTZ001 - without a zone on purpose
        pd.Timestamp("2026-01-01"),
        np.datetime64("2026-01-01"),
        pd.Timestamp("2026-01-01T06:00", tz="UTC"),
        "2026-01-01T00:00-06:00",
    ],
    ids=str,
)
def test_dates_of_any_kind_mean_the_tenants_time_zone(crm: Client, moment: object) -> None:
    assert "T06%3A00%3A00Z" in crm.leads.list.request(created_on_or_after=moment)


@pytest.mark.parametrize("given", ["any", "Any", True, False, "false"])
def test_active_takes_flags_and_words(crm: Client, given: object) -> None:
    assert f"active={str(given).title()}" in crm.customers.list.request(active=given)


def test_a_provider_makes_a_call_the_providers_own(crm: Client) -> None:
    assert "/booking-provider/5503/bookings" in crm.bookings.list.request(provider=5503)
    assert "/booking-provider/" not in crm.bookings.list.request(provider=None)
    assert set(crm.bookings.list(provider=5503)["booking_provider_id"]) == {5503}
    with pytest.raises(ArgumentError, match="provider is missing"):
        crm.bookings.create.request(
            source="a", name="b", summary="c", is_first_time_client=True, external_id="d"
        )


def test_an_unknown_name_is_refused_with_the_nearest(crm: Client, sandbox: Sandbox) -> None:
    with pytest.raises(UnknownParameterError, match="created_on_or_after"):
        crm.leads.list(created_after="2026-01-01")
    with pytest.raises(
        ArgumentError, match="Nothing that returns records is called 'leeds'; did you mean 'leads'"
    ):
        stcrm_nb.columns("leeds")
    with pytest.raises(AttributeError, match="Did you mean dismiss"):
        crm.leads.dismis  # noqa: B018 - the access is the point
    assert sandbox.calls == []


def test_names_stand_beside_ids_with_one_request_a_list(crm: Client, sandbox: Sandbox) -> None:
    plain = crm.leads.list()
    before = len(sandbox.calls)
    named = stcrm_nb.add_names(plain, crm)
    assert len(sandbox.calls) - before == 6
    again = crm.leads.list(names=True)
    assert len(sandbox.calls) - before == 6
    pd.testing.assert_frame_equal(named, again)
    assert list(named.columns[[9, 10]]) == ["campaign_id", "campaign"]
    campaigns = crm.lookups.campaigns(active="any").set_index("id")["name"]
    assert named["campaign"].astype("str").tolist() == campaigns.reindex(plain["campaign_id"]).tolist()
    assert named["created_by"].notna().mean() > 0.9
    pd.testing.assert_frame_equal(named[plain.columns.tolist()], plain)


def test_without_a_scope_the_ids_stay_and_one_warning_names_it(
    crm: Client,
) -> None:
    leads = crm.leads.list()
    with (
        start(lacking=SCOPES - {"tn.crm.leads:r"}) as strict,
        open_sandbox(strict, crm.settings.home / "other") as poor,
        pytest.warns(MissingScopeWarning) as told,
    ):
        named = stcrm_nb.add_names(leads, poor)
    assert sum("tn.mrk.campaigns:r" in str(each.message) for each in told) == 1
    pd.testing.assert_frame_equal(named, leads)


def test_lists_become_tables_of_their_own(crm: Client, tmp_path: Path) -> None:
    customers = crm.customers.list()
    tags = crm.customers.tags(customers)
    assert list(tags.columns) == ["customer_id", "tag_type_id"]
    sample = int(tags["customer_id"].iloc[0])
    held = tags.loc[tags["customer_id"] == sample, "tag_type_id"].tolist()
    assert held == crm.customers.get(sample).tag_type_ids
    wide = crm.customers.custom_field_values(customers, wide=True)
    assert "Client #" in wide.columns
    assert wide.index.is_unique
    few = customers.head(3)
    fields = crm.customers.custom_field_values(few)
    assert set(fields["customer_id"]) <= set(few["id"])
    bare = pd.DataFrame({"id": few["id"].tolist()})
    pd.testing.assert_frame_equal(crm.customers.custom_field_values(bare), fields)
    customers.to_parquet(tmp_path / "customers.parquet")
    again = pd.read_parquet(tmp_path / "customers.parquet")
    pd.testing.assert_frame_equal(again, customers)
    assert again.attrs == customers.attrs
    assert crm.customers.tags(again).equals(tags)


def test_a_record_leads_to_its_relatives(crm: Client) -> None:
    location = crm.locations.get(250200001)
    customer = location.customer()
    assert customer.id == location.customer_id
    assert 250200001 in customer.locations()["id"].tolist()
    assert location.contacts().equals(crm.locations.contacts(250200001))
    assert "customer" in dir(location)


def test_any_server_may_stand_behind_a_connection(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STCRM_HOME", str(tmp_path))
    keys = sandbox.credentials
    crm = connect(
        tenant=keys.tenant,
        client_id=keys.client_id,
        client_secret=keys.client_secret,
        app_key=keys.app_key,
        api_url=sandbox.api_url,
        auth_url=sandbox.auth_url,
        allow_custom_host=True,
    )
    with crm:
        assert len(crm.booking_provider_tags.list()) == 6


def test_mypy_refuses_a_wrong_keyword(tmp_path: Path) -> None:
    file = tmp_path / "cell.py"
    file.write_text(
        "import stcrm_nb as stcrm\n"
        "crm = stcrm.connect('demo')\n"
        "crm.leads.list(created_on_or_after='2026-01-01', status='Open')\n"
        "crm.leads.list(created_after='2026-01-01')\n"
        "crm.leads.dismiss(1)\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(file)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    wrong = {line.split(":")[1] for line in ran.stdout.splitlines() if ": error:" in line}
    assert wrong == {"4", "5"}, ran.stdout
    assert "created_after" in ran.stdout


def test_a_kernel_completes_keywords_inside_the_brackets() -> None:
    found = jedi_probe.completions("crm.leads.list(created_o")
    assert any("created_on_or_after" in each for each in found)
