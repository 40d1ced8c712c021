"""The door: connecting, reading, caching, and what a connection says of itself."""

import doctest
import gc
import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest

import stcrm_nb
from stcrm_nb import config
from stcrm_nb.catalogue import RESOURCES, Resource
from stcrm_nb.client import Client
from stcrm_nb.config import Secret
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import AccessError, ArgumentError, ConfigError
from stcrm_nb.sandbox.serve import Sandbox

CREDENTIALS = {
    "STCRM_TENANT": "42",
    "STCRM_CLIENT_ID": "cid.x",
    "STCRM_CLIENT_SECRET": " cs.canary ",
    "STCRM_APP_KEY": "ak.canary",
}
kinds = pytest.mark.parametrize("resource", RESOURCES[:4], ids=lambda resource: resource.name)


@kinds
def test_a_list_has_every_row_and_the_declared_dtypes(crm: Client, resource: Resource) -> None:
    asked = {"active": "any"} if resource.name in ("customers", "locations") else {}
    frame = getattr(crm, resource.name).list(**asked)
    said = frame.attrs["stcrm"]
    assert len(frame) == said["total"] == said["rows"] > 100
    assert frame["id"].is_unique
    assert said["complete"]
    assert [str(dtype) for dtype in frame.dtypes] == [column.dtype for column in resource.record.columns]


@kinds
def test_a_second_identical_call_sends_no_request(crm: Client, sandbox: Sandbox, resource: Resource) -> None:
    calls = getattr(crm, resource.name)
    first = calls.list()
    sent = len(sandbox.calls)
    second = calls.list()
    assert len(sandbox.calls) == sent
    assert (first.attrs["stcrm"]["from_cache"], second.attrs["stcrm"]["from_cache"]) == (False, True)
    pd.testing.assert_frame_equal(first, second)
    calls.list(refresh=True)
    assert len(sandbox.calls) > sent


@kinds
def test_pages_of_any_size_give_the_same_rows(crm: Client, resource: Resource) -> None:
    calls = getattr(crm, resource.name)
    pd.testing.assert_frame_equal(calls.list(page_size=499), calls.list())


@kinds
def test_one_record_equals_its_row(crm: Client, resource: Resource) -> None:
    calls = getattr(crm, resource.name)
    row = calls.list().iloc[7]
    record = calls.get(int(row["id"]))
    lists = {child.name for child in resource.record.children}
    flat = {name: value for name, value in record.items() if name not in lists}
    assert set(record) == set(flat) | lists
    assert flat == {name: None if pd.isna(value) else value for name, value in row.items()}
    assert record.id == row["id"]
    assert f"{row['id']}" in repr(record)
    with pytest.raises(AttributeError, match="it has id"):
        record.nonsense  # noqa: B018 - the access is the point


def test_only_active_records_come_unless_asked_and_the_frame_says_so(crm: Client) -> None:
    active, everything = crm.customers.list(), crm.customers.list(active="any")
    assert len(active) < len(everything)
    assert (active.attrs["stcrm"]["active"], everything.attrs["stcrm"]["active"]) == ("True", "Any")
    assert crm.leads.list(page_size=5000).attrs["stcrm"]["active"] is None


def test_a_filter_restricts_what_comes(crm: Client) -> None:
    assert set(crm.leads.list(status="Open")["status"]) == {"Open"}
    assert set(crm.locations.list(city="Madison")["address_city"]) == {"Madison"}


def test_leads_offer_what_the_published_api_has(crm: Client) -> None:
    assert not crm.leads.offers("contacts")
    with pytest.raises(AttributeError, match=r"crm\.leads has no 'contacts'"):
        crm.leads.contacts(5)


def test_a_call_shows_what_it_would_send(crm: Client, sandbox: Sandbox) -> None:
    shown = crm.leads.list.request(status="open", created_on_or_after="2026-01-01")
    tenant = crm.settings.tenant
    assert shown == (
        f"GET /crm/v2/tenant/{tenant}/leads?createdOnOrAfter=2026-01-01T06%3A00%3A00Z&status=Open"
    )
    assert sandbox.calls == []


@kinds
def test_every_call_has_signature_and_docstring(crm: Client, resource: Resource) -> None:
    for operation in resource.operations:
        bound = getattr(getattr(crm, resource.name), operation.name)
        names = list(inspect.signature(bound).parameters)
        shown = [each.name for each in operation.parameters if not each.paging]
        assert set(shown) <= set(names)
        text = inspect.getdoc(bound) or ""
        for heading in ("Parameters", "Returns", "Raises", "Examples", "Source"):
            assert f"{heading}\n---" in text
        assert operation.operation_id in text
        assert resource.name in repr(bound)


def test_too_many_arguments_are_refused(crm: Client) -> None:
    with pytest.raises(ArgumentError, match="Name the others"):
        crm.locations.list("Madison")


def test_browsing_an_unknown_kind_offers_the_nearest(crm: Client) -> None:
    with pytest.raises(ArgumentError, match="'locations'"):
        crm.browse("location")


def test_a_connection_shows_where_it_leads_and_no_secret(crm: Client, writable_crm: Client) -> None:
    shown = (
        repr(crm) + crm._repr_html_() + repr(crm.settings) + repr(crm.locations) + crm.locations._repr_html_()
    )
    assert "read-only" in crm._repr_html_()
    assert "writable" in writable_crm._repr_html_()
    assert str(crm.settings.tenant) in shown
    for secret in (crm.settings.client_secret, crm.settings.app_key):
        assert secret.reveal() not in shown


def test_refresh_forgets_everything_kept(crm: Client, sandbox: Sandbox) -> None:
    crm.leads.list()
    sent = len(sandbox.calls)
    crm.refresh()
    crm.leads.list()
    assert len(sandbox.calls) > sent


def test_credentials_come_from_the_environment() -> None:
    settings = config.read({}, time_zone=None, writable=False, variables=CREDENTIALS | {"STCRM_HOME": "here"})
    assert (settings.tenant, settings.environment, settings.time_zone) == (42, "integration", "UTC")
    assert settings.client_secret.reveal() == "cs.canary"
    assert settings.api_url == "https://api-integration.servicetitan.io"
    assert "canary" not in repr(settings)


def test_production_and_integration_are_told_apart() -> None:
    told = {
        name: config.read(
            {}, time_zone=None, writable=False, variables=CREDENTIALS | {"STCRM_ENVIRONMENT": name}
        )
        for name in ("production", "integration")
    }
    assert len({settings.api_url for settings in told.values()}) == 2
    assert len({settings.cache_folder for settings in told.values()}) == 2
    assert len({settings.journal_file for settings in told.values()}) == 2


@pytest.mark.parametrize(
    ("given", "variables", "says"),
    [
        ({}, {}, r"STCRM_TENANT.*STCRM_CLIENT_ID.*STCRM_CLIENT_SECRET.*STCRM_APP_KEY"),
        ({}, CREDENTIALS | {"STCRM_TENANT": "acme"}, "digits only"),
        ({}, CREDENTIALS | {"STCRM_ENVIRONMENT": "staging"}, "production, integration"),
        ({}, CREDENTIALS | {"STCRM_TIMEZONE": "Chicago"}, "America/Chicago"),
        ({"api_url": "https://evil.example"}, CREDENTIALS, "allow_custom_host=True"),
    ],
)
def test_unusable_settings_are_refused_in_words(
    given: config.Credentials, variables: dict[str, str], says: str
) -> None:
    with pytest.raises(ConfigError, match=says):
        config.read(given, time_zone=None, writable=False, variables=variables)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example",
        "https://api.servicetitan.io@evil.example",
        "https://evil.example/path",
        "https://evil.example?x=1",
        "https://evil.example#x",
        "ftp://evil.example",
        "https://",
        "evil.example",
        "https:\\\\evil.example",
        "file:///etc/passwd",
    ],
)
def test_no_trick_makes_another_host_look_like_the_service(url: str) -> None:
    """Requirement T2."""
    given: config.Credentials = {"api_url": url, "auth_url": url, "allow_custom_host": True}
    with pytest.raises(ConfigError, match="custom host"):
        config.read(given, time_zone=None, writable=False, variables=CREDENTIALS)


def test_a_server_of_ones_own_can_be_used(
    sandbox: Sandbox, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STCRM_HOME", str(tmp_path))
    keys = sandbox.credentials
    with stcrm_nb.connect(
        tenant=keys.tenant,
        client_id=keys.client_id,
        client_secret=keys.client_secret,
        app_key=keys.app_key,
        api_url=sandbox.api_url,
        auth_url=sandbox.auth_url,
        allow_custom_host=True,
        tz="America/Chicago",
    ) as own:
        assert len(own.leads.list()) > 100


def test_wrong_credentials_are_said(
    sandbox: Sandbox, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STCRM_HOME", str(tmp_path))
    with (
        stcrm_nb.connect(
            tenant=sandbox.credentials.tenant,
            client_id="cid.wrong",
            client_secret="cs.wrong",
            app_key="ak.wrong",
            api_url=sandbox.api_url,
            auth_url=sandbox.auth_url,
            allow_custom_host=True,
        ) as wrong,
        pytest.raises(AccessError, match="STCRM_CLIENT_ID"),
    ):
        wrong.leads.list()


def test_a_secret_shows_itself_nowhere() -> None:
    secret = Secret("canary")
    assert "canary" not in f"{secret} {secret!r} {[secret]} {vars(config).get('secret')}"
    with pytest.raises(TypeError):
        secret.__reduce__()


def test_an_unknown_profile_names_the_ways_in() -> None:
    with pytest.raises(ConfigError, match="demo"):
        stcrm_nb.connect("acme")
    with pytest.raises(ConfigError, match="leave them out"):
        stcrm_nb.connect("demo", tenant=5)


def test_the_demo_tenant_starts_and_stops_with_the_interpreter() -> None:
    code = """
        import stcrm_nb as stcrm
        crm = stcrm.connect("demo")
        other = stcrm.connect("demo", writable=True)
        assert crm.sandbox is other.sandbox
        print(len(crm.leads.list()), crm.settings.home)
    """
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-X", "dev", "-W", "error", "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    rows, home = ran.stdout.split()
    assert int(rows) > 1000
    assert not os.path.exists(home)  # noqa: PTH110 - a text from another process
    assert ran.stderr == ""


def modules() -> list[str]:
    return sorted(
        each.name
        for each in pkgutil.walk_packages(stcrm_nb.__path__, "stcrm_nb.")
        if not each.name.endswith("__main__")
    )


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings_run(name: str, crm: Client) -> None:
    module = importlib.import_module(name)
    tests = doctest.DocTestFinder(exclude_empty=True).find(module, extraglobs={"crm": crm, "stcrm": stcrm_nb})
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for test in tests:
        runner.run(test)
    assert runner.failures == 0


def test_a_resource_that_outlives_its_client_still_keeps_what_it_reads(sandbox: Sandbox, home: Path) -> None:
    customers = open_sandbox(sandbox, home).customers
    gc.collect()
    customers.list()
    assert customers.list().attrs["stcrm"]["from_cache"]
