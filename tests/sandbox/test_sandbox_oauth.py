"""Who is let in, for how long, and what for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from stcrm_nb.sandbox.oauth import LIFETIME, SCOPES, Tokens, new_credentials
from stcrm_nb.sandbox.routes import application
from stcrm_nb.sandbox.serve import Front, Sandbox
from stcrm_nb.sandbox.tenant import load

ERROR_KEYS = {"type", "title", "status", "traceId", "errors", "data"}


class Timer:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
def slow_sandbox(town: Path, timer: Timer) -> Iterator[Sandbox]:
    """A sandbox whose tokens live by the test's clock."""
    tenant = load(town)
    credentials = new_credentials(tenant.meta.tenant)
    app = application(tenant, Tokens(credentials, now=timer), lambda: tenant.meta.as_of)
    with Sandbox(Front(app, lambda: tenant.meta.as_of), tenant.meta, credentials) as running:
        yield running


def form(sandbox: Sandbox, **changes: str) -> dict[str, str]:
    known = sandbox.credentials
    return {
        "grant_type": "client_credentials",
        "client_id": known.client_id,
        "client_secret": known.client_secret,
        **changes,
    }


def ask_token(sandbox: Sandbox, **changes: str) -> requests.Response:
    return requests.post(f"{sandbox.auth_url}/connect/token", data=form(sandbox, **changes), timeout=5)


def get_lead(sandbox: Sandbox, **headers: str) -> requests.Response:
    url = f"{sandbox.api_url}/crm/v2/tenant/{sandbox.credentials.tenant}/leads/301"
    return requests.get(
        url, headers={name.replace("_", "-"): text for name, text in headers.items()}, timeout=5
    )


def test_a_token_comes_in_the_documented_form(shared_sandbox: Sandbox) -> None:
    reply = ask_token(shared_sandbox)
    body = reply.json()
    assert reply.status_code == 200
    assert set(body) == {"access_token", "expires_in", "token_type", "scope"}
    assert (body["expires_in"], body["token_type"]) == (900, "Bearer")
    assert set(body["scope"].split()) == SCOPES
    assert reply.headers["Cache-Control"] == "no-store"


def test_every_token_is_another_one(shared_sandbox: Sandbox) -> None:
    tokens = {ask_token(shared_sandbox).json()["access_token"] for _ in range(3)}
    assert len(tokens) == 3


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "cid.other"}, "invalid_client"),
        ({"client_secret": "cs1.other"}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "unsupported_grant_type"),
        ({"scope": "tn.crm.everything:w"}, "invalid_scope"),
    ],
)
def test_a_wrong_form_is_refused_by_name(
    shared_sandbox: Sandbox, changes: dict[str, str], error: str
) -> None:
    reply = ask_token(shared_sandbox, **changes)
    assert (reply.status_code, reply.json()) == (400, {"error": error})


def test_white_space_around_the_secret_is_not_forgiven(shared_sandbox: Sandbox) -> None:
    reply = ask_token(shared_sandbox, client_secret=f"{shared_sandbox.credentials.client_secret} ")
    assert reply.json() == {"error": "invalid_client"}


def test_a_body_that_is_no_form_is_refused(shared_sandbox: Sandbox) -> None:
    url = f"{shared_sandbox.auth_url}/connect/token"
    assert requests.post(url, json=form(shared_sandbox), timeout=5).status_code == 400
    assert requests.get(url, timeout=5).status_code == 405


@pytest.mark.parametrize("prefix", ["Bearer ", "bearer ", ""])
def test_the_token_is_read_with_and_without_its_kind(shared_sandbox: Sandbox, prefix: str) -> None:
    token = ask_token(shared_sandbox).json()["access_token"]
    key = shared_sandbox.credentials.app_key
    assert get_lead(shared_sandbox, Authorization=prefix + token, ST_App_Key=key).status_code == 200


@pytest.mark.parametrize(
    ("token", "key"),
    [("", "right"), ("Bearer ", "right"), ("Bearer other", "right"), ("right", ""), ("right", "ak1.other")],
)
def test_a_call_without_its_headers_is_not_let_in(shared_sandbox: Sandbox, token: str, key: str) -> None:
    right = {
        "token": ask_token(shared_sandbox).json()["access_token"],
        "key": shared_sandbox.credentials.app_key,
    }
    headers = {
        "Authorization": token.replace("right", f"Bearer {right['token']}"),
        "ST_App_Key": key.replace("right", right["key"]),
    }
    reply = get_lead(shared_sandbox, **headers)
    assert reply.status_code == 401
    assert set(reply.json()) == ERROR_KEYS
    assert right["token"] not in reply.text
    assert right["key"] not in reply.text


def test_a_token_ends_after_its_time(slow_sandbox: Sandbox, timer: Timer) -> None:
    headers = {
        "Authorization": ask_token(slow_sandbox).json()["access_token"],
        "ST_App_Key": slow_sandbox.credentials.app_key,
    }
    timer.seconds += LIFETIME - 1
    assert get_lead(slow_sandbox, **headers).status_code == 200
    timer.seconds += 1
    reply = get_lead(slow_sandbox, **headers)
    assert (reply.status_code, set(reply.json())) == (401, ERROR_KEYS)


def test_a_new_token_leaves_the_older_one_valid(shared_sandbox: Sandbox) -> None:
    older = ask_token(shared_sandbox).json()["access_token"]
    ask_token(shared_sandbox)
    key = shared_sandbox.credentials.app_key
    assert get_lead(shared_sandbox, Authorization=older, ST_App_Key=key).status_code == 200


def test_a_token_without_the_scope_is_forbidden_and_the_scope_named(shared_sandbox: Sandbox) -> None:
    reply = ask_token(shared_sandbox, scope="tn.crm.customers:r tn.crm.locations:r")
    assert reply.json()["scope"] == "tn.crm.customers:r tn.crm.locations:r"
    key = shared_sandbox.credentials.app_key
    refused = get_lead(shared_sandbox, Authorization=reply.json()["access_token"], ST_App_Key=key)
    assert (refused.status_code, set(refused.json())) == (403, ERROR_KEYS)
    assert "tn.crm.leads:r" in refused.json()["title"]


def test_removing_needs_the_scope_for_writing(shared_sandbox: Sandbox) -> None:
    token = ask_token(shared_sandbox, scope="tn.crm.locations:r").json()["access_token"]
    root = f"{shared_sandbox.api_url}/crm/v2/tenant/{shared_sandbox.credentials.tenant}"
    url = f"{root}/locations/201/contacts/501"
    headers = {"Authorization": token, "ST-App-Key": shared_sandbox.credentials.app_key}
    reply = requests.delete(url, headers=headers, timeout=5)
    assert reply.status_code == 403
    assert "tn.crm.locations:w" in reply.json()["title"]


def test_the_secrets_stay_out_of_the_repr(shared_sandbox: Sandbox) -> None:
    known = shared_sandbox.credentials
    text = repr(known) + repr(shared_sandbox)
    assert known.client_id in text
    assert known.client_secret not in text
    assert known.app_key not in text
