"""The list of a panel: what it holds, what it shows, and what a gesture on it does."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, cast

import pandas as pd

from stcrm_nb.panels.bar import filters, head, tools
from stcrm_nb.panels.grid import Grid
from stcrm_nb.panels.guard import Guard
from stcrm_nb.panels.listing.arrival import Arrival
from stcrm_nb.panels.listing.chart import ChartPart
from stcrm_nb.panels.listing.errand import beside
from stcrm_nb.panels.listing.outward import Outward
from stcrm_nb.panels.listing.sets.many import Many
from stcrm_nb.panels.listing.sets.mending import Mending
from stcrm_nb.panels.listing.turns import target, turned
from stcrm_nb.panels.pane import Message, Node, Pane
from stcrm_nb.panels.source import TAGS, Source
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import View


class ListPage:
    """Shows the rows of a source: bar, grid, and what is done with selected rows.

    Parameters
    ----------
    source : Source
        Where the rows are from.
    guard : Guard
        Runs the callbacks.
    more : mapping of str to callable
        What further gestures do, such as opening a record.
    """

    def __init__(
        self, source: Source, *, guard: Guard, more: Mapping[str, Callable[[Message], None]]
    ) -> None:
        self.source = source
        self.view = View()
        self.away = False  # whether the record page stands here instead
        self._guard = guard
        self._held: Table | None = None
        self._drawn: Table | None = None  # what the grid shows
        self._arrival: Arrival | None = None
        self._failed: Exception | None = None
        self._seq = 0  # of the newest search
        self._in_sight = 0  # how many places show the panel
        self.grid = Grid(self._hear, plural=source.plural, singular=source.singular)
        self.bar = Pane(self._hear, label=f"Filters of {source.plural}")
        self.acts = Pane(self._hear, label=f"Selected {source.plural}")
        self.many = (Many if source.connection is None else Mending)(
            source,
            (source.singular, source.plural),
            chosen=lambda: self.table().rows_of(self.view.selected),
            run=lambda act: self._guard.run(act, show=self.draw_fault),
            redraw=self._draw_acts,
            settled=self._settled,
        )
        self._outward = Outward(self)
        self.chart = ChartPart(self, self._hear)
        self._gestures: dict[str, Callable[[Message], None]] = {
            **self.many.gestures,
            **self._outward.gestures,
            **self.chart.gestures,
            **more,
            "widen": lambda message: self._widen({"active": target(message)}),
            "undate": lambda message: self._widen({target(message): None}),
            "tagged": lambda _: self._tag(),
            "refresh": lambda _: self.fetch(refresh=True),
            "stop": lambda _: self._arrival.stop() if self._arrival else None,
            "shown": lambda _: self._seen(1),
            "hidden": lambda _: self._seen(-1),
        }

    @property
    def parts(self) -> list[Pane | Grid]:
        """What it is made of, from the top; the bar stays when a record is open."""
        return [self.bar, self.chart.pane, self.acts, self.grid]

    def table(self) -> Table:
        """Return all rows: fetched now if they were not yet, waited for if they are on their way."""
        if self._held is None:
            if self._arrival is None:
                self._accept(Table(self.source, self.source.fetch()))
            else:
                self._arrival.errand.join()
        if self._held is None and self._failed is not None:
            raise self._failed
        return cast("Table", self._held)

    @property
    def fetched(self) -> Table | None:
        """The rows, if they are there."""
        return self._held

    def begin(self) -> None:
        """Fetch the rows, unless they are there or on their way."""
        if self._held is None and self._arrival is None:
            self.fetch()

    def fetch(self, source: Source | None = None, *, refresh: bool = False) -> None:
        """Fetch the rows, also of another source; those shown stay until the others are there."""
        if self._arrival is not None:
            return
        self._failed = None
        self._arrival = Arrival(
            source or self.source, refresh=refresh, told=self.draw_bar, done=self._arrived
        )
        self.draw_bar()
        self._arrival.errand.start()

    def turn(self, view: View) -> None:
        """Show another view of the rows."""
        if view.holding != self.view.holding:
            self.table().look(view)
        self._draw(view)

    def update(self, keys: Iterable[int]) -> None:
        """Read some records again and show them as they are now."""
        ids = list(keys)
        fresh = self.source.fetch_rows(ids) if ids else pd.DataFrame()
        if self._held is not None:
            self._accept(self._held.updated(fresh))

    def draw_fault(self, alert: Node) -> None:
        """Show what went wrong above the rows."""
        if self._held is None and self._arrival is None:
            self.grid.stop(f"No {self.source.plural} were loaded. Try Refresh.")
        self.draw_bar(alert)

    def draw_bar(self, alert: Node | None = None) -> None:
        """Draw all that stands above the rows."""
        source, table = self.source, self._held
        arrival = self._arrival.draw() if self._arrival else None
        if self.away or table is None:
            again = head.refresh() if table is None and arrival is None and source.resource else None
            self.bar.draw(head.head(source, None if self.away else again), arrival, alert)
            return
        provenance = table.all.attrs.get("stcrm", {})
        shelf = filters.Shelf(
            source.plural,
            table.columns,
            table.facets,
            added=self.view.offered,
            taggable=source.taggable,
            custom=self.view.typed,
        )
        self.bar.draw(
            head.head(
                source,
                *((head.fetched(provenance, source), head.refresh()) if source.resource else ()),
                tools.toggle("Profile", "summary", on=self.view.summed),
                tools.toggle("Chart", "chart", on=self.chart.open) if self.chart.offered else None,
                tools.columns_menu(table, self.view),
                *self._outward.menus(),
                said=head.restriction(source, provenance),
            ),
            arrival,
            head.doubts(provenance),
            filters.bar(shelf, self.view),
            tools.summary(table.summary(self.view), f"{len(table.found):,} rows", source.zone)
            if self.view.summed
            else None,
            alert,
        )

    def _arrived(self, arrival: Arrival) -> None:
        self._arrival = None
        self._guard.run(partial(self._take, arrival), show=self.draw_fault)

    def _take(self, arrival: Arrival) -> None:
        if arrival.errand.error is not None:
            self._failed = arrival.errand.error
            raise arrival.errand.error
        self.source = arrival.source  # not before the rows are there: `code` tells what they are
        self._accept(Table(self.source, cast("pd.DataFrame", arrival.errand.result)))

    def _accept(self, table: Table) -> None:
        """Show other rows in the same view."""
        self._held = table
        beside(table.engine.prepare)
        table.look(self.view)
        self._draw(self.view)

    def _draw(self, view: View) -> None:
        other = view.holding != self.view.holding or self._held is not self._drawn
        shown = self.grid.draw(self.table(), view, seq=self._seq)
        self.view, self._drawn = view.at_page(shown.page), self._held
        self.draw_bar()
        self._draw_acts()
        if other and self.chart.open:
            self.chart.draw()

    def _draw_acts(self) -> None:
        parts = (self.many.buttons(len(self.view.selected)), self.many.card())
        self.acts.draw(*(() if self.away else parts), focus="plan" if self.many.active else "")

    def _hear(self, message: Message) -> None:
        self._guard.run(partial(self._act, message), show=self.draw_fault)

    def _act(self, message: Message) -> None:
        name = str(message["gesture"]).partition(":")[0]
        if name in self._gestures:
            self._gestures[name](message)
            return
        if name == "search":
            self._seq = int(message.get("seq", 0))
        self.turn(turned(self.view, message, self.table()))

    def _settled(self, done: list[int], left: list[int]) -> None:
        """Show what a set of changes did; what it did not do stays selected."""
        mended = [] if self.source.connection is None else done  # such findings go
        kept = (number - sum(each < number for each in mended) for number in left)
        self.view = self.view.selecting_none().selecting(kept)
        self.update(done) if not mended else self._accept(self.table().without(mended))

    def _tag(self) -> None:
        """Bring the names of tags, and offer their filter."""
        self.view = self.view.offering((*self.view.offered, TAGS), self.view.typed)
        self.fetch(self.source.holding([TAGS]))

    def _widen(self, given: Mapping[str, Any]) -> None:
        self.fetch(self.source.restricted(**given))

    def _seen(self, by: int) -> None:
        """Let the rows go when nobody looks any more; they come back from the cache when somebody does."""
        self._in_sight = max(self._in_sight + by, 0)
        if self._in_sight:
            self.begin()
        elif self._arrival is None:
            self._held = self._drawn = None
