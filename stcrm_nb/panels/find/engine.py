"""The engine under panels and scripts: what a view holds of a frame, fast enough for every keystroke."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from stcrm_nb.panels.find.facets import Countable, Facet, coded_columns
from stcrm_nb.panels.find.masks import Calendar, Mask, passing
from stcrm_nb.panels.find.order import Order, ordered, ranked
from stcrm_nb.panels.find.search import Search
from stcrm_nb.panels.view import Filter, Sort, View

Positions = npt.NDArray[np.int64]
MOST_KEPT = 24  # masks of filters and searches; one byte a row each


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of rows, and where it lies.

    Parameters
    ----------
    rows : DataFrame
        The rows on the page.
    positions : array of int64
        Where they stand in the frame.
    first, last : int
        Numbers of its first and last row, from 1; 0 and 0 if there is none.
    matching, total : int
        Rows that pass the view; rows of the frame.
    page, pages : int
        Number of the page, from 0, never beyond the last; number of pages, at least 1.
    """

    rows: pd.DataFrame
    positions: Positions
    first: int
    last: int
    matching: int
    total: int
    page: int
    pages: int


class Engine:
    """Answers what a view holds of a frame. What it worked out is kept for the next question.

    Parameters
    ----------
    frame : DataFrame
        Read only; must not be changed while the engine is in use.
    calendar : Calendar, optional
        The time zone in which days begin, and which day it is there.

    Examples
    --------
    >>> leads = crm.leads.list()
    >>> engine = stcrm.panels.Engine(leads)
    >>> found = engine.positions(stcrm.panels.View(text="furnace"))
    >>> bool(leads.iloc[found]["summary"].str.contains("furnace", case=False).any())
    True
    """

    def __init__(self, frame: pd.DataFrame, calendar: Calendar | None = None) -> None:
        self.frame = frame
        self.calendar = calendar or Calendar()
        self._search = Search(frame)
        self._masks: OrderedDict[object, Mask] = OrderedDict()
        self._orders: dict[Sort, Order] = {}

    def prepare(self) -> None:
        """Make ready for the first search; may run beside everything else."""
        self._search.prepare()

    def positions(self, view: View) -> Positions:
        """Return which rows a view holds, in its order.

        Parameters
        ----------
        view : View
            Its text, filters and sorts; those of columns that the frame lacks are passed over.

        Returns
        -------
        array of int64
            Positions, not labels. Equal rows keep their order; missing values come last either way.
        """
        mask = _all(self._parts(view))
        sorts = [each for each in view.sorts if each.column in self.frame]
        if not sorts:
            return np.arange(len(self.frame)) if mask is None else np.flatnonzero(mask)
        if len(sorts) == 1:
            order = self._order(sorts[0])
            return order if mask is None else order[mask[order]]
        found = np.arange(len(self.frame)) if mask is None else np.flatnonzero(mask)
        keys = [
            ranked(self.frame[each.column].iloc[found], descending=each.descending)
            for each in reversed(sorts)
        ]
        return found[np.lexsort(keys)]

    def facets(self, view: View) -> tuple[Facet, ...]:
        """Return counts of the values of each column that has few, given all filters but its own."""
        parts = self._parts(view)
        everything = _all(parts)
        return tuple(
            Facet(name, coded.kind, coded.counts(_all(parts, but=name) if name in parts else everything))
            for name, coded in self._coded.items()
        )

    def screen(self, found: Positions, view: View) -> Screen:
        """Return the page of a view, given the positions it holds; a page beyond the end is the last one."""
        matching, size = len(found), view.page_size
        pages = max(-(-matching // size), 1)
        page = min(view.page, pages - 1)
        here = found[page * size : (page + 1) * size]
        return Screen(
            rows=self.frame.iloc[here],
            positions=here,
            first=page * size + 1 if matching else 0,
            last=page * size + len(here),
            matching=matching,
            total=len(self.frame),
            page=page,
            pages=pages,
        )

    @cached_property
    def _coded(self) -> Mapping[str, Countable]:
        return coded_columns(self.frame)

    def _parts(self, view: View) -> dict[str, Mask]:
        """Return which rows pass each part of a view: its text, under no name, and each filter."""
        parts = {"": self._kept(view.text)} if view.text else {}
        return parts | {each.column: self._kept(each) for each in view.filters if each.column in self.frame}

    def _kept(self, part: str | Filter) -> Mask:
        if part not in self._masks:
            if isinstance(part, str):
                self._masks[part] = self._search.containing(part)
            else:
                self._masks[part] = passing(self.frame[part.column], part, self.calendar)
        self._masks.move_to_end(part)
        if len(self._masks) > MOST_KEPT:
            self._masks.popitem(last=False)
        return self._masks[part]

    def _order(self, sort: Sort) -> Order:
        if sort not in self._orders:
            self._orders[sort] = ordered(self.frame[sort.column], descending=sort.descending)
        return self._orders[sort]


def _all(parts: Mapping[str, Mask], *, but: str | None = None) -> Mask | None:
    """Return which rows pass all parts but one; None where that is every row."""
    kept = [mask for name, mask in parts.items() if name != but]
    return np.logical_and.reduce(kept) if kept else None
