"""Replies against the published description, field by field."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import requests
from resources.calls import arguments, found, resolve

from stcrm_nb.catalogue import OPERATIONS, Operation
from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.sandbox.serve import Sandbox, start

Ask = Callable[..., requests.Response]
Schema = dict[str, Any]

# Fields that the description calls never null and the real service leaves null (API facts, section 5).
NULL_IN_THE_WILD = re.compile(
    r"\.address(\.(street|unit|city|state|zip|country))?$|\.externalData$|\.customerType$|\.phoneSettings$|^Locations_GetPreferredTechnician$"
)
TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
ROOTS = ("customers", "locations", "leads", "bookings")
READS = [operation for operation in OPERATIONS if not operation.writes]
SMALL = [
    operation
    for operation in READS
    if operation.path.split("/")[0] in ROOTS
    and operation.reply in ("page", "record")
    and not operation.needs_one_of
]
by_id = pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.operation_id)


@cache
def document(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(file.read_text())
    return loaded


class Checker:
    """Says where a value differs from its schema."""

    def __init__(self, file: Path) -> None:
        self.schemas: dict[str, Schema] = document(file)["components"]["schemas"]

    def differences(self, value: Any, schema: Schema, where: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        if value is None and NULL_IN_THE_WILD.search(where):
            return
        if "$ref" in schema:
            yield from self.differences(value, self.schemas[schema["$ref"].rsplit("/", 1)[1]], where)
        elif "oneOf" in schema:
            found = [list(self.differences(value, each, where)) for each in schema["oneOf"]]
            yield from [] if [] in found else found[0]
        else:
            yield from self.typed(value, schema, where)

    def typed(self, value: Any, schema: Schema, where: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        kinds = tuple(kind for name in names for kind in TYPES[name])
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            yield f"{where}: {type(value).__name__} instead of {names}"
        elif isinstance(value, dict):
            yield from self.fields(value, schema, where)
        elif isinstance(value, list):
            for item in value:
                yield from self.differences(item, schema["items"], f"{where}[]")
        elif value is not None:
            yield from self.written(value, schema, where)

    def fields(self, value: Schema, schema: Schema, where: str) -> Iterator[str]:
        known = schema.get("properties", {})
        missing = set(schema.get("required", ())) - set(value)
        yield from (f"{where}.{name}: missing" for name in missing)
        for name, part in value.items():
            if name in known:
                yield from self.differences(part, known[name], f"{where}.{name}")
            elif not schema.get("additionalProperties"):
                yield f"{where}.{name}: unknown"

    def written(self, value: Any, schema: Schema, where: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        if "enum" in schema and value not in schema["enum"]:
            yield f"{where}: {value} is not one of {schema['enum']}"
        if schema.get("format") == "date-time":
            datetime.fromisoformat(value)
        if schema.get("format") == "int32":
            assert abs(value) < 2**31


def published(file: Path, operation: Operation, status: str) -> Schema:
    facts = document(file)["paths"][f"/tenant/{{tenant}}/{operation.path}"][operation.method.lower()]
    schema: Schema = facts["responses"][status]["content"]["application/json"]["schema"]
    return schema


def first_with(ask: Ask, root: str, children: str) -> int:
    rows = ask(root, pageSize=200).json()["data"]
    return next(row["id"] for row in rows if ask(f"{root}/{row['id']}/{children}").json()["data"])


def path_of(ask: Ask, operation: Operation) -> str:
    words = operation.path.split("/")
    root, last = words[0], words[-1]
    if operation.path.endswith(("/contacts", "/notes")):
        return operation.path.replace("{id}", str(first_with(ask, root, last)))
    return operation.path.replace("{id}", str(ask(root, pageSize=1).json()["data"][0]["id"]))


@pytest.mark.parametrize("operation", SMALL, ids=lambda operation: operation.operation_id)
def test_a_reply_of_the_small_tenant_is_as_published(
    ask: Ask, description: Path, operation: Operation
) -> None:
    reply = ask(path_of(ask, operation), includeTotal="true")
    schema = published(description, operation, "200")
    assert list(Checker(description).differences(reply.json(), schema, operation.operation_id)) == []


def raw(sandbox: Sandbox, crm: Client, ask: Ask, operation_id: str) -> requests.Response:
    """Send what the client would send, and return the reply as it came."""
    call, operation = found(operation_id)
    line, _, body = resolve(crm, call).request(**arguments(crm, call, operation)).partition("\n")
    method, _, target = line.partition(" ")
    path, _, query = target.removeprefix(f"/crm/v2/tenant/{sandbox.credentials.tenant}/").partition("?")
    return ask(path, method=method, data=body or None, **dict(parse_qsl(query)))


@pytest.fixture(scope="module")
def demo(
    tmp_path_factory: pytest.TempPathFactory, caller: Callable[[Sandbox], Ask]
) -> Iterator[tuple[Sandbox, Client, Ask]]:
    """The demo tenant, a client and a function that calls it, for tests that only read."""
    with start() as running, open_sandbox(running, tmp_path_factory.mktemp("demo")) as crm:
        yield running, crm, caller(running)


@by_id
def test_a_reply_of_the_demo_tenant_is_as_published(
    demo: tuple[Sandbox, Client, Ask], description: Path, operation: Operation
) -> None:
    reply = raw(*demo, operation.operation_id)
    schema = published(description, operation, "200")
    assert list(Checker(description).differences(reply.json(), schema, operation.operation_id))[:5] == []


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.writes], ids=lambda operation: operation.operation_id
)
def test_a_write_is_answered_as_published(
    sandbox: Sandbox, crm: Client, caller: Callable[[Sandbox], Ask], description: Path, operation: Operation
) -> None:
    reply = raw(sandbox, crm, caller(sandbox), operation.operation_id)
    assert reply.status_code == 200
    if operation.reply == "nothing":
        assert reply.content == b""
        return
    schema = published(description, operation, "200")
    assert list(Checker(description).differences(reply.json(), schema, operation.operation_id))[:5] == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)
def test_a_refused_value_is_answered_as_published(ask: Ask, description: Path, operation: Operation) -> None:
    if operation.operation_id == "Contacts_GetPreferenceMetadataList":
        pytest.skip("it takes no value that could be refused")
    path = re.sub(r"{\w+}", "x", operation.path)
    reply = ask(path, method=operation.method, data="[]", page="x", **{"from": "x"})
    assert reply.status_code == 400
    schema = published(description, operation, "400")
    assert list(Checker(description).differences(reply.json(), schema, "error")) == []


def test_a_checker_that_finds_nothing_would_be_useless(ask: Ask, description: Path) -> None:
    row = ask("leads/301").json() | {"status": "Won", "campaignId": None, "colour": "red"}
    del row["priority"]
    schema = {"$ref": "#/components/schemas/Crm.V2.LeadResponse"}
    found = [line.split(":")[0] for line in Checker(description).differences(row, schema, "lead")]
    assert sorted(found) == ["lead.campaignId", "lead.colour", "lead.priority", "lead.status"]
