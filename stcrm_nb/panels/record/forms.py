"""A form on the screen: drawn from the fields of an operation, read back as arguments. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from stcrm_nb.catalogue import Operation
from stcrm_nb.errors import ArgumentError
from stcrm_nb.panels.columns import spoken
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.record.actions import Field, fields_of

PREFIX = "form:"
TYPES = {"number": "number", "time": "datetime-local"}
FLAGS = {"": "\N{EN DASH}", "yes": "Yes", "no": "No"}
Names = Mapping[str, Mapping[int, str]]  # of each field that picks a name: ids and names
Values = Mapping[str, Any]


def form(operation: Operation, title: str, *, now: Values, names: Names, zone: str, typed: Values) -> Node:
    """Return the form of one operation.

    Parameters
    ----------
    operation : Operation
        What will be planned.
    title : str
        What stands above it.
    now : mapping
        The values that are there, which an update begins with.
    names : mapping
        The names to pick from, by field.
    zone : str
        Time zone in which moments are typed.
    typed : mapping
        What was typed already, if anything was.

    Returns
    -------
    Node
    """
    fields = fields_of(operation)
    held = shown_of(operation, now, zone=zone)
    held |= {each.name: _sent(each, typed) for each in fields if typed and _asked(each, typed)}
    rows = [_row(each, held.get(each.name, ""), names.get(each.name, {})) for each in fields]
    return node(
        "div",
        node("h4", title),
        node("div", *rows, class_="form"),
        node(
            "div",
            node("button", "Show the plan", class_="go", gesture="plan", key="go", once=True),
            node("button", "Cancel", gesture="cancel", key="cancel"),
            node("span", "Nothing is sent yet.", class_="quiet"),
            class_="buttons",
        ),
        class_="card",
        key="plan",
        role="group",
        aria_label=title,
        tabindex=-1,
    )


def shown_of(operation: Operation, now: Values, *, zone: str) -> dict[str, str]:
    """Return what stands in each field of an update at first; nothing in those of anything else."""
    if operation.method not in ("PATCH", "PUT"):
        return {}
    return {each.name: _written(each, _held(each, now), zone) for each in fields_of(operation)}


def read_form(operation: Operation, sent: Values, *, before: Mapping[str, str]) -> dict[str, object]:
    """Return the arguments that a filled form stands for: all of it, or for an update what was changed.

    Raises
    ------
    ArgumentError
        A needed field is empty, or nothing was changed; nothing was sent.
    """
    fields = fields_of(operation)
    texts = {
        each.name: _sent(each, sent) if _asked(each, sent) else before.get(each.name, "") for each in fields
    }
    given: dict[str, object] = {}
    parts: dict[str, dict[str, object]] = {}
    lacking = [
        each.label for each in fields if each.required and not texts[each.name] and "." not in each.name
    ]
    if lacking:
        raise ArgumentError(f"{', '.join(lacking)}: needed. Nothing was sent.")
    changed = {
        each.name.partition(".")[0] for each in fields if texts[each.name] != before.get(each.name, "")
    }
    for each in fields:
        owner, _, part = each.name.partition(".")
        if owner not in changed or (not texts[each.name] and not part):
            continue
        if part:
            parts.setdefault(owner, {}).update(_part(each, part, texts[each.name]))
        else:
            given[owner] = _value(each, texts[each.name])
    given |= parts
    if not given and operation.body:
        raise ArgumentError("Nothing was changed in the form, so there is nothing to plan.")
    return given


def _row(field: Field, value: str, names: Mapping[int, str]) -> Node:
    label = field.label + (" *" if field.required and "." not in field.name else "")
    hint = "replaces all of them" if field.replaces else None
    return node(
        "label",
        node("span", label),
        _control(field, value, names),
        node("span", hint, class_="quiet") if hint else None,
        class_="field",
    )


def _control(field: Field, value: str, names: Mapping[int, str]) -> Node:
    key = f"{PREFIX}{field.name}"
    if field.kind == "name" and field.many:
        chosen = set(value.split(","))
        boxes = [
            node(
                "label",
                node("input", type="checkbox", key=f"{key}={each}", checked=str(each) in chosen),
                node("span", text),
                class_="option",
            )
            for each, text in names.items()
        ]
        return node("div", *boxes, class_="several", role="group", aria_label=field.label)
    if field.kind in ("choice", "flag", "name"):
        options = _options(field, names)
        items = [node("option", text, value=each, selected=each == value) for each, text in options.items()]
        return node("select", *items, key=key, aria_label=field.label)
    if field.kind == "long":
        return node("textarea", value, key=key, aria_label=field.label)
    kind = TYPES.get(field.kind, "text")
    return node("input", type=kind, value=value, key=key, autocomplete="off", aria_label=field.label)


def _options(field: Field, names: Mapping[int, str]) -> dict[str, str]:
    if field.kind == "flag":
        return FLAGS
    if field.kind == "choice":
        return {"": "\N{EN DASH}"} | {each: spoken(each) for each in field.options}
    return {"": "\N{EN DASH}"} | {str(each): text for each, text in names.items()}


def _held(field: Field, now: Values) -> object:
    return now.get(field.name.replace(".", "_"))


def _written(field: Field, value: object, zone: str) -> str:
    if value is None:
        return ""
    if field.kind == "flag":
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, list):
        return ",".join(map(str, sorted(value)))
    return str(value)


def _asked(field: Field, sent: Values) -> bool:
    """Tell whether a field was on the screen; boxes that are not ticked are not there one by one."""
    return field.many or f"{PREFIX}{field.name}" in sent


def _sent(field: Field, sent: Values) -> str:
    """Return what stands in a field now, as text."""
    key = f"{PREFIX}{field.name}"
    if field.many:
        ids: Sequence[str] = [
            name.partition("=")[2] for name, on in sent.items() if on and name.startswith(f"{key}=")
        ]
        return ",".join(sorted(ids, key=int))
    return str(sent.get(key, "")).strip()


def _part(field: Field, name: str, text: str) -> dict[str, object]:
    """Return one part of an object: the service wants all that are needed, an empty text too."""
    if field.kind != "flag" and not text:
        if field.required and field.kind != "text":
            raise ArgumentError(f"{field.label}: needed where another part is changed. Nothing was sent.")
        return {name: ""} if field.required else {}
    return {name: _value(field, text)}


def _value(field: Field, text: str) -> object:
    if field.kind == "flag":
        return text == "yes"
    if field.many:
        return [int(each) for each in text.split(",") if each]
    if field.kind == "name":
        return int(text)
    if field.kind == "number":
        number = float(text)
        return int(number) if number.is_integer() else number
    return text
