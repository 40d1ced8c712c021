"""View: what a panel shows of a frame. A frozen value; each gesture makes a new one. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal, Self

Kind = Literal["among", "flag", "between"]
PAGE_SIZES = (25, 50, 100, 250)


@dataclass(frozen=True, slots=True)
class Filter:
    """One restriction of one column.

    Parameters
    ----------
    column : str
        The column's name.
    kind : {"among", "flag", "between"}
        One of several values, yes or no, or a range of days in the tenant's time zone.
    wanted : tuple of str
        The values; "yes" or "no"; first and last day, ISO, either may be empty.
    """

    column: str
    kind: Kind
    wanted: tuple[str, ...]

    @property
    def restricts(self) -> bool:
        """Whether it leaves anything out."""
        return any(self.wanted)


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
    sort : Sort, optional
        None keeps the frame's order.
    page : int
        From 0; may lie beyond the end, `rows.screen` shows the last page then.
    page_size : int
        Rows a page.
    selected : frozenset of int
        Ids, on this page or another.

    Examples
    --------
    >>> View().sorted_by("name").sorted_by("name").sort
    Sort(column='name', descending=True)
    """

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: Sort | None = None
    page: int = 0
    page_size: int = 50
    selected: frozenset[int] = frozenset()

    @property
    def holding(self) -> tuple[object, ...]:
        """What decides which rows it holds, and in which order."""
        return self.text, self.filters, self.sort

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

    def sorted_by(self, column: str) -> Self:
        """Return the view after a click on a heading: ascending, descending, then the frame's own order."""
        if self.sort is None or self.sort.column != column:
            return replace(self, sort=Sort(column), page=0)
        return replace(self, sort=None if self.sort.descending else Sort(column, descending=True), page=0)

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

    def selecting_none(self) -> Self:
        """Return the view with an empty selection."""
        return replace(self, selected=frozenset())


def as_code(view: View, call: str, *, texts: Collection[str], choices: Collection[str], zone: str) -> str:
    """Return the Python that gives the rows of a view, for a cell of one's own.

    Parameters
    ----------
    view : View
        Page and selection do not matter.
    call : str
        The expression that fetches the frame.
    texts, choices : collection of str
        Columns that a text is looked for in; texts are sorted in either case.
    zone : str
        Time zone in which the days of a range begin.

    Returns
    -------
    str
        Lines that leave the rows in `frame`.
    """
    lines = [f"frame = {call}"]
    if any(each.kind == "between" for each in view.filters):
        lines.insert(0, "import pandas as pd\n")
    for each in view.filters:
        lines += [f"frame = frame[{condition}]" for condition in _conditions(each, zone)]
    if view.text:
        columns = [*texts, *choices, *(["id"] if view.text.isdigit() else [])]
        lines.append(f"texts = frame[{columns!r}].astype('str')")
        lines.append(
            f"frame = frame[texts.apply(lambda column: column.str.contains({view.text!r}, "
            "case=False, regex=False, na=False)).any(axis=1)]"
        )
    if view.sort:
        how = f"{view.sort.column!r}, ascending={not view.sort.descending}, kind='stable'"
        key = ", key=lambda column: column.str.lower()" if view.sort.column in texts else ""
        lines.append(f"frame = frame.sort_values({how}{key})")
    return "\n".join(lines)


def _conditions(given: Filter, zone: str) -> list[str]:
    column = f"frame[{given.column!r}]"
    if given.kind == "among":
        return [f"{column}.isin({list(given.wanted)!r})"]
    if given.kind == "flag":
        return [f"{column}.eq({given.wanted[0] == 'yes'}).fillna(False)"]
    first, last = given.wanted
    end = f"pd.Timestamp({last!r}, tz={zone!r}) + pd.DateOffset(days=1)"
    conditions = [(first, f"{column} >= pd.Timestamp({first!r}, tz={zone!r})"), (last, f"{column} < {end}")]
    return [condition for day, condition in conditions if day]
