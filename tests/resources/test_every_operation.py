"""Each of the 86 calls, over HTTP; what users read about it; and that stub and page are current."""

import inspect
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from resources.calls import arguments, found, operation_ids, resolve

import stcrm_nb
from stcrm_nb.changes.change import Change
from stcrm_nb.client import Client
from stcrm_nb.frames.lists import Exported
from stcrm_nb.frames.record import Record
from stcrm_nb.resources.pages import columns_page, operations_page
from stcrm_nb.resources.stubs import stub_text
from stcrm_nb.sandbox.serve import Sandbox

ROOT = Path(__file__).parents[2]
RETURNS = {"page": pd.DataFrame, "feed": Exported, "array": pd.DataFrame, "record": Record}
by_id = pytest.mark.parametrize("operation_id", operation_ids())


def test_there_are_86_operations() -> None:
    listed = stcrm_nb.operations()
    assert len(listed) == len(set(listed["operation_id"])) == len(set(listed["call"])) == 86
    assert listed["kind"].value_counts().to_dict() == {"write": 46, "read": 40}


@by_id
def test_a_call_has_signature_and_docstring_with_its_source(crm: Client, operation_id: str) -> None:
    call, operation = found(operation_id)
    bound = resolve(crm, call)
    given = inspect.signature(bound).parameters
    named = {each.name for each in operation.parameters if not each.paging}
    assert named | {field.name for field in operation.body} <= set(given)
    assert {"Returns", "Raises", "Examples", "Source"} <= set(bound.__doc__.split("\n"))
    assert f"Operation {operation_id} " in bound.__doc__
    assert all(f"{name} :" in bound.__doc__ for name in given)


@by_id
def test_a_call_works_over_http(writable_crm: Client, sandbox: Sandbox, operation_id: str) -> None:
    crm = writable_crm
    call, operation = found(operation_id)
    given = arguments(crm, call, operation)
    made = resolve(crm, call)(**given)
    if not operation.writes:
        kind = RETURNS.get(operation.reply)
        assert isinstance(made, kind) if kind else made is None
        return
    assert isinstance(made, Change)
    assert _writes(sandbox) == []
    receipt = made.apply()
    assert receipt.outcome == "done"
    assert _writes(sandbox) == [(operation.method, 200)]


def _writes(sandbox: Sandbox) -> list[tuple[str, int]]:
    calls = (each for each in sandbox.calls if each.path != "/connect/token")
    return [(each.method, each.status) for each in calls if each.method != "GET"]


@by_id
def test_what_would_be_sent_is_shown_without_sending(
    crm: Client, sandbox: Sandbox, operation_id: str
) -> None:
    call, operation = found(operation_id)
    given = arguments(crm, call, operation)
    before = len(sandbox.calls)
    shown = resolve(crm, call).request(**given)
    assert shown.startswith(f"{operation.method} /{operation.module}/tenant/")
    assert "{" not in shown.split("\n")[0]
    assert len(sandbox.calls) == before


def test_no_request_is_made_that_the_description_does_not_allow(
    writable_crm: Client, sandbox: Sandbox, description: Path
) -> None:
    for operation_id in operation_ids():
        call, operation = found(operation_id)
        made = resolve(writable_crm, call)(**arguments(writable_crm, call, operation))
        if isinstance(made, Change) and operation.method != "DELETE":
            made.apply()
    published = json.loads(description.read_text())["paths"]
    shapes = {re.sub(r"{\w+}", "[^/]+", path): facts for path, facts in published.items()}
    calls = [each for each in sandbox.calls if "/crm/v2/" in each.path]
    assert len(calls) > 100
    for made in calls:
        path = made.path.removeprefix("/crm/v2")
        fits = sorted(
            (shape for shape in shapes if re.fullmatch(shape, path)), key=lambda one: one.count("+")
        )
        fitting = [shapes[shape] for shape in fits]  # names come before ids
        declared = [facts[made.method.lower()] for facts in fitting if made.method.lower() in facts]
        assert declared, made
        names = {each["name"] for each in declared[0]["parameters"]}
        assert {name for name, _ in parse_qsl(made.query)} <= names, made


def test_the_typed_stub_is_current() -> None:
    file = ROOT / "stcrm_nb" / "resources_typed.pyi"
    assert file.read_text(encoding="utf-8") == stub_text(), "run `make stubs`"


def test_the_page_of_all_operations_is_current() -> None:
    assert (ROOT / "docs" / "operations.md").read_text(encoding="utf-8") == operations_page(), (
        "run `make stubs`"
    )
    assert (ROOT / "docs" / "columns.md").read_text(encoding="utf-8") == columns_page(), "run `make stubs`"
