"""The rows of a panel with the engine that finds among them: what is shown, and what a script gets."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb.panels.columns import Shown, describe, listed
from stcrm_nb.panels.find.columns import choices, texts
from stcrm_nb.panels.find.engine import Engine, Positions, Screen
from stcrm_nb.panels.find.facets import Facet
from stcrm_nb.panels.find.masks import Calendar
from stcrm_nb.panels.find.script import as_code
from stcrm_nb.panels.find.summary import Summary, summarised
from stcrm_nb.panels.mask import DOT, is_personal
from stcrm_nb.panels.source import Source
from stcrm_nb.panels.view import View

KEY = "id"


class Table:
    """All rows of one source, and those that a view holds.

    Parameters
    ----------
    source : Source
        Where they are from.
    frame : DataFrame
        The rows; read only.
    """

    def __init__(self, source: Source, frame: pd.DataFrame) -> None:
        facts = {each.name: each for each in source.record.columns}
        self.source = source
        self.all = frame
        self.columns: dict[str, Shown] = describe(frame, facts)
        self.engine = Engine(frame, Calendar(source.zone, source.today(frame)))
        one_each = source.connection is None  # a record may have several findings
        self.keyed = one_each and KEY in frame and frame[KEY].is_unique and bool(frame[KEY].notna().all())
        self.found: Positions = np.arange(len(frame))
        self.facets: tuple[Facet, ...] = ()
        self._summaries: dict[tuple[str, int], Summary] = {}

    def look(self, view: View) -> None:
        """Find the rows of a view."""
        self.found = self.engine.positions(view)
        self.facets = tuple(each for each in self.engine.facets(view) if not self._hides(each.column))

    def _hides(self, name: str) -> bool:
        """Tell whether the values of a column may not be shown."""
        return self.source.masked and is_personal(name, self.all[name])

    def screen(self, view: View) -> Screen:
        """Return the page of a view that was looked for."""
        return self.engine.screen(self.found, view)

    def keys(self, positions: Positions | None = None) -> list[int]:
        """Return the ids of rows, by default of all that the view holds; without ids, their numbers."""
        at = self.found if positions is None else positions
        keys: list[int] = (self.all[KEY].iloc[at].astype("int64") if self.keyed else at).tolist()
        return keys

    def rows_of(self, keys: Iterable[int]) -> pd.DataFrame:
        """Return the rows of some ids, in the frame's order."""
        wanted = list(keys)
        return self.all[self.all[KEY].isin(wanted)] if self.keyed else self.all.iloc[sorted(wanted)]

    @property
    def frame(self) -> pd.DataFrame:
        """The rows that the view holds, in its order."""
        return self.all.iloc[self.found]

    def listed(self, view: View) -> list[Shown]:
        """Return the columns that a view shows, in its order."""
        chosen = [name for name in view.columns if name in self.columns]
        return [self.columns[name] for name in chosen or listed(self.source.plural, list(self.columns))]

    def code(self, view: View) -> str:
        """Return the Python that gives the rows of a view."""
        return as_code(
            view,
            self.source.code,
            texts=texts(self.all),
            choices=choices(self.all),
            calendar=self.engine.calendar,
        )

    def summary(self, view: View) -> list[tuple[Shown, Summary]]:
        """Return the figures of each shown column, over the rows that the view holds."""
        return [(each, self._summarised(each.name)) for each in self.listed(view)]

    def updated(self, rows: pd.DataFrame) -> "Table":
        """Return the table with some records as they are now; the frame handed out before stays as it was."""
        if not self.keyed or rows.empty:
            return self
        fresh = rows[rows[KEY].isin(self.all[KEY])]
        at = pd.Index(self.all[KEY]).get_indexer(pd.Index(fresh[KEY]))
        columns = {
            name: _spliced(self.all[name], at, fresh[name]) for name in self.all.columns if name in fresh
        }
        data = self.all.assign(**columns)
        data.attrs = dict(self.all.attrs)
        return Table(self.source, data)

    def without(self, numbers: Iterable[int]) -> "Table":
        """Return the table without the rows of some numbers; those that stay are numbered anew."""
        return Table(self.source, self.all.drop(index=list(numbers)).reset_index(drop=True))

    def _summarised(self, name: str) -> Summary:
        key = (name, id(self.found))
        if key not in self._summaries:
            self._summaries = {each: found for each, found in self._summaries.items() if each[1] == key[1]}
            shown = self.frame[name]
            if self._hides(name):
                shown = shown.map(lambda _: DOT, na_action="ignore")
            self._summaries[key] = summarised(shown)
        return self._summaries[key]


def _spliced(column: "pd.Series[Any]", at: Positions, values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column with other values at some places."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        both = [*column.cat.categories, *values.dropna().unique()]
        column = column.cat.set_categories(list(dict.fromkeys(both)))
    spliced = column.copy()
    spliced.iloc[at] = values.astype(column.dtype).array
    return spliced
