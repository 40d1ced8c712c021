"""The numpydoc docstring of an operation, written from the catalogue. Pure."""

from collections.abc import Iterator, Sequence

from stcrm_nb import catalogue
from stcrm_nb.catalogue import BodyField, Child, Choices, Column, Operation, Parameter, Record
from stcrm_nb.resources.signature import ANNOTATIONS, is_list, narrowing, positional

SAMPLES: dict[str, str] = {
    "id": "240000001",
    "int": "500",
    "float": "41.9",
    "decimal": "100.0",
    "bool": "True",
    "text": "'...'",
    "guid": "'1b4e28ba-2fa1-11d2-883f-0016d3cca427'",
    "time": "'2026-01-31'",
    "object": "{...}",
}


def describe(resource: catalogue.Resource, operation: Operation) -> str:
    """Return the docstring of an operation, all in one form."""
    parts = [operation.summary, *_about(operation)]
    lines = list(_parameters(resource, operation))
    if lines:
        parts.append(_section("Parameters", "\n".join(lines)))
    parts.append(_section("Returns", returns(operation)))
    parts.append(_section("Raises", _raises(operation)))
    call = f"crm.{resource.name}.{operation.name}({_sample(operation)})"
    parts.append(_section("Examples", f">>> {call}  # doctest: +SKIP"))
    parts.append(_section("Source", f"Operation {operation.operation_id} of the published description."))
    return "\n\n".join(parts)


def returns(operation: Operation) -> str:
    """Say what a call returns, column by column."""
    if operation.writes:
        return "Change\n    What would happen; look at it, then `apply()` it."
    record = operation.returns
    if record is None:
        return "int or None\n    The id, if there is one."
    shape = "Record" if operation.reply == "record" else f"DataFrame, one row a {record.name}"
    return "\n".join([shape, *_columns(record)])


def returned(operation: Operation) -> str:
    """Say in a word or two what a call returns."""
    if operation.writes:
        return "Change"
    if operation.returns is None:
        return "int or None"
    return "Record" if operation.reply == "record" else f"DataFrame of {operation.returns.name} rows"


def kind(facts: Parameter | BodyField | Column) -> str:
    """Say of what type a value is, with the allowed ones."""
    if isinstance(facts.type, Choices):
        return "{" + ", ".join(map(repr, facts.type.values)) + "}"
    if facts.type == "time":
        return "str, date or datetime; without a zone it means the tenant's"
    if facts.type == "object" and isinstance(facts, BodyField):
        return "dict of " + ", ".join(_part(part) for part in facts.parts)
    return getattr(ANNOTATIONS[facts.type], "__name__", str(ANNOTATIONS[facts.type]))


def _about(operation: Operation) -> list[str]:
    if not operation.writes:
        return []
    about = ["Returns a plan; nothing is sent until its `apply()` is called on a writable connection."]
    if " " in operation.undo:
        about.append(f"Undo: {operation.undo}")
    elif operation.undo:
        about.append(f"Undo: `{operation.undo}`. {operation.loses}".rstrip())
    return about


def _parameters(resource: catalogue.Resource, operation: Operation) -> Iterator[str]:
    shown = [each for each in operation.parameters if not each.paging]
    for each in (*positional(operation), *(each for each in shown if each.where != "path")):
        yield _entry(each.name, f"{kind(each)}{'' if each.required else ', optional'}", each.meaning)
    narrower = narrowing(resource, operation)
    if narrower:
        instead = f"{narrower.meaning} Given, it calls `{operation.narrows}`."
        yield _entry(narrower.name, f"{kind(narrower)}, optional", instead)
    for field in sorted(operation.body, key=lambda field: not field.required):
        yield _entry(field.name, _body_kind(field), _body_meaning(field))
    if is_list(operation):
        yield _entry("names", "bool, optional", "Add readable columns beside the ids; see `stcrm.add_names`.")
    if not operation.writes:
        yield _entry("refresh", "bool, optional", "Ask the service even if a kept reply is at hand.")


def _entry(name: str, kind_: str, meaning: str) -> str:
    return f"{name} : {kind_}\n    {meaning}"


def _body_kind(field: BodyField) -> str:
    said = f"list of {kind(field)}" if field.many else kind(field)
    said += "" if field.required else ", optional"
    return f"{said}; None sends null" if field.nullable else said


def _body_meaning(field: BodyField) -> str:
    warning = " It replaces what is there: what is left out is removed." if field.replaces else ""
    return f"{field.meaning}{warning}"


def _part(part: BodyField) -> str:
    return part.name if part.required else f"{part.name} (optional)"


def _raises(operation: Operation) -> str:
    codes = ", ".join(map(str, sorted({*operation.errors, 401, 403})))
    wrong = "ArgumentError\n    A wrong name, type or value; nothing was sent."
    if operation.writes:
        return f"{wrong}\nReplyError\n    From `apply()`, if the service says no: {codes}."
    return f"{wrong}\nReplyError\n    The service says no: {codes}."


def _columns(record: Record) -> list[str]:
    lines = [f"    {column.name} ({column.dtype}): {column.meaning}" for column in record.columns]
    return lines + [f"    Lists, as tables of their own: {_lists(record.children)}."] * bool(record.children)


def _lists(children: Sequence[Child]) -> str:
    return ", ".join(child.name for child in children)


def _sample(operation: Operation) -> str:
    path = [_value(each) for each in positional(operation)]
    needed = [field for field in operation.body if field.required]
    needed += [field for field in operation.body if field.field in operation.needs_one_of][:1]
    body = [f"{field.name}={_value(field)}" for field in needed]
    query = [each for each in operation.parameters if each.field in operation.needs_one_of][:1]
    return ", ".join([*path, *body, *(f"{each.name}={_value(each)}" for each in query)])


def _value(facts: Parameter | BodyField) -> str:
    if isinstance(facts.type, Choices):
        return repr(facts.type.values[0])
    sample = SAMPLES.get(facts.type, "[240000001]")
    return f"[{sample}]" if isinstance(facts, BodyField) and facts.many else sample


def _section(title: str, text: str) -> str:
    return f"{title}\n{'-' * len(title)}\n{text}"
