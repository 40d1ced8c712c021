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
    outcome = done[-1]
    intent = next(
        each for each in lines if each["change"] == outcome["change"] and each.get("step") == "intent"
    )
    return plan_reversal(done_of(intent, outcome), applier)


def done_of(intent: Entry, outcome: Entry) -> Done:
    """Return what was done, from the two lines about it.

    Where a crash came between, the record was not read back; then what was wanted stands for it.
    """
    trail = intent["look"]
    call = recalled(str(intent["operation"]), trail if isinstance(trail, dict) else {})
    wanted = _state(intent["after"])
    return Done(call, _state(intent["before"]), wanted, _state(outcome.get("found")) or wanted)


def _state(value: object) -> State | None:
    return value if isinstance(value, dict) else None
