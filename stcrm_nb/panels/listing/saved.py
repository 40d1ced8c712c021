"""Views kept under a name, in a small JSON file that can be read, compared and shared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from stcrm_nb.errors import ArgumentError, StoreError
from stcrm_nb.panels.view import Filter, Sort, View

FILE = "stcrm_views.json"
VERSION = 1


class Kept(msgspec.Struct, forbid_unknown_fields=True):
    """One view as it stands in the file."""

    text: str = ""
    filters: list[Filter] = []
    sorts: list[Sort] = []
    columns: list[str] = []
    page_size: int = 50
    fetched_with: dict[str, Any] = {}


class Book(msgspec.Struct, forbid_unknown_fields=True):
    """The file: views by what they are of, then by name."""

    version: int = VERSION
    views: dict[str, dict[str, Kept]] = {}


@dataclass(frozen=True, slots=True)
class Saved:
    """A view, and what its rows were fetched with."""

    view: View
    given: Mapping[str, Any]


class SavedViews:
    """The views of one folder.

    Parameters
    ----------
    file : Path, optional
        Where they are; by default `stcrm_views.json` where the notebook runs.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or Path(FILE)

    def names(self, kind: str) -> list[str]:
        """Return the names of the views of one kind of rows, such as "leads"."""
        return sorted(self._read().views.get(kind, {}))

    def of(self, kind: str, name: str) -> Saved:
        """Return a view.

        Raises
        ------
        ArgumentError
            There is none of that name.
        """
        found = self._read().views.get(kind, {})
        if name not in found:
            known = f"There are {', '.join(map(repr, sorted(found)))}." if found else "There is none yet."
            raise ArgumentError(f"No view of {kind} is called {name!r} in {self.file}. {known}")
        kept = found[name]
        view = View(kept.text, tuple(kept.filters), tuple(kept.sorts), page_size=kept.page_size)
        typed = frozenset(each.column for each in kept.filters if each.kind == "between")
        offered = tuple(each.column for each in kept.filters)
        return Saved(view.showing(kept.columns).offering(offered, typed), kept.fetched_with)

    def save(self, kind: str, name: str, *, view: View, given: Mapping[str, Any]) -> Path:
        """Keep a view; one of the same name is replaced."""
        if not name.strip():
            raise ArgumentError("A view needs a name, such as 'stale leads'.")
        book = self._read()
        book.views.setdefault(kind, {})[name.strip()] = Kept(
            text=view.text,
            filters=list(view.filters),
            sorts=list(view.sorts),
            columns=list(view.columns),
            page_size=view.page_size,
            fetched_with={key: str(value) for key, value in given.items()},
        )
        return self._write(book)

    def drop(self, kind: str, name: str) -> Path:
        """Forget a view."""
        book = self._read()
        book.views.get(kind, {}).pop(name, None)
        return self._write(book)

    def _read(self) -> Book:
        try:
            return msgspec.json.decode(self.file.read_bytes(), type=Book)
        except FileNotFoundError:
            return Book()
        except (OSError, msgspec.MsgspecError) as fault:
            raise StoreError(
                f"{self.file} is no file of views ({fault}). Nothing was changed. Mend it or move it away."
            ) from fault

    def _write(self, book: Book) -> Path:
        part = self.file.with_name(f".{self.file.name}.part")
        try:
            plain = msgspec.to_builtins(book)
            part.write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            part.replace(self.file)
        except OSError as fault:
            raise StoreError(f"{self.file} could not be written: {fault.strerror}.") from fault
        return self.file
