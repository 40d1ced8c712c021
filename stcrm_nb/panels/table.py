"""The rows of a panel with the engine that finds among them: what is shown, and what a script gets."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb.panels.columns import Shown, describe, listed
from stcrm_nb.panels.find.columns import choices, texts
from stcrm_nb.panels.find.engine import Engine, Positions, Screen
from stcrm_nb.panels.find.facets import Facet
from stcrm_nb.panels.find.masks import Calendar
from stcrm_nb.panels.find.script import as_code
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
        self.keyed = KEY in frame and frame[KEY].is_unique and bool(frame[KEY].notna().all())
        self.found: Positions = np.arange(len(frame))
        self.facets: tuple[Facet, ...] = ()

    def look(self, view: View) -> None:
        """Find the rows of a view."""
        self.found = self.engine.positions(view)
        self.facets = self.engine.facets(view)

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

    def replaced(self, record: Mapping[str, Any]) -> "Table":
        """Return the table with one record as it is now; the frame handed out before stays as it was."""
        known = {name: value for name, value in dict(record).items() if name in self.all}
        at = self.all.index[self.all[KEY] == record[KEY]][:1] if self.keyed else self.all.index[:0]
        if not len(at):
            return self
        data = self.all.copy()
        fresh = pd.DataFrame([known]).astype({name: data.dtypes[name] for name in known})
        data.loc[at, list(known)] = fresh.set_index(at)
        return Table(self.source, data)
