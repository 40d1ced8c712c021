"""Export feeds: everything once, in order of change; a token goes on where it stopped."""

from collections.abc import Callable

import pandas as pd
import pytest
import requests

from stcrm_nb.catalogue import EXPORT, Operation
from stcrm_nb.client import Client
from stcrm_nb.sandbox.reads import feeds
from stcrm_nb.sandbox.serve import Sandbox

Ask = Callable[..., requests.Response]
by_feed = pytest.mark.parametrize("operation", EXPORT.operations, ids=lambda operation: operation.name)


@by_feed
def test_a_feed_holds_every_row_once_in_order_of_change(crm: Client, operation: Operation) -> None:
    frame, token = crm.export.operation(operation.name)()
    assert len(frame) > feeds.BATCH or operation.name in ("customers", "locations")
    assert frame.duplicated([name for name in frame.columns if name.endswith("id")]).sum() == 0
    assert frame["modified_on"].is_monotonic_increasing
    said = frame.attrs["stcrm"]
    assert said["complete"]
    assert said["continue_from"] == token
    again, _ = crm.export.operation(operation.name)(token=token)
    assert len(again) == 0
    pd.testing.assert_series_equal(again.dtypes, frame.dtypes)


def test_feeds_hold_inactive_records_and_date_starts_are_inclusive(crm: Client) -> None:
    whole = crm.export.customers().frame
    assert whole["active"].value_counts().to_dict().keys() == {True, False}
    since = whole["modified_on"].iloc[-10]
    some = crm.export.customers(since=since).frame
    assert some["id"].tolist() == whole.loc[whole["modified_on"] >= since, "id"].tolist()
    assert len(crm.export.customers(since="2030-01-01").frame) == 0


def test_what_changes_after_a_token_comes_behind_it(writable_crm: Client) -> None:
    crm = writable_crm
    token = crm.export.customers().token
    crm.customers.update(240000001, name="Renamed").apply()
    behind = crm.export.customers(token=token).frame
    assert behind[["id", "name"]].to_numpy().tolist() == [[240000001, "Renamed"]]


def test_a_removed_contact_comes_once_more_as_inactive(writable_crm: Client) -> None:
    crm = writable_crm
    contact = int(crm.customers.contacts(240000001)["id"].iloc[0])
    crm.customers.remove_contact(240000001, contact).apply()
    rows = crm.export.customer_contacts().frame
    assert rows.loc[rows["id"] == contact, "active"].tolist() == [False]


def test_the_newest_rows_come_again_on_request(crm: Client) -> None:
    token = crm.export.leads().token
    again = crm.export.leads(token=token, include_recent_changes=True).frame
    assert len(again) == feeds.RECENT


def test_a_token_of_nobody_is_refused(ask: Ask, shared_sandbox: Sandbox) -> None:
    assert shared_sandbox.credentials.tenant
    reply = ask("export/leads", **{"from": "not a token"})
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["from"])
    assert ask("export/leads", **{"from": ""}).status_code == 200
