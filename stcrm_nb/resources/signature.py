"""How an operation is called: its signature, written from the catalogue. Pure."""

import inspect
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal

from stcrm_nb import catalogue
from stcrm_nb.catalogue import BodyField, Choices, Operation, Parameter

ANNOTATIONS: dict[str, object] = {
    "id": int,
    "int": int,
    "float": float,
    "decimal": float,
    "bool": bool,
    "text": str,
    "guid": str,
    "time": str | date | datetime,
    "ids": list[int],
    "texts": list[str],
    "object": dict[str, Any],
}


class _NotGiven:
    """Says in a signature that a field of a body may be left out; None would be sent as null."""

    def __repr__(self) -> str:
        return "<not given>"


NOT_GIVEN = _NotGiven()
REFRESH = inspect.Parameter("refresh", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=bool)
NAMES = inspect.Parameter("names", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=bool)


def positional(operation: Operation) -> list[Parameter]:
    """Return the parameters that may be given without a name: those of the path."""
    return [parameter for parameter in operation.parameters if parameter.where == "path"]


def narrowing(resource: catalogue.Resource, operation: Operation) -> Parameter | None:
    """Return the parameter that turns a call into the narrower operation, such as `provider`."""
    if not operation.narrows:
        return None
    known = {parameter.field for parameter in positional(operation)}
    narrower = resource.operation(operation.narrows)
    return next(each for each in positional(narrower) if each.field not in known)


def is_list(operation: Operation) -> bool:
    """Tell whether a call returns a frame of records that may carry ids of others."""
    return operation.reply in ("page", "feed")


def signature(resource: catalogue.Resource, operation: Operation) -> inspect.Signature:
    """Return how an operation is called: ids by position, the rest by keyword."""
    return inspect.Signature(list(_parameters(resource, operation)))


def annotation(facts: Parameter | BodyField) -> object:
    """Return the Python type of a value."""
    kind: object
    if isinstance(facts.type, Choices):
        kind = Literal.__getitem__(facts.type.values)
        if facts.type.name == "active":
            kind = kind | bool
    else:
        kind = ANNOTATIONS[facts.type]
    many = isinstance(facts, BodyField) and facts.many
    return list.__class_getitem__(kind) if many else kind


def _parameters(resource: catalogue.Resource, operation: Operation) -> Iterator[inspect.Parameter]:
    for each in positional(operation):
        yield inspect.Parameter(
            each.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=annotation(each)
        )
    keyword = [each for each in operation.parameters if each.where != "path" and not each.paging]
    narrower = narrowing(resource, operation)
    if narrower:
        yield _keyword(narrower, default=None)
    for field in sorted(operation.body, key=lambda field: not field.required):
        yield _keyword(field, default=inspect.Parameter.empty if field.required else NOT_GIVEN)
    for parameter in keyword:
        yield _keyword(parameter, default=inspect.Parameter.empty if parameter.required else None)
    if not operation.writes:
        yield from (NAMES, REFRESH) if is_list(operation) else (REFRESH,)


def _keyword(facts: Parameter | BodyField, *, default: object) -> inspect.Parameter:
    return inspect.Parameter(
        facts.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation(facts)
    )
