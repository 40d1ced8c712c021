"""The one place where text becomes HTML. Every value passes `escape` on its way in (requirement S1)."""

import html
from collections.abc import Iterable, Sequence
from typing import Literal

Tone = Literal["plain", "good", "warn", "bad"]

STYLE = """
.stcrm-card{box-sizing:border-box;max-width:52rem;margin:4px 0;padding:12px 16px;border:1px solid
 var(--jp-border-color2,#d0d0d0);border-left:4px solid var(--jp-border-color1,#999);border-radius:6px;
 color:var(--jp-ui-font-color1,#1a1a1a);background:var(--jp-layout-color1,#fff);
 font:13px/1.5 var(--jp-ui-font-family,system-ui,sans-serif)}
.stcrm-card.good{border-left-color:#1b7f4b}.stcrm-card.warn{border-left-color:#b26a00}
.stcrm-card.bad{border-left-color:#b3261e}
.stcrm-card h4{margin:0 0 6px;font-size:14px;font-weight:600}
.stcrm-card table{border-collapse:collapse;margin:4px 0;width:auto;font-size:13px;table-layout:auto}
.stcrm-card th,.stcrm-card td{text-align:left!important;padding:2px 16px 2px 0!important;vertical-align:top;
 border:0;background:none!important;overflow-wrap:anywhere;white-space:normal}
.stcrm-card th{color:var(--jp-ui-font-color2,#555);font-weight:500;white-space:nowrap}
.stcrm-card p,.stcrm-card ul{margin:4px 0}.stcrm-card ul{padding-left:18px}
.stcrm-card .badge{display:inline-block;margin-left:8px;padding:0 8px;border-radius:10px;font-size:12px;
 font-weight:500;border:1px solid currentColor}
.stcrm-card .badge.good{color:#1b7f4b}.stcrm-card .badge.warn{color:#b26a00}.stcrm-card .badge.bad{color:#b3261e}
.stcrm-card .gone{text-decoration:line-through;opacity:.75}.stcrm-card .quiet{color:var(--jp-ui-font-color2,#666)}
[data-jp-theme-light="false"] .stcrm-card .badge.good{color:#5dd39e}
[data-jp-theme-light="false"] .stcrm-card .badge.warn{color:#ffb74d}
[data-jp-theme-light="false"] .stcrm-card .badge.bad{color:#ff8a80}
""".replace("\n ", " ")


def escape(value: object) -> str:
    """Return any value as text that HTML cannot read as markup; a missing value is a quiet dash."""
    if value is None or value != value or str(value) in {"", "<NA>", "NaT"}:  # noqa: PLR0124 - NaN
        return '<span class="quiet">–</span>'
    return html.escape(str(value), quote=True)


def table(rows: Iterable[Sequence[object]], *, headers: Sequence[str] = ()) -> str:
    """Return an HTML table; the first cell of each row is its heading."""
    head = "".join(f'<th scope="col">{escape(name) if name else ""}</th>' for name in headers)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return f"<table>{f'<thead><tr>{head}</tr></thead>' if headers else ''}<tbody>{body}</tbody></table>"


def bullets(sentences: Iterable[str]) -> str:
    """Return an HTML list of sentences, or nothing if there are none."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else ""


def badge(text: str, tone: Tone = "plain") -> str:
    """Return a small labelled pill."""
    return f'<span class="badge {tone}">{escape(text)}</span>'


def card(title: str, *parts: str, tone: Tone = "plain", badges: Iterable[str] = ()) -> str:
    """Return a card. `title` is text; `parts` and `badges` are HTML made by this module."""
    return (
        f"<style>{STYLE}</style>"
        f'<div class="stcrm-card {tone}"><h4>{escape(title)}{"".join(badges)}</h4>{"".join(parts)}</div>'
    )
