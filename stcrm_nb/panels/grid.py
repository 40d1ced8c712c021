"""The grid: search box, table, pager. The kernel keeps the rows; the browser gets one page of text."""

from collections.abc import Sequence
from typing import Any

import anywidget
import pandas as pd
import traitlets

from stcrm_nb.panels.columns import OPENERS, Shown, written
from stcrm_nb.panels.find.engine import Screen
from stcrm_nb.panels.mask import masked_frame
from stcrm_nb.panels.pane import FOLDER, STYLE, Gesture, Message
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import PAGE_SIZES, View

LONGEST = 1000  # characters of a cell that travel; the record page has the rest


class Grid(anywidget.AnyWidget):
    """A table of one page; it reports gestures and decides nothing.

    Parameters
    ----------
    act : callable
        Called with each gesture: search, sort, page, size, select, deselect, open.
    plural, singular : str
        What the rows are, such as "locations" and "location".
    """

    _esm = FOLDER.joinpath("grid.js").read_text(encoding="utf-8")
    _css = STYLE + FOLDER.joinpath("grid.css").read_text(encoding="utf-8")
    page = traitlets.Dict().tag(sync=True)

    def __init__(self, act: Gesture, *, plural: str, singular: str) -> None:
        super().__init__()
        self._act = act
        self._turn = 0
        self._words = {"plural": plural, "singular": singular, "sizes": list(PAGE_SIZES)}
        self.wait(f"Loading {plural}\N{HORIZONTAL ELLIPSIS}")
        self.on_msg(self._hear)

    def wait(self, note: str) -> None:
        """Show that rows are on their way."""
        self._present({"state": "loading", "note": note, "columns": [], "rows": []})

    def stop(self, note: str) -> None:
        """Show that no rows will come, and why."""
        self._present({"state": "failed", "note": note, "columns": [], "rows": []})

    def draw(self, table: Table, view: View, *, seq: int = 0) -> Screen:
        """Show one page.

        Parameters
        ----------
        table : Table
            The rows, looked for already.
        view : View
            Its page is shown; its sorts, text and selection are marked.
        seq : int
            Number of the newest search that is answered.

        Returns
        -------
        Screen
            What is shown.
        """
        shown, zone = table.screen(view), table.source.zone
        columns = table.listed(view)
        keys = [str(each) for each in table.keys(shown.positions)]
        chosen = {str(each) for each in view.selected}
        rows = masked_frame(shown.rows) if table.source.masked else shown.rows
        cells = written_columns(rows, columns, zone)
        self._present(
            {
                "state": "ready",
                "note": "" if shown.matching else self._nothing(shown),
                "columns": [column_facts(each) for each in columns],
                "rows": [list(row) for row in zip(*cells, strict=True)],
                "keys": keys,
                "count": counted(shown),
                "page": shown.page,
                "pages": shown.pages,
                "size": view.page_size,
                "start": shown.first,
                "matching": shown.matching,
                "sorts": [[each.column, each.descending] for each in view.sorts],
                "text": view.text,
                "seq": seq,
                "zone": zone,
                "selected": [key for key in keys if key in chosen],
                "chosen": chosen_words(view, len(chosen.intersection(keys))),
                "more": more_words(view, shown, here=len(chosen.intersection(keys))),
            }
        )
        return shown

    def focus_row(self, record_id: int) -> None:
        """Give the keyboard back to a row, after its record page was left."""
        self.send({"focus": str(record_id)})

    def _nothing(self, shown: Screen) -> str:
        if not shown.total:
            return f"The service sent no {self._words['plural']}."
        return f"None of the {shown.total:,} {self._words['plural']} match. Clear the search or a filter."

    def _present(self, page: dict[str, Any]) -> None:
        self._turn += 1
        self.page = page | self._words | {"turn": self._turn}

    def _hear(self, _widget: object, message: Message, _buffers: object) -> None:
        self._act(message)


def column_facts(column: Shown) -> dict[str, object]:
    """Return what the browser needs to know of a column."""
    return {
        "name": column.name,
        "heading": column.heading,
        "meaning": column.meaning,
        "kind": "number" if column.is_number else column.kind,
        "opens": column.name in OPENERS,
    }


def written_columns(rows: pd.DataFrame, columns: Sequence[Shown], zone: str) -> list[list[str | None]]:
    """Return the cells of each column as text; None where a value is missing."""
    return [
        [(written(value, column.kind, zone) or "")[:LONGEST] or None for value in rows[column.name]]
        for column in columns
    ]


def counted(shown: Screen) -> str:
    """Return which rows are shown, in words.

    >>> counted(Screen(pd.DataFrame(), [], 1, 50, 4812, 5004, 0, 97)).split(" ", 1)[1]
    'of 4,812 (of 5,004)'
    """
    if not shown.matching:
        return f"0 of {shown.total:,}"
    rest = f" (of {shown.total:,})" if shown.matching != shown.total else ""
    return f"{shown.first:,}\N{EN DASH}{shown.last:,} of {shown.matching:,}{rest}"


def more_words(view: View, shown: Screen, *, here: int) -> str:
    """Return the offer to select all rows that match, once all of this page are selected."""
    whole = here == len(shown.positions) and here > 0
    if not whole or shown.matching <= len(shown.positions) or len(view.selected) >= shown.matching:
        return ""
    return f"Select all {shown.matching:,} matching"


def chosen_words(view: View, here: int) -> str:
    """Return how many rows are selected, and how many of them are not in sight."""
    chosen = len(view.selected)
    elsewhere = f", {chosen - here:,} not on this page" if chosen > here else ""
    return f"{chosen:,} selected{elsewhere}" if chosen else ""
