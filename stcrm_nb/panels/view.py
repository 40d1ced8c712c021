"""View: what a panel shows of a frame. A frozen value; each gesture makes a new one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Self

Kind = Literal["among", "flag", "between", "preset", "number", "empty", "any"]
PAGE_SIZES = (25, 50, 100, 250)


@dataclass(frozen=True, slots=True)
class Filter:
    """One restriction of one column.

    Parameters
    ----------
    column : str
        The column's name.
    kind : {"among", "flag", "between", "preset", "number", "empty", "any"}
        One of several values; yes or no; a range of days in the tenant's time zone; one that moves with the
        calendar; a range of numbers; empty or not; a list that holds one of several values.
    wanted : tuple of str
        The values, "" for a missing one; "yes" or "no"; first and last day, ISO, either may be ""; the name
        of the preset; least and most, either may be ""; "yes" or "no"; the values.
    """

    column: str
    kind: Kind
    wanted: tuple[str, ...]

    @property
    def restricts(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.wanted) if self.kind in ("among", "any") else any(self.wanted)


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column, in which direction."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Text, filters, order, page and selection of a panel.

    Parameters
    ----------
    text : str
        What rows must contain, in any text column, literally, in either case.
    filters : tuple of Filter
        At most one a column; a row must pass all.
    sorts : tuple of Sort
        The first one decides, the next where rows are equal; none keeps the frame's order.
    page : int
        From 0; may lie beyond the end, `rows.screen` shows the last page then.
    page_size : int
        Rows a page.
    selected : frozenset of int
        Ids, on this page or another.
    columns : tuple of str
        What is shown, in order; none for the usual ones.
    offered : tuple of str
        Columns whose filters stand in the bar beside the usual ones.
    typed : frozenset of str
        Columns whose days are typed, not picked from the presets.
    summed : bool
        Whether each column's values are summed up above the rows.

    Examples
    --------
    >>> View().sorted_by("name").sorted_by("name").sorts
    (Sort(column='name', descending=True),)
    """

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sorts: tuple[Sort, ...] = ()
    page: int = 0
    page_size: int = 50
    selected: frozenset[int] = frozenset()
    columns: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    typed: frozenset[str] = frozenset()
    summed: bool = False

    @property
    def holding(self) -> tuple[object, ...]:
        """What decides which rows it holds, and in which order."""
        return self.text, self.filters, self.sorts

    @property
    def needs(self) -> frozenset[str]:
        """The columns that it speaks of."""
        named = [*(each.column for each in self.filters), *(each.column for each in self.sorts)]
        return frozenset([*named, *self.columns, *self.offered])

    def searching(self, text: str) -> Self:
        """Return the view with another search text, on its first page."""
        return replace(self, text=text.strip(), page=0)

    def filtered_by(self, new: Filter) -> Self:
        """Return the view with the filter of one column set, or dropped if it leaves nothing out."""
        others = tuple(each for each in self.filters if each.column != new.column)
        return replace(self, filters=(*others, new) if new.restricts else others, page=0)

    def without(self, column: str) -> Self:
        """Return the view without the filter of one column."""
        return replace(self, filters=tuple(each for each in self.filters if each.column != column), page=0)

    def unfiltered(self) -> Self:
        """Return the view without text and filters."""
        return replace(self, text="", filters=(), page=0)

    def filter_on(self, column: str) -> Filter | None:
        """Return the filter of a column, if there is one."""
        return next((each for each in self.filters if each.column == column), None)

    def sorted_by(self, column: str, *, add: bool = False) -> Self:
        """Return the view after a click on a heading: ascending, descending, then without it.

        With `add`, as for a click with Shift, the other columns stay, and rows equal in them go by this one.
        """
        now = next((each for each in self.sorts if each.column == column), None)
        turned = (
            (Sort(column),) if now is None else () if now.descending else (Sort(column, descending=True),)
        )
        if not add:
            return replace(self, sorts=turned, page=0)
        if now is None:
            return replace(self, sorts=self.sorts + turned, page=0)
        at = self.sorts.index(now)
        return replace(self, sorts=(*self.sorts[:at], *turned, *self.sorts[at + 1 :]), page=0)

    def at_page(self, page: int) -> Self:
        """Return the view on another page, counted from 0."""
        return replace(self, page=max(page, 0))

    def with_page_size(self, size: int) -> Self:
        """Return the view with another number of rows a page; the first row shown stays in sight."""
        return replace(self, page=self.page * self.page_size // size, page_size=size)

    def selecting(self, ids: Iterable[int], *, chosen: bool = True) -> Self:
        """Return the view with these ids added to the selection, or taken from it."""
        ids = frozenset(ids)
        return replace(self, selected=self.selected | ids if chosen else self.selected - ids)

    def showing(self, columns: Iterable[str]) -> Self:
        """Return the view with other columns, in order; none brings back the usual ones."""
        return replace(self, columns=tuple(columns))

    def offering(self, columns: Iterable[str], typed: Iterable[str] = ()) -> Self:
        """Return the view with the filters of further columns in the bar; days of some are typed."""
        return replace(self, offered=tuple(columns), typed=frozenset(typed))

    def selecting_none(self) -> Self:
        """Return the view with an empty selection."""
        return replace(self, selected=frozenset())
