"""The one place where text becomes HTML. Every value passes `escape` on its way in (requirement S1)."""

import html
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Literal

Tone = Literal["plain", "good", "warn", "bad"]

STYLE = files("stcrm_nb").joinpath("markup.css").read_text(encoding="utf-8")


def escape(value: object) -> str:
    """Return any value as text that HTML cannot read as markup; a missing value is a quiet dash."""
    if value is None or value != value or str(value) in {"", "<NA>", "NaT"}:  # noqa: PLR0124 - NaN alone differs from itself
        return '<span class="quiet">&ndash;</span>'
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
