"""Rows on their way: how far they are, and the way to stop them."""

from collections.abc import Callable

import pandas as pd

from stcrm_nb.panels.listing.errand import Errand
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.source import Source
from stcrm_nb.transport.walked import Watch


class Arrival:
    """One fetch of all rows of a source.

    Parameters
    ----------
    source : Source
        What to fetch.
    refresh : bool
        Ask the service even for rows at hand.
    told : callable
        Called whenever more has come.
    done : callable
        Called once, with the arrival, when all has come or it failed.
    """

    def __init__(
        self,
        source: Source,
        *,
        refresh: bool,
        told: Callable[[], None],
        done: Callable[["Arrival"], None],
    ) -> None:
        self.source = source
        self._refresh, self._tell = refresh, told
        self._pages, self._expected = 0, 0
        self._watch = Watch(self._came)
        self.errand: Errand[pd.DataFrame] = Errand(self._fetch, lambda _: done(self))

    def stop(self) -> None:
        """End the walk; the pages that came are kept."""
        self._watch.stop()

    def draw(self) -> Node:
        """Return how far it is, and the button that stops it."""
        plural, stopping = self.source.plural, self._watch.stopped
        told = f"Reading {plural}\N{HORIZONTAL ELLIPSIS}"
        if self._pages:
            told = f"Reading {plural}: page {self._pages:,} of {self._expected:,}"
        return node(
            "div",
            node(
 "progress", value=self._pages or None, max=self._expected or None, aria_label=f"Reading {plural}"
),
            node("span", "Stopping: what was read is kept." if stopping else told, role="status"),
            node(
                "button", "Stop", gesture="stop", key="stop", once=True, disabled=stopping,
                title="Stop reading; the pages that came are kept",
            ),
            class_="head arrival",
        )  # fmt: skip

    def _fetch(self) -> pd.DataFrame:
        return self.source.fetch(refresh=self._refresh, watch=self._watch)

    def _came(self, pages: int, expected: int) -> None:
        self._pages, self._expected = pages, max(expected, pages)
        self.errand.tell(self._tell)
