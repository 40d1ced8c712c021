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
    if source.resource is None and source.connection is None:
        return [node("span", source.place, class_="quiet")]
    settings = source.settings
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


def restriction(source: Source, provenance: Mapping[str, Any]) -> tuple[Node, ...]:
    """Return what the service left out, in words, and the way to widen it."""
    parts = []
    plural, given = source.plural, source.given
    active = provenance.get("active")
    if active is not None and source.resource is not None:
        text, button, wider = RESTRICTIONS[str(active)]
        parts.append(node("span", text.format(plural)))
        parts.append(node("button", button, class_="link", gesture=f"widen:{wider}", key="widen", once=True))
    for name, value in given.items():
        if name != "active":
            parts.append(node("span", f"Fetched with {name} = {value}"))
            parts.append(
                node(
                    "button",
                    "Fetch without it",
                    class_="link",
                    gesture=f"undate:{name}",
                    key=f"undate-{name}",
                    once=True,
                )
            )
    return tuple(parts)


def doubts(provenance: Mapping[str, Any]) -> Node | None:
    """Return what does not fit in the fetched rows: some missing, or fields that are new."""
    texts = [f"New from the service: {text}." for text in provenance.get("drift", ())]
    if provenance.get("stale"):
        texts.append("These are kept replies whose time is over: the service failed, or one is offline.")
    if provenance.get("complete") is False:
        rows, total = provenance.get("rows"), provenance.get("total")
        counted = f"{rows:,} of {total:,} records are here. " if rows is not None and total else ""
        texts.append(
            f"Not everything came: {counted}Reading was stopped, or records changed "
            "meanwhile. Refresh reads all."
        )
    return node("div", *(node("p", text, class_="warn") for text in texts), role="status") if texts else None
