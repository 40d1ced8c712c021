"""Every fact against the published description, operation by operation and field by field."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stcrm_nb.catalogue import (
    LOOKUPS,
    OPERATIONS,
    RESOURCES,
    BodyField,
    Child,
    Choices,
    Column,
    Operation,
    Record,
)
from stcrm_nb.catalogue.model import snake

TENANT = "/tenant/{tenant}/"
TYPES = {
    ("integer", "int64"): {"id"},
    ("integer", "int32"): {"int"},
    ("number", "double"): {"float"},
    ("number", "decimal"): {"decimal"},
    ("boolean", None): {"bool"},
    ("string", None): {"text", "ids", "texts"},
    ("string", "date-time"): {"time"},
    ("string", "multiline"): {"text"},
    ("string", "guid"): {"guid"},
}
WORDS = re.compile(
    r"list(_\w+)?|get(_for_provider)?|search|types|contacts(_for_provider)?|all_contacts|notes|custom_fields"
    r"|relationships|preferred_technician|create|update|replace|upsert|remove|add|dismiss|follow_up|submit_form"
    r"|(add|remove|update)_(contact|note|tag|relationship)|set_preferred_technician"
)
by_id = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)
by_lookup = pytest.mark.parametrize(
    "operation", LOOKUPS.operations, ids=lambda operation: operation.operation_id
)


@cache
def document(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())


def published(file: Path, operation: Operation) -> tuple[str, str, dict[str, Any]]:
    for path, methods in document(file)["paths"].items():
        for method, facts in methods.items():
            if isinstance(facts, dict) and facts.get("operationId") == operation.operation_id:
                return path, method, facts
    pytest.fail(f"{operation.operation_id} is not in the description")


def resolved(file: Path, schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return resolved(file, document(file)["components"]["schemas"][schema["$ref"].split("/")[-1]])
    for part in schema.get("oneOf", []):
        if part.get("type") != "null":
            return resolved(file, part)
    return schema


def fields(file: Path, schema: dict[str, Any], prefix: str = "") -> dict[str, dict[str, Any]]:
    """Every field behind its dotted name; lists stay as they are."""
    found = {}
    for name, part in resolved(file, schema)["properties"].items():
        inner = resolved(file, part)
        if "properties" in inner:
            found |= fields(file, inner, f"{prefix}{name}.")
        else:
            found[prefix + name] = inner
    return found


def kind(schema: dict[str, Any]) -> tuple[str, str | None]:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return next(each for each in types if each != "null"), schema.get("format")


def assert_same_type(declared: str | Choices, schema: dict[str, Any], *, plain: bool = False) -> None:
    if plain:
        assert kind(schema)[0] == "string"
    elif isinstance(declared, Choices):
        assert set(declared.values) == set(schema["enum"])
    else:
        assert declared in TYPES[kind(schema)]


@by_id
def test_method_path_and_scope_are_the_published_ones(operation: Operation, description: Path) -> None:
    path, method, facts = published(description, operation)
    assert (method.upper(), path.removeprefix(TENANT)) == (operation.method, operation.path)
    scopes = [scope for each in facts["security"] for names in each.values() for scope in names]
    assert operation.scope in scopes


@by_id
def test_parameters_are_the_published_ones(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    theirs = {each["name"]: each for each in facts["parameters"] if each["name"] != "tenant"}
    listed = [each for each in operation.parameters if not each.also]
    ours = {each.field: each for each in listed}
    assert list(sorted(ours)) == list(sorted(theirs))  # noqa: C413 - equal lists also mean no name twice
    assert len(ours) == len(listed)
    for name, parameter in ours.items():
        assert parameter.where == theirs[name]["in"]
        assert parameter.required == theirs[name].get("required", False)
        assert_same_type(parameter.type, resolved(description, theirs[name]["schema"]), plain=parameter.plain)
        assert parameter.meaning.endswith(".")


@by_id
def test_error_codes_are_the_published_ones(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    assert {str(code) for code in operation.errors} | {"200"} == set(facts["responses"])


def items(file: Path, schema: dict[str, Any]) -> dict[str, Any]:
    return resolved(file, resolved(file, schema)["items"])


def assert_same_fields(
    file: Path, columns: tuple[Column, ...], children: tuple[Child, ...], schema: dict[str, Any]
) -> None:
    theirs = fields(file, schema)
    assert {column.field for column in columns} | {child.field for child in children} == set(theirs)
    for column in columns:
        assert_same_type(column.type, theirs[column.field])
    for child in children:
        inner = items(file, theirs[child.field])
        if child.columns:
            assert_same_fields(file, child.columns, child.children, inner)
        else:
            assert_same_type(child.item, inner)


@by_id
def test_what_comes_back_has_the_published_fields(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    content = facts["responses"]["200"].get("content")
    if operation.reply == "nothing":
        assert content is None
        return
    schema = resolved(description, content["application/json"]["schema"])
    if operation.reply == "id":
        assert kind(schema) == ("integer", "int64")
        return
    envelopes = {
        "page": {"page", "pageSize", "hasMore", "totalCount", "data"},
        "feed": {"hasMore", "continueFrom", "data"},
    }
    if operation.reply in envelopes:
        assert set(schema["properties"]) == envelopes[operation.reply]
        schema = schema["properties"]["data"]["items"]
    elif operation.reply == "array":
        assert schema["type"] == "array"
        schema = schema["items"]
    assert operation.returns is not None
    assert_same_fields(description, operation.returns.columns, operation.returns.children, schema)


def nullable(file: Path, schema: dict[str, Any]) -> bool:
    if any(part.get("type") == "null" for part in schema.get("oneOf", [])):
        return True
    types = resolved(file, schema).get("type", "object")
    return "null" in types if isinstance(types, list) else False


def assert_same_body(file: Path, ours: tuple[BodyField, ...], schema: dict[str, Any]) -> None:
    schema = resolved(file, schema)
    theirs = schema["properties"]
    assert {field.field for field in ours} == set(theirs)
    assert {field.field for field in ours if field.required} == set(schema.get("required", ()))
    for field in ours:
        assert field.nullable == nullable(file, theirs[field.field]), field.field
        inner = resolved(file, theirs[field.field])
        assert field.many == (kind(inner)[0] == "array" if "type" in inner else False), field.field
        inner = items(file, inner) if field.many else inner
        if field.type == "object":
            assert_same_body(file, field.parts, inner)
        else:
            assert_same_type(field.type, inner, plain=field.plain)
        assert field.meaning.endswith(".")


@by_id
def test_the_body_is_the_published_one(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    content = facts.get("requestBody", {}).get("content", {})
    schemas = [each["schema"] for name, each in content.items() if name == "application/json"]
    assert bool(schemas) == bool(operation.body)
    if schemas:
        assert_same_body(description, operation.body, schemas[0])


def test_the_operations_are_the_published_ones(description: Path) -> None:
    methods = [facts for path in document(description)["paths"].values() for facts in path.values()]
    theirs = {facts["operationId"] for facts in methods if isinstance(facts, dict) and "operationId" in facts}
    assert {operation.operation_id for operation in OPERATIONS} == theirs
    assert len(OPERATIONS) == len(theirs) == 86


@by_lookup
def test_a_lookup_is_a_published_list_and_asks_for_no_more(operation: Operation, description: Path) -> None:
    module = operation.module.split("/")[0]
    files = [file for file in description.parent.glob("lookups-*.json") if module in file.name]
    assert len(files) == 1, operation.module
    path, method, facts = published(files[0], operation)
    assert (method, path.removeprefix(TENANT)) == ("get", operation.path)
    theirs = {each["name"]: each for each in facts["parameters"]}
    assert {each.field for each in operation.parameters} <= set(theirs)
    schema = resolved(files[0], facts["responses"]["200"]["content"]["application/json"]["schema"])
    found = fields(files[0], items(files[0], schema["properties"]["data"]))
    record = operation.returns
    assert record is not None
    ours = {each.field for each in (*record.columns, *record.children)}
    assert ours <= set(found)
    assert record.complete == (ours == set(found))


def test_what_reverses_a_write_is_an_operation_of_the_same_resource_or_a_reason() -> None:
    for resource in RESOURCES:
        names = {operation.name for operation in resource.operations}
        for operation in resource.operations:
            assert bool(operation.undo) == operation.writes
            assert operation.undo in names or " " in operation.undo or not operation.writes
            assert WORDS.fullmatch(operation.name) or resource.name in ("export", "lookups")


def test_a_narrower_operation_has_one_more_parameter_in_its_path() -> None:
    pairs = [
        (operation, resource.operation(operation.narrows))
        for resource in RESOURCES
        for operation in resource.operations
        if operation.narrows
    ]
    assert len(pairs) == 3
    for wide, narrow in pairs:
        assert narrow.path.count("{") == wide.path.count("{") + 1
        assert {each.field for each in wide.parameters} < {each.field for each in narrow.parameters}


@by_id
def test_the_published_sort_fields_are_offered(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    if operation.path.endswith("custom-fields"):
        assert operation.sorts == ()
        return
    text = next((each["description"] for each in facts["parameters"] if each["name"] == "sort"), "")
    offered = text.rpartition("Available fields are:")[2].strip(" .")
    assert operation.sorts == tuple(name.strip(" .") for name in offered.split(",") if name.strip())


def records() -> list[Record]:
    return list({id(each.returns): each.returns for each in OPERATIONS if each.returns}.values())


@pytest.mark.parametrize("record", records(), ids=lambda record: record.name)
def test_columns_have_names_of_their_own_and_a_meaning(record: Record) -> None:
    assert len(set(record.column_names)) == len(record.columns)
    assert all(column.meaning.endswith(".") for column in record.columns)
    assert record.key in ("", *(column.field for column in record.columns))


def test_operations_have_names_of_their_own_in_a_resource() -> None:
    for resource in RESOURCES:
        names = [operation.name for operation in resource.operations]
        assert len(set(names)) == len(names)
        assert all(resource.operation(name).name == name for name in names)


def test_a_write_makes_its_own_root_stale() -> None:
    stale = {operation.operation_id: operation.roots for operation in OPERATIONS if operation.writes}
    assert stale["Locations_DeleteContact"] == ("locations",)


@pytest.mark.parametrize(
    ("api", "python"),
    [
        ("createdById", "created_by_id"),
        ("address.zip", "address_zip"),
        ("genPermUrl", "gen_perm_url"),
        ("id", "id"),
    ],
)
def test_names_of_the_api_are_written_the_python_way(api: str, python: str) -> None:
    assert snake(api) == python
