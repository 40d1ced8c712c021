"""The book of writes: one line before each, one after; appended, chained, flushed to disk, private."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from stcrm_nb import markup
from stcrm_nb.changes import journal
from stcrm_nb.config import private_folder
from stcrm_nb.errors import StoreError

START = "0" * 64  # what the first line is chained to
COLUMNS = ("at", "change", "operation", "record", "outcome", "seconds", "trace_id", "call", "before", "after")
OPEN = "open"
UNSETTLED = frozenset({OPEN, "unknown"})
TAIL = 1 << 20
Entry = dict[str, object]


class Journal:
    """An append-only file of one tenant and environment; several notebooks may write it.

    Each line carries a digest of itself and the one before, so that a line changed, left out or put in later
    is noticed.

    Parameters
    ----------
    file : Path
        Made when the first line is written, readable by its owner only.
    settle : callable, optional
        Reads what became of a change, and notes it; see `stcrm_nb.changes.journal.pending`.

    Examples
    --------
    >>> crm.journal.verify()
    0
    """

    def __init__(self, file: Path, *, settle: Callable[["Journal"], None] | None = None) -> None:
        self.file = file
        self._settle = settle

    def write(self, entry: Mapping[str, object], *, at: datetime) -> None:
        """Append one line and wait until the disk has it.

        Raises
        ------
        StoreError
            The line is not safe on disk; a write must then not be sent (requirement W3).
        """
        try:
            private_folder(self.file.parent)
            with journal.alone(self.file):
                number = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
                with os.fdopen(number, "r+b") as book:
                    end, last = _end(book)
                    book.truncate(end)  # a line torn by a crash was never acknowledged
                    book.seek(end)
                    told = {"at": at.isoformat(), **entry}
                    book.write(_line(told | {"chain": _chain(last, told)}))
                    book.flush()
                    os.fsync(book.fileno())
        except (OSError, TimeoutError) as fault:
            raise StoreError(
                f"The journal {self.file} cannot be written ({getattr(fault, 'strerror', None) or fault}). "
                "Make room or mend its permissions."
            ) from fault

    def lines(self) -> list[Entry]:
        """Return all entries, oldest first; a torn last line is left out (requirement W7)."""
        return list(self._entries())

    def verify(self) -> int:
        """Check that no line was changed, left out or put in since it was written.

        Returns
        -------
        int
            Number of lines, all of them sound.

        Raises
        ------
        StoreError
            A line does not fit; the message names the first one. Everything before it is sound.

        Examples
        --------
        >>> crm.journal.verify() >= 0
        True

        Source
        ------
        Requirement W7.
        """
        last, number = START, 0
        for number, line in enumerate(self._lines(), start=1):
            entry = _read(line)
            told = {name: value for name, value in entry.items() if name != "chain"}
            if not entry or entry.get("chain") != _chain(last, told):
                raise StoreError(
                    f"Line {number} of the journal {self.file} is not as it was written, or one before it is "
                    f"missing. The {number - 1} lines before it are sound. Keep the file and look at it."
                )
            last = str(entry["chain"])
        return number

    def frame(
        self,
        *,
        record: int | str | None = None,
        operation: str | None = None,
        day: date | str | None = None,
        outcome: str | None = None,
    ) -> pd.DataFrame:
        """Return what was written, one row a change, oldest first.

        Parameters
        ----------
        record : int or str, optional
            Only changes of this record.
        operation : str, optional
            Only this operation id, such as "Locations_DeleteContact".
        day : date or str, optional
            Only changes of this day (UTC), such as "2026-01-31".
        outcome : {"done", "already gone", "refused", "unknown", "not done", "open"}, optional
            Only changes that ended like this; "open" has no outcome yet.

        Returns
        -------
        DataFrame, one row a change
            at (datetime64[us, UTC]), change, operation, record, trace_id, call (str), outcome (category),
            seconds (Float64, from intent to outcome), before and after (str, JSON; missing where nothing is).

        Examples
        --------
        >>> crm.journal.frame(outcome="open").empty
        True
        """
        rows = pd.DataFrame(list(self.changes()), columns=list(COLUMNS))
        frame = rows.astype({name: "str" for name in COLUMNS if name not in ("at", "seconds", "outcome")})
        frame["at"] = pd.to_datetime(rows["at"], utc=True, format="ISO8601").astype("datetime64[us, UTC]")
        frame["seconds"] = rows["seconds"].astype("Float64")
        frame["outcome"] = rows["outcome"].astype("category")
        wanted = {"record": record, "operation": operation, "outcome": outcome}
        for name, value in wanted.items():
            if value is not None:
                frame = frame[frame[name].astype("str") == str(value)]
        if day is not None:
            frame = frame[frame["at"].dt.strftime("%Y-%m-%d") == str(day)]
        return frame.reset_index(drop=True)

    def unsettled(self) -> list[Entry]:
        """Return the changes of which nobody knows what became."""
        return [each for each in self.changes() if each["outcome"] in UNSETTLED]

    def pending(self) -> pd.DataFrame:
        """Settle, by reading, what a crash or a lost reply left open; nothing is sent again.

        Returns
        -------
        DataFrame, one row a change that could not be settled
            The columns of `frame`. `call` names what to look at.

        Examples
        --------
        >>> crm.journal.pending().empty
        True

        Source
        ------
        Requirement W3.
        """
        if self._settle is not None and self.unsettled():
            self._settle(self)
        left = {str(each["change"]) for each in self.unsettled()}
        frame = self.frame()
        return frame[frame["change"].isin(left)].reset_index(drop=True)

    def changes(self) -> Iterator[Entry]:
        """Yield each change with its outcome; one that has none yet is open."""
        told: dict[str, Entry] = {}
        for entry in self._entries():
            key = str(entry.get("change"))
            if entry.get("step") == "intent":
                told[key] = dict(entry) | {"outcome": OPEN, "seconds": None}
            elif key in told:
                seconds = _between(told[key], entry)
                told[key] |= {name: entry.get(name) for name in ("outcome", "trace_id")} | {
                    "seconds": seconds
                }
        for each in told.values():
            yield each | {name: _json(each.get(name)) for name in ("before", "after")}

    def __repr__(self) -> str:
        counts = pd.Series([str(each["outcome"]) for each in self.changes()], dtype="str").value_counts()
        told = ", ".join(f"{count} {name}" for name, count in counts.items()) or "nothing written yet"
        return f"Journal of {self.file.stem}: {told}"

    def _repr_html_(self) -> str:
        latest = list(self.changes())[-10:]
        rows = [(str(each["at"])[:16], str(each["call"]), str(each["outcome"])) for each in latest]
        return markup.card("Journal", markup.table(rows, headers=("When (UTC)", "What", "Outcome")))

    def _entries(self) -> Iterator[Entry]:
        return (_read(line) for line in self._lines())

    def _lines(self) -> list[bytes]:
        return self.file.read_bytes().split(b"\n")[:-1] if self.file.exists() else []


def _end(book: BinaryIO) -> tuple[int, str]:
    """Return where the last whole line ends, and its chain; the last megabyte is looked at first."""
    size = book.seek(0, os.SEEK_END)
    for start in (max(0, size - TAIL), 0):
        book.seek(start)
        content = book.read()
        end = content.rfind(b"\n") + 1
        before, _, last = content[:end].rstrip(b"\n").rpartition(b"\n")
        if start == 0 or before:
            break
    return start + end, str(_read(last).get("chain", START)) if last else START


def _read(line: bytes) -> Entry:
    """Return an entry; an empty one for a line that is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _line(entry: Entry) -> bytes:
    return json.dumps(entry, ensure_ascii=False, default=str).encode() + b"\n"


def _chain(last: str, told: Mapping[str, object]) -> str:
    return hashlib.sha256(last.encode() + _line(dict(told))).hexdigest()


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _between(intent: Entry, outcome: Entry) -> float:
    began, ended = (datetime.fromisoformat(str(each["at"])) for each in (intent, outcome))
    return (ended - began).total_seconds()


def now() -> datetime:
    """Return the present moment, for a line."""
    return datetime.now(UTC)
