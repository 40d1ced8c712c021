"""One record: a mapping of column name to value that also answers to attributes."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcrm_nb import catalogue, markup
from stcrm_nb.catalogue.model import snake


class Record(Mapping[str, Any]):
    """One record as the service gave it; missing values are None.

    Parameters
    ----------
    kind : catalogue.Record
        What it is.
    row : mapping
        Its values by column name, typed as in a frame.
    lists : mapping
        Its lists, such as `tag_type_ids`, by name.
    links : mapping of str to callable
        What leads to its relatives: `location.customer()`, `location.contacts()`.
    zone : str
        Time zone in which it shows times; the values themselves are UTC.

    Examples
    --------
    >>> location = crm.locations.get(crm.locations.list()["id"].iloc[0])
    >>> location.customer_id == location["customer_id"]
    True
    """

    def __init__(
        self,
        kind: catalogue.Record,
        row: Mapping[str, Any],
        *,
        lists: Mapping[str, list[Any]] | None = None,
        links: Mapping[str, Callable[[], Any]] | None = None,
        zone: str = "UTC",
    ) -> None:
        self._kind = kind
        self._zone = zone
        self._links = dict(links or {})
        self._values = {str(name): _plain(value) for name, value in row.items()} | dict(lists or {})

    def linked(self, links: Mapping[str, Callable[[], Any]]) -> "Record":
        """Return the same record with these links to its relatives."""
        linked = copy.copy(self)
        linked._links = dict(links)  # noqa: SLF001 - a copy of its own kind
        return linked

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - columns have different types
        return self._values[name]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - columns have different types
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._values:
            return self._values[name]
        if name in self._links:
            return self._links[name]
        raise AttributeError(
            f"A {self._kind.name} has no {name!r}; it has {', '.join([*self._values, *self._links])}."
        )

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._values, *self._links]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        filled = "\n".join(f"  {name}: {text}" for name, text in self._shown())
        return f"{self._title}\n{filled}"

    def _repr_html_(self) -> str:
        return markup.card(self._title, markup.table((_words(name), text) for name, text in self._shown()))

    @property
    def _title(self) -> str:
        name = self._kind.name.capitalize()
        return f"{name} {self._values[snake(self._kind.key)]}" if self._kind.key else name

    def _shown(self) -> Iterator[tuple[str, str]]:
        for name, value in self._values.items():
            if value is not None and value != []:
                yield name, self._text(value)

    def _text(self, value: object) -> str:
        if isinstance(value, pd.Timestamp):
            return value.tz_convert(self._zone).strftime("%Y-%m-%d %H:%M %Z")
        if isinstance(value, list):
            return ", ".join(map(_item, value))
        return str(value)


def is_missing(value: object) -> bool:
    """Tell whether a value of a frame or a record is none: None, NA, NaT or NaN."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)  # noqa: PLR0124 - NaN alone does


def _plain(value: object) -> object:
    """Return Python's own number or flag for numpy's, and None for a missing value."""
    if is_missing(value):
        return None
    return value.item() if isinstance(value, np.generic) else value


def _item(value: object) -> str:
    """Write one item of a list: a plain value, or the values of a small record."""
    return " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
