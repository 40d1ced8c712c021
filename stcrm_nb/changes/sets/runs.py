"""What the journal keeps of a set, so that one that was cut short goes on where it stopped."""

import hashlib
import json
import uuid
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from stcrm_nb.changes.call import Call
from stcrm_nb.changes.journal.book import UNSETTLED, Entry, Journal, now

DONE = frozenset({"done", "already gone"})


@dataclass(frozen=True, slots=True)
class Run:
    """One carrying out of a set. `done` and `unknown` hold the rows of which the journal says so."""

    name: str
    at: str
    ended: bool
    changes: tuple[Entry, ...]

    @property
    def done(self) -> set[str]:
        """The rows that were carried out."""
        return self._rows(DONE)

    @property
    def unknown(self) -> set[str]:
        """The rows of which nobody knows."""
        return self._rows(UNSETTLED)

    def _rows(self, outcomes: frozenset[str]) -> set[str]:
        return {row for each in self.changes if each["outcome"] in outcomes for row in rows_of(each)}


def rows_of(entry: Entry) -> tuple[str, ...]:
    """Return the labels of the rows that a change of a set is for."""
    rows = _look(entry).get("rows")
    return tuple(map(str, rows)) if isinstance(rows, list) else ()


def key_of(calls: Sequence[tuple[Hashable, Call]]) -> str:
    """Return what tells one set from another: the same rows and calls give the same key."""
    told = [[str(row), call.operation.operation_id, call.trail] for row, call in calls]
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


def begin(journal: Journal, key: str, count: int) -> str:
    """Note that a set is begun; return the name of the run."""
    run = str(uuid.uuid4())
    journal.write({"step": "begun", "set": run, "key": key, "rows": count}, at=now())
    return run


def end(journal: Journal, run: str) -> None:
    """Note that every row of a set has its outcome."""
    journal.write({"step": "ended", "set": run}, at=now())


def last_run(journal: Journal, key: str) -> Run | None:
    """Return the last time that a set was carried out, if it ever was."""
    lines = journal.lines()
    begun = [each for each in lines if each.get("step") == "begun" and each.get("key") == key]
    if not begun:
        return None
    name = str(begun[-1]["set"])
    ended = any(each.get("step") == "ended" and each.get("set") == name for each in lines)
    own = tuple(each for each in journal.changes() if _look(each).get("set") == name)
    return Run(name, str(begun[-1]["at"]), ended, own)


def _look(entry: Entry) -> Entry:
    found = entry.get("look")
    return found if isinstance(found, dict) else {}
