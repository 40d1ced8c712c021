"""One write of a set: the rows it is for, its plan, what came of it."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal, get_args

from stcrm_nb.changes.call import Call
from stcrm_nb.changes.change import Change
from stcrm_nb.changes.readback.target import target_of
from stcrm_nb.errors import AlreadyAppliedError, OutcomeUnknownError, StcrmError

Outcome = Literal[
    "planned",
    "nothing to do",
    "cannot be planned",
    "done before",
    "done",
    "already gone",
    "failed",
    "unknown",
    "not sent",
]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
TO_SEND = frozenset({"planned", "not sent"})
FAILED = frozenset({"failed", "unknown"})
SIDE_BY_SIDE = 8  # plans made at once; they only read
CUT_SHORT = (
    "It was cut short while this was sent. crm.journal.pending() looks what became of it; make the set again "
    "to go on."
)


@dataclass(slots=True)
class Item:
    """One write, for one row or, in bulk, for several. `make` plans it, from the record as it is then.

    One that is `late` is about a record that an earlier one of the set changes, and is planned after that.
    `told` stands before the call, as long as there is no plan to tell of.
    """

    rows: tuple[Hashable, ...]
    call: Call
    make: Callable[[], Change] = field(repr=False)
    change: Change | None = field(default=None, repr=False)
    late: bool = False
    told: str = ""
    outcome: Outcome = "planned"
    error: str = ""

    @property
    def title(self) -> str:
        """What it does, in a sentence."""
        return self.change.title if self.change else self.told + self.call.code

    @property
    def notes(self) -> str:
        """What its plan says beside."""
        return " ".join(self.change.notes) if self.change else ""

    @property
    def verb(self) -> str:
        """What it does, in two words."""
        return self.change.verb if self.change else self.told + self.call.verb

    def plan(self) -> None:
        """Make its plan, or note why there is none."""
        try:
            self.change = self.make()
        except AlreadyAppliedError as fault:
            self.outcome, self.error = "done before", str(fault)
        except StcrmError as fault:
            self.outcome, self.error = "cannot be planned", str(fault)
        else:
            self.outcome = "nothing to do" if self.change.idle else "planned"

    def send(self, run: str) -> None:
        """Send it, once, and note what came of it; `run` names the set in the journal."""
        if self.late or self.change is None:
            self.plan()
        if self.change is None or self.outcome not in TO_SEND:
            return
        self.change.trail = {**self.change.trail, "set": run, "rows": [str(row) for row in self.rows]}
        self.outcome, self.error = "unknown", CUT_SHORT  # so it stays, should an interrupt come between
        try:
            self.outcome, self.error = _outcome(self.change), ""
        except OutcomeUnknownError as fault:
            self.error = str(fault)
        except StcrmError as fault:
            self.outcome, self.error = "failed", str(fault)

    @property
    def touches(self) -> frozenset[str]:
        """Names of what it changes, so that two changes of one thing are noticed."""
        target, given = target_of(self.call.operation), self.call.arguments
        if target.kind == "create":
            return frozenset()
        if target.path or target.reader.reply != "page":
            parts = [str(given[theirs]) for _, theirs in (*target.path, *target.keys)]
            return frozenset({"/".join([target.reader.path, *parts])})
        owners = given["customer_ids"]
        each = owners if isinstance(owners, list) else []
        return frozenset(f"{target.reader.path}/{{id}}/{owner}" for owner in each)


def _outcome(change: Change) -> Outcome:
    return "done" if change.send_once().outcome == "done" else "already gone"


def mark_late(items: Sequence[Item]) -> None:
    """Mark the items that are about what an earlier one changes."""
    seen: set[str] = set()
    for item in items:
        item.late = bool(item.touches & seen)
        seen |= item.touches


def plan_all(items: Sequence[Item]) -> Iterator[Item]:
    """Plan many side by side; yield each when it is planned, in order."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        waiting = [pool.submit(item.plan) for item in items]
        try:
            for item, each in zip(items, waiting, strict=True):
                each.result()
                yield item
        finally:
            for each in waiting:
                each.cancel()
