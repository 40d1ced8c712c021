"""Above the grid: what is shown, where one is, what was fetched, and the tools. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from stcrm_nb.changes.change import TONES
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.source import Source

RESTRICTIONS = {  # what the list holds, the way out, and what to fetch then
    "True": ("Active {} only", "Include inactive", "Any"),
    "False": ("Inactive {} only", "Include active", "Any"),
    "Any": ("Active and inactive {}", "Active only", "True"),
}


def badges(source: Source) -> list[Node]:
    """Return, in words and colour, where one is and what one may do."""
    if source.resource is None:
        return [node("span", source.place, class_="quiet")]
    settings = source.resource.settings
    mode, tone = ("writable", "warn") if settings.writable else ("read-only", "quiet")
    return [
        node("span", settings.environment, class_=f"badge {TONES[settings.environment]}"),
        node("span", mode, class_=f"badge {tone}"),
        node("span", settings.tenant_name or f"tenant {settings.tenant}", class_="quiet"),
    ]


def head(source: Source, *tools: Node | None, said: Sequence[Node] = ()) -> Node:
    """Return the title and, in words and colour, where one is; `tools` stand at the right."""
    return node(
        "div",
        node("h3", source.plural.capitalize()),
        *badges(source),
        *said,
        node("span", *tools, class_="tools"),
        class_="head",
    )


def refresh() -> Node:
    """Return the button that asks the service again."""
    return node(
        "button", "Refresh", gesture="refresh", key="refresh", once=True, title="Ask the service again"
    )


def fetched(provenance: Mapping[str, Any], source: Source) -> Node | None:
    """Return when the rows came, in the tenant's time zone."""
    if "fetched_at" not in provenance:
        return None
    at = datetime.fromisoformat(provenance["fetched_at"]).astimezone(ZoneInfo(source.zone))
    kept = " (kept reply)" if provenance.get("from_cache") else ""
    title = f"Times are in {source.zone}"
    return node("span", f"Fetched {at:%Y-%m-%d %H:%M}{kept}", class_="quiet", title=title)


def python(code: str) -> Node:
    """Return a menu that shows the code for what is on the screen."""
    block = node("pre", code, tabindex=0)
    return node(
        "details",
        node("summary", "Python", key="python-menu"),
        node("div", node("p", "The same rows in a cell:"), block, class_="options right"),
        class_="menu",
        key="python",
    )


def restriction(source: Source, provenance: Mapping[str, Any]) -> tuple[Node, ...]:
    """Return what the service left out, in words, and the way to widen it."""
    parts = []
    plural, given = source.plural, source.given
    active = provenance.get("active")
    if active is not None and source.resource is not None:
        text, button, wider = RESTRICTIONS[str(active)]
        parts.append(node("span", text.format(plural)))
        parts.append(node("button", button, class_="link", gesture=f"widen:{wider}", key="widen", once=True))
    named = ", ".join(f"{name} = {value}" for name, value in given.items() if name != "active")
    if named:
        parts.append(node("span", f"Fetched with {named}"))
    return tuple(parts)


def doubts(provenance: Mapping[str, Any]) -> Node | None:
    """Return what does not fit in the fetched rows: some missing, or fields that are new."""
    texts = [f"New from the service: {text}." for text in provenance.get("drift", ())]
    if provenance.get("complete") is False:
        texts.append("Not everything came: records changed while they were read. Refresh reads them again.")
    return node("div", *(node("p", text, class_="warn") for text in texts), role="status") if texts else None
