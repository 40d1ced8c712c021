"""What editors and mypy see of the bound operations: `resources_typed.pyi`, written from the catalogue.

`python -m stcrm_nb.resources.stubs` writes the stub and the pages of operations and columns; a test compares
them.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from stcrm_nb.catalogue import RESOURCES, BodyField, Choices, Operation, Parameter, Resource
from stcrm_nb.resources.pages import columns_page, operations_page
from stcrm_nb.resources.signature import is_list, narrowing, positional

PACKAGE = Path(__file__).parents[1]
HEAD = '''"""Generated from the catalogue by `make stubs`; do not edit."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pandas import DataFrame

from stcrm_nb import resources
from stcrm_nb.changes.change import Change
from stcrm_nb.frames.record import Record

'''
TYPES: dict[str, str] = {
    "id": "int",
    "int": "int",
    "float": "float",
    "decimal": "float",
    "bool": "bool",
    "text": "str",
    "guid": "str",
    "time": "str | date | datetime",
    "ids": "Sequence[int]",
    "texts": "Sequence[str]",
    "object": "dict[str, Any]",
}


def stub_text() -> str:
    """Return the stub: one class a resource, one class an operation with its exact keywords."""
    parts = []
    for resource in RESOURCES:
        parts += [_operation_class(resource, operation) for operation in resource.operations]
        parts.append(_resource_class(resource))
    return HEAD + "\n".join(parts)


def class_name(name: str) -> str:
    """Return the class that stands for a resource in the stub.

    >>> class_name("contacts.methods")
    'ContactsMethods'
    """
    return "".join(word.capitalize() for word in name.replace(".", "_").split("_"))


def _resource_class(resource: Resource) -> str:
    lines = [f"class {class_name(resource.name)}(resources.Resource):"]
    lines += [f"    {each.name}: {_operation_name(resource, each)}" for each in resource.operations]
    if any(each.name == "list" for each in resource.operations):
        lines += [
            f"    def {child.call}(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ..."
            for child in resource.record.children
        ]
    inner = [each.name for each in RESOURCES if each.name.startswith(f"{resource.name}.")]
    lines += [f'    {name.rpartition(".")[2]}: "{class_name(name)}"' for name in inner]
    return "\n".join(lines) + "\n"


def _operation_name(resource: Resource, operation: Operation) -> str:
    return f"_{class_name(resource.name)}{class_name(operation.name)}"


def _operation_class(resource: Resource, operation: Operation) -> str:
    given = ", ".join(_arguments(resource, operation))
    return (
        f"class {_operation_name(resource, operation)}(resources.BoundOperation):\n"
        f"    def __call__(self{', ' if given else ''}{given}) -> {_result(operation)}: ...\n"
        f"    def request(self{', ' if given else ''}{given}) -> str: ...\n"
    )


def _arguments(resource: Resource, operation: Operation) -> Iterator[str]:
    for each in positional(operation):
        yield f"{each.name}: {_type(each)}"
    keyword = [f"{field.name}: {_type(field)}" for field in operation.body if field.required]
    keyword += [f"{field.name}: {_type(field)} = ..." for field in operation.body if not field.required]
    for each in operation.parameters:
        if each.where != "path" and not each.paging:
            keyword.append(f"{each.name}: {_type(each)} | None = ...")
    narrower = narrowing(resource, operation)
    if narrower:
        keyword.append(f"{narrower.name}: {_type(narrower)} | None = ...")
    if is_list(operation):
        keyword.append("names: bool = ...")
    if not operation.writes:
        keyword.append("refresh: bool = ...")
    yield from ["*", *keyword] if keyword else []


def _result(operation: Operation) -> str:
    if operation.writes:
        return "Change"
    return {"record": "Record", "id": "int | None"}.get(operation.reply, "DataFrame")


def _type(facts: Parameter | BodyField) -> str:
    if isinstance(facts.type, Choices):
        kind = f"Literal[{', '.join(repr(value) for value in facts.type.values)}]"
        kind += " | bool" if facts.type.name == "active" else ""
    else:
        kind = TYPES[facts.type]
    if isinstance(facts, BodyField):
        kind = f"Sequence[{kind}]" if facts.many else kind
        return f"{kind} | None" if facts.nullable else kind
    return kind


def main() -> int:
    """Write the stub and the page."""
    (PACKAGE / "resources_typed.pyi").write_text(stub_text(), encoding="utf-8")
    docs = PACKAGE.parent / "docs"
    if docs.is_dir():
        (docs / "operations.md").write_text(operations_page(), encoding="utf-8")
        (docs / "columns.md").write_text(columns_page(), encoding="utf-8")
    sys.stdout.write("Written: stcrm_nb/resources_typed.pyi, docs/operations.md, docs/columns.md\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
