"""Back from the journal: what an earlier change did, and what takes it back."""

from stcrm_nb.changes.apply import Applier
from stcrm_nb.changes.call import recalled
from stcrm_nb.changes.change import Change, State
from stcrm_nb.changes.journal.book import Entry
from stcrm_nb.changes.plan import plan_reversal
from stcrm_nb.changes.undo import Done
from stcrm_nb.errors import ChangeError


def undo_of(applier: Applier, change: str | None) -> Change:
    """Plan what takes back a change that the journal tells of; see `Client.undo`."""
    lines = [each for each in applier.journal.lines() if change is None or each.get("change") == change]
    done = [each for each in lines if each.get("outcome") == "done"]
    if not done:
        which = f" {change!r}" if change else ""
        raise ChangeError(
            f"The journal tells of no change{which} that was carried out, so there is nothing to take back. "
            "crm.journal.frame() lists what there is."
        )
    return plan_reversal(done_of(lines, str(done[-1]["change"])), applier)


def done_of(lines: list[Entry], change: str) -> Done:
    """Return what was done, from the two lines about it.

    Where nothing was read back, what was wanted stands for it.
    """
    own = [each for each in lines if each.get("change") == change]
    intent, outcome = (
        next(each for each in own[::-1] if each["step"] == step) for step in ("intent", "outcome")
    )
    trail = intent["look"]
    call = recalled(str(intent["operation"]), trail if isinstance(trail, dict) else {})
    wanted = _state(intent["after"])
    return Done(change, call, _state(intent["before"]), wanted, _state(outcome.get("found")) or wanted)


def _state(value: object) -> State | None:
    return value if isinstance(value, dict) else None
