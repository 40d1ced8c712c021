"""A set at work: rows done before are found in the journal, the others planned, sent, taken back."""

import uuid
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.call import Call
from stcrm_nb.changes.journal.receipts import done_of
from stcrm_nb.changes.plan import plan_change, plan_reversal
from stcrm_nb.changes.sets import runs
from stcrm_nb.changes.sets.bulk import bundled
from stcrm_nb.changes.sets.item import FAILED, TO_SEND, Item, mark_late, plan_all
from stcrm_nb.transport import wire

LEFT_OPEN = (
    "An earlier run was cut short here, and reading does not tell what became of it. Look at the record."
)


@dataclass(slots=True)
class Work:
    """The items of a set, and the run of it that the journal knows, if it was begun."""

    applier: Applier
    order: tuple[Hashable, ...]
    items: list[Item]
    key: str
    run: str | None = None


def prepared(applier: Applier, calls: Sequence[tuple[Hashable, Call]], *, again: bool) -> Work:
    """Plan all calls but those that an earlier run, cut short, has carried out.

    Parameters
    ----------
    applier : Applier
        The connection.
    calls : sequence of (row label, Call)
        In order.
    again : bool
        Plan them all.

    Returns
    -------
    Work
    """
    items = [Item((row,), call, partial(plan_change, call, applier)) for row, call in calls]
    work = Work(applier, tuple(row for row, _ in calls), items, runs.key_of(calls))
    if not again:
        _resume(work)
    todo = [each for each in items if each.outcome == "planned"]
    rest = [each for each in items if each.outcome != "planned"]
    work.items = [*rest, *bundled(applier, todo)]
    _plan(work)
    return work


def reversed_work(work: Work) -> Work:
    """Plan what takes back all that the journal says was done of a set, the last one first."""
    run = runs.last_run(work.applier.journal, work.key)
    done = [each for each in run.changes if each["outcome"] == "done"][::-1] if run else []
    lines = work.applier.journal.lines()
    items = []
    for entry in done:
        was = done_of(lines, str(entry["change"]))
        make = partial(plan_reversal, was, work.applier)
        items.append(Item(runs.rows_of(entry), was.call, make, told="To take back "))
    back = Work(work.applier, tuple(row for each in items for row in each.rows), items, str(uuid.uuid4()))
    _plan(back)
    return back


def carry_out(work: Work, *, keep_going: bool) -> None:
    """Send what is planned, in turn; after a failure nothing more, unless told to keep going."""
    journal = work.applier.journal
    todo = [each for each in work.items if each.outcome in TO_SEND]
    if todo and work.run is None:
        work.run = runs.begin(journal, work.key, len(work.order))
    stopped = False
    with wire.bar("apply", unit="change", total=len(todo)) as bar:
        for item in todo:
            if stopped:
                item.outcome = "not sent"
                continue
            item.send(str(work.run))
            stopped = item.outcome in FAILED and not keep_going
            bar.update()
    if work.run and not any(each.outcome in FAILED | TO_SEND for each in work.items):
        runs.end(journal, work.run)


def _plan(work: Work) -> None:
    mark_late(work.items)
    todo = [each for each in work.items if each.outcome == "planned" and not each.late]
    with wire.bar("plan", unit="change", total=len(todo)) as bar:
        for _ in plan_all(todo):
            bar.update()


def _resume(work: Work) -> None:
    """Note what an earlier run of the same set, which did not come to its end, has done."""
    journal = work.applier.journal
    earlier = runs.last_run(journal, work.key)
    if earlier is None or earlier.ended:
        return
    if earlier.unknown:
        journal.pending()
        earlier = runs.last_run(journal, work.key) or earlier
    work.run = earlier.name
    for item in work.items:
        if str(item.rows[0]) in earlier.done:
            item.outcome, item.error = "done before", f"Done in the run of {earlier.at[:16]} UTC."
        elif str(item.rows[0]) in earlier.unknown:
            item.outcome, item.error = "unknown", LEFT_OPEN
