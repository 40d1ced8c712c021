"""The changes that findings suggest, planned as one set for the selected rows."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from stcrm_nb.changes.sets.change_set import ChangeSet
from stcrm_nb.errors import ArgumentError
from stcrm_nb.panels.listing.sets.many import Many
from stcrm_nb.panels.pane import Message, Node, node
from stcrm_nb.panels.source import Connection
from stcrm_nb.quality import changes


class Mending(Many):
    """Plans what `stcrm.quality` suggests for each selected finding, and carries it out as one set."""

    @property
    def gestures(self) -> dict[str, Callable[[Message], None]]:
        """What its buttons do."""
        return {**super().gestures, "mend": lambda _: self.mend()}

    def buttons(self, selected: int) -> Node | None:
        """Return the button that plans what the selected findings suggest."""
        if not selected:
            return None
        why = None if self._source.writable else self._source.why_not
        return node(
            "div",
            node("span", f"{selected:,} selected:"),
            node("button", "Plan what is suggested", gesture="mend", key="mend", disabled=why is not None),
            node(
                "span", why or "What they are about is read again first; nothing is sent yet.", class_="quiet"
            ),
            class_="buttons many",
        )

    def mend(self) -> None:
        """Plan the changes of the selected findings, as they are now; nothing is sent."""
        self._writable()
        rows = self._chosen()
        suggested = rows[rows["operation"].notna()]
        self._begin()
        if suggested.empty or self._source.connection is None:
            raise ArgumentError(
                "None of these findings suggests a change: open the record, look, and decide. "
                "Nothing was planned."
            )
        self._keys = {str(at): int(row) for at, row in enumerate(suggested.index)}
        self._state = "planning"
        self._redraw()
        self._go(partial(planned, self._source.connection, suggested), self._planned)


def planned(connection: Connection, found: pd.DataFrame) -> ChangeSet:
    """Return the set of the changes that findings suggest."""
    return ChangeSet(changes(connection, found))
