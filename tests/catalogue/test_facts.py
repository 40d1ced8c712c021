"""Every fact against the published description, operation by operation and field by field."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stcrm_nb.catalogue import OPERATIONS, RESOURCES, Choices, Operation, Record
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
    ("string", "guid"): {"guid"},
}
by_id = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)


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


def assert_same_type(declared: str | Choices, schema: dict[str, Any]) -> None:
    if isinstance(declared, Choices):
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
    ours = {each.field: each for each in operation.parameters}
    assert list(sorted(ours)) == list(sorted(theirs))  # noqa: C413 - equal lists also mean no name twice
    assert len(ours) == len(operation.parameters)
    for name, parameter in ours.items():
        assert parameter.where == theirs[name]["in"]
        assert parameter.required == theirs[name].get("required", False)
        assert_same_type(parameter.type, resolved(description, theirs[name]["schema"]))
        assert parameter.meaning.endswith(".")


@by_id
def test_error_codes_are_the_published_ones(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    assert {str(code) for code in operation.errors} | {"200"} == set(facts["responses"])


@by_id
def test_what_comes_back_has_the_published_fields(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    content = facts["responses"]["200"].get("content")
    if operation.returns is None:
        assert content is None
        return
    schema = resolved(description, content["application/json"]["schema"])
    if operation.paging == "pages":
        assert {"page", "pageSize", "hasMore", "totalCount", "data"} == set(schema["properties"])
        schema = schema["properties"]["data"]["items"]
    theirs = fields(description, schema)
    lists = {child.field for child in operation.returns.children}
    assert {column.field for column in operation.returns.columns} | lists == set(theirs)
    for column in operation.returns.columns:
        assert_same_type(column.type, theirs[column.field])


@by_id
def test_the_published_sort_fields_are_offered(operation: Operation, description: Path) -> None:
    _, _, facts = published(description, operation)
    text = next((each["description"] for each in facts["parameters"] if each["name"] == "sort"), "")
    offered = text.rpartition("Available fields are:")[2].strip(" .")
    assert operation.sorts == tuple(name.strip(" .") for name in offered.split(",") if name.strip())


def records() -> list[Record]:
    return list({id(each.returns): each.returns for each in OPERATIONS if each.returns}.values())


@pytest.mark.parametrize("record", records(), ids=lambda record: record.name)
def test_columns_have_names_of_their_own_and_a_meaning(record: Record) -> None:
    assert len(set(record.column_names)) == len(record.columns)
    assert all(column.meaning.endswith(".") for column in record.columns)
    assert record.columns[0].name == "id"


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
